"""The layouts of all sources, so that a file in the wrong place can be told where it belongs."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import hedgerow.sources

if TYPE_CHECKING:
    from hedgerow.sources.tabular import Release


@dataclass(frozen=True, kw_only=True)
class Layouts:
    """The known layouts of one source, as its ``schema.py`` declares them.

    Attributes
    ----------
    source : str
        What the source is, in words (``SOURCE``).
    option : str
        The command-line option for it (``OPTION``).
    releases : tuple of Release
        Its layouts (``RELEASES``).
    """

    source: str
    option: str
    releases: tuple[Release, ...]


def known_layouts() -> Iterator[Layouts]:
    """Yield the layouts of every source whose ``schema.py`` has SOURCE, OPTION and RELEASES."""
    for package in pkgutil.iter_modules(hedgerow.sources.__path__):
        name = f"hedgerow.sources.{package.name}.schema"
        if not package.ispkg or importlib.util.find_spec(name) is None:
            continue
        schema = importlib.import_module(name)
        if hasattr(schema, "RELEASES"):
            yield Layouts(
                source=schema.SOURCE, option=schema.OPTION, releases=tuple(schema.RELEASES)
            )
