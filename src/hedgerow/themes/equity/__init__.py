"""Equity: who can reach professional learning, who takes part, and whom it leaves out."""

from __future__ import annotations

MODULES = (
    "access",
    "distance",
    "isolation",
    "lottery",
    "disadvantage",
    "size",
    "cold_spots",
    "trade",
)
