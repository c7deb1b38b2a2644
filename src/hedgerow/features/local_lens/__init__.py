"""Local lens: how far trusts, hubs, authorities and neighbourhoods agree on what is local, and how
that changed."""

from __future__ import annotations

MODULES = (
    "localness",
    "compactness",
    "isolation",
    "neighbours",
    "nestedness",
    "navigation",
    "conversions",
    "trajectory",
    "pace",
    "clusters",
    "reported",
)
