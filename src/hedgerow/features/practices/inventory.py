"""The inventory of practices, tools and routines, as figure 5.2 of the study's report lists them,
with how many of the schools use each and in what form.
"""

from __future__ import annotations

import polars as pl

from hedgerow.features.practices.repertoire import FORM_WEIGHTS, answers, repertoire
from hedgerow.landscape.disclosure import protect
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.measures import ITEM_KINDS
from hedgerow.landscape.suppression import THRESHOLD

COUNTS = (*FORM_WEIGHTS, "form_not_known", "not_in_use")
"""What a school asked about an item can answer, each counted; together all schools asked."""

COLUMNS = (
    "item_kind",
    "item",
    "is_scheme",
    "share_using",
    *(name for count in (*COUNTS, "schools_asked") for name in (count, f"{count}_withheld")),
    "dropped",
)


def inventory(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give every item that the place's schools were asked about, with the share that use it.

    Returns
    -------
    polars.DataFrame or NotMeasured
        ``item_kind``, ``item``, ``is_scheme`` (null where nobody said), ``share_using`` (of the
        schools asked about it), and counts of schools: ``adopted``, ``adapted``, ``blended``,
        ``form_not_known`` (in use), ``not_in_use``, ``schools_asked``, and ``dropped`` (of those
        not in use, the schools that once used it). Counts of 1 to 4, and what would give them back,
        are withheld: what a school told in confidence is not to be told of it. A column ending in
        ``_withheld`` says why a count is empty; the share and ``dropped`` are empty where they
        would give one back, the share too where fewer than five were asked. Practices first, then
        tools, then routines, the most used first.
    """
    found = repertoire(here)
    if isinstance(found, NotMeasured):
        return found
    used, form = pl.col("is_used"), pl.col("form")
    cells = {
        **{name: (form == name).fill_null(False) for name in FORM_WEIGHTS},
        "form_not_known": used & form.is_null(),
        "not_in_use": ~used,
        "dropped": pl.col("is_dropped"),
    }
    counted = (
        answers(here)
        .group_by("item_kind", "item", "is_scheme")
        .agg(
            *(cell.sum().cast(pl.Int64).alias(name) for name, cell in cells.items()),
            pl.len().cast(pl.Int64).alias("schools_asked"),
        )
    )
    shown = protect(counted, [*COUNTS, "schools_asked"], total_column="schools_asked", by=["item"])
    in_use = pl.col("schools_asked") - pl.col("not_in_use")
    never = pl.col("not_in_use") - pl.col("dropped")
    safe = pl.all_horizontal(
        (part == 0) | (part >= THRESHOLD) for part in (pl.col("dropped"), never)
    )
    order = pl.col("item_kind").replace_strict(
        {kind: number for number, kind in enumerate(ITEM_KINDS)}, return_dtype=pl.Int64
    )
    share = pl.when(pl.col("schools_asked") >= THRESHOLD).then(in_use / pl.col("schools_asked"))
    return (
        shown.with_columns(
            share.alias("share_using"), pl.when(safe.fill_null(False)).then("dropped")
        )
        .sort(order, -pl.col("share_using"), "item", nulls_last=True)
        .select(COLUMNS)
    )
