"""From names and codes as written to districts, authorities and schools of a register."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from hedgerow.sources.districts import CHANGES, former_districts
from hedgerow.sources.hubs import schema
from hedgerow.sources.hubs.names import folded

PARTS_SCHEMA = {"area": pl.String, "part": pl.String, "is_whole": pl.Boolean}


class Districts:
    """The districts that a register knows, found by name or code of any year's map.

    Parameters
    ----------
    districts : polars.DataFrame
        Columns ``id`` (``lad:E08000025``) and ``name``. May hold districts of several years: a name
        of a newer map then stands for the former districts too, so that schools whose district is
        an old one are found by the new name.
    """

    def __init__(self, districts: pl.DataFrame) -> None:
        self._known = set(districts["id"])
        self._by_name: dict[str, set[str]] = {}
        for identifier, name in districts.select("id", "name").drop_nulls().iter_rows():
            self._by_name.setdefault(folded(name), set()).add(identifier)
        for change in CHANGES:
            self._by_name.setdefault(folded(change.name), set()).add(f"lad:{change.code}")
        self._parts = {folded(name): part for name, part in schema.DISTRICT_NAMES.items()}

    def find(self, written: str) -> tuple[list[str], bool]:
        """Give the districts that a name or code stands for, and whether all of them is meant.

        Nothing is guessed: a name must be the same but for capitals and punctuation, or stand in
        `schema.DISTRICT_NAMES`. The list is empty for what is unknown.
        """
        part = self._parts.get(folded(written))
        name = folded(part.district if part else written)
        named = set(self._by_name.get(name, ()))
        code = written.strip().removeprefix("lad:").upper()
        if f"lad:{code}" in self._known or former_districts(code):
            named.add(f"lad:{code}")
        for identifier in tuple(named):
            named |= {f"lad:{old}" for old in former_districts(identifier.removeprefix("lad:"))}
        return sorted(named & self._known), part is None or part.is_whole


def resolve_districts(
    parts: pl.DataFrame, districts: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find the districts of areas by name.

    A district is whole in an area if the file names all of it there and in no other area.

    Parameters
    ----------
    parts : polars.DataFrame
        Columns ``area`` and ``district`` (a name as written), one row a district of an area.
    districts : polars.DataFrame
        Columns ``id`` and ``name``, as in `Districts`.

    Returns
    -------
    found : polars.DataFrame
        Columns ``area``, ``part`` (``lad:E07000070``), ``is_whole``; each pair once.
    unknown : polars.DataFrame
        The rows of `parts` whose district is not known.
    """
    known = Districts(districts)
    found: list[tuple[str, str, bool]] = []
    is_unknown: list[bool] = []
    for area, name in parts.select("area", "district").iter_rows():
        identifiers, is_whole = known.find(name)
        is_unknown.append(not identifiers)
        found += [(area, identifier, is_whole) for identifier in identifiers]
    pairs = pl.DataFrame(found, schema=PARTS_SCHEMA, orient="row")
    pairs = pairs.group_by("area", "part", maintain_order=True).agg(pl.col("is_whole").all())
    shared = pl.col("area").n_unique().over("part") > 1
    return (
        pairs.with_columns((pl.col("is_whole") & ~shared).alias("is_whole")),
        parts.filter(pl.Series(is_unknown, dtype=pl.Boolean)),
    )


class Authorities:
    """The local authorities that a register knows, found by number, official code or name.

    Parameters
    ----------
    authorities : polars.DataFrame
        Columns ``id`` (``la:330``), ``name`` and ``code`` (``E08000025``).
    """

    def __init__(self, authorities: pl.DataFrame) -> None:
        self._found: dict[str, str] = {}
        for identifier, name, code in authorities.select("id", "name", "code").iter_rows():
            answers = (identifier, identifier.removeprefix("la:"), folded(name), code or "")
            self._found |= {answer.casefold(): identifier for answer in answers if answer}

    def find(self, written: str) -> list[str]:
        """Give the authority that a number, code or name stands for, in a list; else none."""
        for answer in (written.strip().casefold(), folded(written)):
            if answer in self._found:
                return [self._found[answer]]
        return []


def find_schools(written: str, known: Iterable[str]) -> list[str]:
    """Give the school of a URN, ``100000`` or ``urn:100000``, in a list; else an empty one."""
    identifier = f"urn:{written.strip().removeprefix('urn:').removesuffix('.0')}"
    return [identifier] if identifier in known else []
