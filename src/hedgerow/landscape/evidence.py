"""Local evidence laid over a register: one landscape of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from hedgerow.landscape.checking import checked
from hedgerow.landscape.errors import DataError
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES


def with_evidence(
    register: Landscape,
    tables: Mapping[str, pl.DataFrame],
    *,
    sources: Sequence[Source] = (),
    may_name: bool = True,
) -> Landscape:
    """Give the landscape of a register together with what is known locally.

    Where both name the same thing, by the key of its table, the register's row stands, its empty
    fields filled from the evidence: open data is dated and complete for all, and what a place knows
    better is in the fields that open data leaves empty.

    Parameters
    ----------
    register : Landscape
        Of all days.
    tables : mapping of str to polars.DataFrame
        Evidence by the names of `hedgerow.landscape.tables.TABLES`.
    sources : sequence of Source
        Where the evidence is from.
    may_name : bool
        Whether words made of it may name those whom the evidence is about.

    Returns
    -------
    Landscape
        Of all days, with the register's label, day and first day.

    Raises
    ------
    DataError
        If a table of the evidence breaks its schema, or holds schools: those come from a register.
    """
    if "schools" in tables:
        raise DataError("Evidence holds no schools of its own: they come from the register.")
    good = checked(tables)
    names = [name for name in TABLES if register.has(name) or name in good]
    joined = {
        name: _laid_over(name, register.table(name), good[name])
        if name in good
        else register.table(name)
        for name in names
    }
    return Landscape(
        joined,
        sources=(*register.sources, *sources),
        label=register.label,
        as_of=register.as_of,
        earliest=register.earliest,
        may_name=may_name,
    )


def _laid_over(name: str, register: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
    key = TABLES[name].primary_key()
    columns = register.columns
    if register.is_empty():
        return evidence
    others = [column for column in columns if column not in key]
    filled = (
        register.join(evidence, on=key, how="left", suffix=" there", maintain_order="left")
        .with_columns(pl.coalesce(column, f"{column} there").alias(column) for column in others)
        .select(columns)
    )
    return pl.concat([filled, evidence.join(register, on=key, how="anti", maintain_order="left")])
