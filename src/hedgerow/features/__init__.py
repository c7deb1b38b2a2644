"""What a place is like, feature by feature: one package a feature, one idea a module, each figure
declared once.

``load()`` declares every indicator and gives them in the order in which they are shown. A feature
package names its modules in ``MODULES``, in order; a new package is added to `FEATURES`.
"""

from __future__ import annotations

from importlib import import_module

from hedgerow.landscape.indicators import INDICATORS, Indicator

FEATURES = ("context", "local_lens", "linked_systems", "professional_learning")
"""The feature packages in the order in which they are shown."""


def load() -> tuple[Indicator, ...]:
    """Declare all indicators of the features.

    Returns
    -------
    tuple of Indicator
        In order of feature, then module, then declaration, whatever was imported before.
    """
    modules = []
    for feature in FEATURES:
        package = import_module(f"hedgerow.features.{feature}")
        modules += [f"{package.__name__}.{module}" for module in package.MODULES]
    for module in modules:
        import_module(module)
    place = {module: number for number, module in enumerate(modules)}
    declared = [one for one in INDICATORS.values() if one.calculation.__module__ in place]
    return tuple(sorted(declared, key=lambda one: place[one.calculation.__module__]))
