"""Practices, tools and routines: how alike schools work, in trusts, along ties and altogether."""

from __future__ import annotations

MODULES = ("likeness", "schemes", "core_repertoire", "trust_ways", "epistemic_ties")
