"""Persons by name instead of pseudonym: for a fieldbook that is still a person's own."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.plan import SHEETS


def called_by_name(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Give tables in which persons are called what their labels say, as people fill in a workbook.

    It is how the made-up region becomes a fieldbook that can be imported like anybody's. Who shares
    a name with another keeps the identifier behind it.

    Parameters
    ----------
    tables : mapping of str to polars.DataFrame
        With ``persons`` among them, whose labels are names.

    Returns
    -------
    dict of str to polars.DataFrame
        To be written with `write_workbook`; no longer tables of a landscape.
    """
    persons = tables["persons"].select("id", "label")
    shared = persons.group_by(pl.col("label").map_elements(fold, pl.String)).len()
    several = set(shared.filter(pl.col("len") > 1)["label"])
    called = {
        identifier: f"{label} ({identifier.partition(':')[2]})" if fold(label) in several else label
        for identifier, label in persons.iter_rows()
    }
    found = dict(tables)
    for spec in SHEETS:
        if spec.table in found:
            found[spec.table] = found[spec.table].with_columns(
                pl.col(column.name).replace(called)
                for column in spec.columns
                if "person" in column.targets
            )
    found["persons"] = found["persons"].with_columns(pl.lit(None, pl.String).alias("label"))
    return found
