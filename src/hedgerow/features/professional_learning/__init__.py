"""Professional learning: who takes part in what, how long, in which modes, with whom, and what is
passed on."""

from __future__ import annotations

MODULES = (
    "reach",
    "breadth",
    "sustained",
    "modes",
    "participants",
    "collective",
    "cascade",
    "scored_cascade",
)
