"""The register of establishments, Get Information about Schools (GIAS)."""
