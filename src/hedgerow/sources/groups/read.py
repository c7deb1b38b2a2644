"""Reading the group records of GIAS: which groups there are and were."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.groups.schema import OPTION, RELEASES, SOURCE, TITLE
from hedgerow.sources.groups.types import TYPES
from hedgerow.sources.sorting_out import Sorting
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.tabular import read_table
from hedgerow.sources.typed_columns import identifier, with_days, without_decimals
from hedgerow.sources.vintage import vintage_of

COLUMNS = (
    "row",
    "uid",
    "group_id",
    "name",
    "type",
    "kind",
    "status",
    "opened",
    "closed",
    "postcode",
    "companies_house",
    "ukprn",
)


def read(path: Path, faults: Faults) -> SourceTable:
    """Read a file of all group records.

    Parameters
    ----------
    path : pathlib.Path
        May bear a vintage, ``file.csv@2022-03-29``.
    faults : Faults
        Where faults are gathered.

    Returns
    -------
    SourceTable
        One group a row, columns `COLUMNS`; ``kind`` is the kind of organisation. ``opened`` is the
        opening day, or the day of incorporation where a trust has no other. ``closed`` is the first
        day on which the group was no longer there; it may be null where ``status`` is "Closed",
        when nothing says since when. Groups of children's centres are set aside.
    """
    raw = read_table(path, source=SOURCE, option=OPTION, releases=RELEASES, faults=faults)
    as_of = vintage_of(path, option=OPTION)
    sorting = Sorting(raw, faults)
    set_aside_strange_groups(sorting, uid="uid", type_="type")
    sorting.put_aside(
        ~pl.col("row").is_first_distinct() | ~pl.col("uid").is_first_distinct(),
        kind="duplicate group UID",
        reason=pl.format("the group UID {} stands in an earlier row, which is used", "uid"),
        found=pl.format("UID {} again", "uid"),
        expected="each group once",
        column="uid",
    )
    sorting.put_aside(
        pl.col("name").is_null(),
        kind="group without a name",
        found=pl.format("UID {}", "uid"),
        expected="a name",
        column="name",
    )
    sorting.rows = with_days(
        sorting.rows, ("opened", "incorporated", "closed"), raw=raw, faults=faults
    ).with_columns(pl.coalesce("opened", "incorporated").alias("opened"))
    _check_days(sorting, as_of)
    rows = sorting.rows.with_columns(
        pl.col("type")
        .replace_strict({name: each.kind for name, each in TYPES.items()}, return_dtype=pl.String)
        .alias("kind"),
        pl.col("closed") + timedelta(days=1),
        without_decimals("companies_house").str.zfill(8),
        without_decimals("ukprn"),
        pl.col("postcode").str.to_uppercase(),
    ).select(COLUMNS)
    return SourceTable(
        source=source_of(raw, prefix="groups", title=TITLE, as_of=as_of, rows=rows.height),
        rows=rows,
        set_aside=sorting.set_aside,
    )


def set_aside_strange_groups(sorting: Sorting, *, uid: str, type_: str) -> None:
    """Set aside rows without a group, of an unknown type of group, or of a group of no schools.

    Parameters
    ----------
    sorting : Sorting
        Its rows have the group's UID and type; the UID is left as text without the ``.0`` of
        spreadsheets.
    uid, type_ : str
        Our names of these columns.
    """
    sorting.put_aside(
        identifier(uid).is_null(),
        kind="no valid group UID",
        found=pl.col(uid).fill_null("nothing"),
        expected="a number",
        column=uid,
    )
    sorting.rows = sorting.rows.with_columns(identifier(uid).alias(uid))
    sorting.put_aside(
        ~pl.col(type_).is_in(list(TYPES)).fill_null(False),
        kind="unknown type of group",
        found=pl.col(type_).fill_null("nothing"),
        expected=f"one of {', '.join(TYPES)}",
        column=type_,
    )
    children = [name for name, each in TYPES.items() if each.kind is None]
    sorting.put_aside(
        pl.col(type_).is_in(children),
        kind="group of children's centres",
        reason="a group of children's centres, which are not schools",
        found=pl.col(type_),
        expected="a group of schools",
        column=type_,
    )


def _check_days(sorting: Sorting, as_of: date) -> None:
    sorting.note(
        (pl.col("status") == "Closed") & pl.col("closed").is_null(),
        kind="closed group without a closing day",
        found=pl.format("UID {}", "uid"),
        expected="a closing day",
        column="closed",
        advice="It is closed on the day that the file describes; since when is unknown.",
    )
    sorting.note(
        (pl.col("status") == "Open") & (pl.col("opened") > as_of),
        kind="opening day to come of an open group",
        found=pl.col("opened").cast(pl.String),
        expected=f"a day up to {as_of:%-d %B %Y}",
        column="opened",
        advice="The day counts as unknown.",
        left_out=True,
    )
    sorting.note(
        (pl.col("opened") > pl.col("closed")),
        kind="opening day after the closing day",
        found=pl.format("opened {}, closed {}", "opened", "closed"),
        expected="days in order",
        column="opened",
        advice="The opening day counts as unknown.",
        left_out=True,
    )
    wrong = ((pl.col("status") == "Open") & (pl.col("opened") > as_of)) | (
        pl.col("opened") > pl.col("closed")
    )
    sorting.rows = sorting.rows.with_columns(
        pl.when(~wrong.fill_null(False)).then("opened").alias("opened")
    )
