"""See, measure and tend the landscape of teachers' professional learning in a place.

One value stands in the middle: a landscape, seen through a lens, on a date. Rooms to its left
(`hedgerow.sources`, `hedgerow.fieldbook`) make landscapes from open data and local evidence; rooms to
its right (`hedgerow.features`, `hedgerow.localities`, `hedgerow.reporting`) read them.
"""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("hedgerow")
__all__ = ["__version__"]
