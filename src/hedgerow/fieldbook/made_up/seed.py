"""The seed of the made-up region that everybody sees unless they ask for another."""

from __future__ import annotations

DEFAULT_SEED = 20221201
