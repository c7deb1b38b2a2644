"""Hubs of every kind with their footprints: the national Teaching School Hub areas, and a plain file for the others."""
