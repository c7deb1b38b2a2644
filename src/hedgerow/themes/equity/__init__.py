"""Equity: who can reach professional learning, who takes part, and whom it leaves out."""

from __future__ import annotations

MODULES: tuple[str, ...] = ()
