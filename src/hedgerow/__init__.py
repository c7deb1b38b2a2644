"""See, measure and tend the landscape of teachers' professional learning in a place.

One value stands in the middle: a landscape, seen through a lens, on a date. Rooms to its left
(`hedgerow.sources`, `hedgerow.fieldbook`) make landscapes from open data and local evidence; rooms
to its right (`hedgerow.features`, `hedgerow.localities`, `hedgerow.reporting`) read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str
else:

    def __getattr__(name: str) -> str:
        """Give ``__version__``, looked up when asked for, to spare every start the 30 ms."""
        if name == "__version__":
            from importlib.metadata import version

            return version("hedgerow")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
