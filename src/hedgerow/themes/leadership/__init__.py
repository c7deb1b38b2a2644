"""Locality leadership: the gardeners of the landscape, how visible and how rooted they are, what
would go with them, and whether school leaders face outwards."""

from __future__ import annotations

MODULES = ("gardeners", "visibility", "rootedness", "dependence", "outward_leaders", "unseen")
