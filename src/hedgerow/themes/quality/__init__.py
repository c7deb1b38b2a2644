"""Quality: how far what schools take part in is made as good professional learning is, and whether
it lasts and reaches class teachers."""

from __future__ import annotations

MODULES: tuple[str, ...] = ()
