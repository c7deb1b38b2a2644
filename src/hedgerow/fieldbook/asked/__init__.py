"""The sheets of a fieldbook: what each asks for, in plain words."""
