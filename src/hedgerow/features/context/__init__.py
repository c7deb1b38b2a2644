"""What the place's schools and pupils are like. Context describes a place; it is no feature and
judges nothing."""

from __future__ import annotations

MODULES = ("size", "pupils", "deprivation", "attainment", "inspection", "setting")
