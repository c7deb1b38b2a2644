"""The files that a register is built from, as given by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class RegisterInputs:
    """Files of open data; only the establishment extract is needed.

    A path may bear the day that the file describes, ``file.csv@2022-04-25``, where neither its name
    nor its rows tell it, or tell it wrongly.

    Parameters
    ----------
    gias : Path
        The establishment extract.
    groups : Path, optional
        All group records.
    links : tuple of Path
        Group link records, one or several vintages: several give a history.
    successors : Path, optional
        Links between establishments.
    ks2 : tuple of Path
        Key stage 2 results.
    census : tuple of Path
        School census files of either kind.
    imd : tuple of Path
        Indices of deprivation.
    lsoa : Path, optional
        Centroids of the areas of 2011.
    ofsted : tuple of Path
        Inspection outcomes.
    hubs : tuple of Path
        Hubs, their areas, their districts.
    boundaries, postcodes : Path, optional
        Outlines of districts; positions of postcodes.
    """

    gias: Path
    groups: Path | None = None
    links: tuple[Path, ...] = ()
    successors: Path | None = None
    ks2: tuple[Path, ...] = ()
    census: tuple[Path, ...] = ()
    imd: tuple[Path, ...] = ()
    lsoa: Path | None = None
    ofsted: tuple[Path, ...] = ()
    hubs: tuple[Path, ...] = ()
    boundaries: Path | None = None
    postcodes: Path | None = None

    def paths(self) -> Iterator[Path]:
        """All files, in the order in which they are read."""
        for given in vars(self).values():
            if isinstance(given, Path):
                yield given
            elif given:
                yield from given
