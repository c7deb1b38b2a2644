"""Practices, tools and routines: how alike schools work, in trusts, along ties and altogether."""

from __future__ import annotations

MODULES = ("core_repertoire", "likeness", "schemes", "trust_ways", "epistemic_ties")
