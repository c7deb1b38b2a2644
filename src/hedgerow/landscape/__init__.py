"""The value at the centre: a landscape seen through a lens on a date, and what is found in it."""
