"""What a place is like, feature by feature: one package a feature, one idea a module, each figure
declared once.

``load()`` declares every indicator and gives them in the order in which they are shown. A feature
package names its modules in ``MODULES``, in order; a new package is added to `FEATURES`.
"""

from __future__ import annotations

from hedgerow.landscape.indicators import Indicator, declared_in

FEATURES = (
    "context",
    "local_lens",
    "linked_systems",
    "professional_learning",
    "practices",
    "bridging",
    "sense_making",
)
"""The feature packages in the order in which they are shown."""


def load() -> tuple[Indicator, ...]:
    """Declare all indicators of the features.

    Returns
    -------
    tuple of Indicator
        In order of feature, then module, then declaration, whatever was imported before.
    """
    return declared_in([f"{__name__}.{feature}" for feature in FEATURES])
