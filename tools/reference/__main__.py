"""``python -m tools.reference`` writes every reference page."""

from __future__ import annotations

import sys

from tools.reference import write

if __name__ == "__main__":
    sys.exit(write())
