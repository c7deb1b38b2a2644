"""One table from what several fieldbooks tell: each thing once, and the newest telling stands."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from hedgerow.fieldbook.identities import NUMBERED
from hedgerow.landscape.tables import TABLES

CONTRIBUTION = "contribution"
"""Column of a stored table that says which fieldbook a row came from."""


def merged(table: str, told: pl.DataFrame, contributions: Sequence[str]) -> pl.DataFrame:
    """Give a table in which each key stands once.

    Of several tellings of one thing the newest import's stands, whole. Spells of a tie or adoption
    are the same if they began on the same day; others get the next free numbers.

    Parameters
    ----------
    table : str
    told : polars.DataFrame
        The table's columns, and `CONTRIBUTION`.
    contributions : sequence of str
        Oldest import first.

    Returns
    -------
    polars.DataFrame
        The table's columns, in order of its key.
    """
    key = TABLES[table].primary_key()
    ages = {name: age for age, name in enumerate(reversed(contributions))}
    newest_first = told.with_columns(
        pl.col(CONTRIBUTION).replace_strict(ages, return_dtype=pl.Int64).alias(CONTRIBUTION)
    ).sort(CONTRIBUTION, *key)
    if table in NUMBERED:
        newest_first = _numbered_apart(newest_first, list(NUMBERED[table]))
    return newest_first.unique(key, keep="first", maintain_order=True).drop(CONTRIBUTION).sort(key)


def _numbered_apart(newest_first: pl.DataFrame, within: list[str]) -> pl.DataFrame:
    """Give spells that several fieldbooks tell numbers that tell them apart."""
    is_told_once = pl.col(CONTRIBUTION).n_unique().over(within) == 1
    plain = newest_first.filter(is_told_once)
    rows = newest_first.filter(~is_told_once).to_dicts()
    numbers: dict[tuple[object, ...], dict[object, tuple[int, int]]] = {}
    kept = []
    for row in rows:
        spells = numbers.setdefault(tuple(row[name] for name in within), {})
        teller, start = row[CONTRIBUTION], row["start"]
        if start in spells and spells[start][0] != teller:
            continue  # a newer import tells of the same spell
        used = {number for _, number in spells.values()}
        while row["number"] in used:
            row["number"] += 1
        # two spells that one fieldbook lets begin on one day are both kept
        spells[(start, row["number"]) if start in spells else start] = (teller, row["number"])
        kept.append(row)
    return pl.concat([plain, pl.DataFrame(kept, schema=newest_first.schema)])
