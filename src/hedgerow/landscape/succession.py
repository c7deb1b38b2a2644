"""Schools under their present identifier: a school that became an academy bears a new number, and
what is recorded of it before bears the old one.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.periods import active_on


def present_identifiers(landscape: Landscape) -> Mapping[str, str]:
    """Give the present identifier of every school that was succeeded by another.

    The chain of successions is followed to the school that is open. A school that goes on under its
    own number, such as one that took another in, is its own present. One that was parted among
    several open schools has no entry: its record cannot be said to be any one's.

    Parameters
    ----------
    landscape : Landscape
        As on a day: only successions up to it count. One of all days gives the latest.

    Returns
    -------
    mapping of str to str
        From the older identifier to the present one; schools never succeeded are left out.

    Notes
    -----
    The assumption most likely to mislead: that what was true of the older school is true of the
    newer. Where several merged into one, their records are put together as one school's.
    """
    return landscape.worked_out("present identifiers", lambda: _present_identifiers(landscape))


def identifiers_as_on(landscape: Landscape) -> Mapping[str, str]:
    """Give the identifier that each school bears on a landscape's day, whatever it is recorded
    under.

    Besides `present_identifiers`, that is the older number of a school that was succeeded only
    after the day: evidence gathered later bears the newer one. A newer school that merged several
    open ones has no entry.

    Parameters
    ----------
    landscape : Landscape
        As on a day.

    Returns
    -------
    mapping of str to str
        From identifiers that are not the school's own on that day to the one that is.
    """
    return landscape.worked_out("identifiers as on", lambda: _identifiers_as_on(landscape))


def under_present_identifiers(
    table: pl.DataFrame, landscape: Landscape, *columns: str
) -> pl.DataFrame:
    """Write the identifiers that schools bear on the landscape's day into columns of a table that
    bear older or newer ones, as `identifiers_as_on`.

    Parameters
    ----------
    table : polars.DataFrame
        Such as ties, participation or adoptions.
    landscape : Landscape
        Whose day is the present.
    columns : str
        Columns of identifiers; those of other organisations and persons stay as they are.

    Returns
    -------
    polars.DataFrame
        The same rows in the same order.
    """
    present = {} if table.is_empty() else identifiers_as_on(landscape)
    if not present:
        return table
    return table.with_columns(pl.col(column).replace(dict(present)) for column in columns)


def _present_identifiers(landscape: Landscape) -> dict[str, str]:
    links = landscape.ties.filter(pl.col("kind") == "succeeds").select("from_id", "to_id").unique()
    newer: dict[str, set[str]] = {}
    for younger, older in links.iter_rows():
        newer.setdefault(older, set()).add(younger)
    schools = landscape.organisations.filter(pl.col("kind") == "school")
    if landscape.day is None:
        schools = schools.filter(pl.col("closed").is_null())
    else:
        schools = schools.filter(active_on(landscape.day, "opened", "closed"))
    is_open = set(schools["id"])
    present: dict[str, str] = {}
    for older in newer:
        ends = _open_ends(older, newer, is_open)
        if len(ends) == 1 and older not in ends:
            present[older] = ends.pop()
    return present


def _identifiers_as_on(landscape: Landscape) -> dict[str, str]:
    links = landscape.all_days.ties.filter(pl.col("kind") == "succeeds").select("from_id", "to_id")
    older: dict[str, set[str]] = {}
    for younger, elder in links.unique().iter_rows():
        older.setdefault(younger, set()).add(elder)
    schools = landscape.organisations.filter(pl.col("kind") == "school")
    if landscape.day is not None:
        schools = schools.filter(active_on(landscape.day, "opened", "closed"))
    is_open = set(schools["id"])
    borne = dict(present_identifiers(landscape))
    for younger in older:
        if younger not in is_open and younger not in borne:
            ends = _open_ends(younger, older, is_open)
            if len(ends) == 1:
                borne[younger] = ends.pop()
    return borne


def _open_ends(start: str, newer: Mapping[str, set[str]], is_open: set[str]) -> set[str]:
    """Open schools at which the successions from one school end; records may run in circles."""
    ends: set[str] = set()
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in is_open:
            ends.add(one)
        else:
            waiting.extend(newer.get(one, ()))
    return ends
