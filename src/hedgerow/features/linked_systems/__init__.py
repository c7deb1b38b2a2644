"""Many linked systems: who governs the schools, which hubs serve them, and how large the trusts
are."""

from __future__ import annotations

MODULES = ("governance", "governing_bodies", "hubs", "trusts")
