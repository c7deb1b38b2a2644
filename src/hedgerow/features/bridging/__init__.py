"""Bridging boundaries: who stands between whom, whose loss would cut whom off, what is carried
across as it is and what is reworked, and which trusts keep their schools in."""

from __future__ import annotations

MODULES = (
    "brokerage",
    "structural_holes",
    "many_hats",
    "williams_roles",
    "translation",
    "fragility",
    "leavers",
    "boundary_keeping",
    "boundary_evidence",
    "outward_facing",
)
