"""What kinds of locality there are: what is typed, how types are found, and how sure that is."""
