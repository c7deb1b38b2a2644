"""Centroids of lower layer super output areas."""
