"""Places: found, looked at, compared."""
