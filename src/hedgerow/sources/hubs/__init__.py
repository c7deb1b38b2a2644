"""Hubs of every kind with their footprints."""
