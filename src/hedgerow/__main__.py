"""``python -m hedgerow`` is ``hedgerow``."""

from __future__ import annotations

import sys

from hedgerow.cli import main

if __name__ == "__main__":
    sys.exit(main())
