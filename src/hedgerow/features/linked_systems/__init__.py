"""Many linked systems: who governs the schools, which hubs serve them, how large the trusts are,
and how closely organisations and schools are linked."""

from __future__ import annotations

MODULES = (
    "governance",
    "governing_bodies",
    "hubs",
    "trusts",
    "trust_dynamics",
    "interlock",
    "collaboration",
    "co_movement",
    "associations",
    "core_periphery",
    "cross_trust_ties",
    "communities",
    "layer_overlap",
)
