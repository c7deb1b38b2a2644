"""Sense making: who comes together, whether they see the same priorities, and what comes of it."""

from __future__ import annotations

MODULES = ("coverage", "crossing", "priorities", "closure", "rhythm", "oversight")
