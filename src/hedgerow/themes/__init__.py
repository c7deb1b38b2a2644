"""What the features add up to for a place: coherence, quality, equity and locality leadership.

Themes are profiles over figures of their own and of the features; nothing is summed into a score.
Their packages are made as those of the features are: one package a theme, one idea a module.
"""

from __future__ import annotations

from hedgerow.landscape.indicators import Indicator, declared_in

THEMES = ("coherence", "quality", "equity", "leadership")
"""The theme packages in the order in which they are shown."""


def load() -> tuple[Indicator, ...]:
    """Declare all indicators of the themes.

    Returns
    -------
    tuple of Indicator
        In order of theme, then module, then declaration, whatever was imported before.
    """
    return declared_in([f"{__name__}.{theme}" for theme in THEMES])
