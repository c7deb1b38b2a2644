"""A declared list of reasons for which a file's rows cannot be used, and the rows parted by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.published_values import URN
from hedgerow.sources.source_table import set_aside
from hedgerow.sources.tabular import RawTable


@dataclass(frozen=True)
class Reason:
    """Which rows cannot be used.

    Parameters
    ----------
    which : polars.Expr
        True for those rows; empty counts as false.
    column : str
        Our name of the column that shows it.
    expected : str
        What should stand there. Empty where nothing is wrong with the row, which is only about
        something else, such as a total: it is set aside without being a fault.
    """

    which: pl.Expr
    column: str
    expected: str = ""


def part(
    raw: RawTable,
    reasons: Mapping[str, Reason],
    *,
    faults: Faults,
    rows: pl.DataFrame | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part rows by reasons for which they cannot be used.

    Parameters
    ----------
    raw : RawTable
        The file; its ragged rows are among those set aside.
    reasons : mapping of str to Reason
        Tried in order, each on the rows that are left, so that "given before" looks at usable rows
        alone.
    faults : Faults
    rows : polars.DataFrame, optional
        The rows of `raw` with columns worked out from them, whose names begin with a low line.

    Returns
    -------
    used, aside : polars.DataFrame
        Columns as in `rows`; and as in `SourceTable.set_aside`. Together they are all rows of the
        file.
    """
    left = raw.rows if rows is None else rows
    ours = [name for name in left.columns if not name.startswith("_")]
    parted = [raw.set_aside]
    for words, reason in reasons.items():
        is_aside = left.select(reason.which.fill_null(False)).to_series()
        if not is_aside.any():
            continue
        aside = left.filter(is_aside).select(ours)
        left = left.filter(~is_aside)
        parted.append(set_aside(aside, file=raw.file, reason=words))
        if reason.expected:
            faults.add_rows(
                aside.select("row", pl.col(reason.column).fill_null("nothing").alias("found")),
                kind=words,
                file=raw.file,
                sheet=raw.sheet,
                column=raw.heading(reason.column),
                expected=reason.expected,
                consequence="set aside",
            )
    return left, pl.concat(parted).sort("row")


def without_urn() -> dict[str, Reason]:
    """Give the reasons for which a row is about no one school."""
    return {
        "no URN": Reason(pl.col("urn").is_null(), "urn", "a school's unique reference number"),
        "no URN in form": Reason(
            ~pl.col("urn").str.contains(URN), "urn", "a number of five to seven digits"
        ),
        "URN given before": Reason(~pl.col("urn").is_first_distinct(), "urn", "each school once"),
    }
