"""Equity: who can reach professional learning, who takes part, and whom it leaves out."""

from __future__ import annotations

MODULES = (
    "isolation",
    "distance",
    "access",
    "size",
    "disadvantage",
    "lottery",
    "cold_spots",
    "trade",
)
