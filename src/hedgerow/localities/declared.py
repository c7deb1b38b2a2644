"""Every declared indicator: those of the features, then those of the themes."""

from __future__ import annotations

from hedgerow import features, themes
from hedgerow.landscape.indicators import Indicator


def load() -> tuple[Indicator, ...]:
    """Declare all indicators and give them in the order in which they are shown."""
    return (*features.load(), *themes.load())
