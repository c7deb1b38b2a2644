"""Bridging boundaries: who stands between whom, whose loss would cut whom off, what is carried
across as it is and what is reworked, and which trusts keep their schools in."""

from __future__ import annotations

MODULES = (
    "many_hats",
    "fragility",
    "leavers",
    "williams_roles",
    "outward_facing",
    "boundary_evidence",
    "boundary_keeping",
    "translation",
    "brokerage",
    "structural_holes",
)
