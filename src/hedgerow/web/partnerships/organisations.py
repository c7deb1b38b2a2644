"""From what a person writes for an organisation to its identifier."""

from __future__ import annotations

from difflib import get_close_matches

import polars as pl

from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.landscape import Landscape

MOST_NEAR = 5


def organisation_called(landscape: Landscape, text: str) -> str:
    """Give the identifier of the organisation that bears a name or a number.

    Parameters
    ----------
    landscape : Landscape
    text : str
        A name, a URN, a UID, or an identifier such as ``uid:2044``.

    Raises
    ------
    UsageError
        If none, or more than one, bears it; the nearest are listed.
    """
    wanted = " ".join(text.split())
    organisations = landscape.organisations.select("id", "name")
    is_it = (pl.col("id") == wanted) | pl.col("id").is_in([f"urn:{wanted}", f"uid:{wanted}"])
    by_id = organisations.filter(is_it)
    found = by_id if by_id.height else organisations.filter(_folded() == wanted.casefold())
    if found.height == 1:
        return str(found["id"][0])
    if found.height:
        several = "; ".join(
            f"{name} ({identifier})"
            for identifier, name in found.sort("id").head(MOST_NEAR).iter_rows()
        )
        raise UsageError(f"More than one organisation bears “{wanted}”: {several}.")
    names = dict(organisations.select(_folded().alias("folded"), "name").iter_rows())
    near = get_close_matches(wanted.casefold(), list(names), n=MOST_NEAR, cutoff=0.6)
    said = f" Near it: {'; '.join(names[one] for one in near)}." if near else ""
    raise UsageError(f"There is no organisation called “{wanted}” in the register.{said}")


def _folded() -> pl.Expr:
    return pl.col("name").str.to_lowercase().str.replace_all(r"\s+", " ")
