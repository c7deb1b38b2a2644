"""Positions and districts of postcodes."""
