"""What kind of place it is: the profile of a locality, its words and tables, and profiles side by
side."""
