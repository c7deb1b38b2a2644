"""Key stage 2 results of schools."""
