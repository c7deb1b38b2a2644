"""Outlines of districts, from a GeoJSON file."""
