"""What is timed and counted, apart from the tests: see the targets of the Makefile."""
