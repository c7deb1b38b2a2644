"""Coherence: whether professional learning in a place hangs together, within trusts and across
them, and over a career."""

from __future__ import annotations

MODULES: tuple[str, ...] = ()
