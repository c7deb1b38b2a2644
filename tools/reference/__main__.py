"""``python -m tools.reference`` writes every reference page."""

from __future__ import annotations

from tools.reference import write

if __name__ == "__main__":
    write()
