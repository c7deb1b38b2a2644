"""Reading the group link records of GIAS: which school belongs to which group, and since when."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.gias.types import BY_CODE, PHASES, phase_names
from hedgerow.sources.groups.read import set_aside_strange_groups
from hedgerow.sources.groups.types import TYPES
from hedgerow.sources.links.schema import OPTION, RELEASES, SOURCE, TITLE
from hedgerow.sources.sorting_out import Sorting
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.tabular import read_table
from hedgerow.sources.typed_columns import identifier, with_days, without_decimals
from hedgerow.sources.vintage import vintage_of

COLUMNS = (
    "row",
    "urn",
    "uid",
    "group_name",
    "group_type",
    "kind",
    "tie",
    "group_status",
    "group_closed",
    "joined",
    "companies_house",
    "establishment",
    "type_code",
    "phase",
    "la_code",
    "la_name",
)


def read(path: Path, faults: Faults) -> SourceTable:
    """Read a file of group link records.

    Parameters
    ----------
    path : pathlib.Path
        May bear a vintage, ``file.csv@2022-03-29``.
    faults : Faults
        Where faults are gathered.

    Returns
    -------
    SourceTable
        One school's belonging to one group a row, columns `COLUMNS`; a school has several rows, one
        for each group. ``kind`` is the group's kind of organisation and ``tie`` what it does for
        the school: an academy trust governs, a sponsor sponsors, a foundation trust supports, a
        federation federates; of an umbrella trust the school is a member. ``joined`` is null where
        unknown. ``group_closed`` is the first day on which the group was no longer there. At most
        one row a school has ``tie`` "governs". The academies' links of 2017 and 2019 hold no
        federations and no foundation trusts: their silence says nothing about these.
    """
    raw = read_table(path, source=SOURCE, option=OPTION, releases=RELEASES, faults=faults)
    as_of = vintage_of(path, option=OPTION)
    sorting = Sorting(raw, faults)
    set_aside_strange_groups(sorting, uid="uid", type_="group_type")
    sorting.put_aside(
        identifier("urn").is_null(),
        kind="no valid URN",
        found=pl.col("urn").fill_null("nothing"),
        expected="a number of five to seven digits",
        column="urn",
    )
    sorting.rows = with_days(
        sorting.rows, ("joined", "group_closed"), raw=raw, faults=faults
    ).with_columns(
        identifier("urn").cast(pl.Int64).alias("urn"),
        *(
            pl.col("group_type")
            .replace_strict(
                {name: getattr(each, field) for name, each in TYPES.items()},
                return_dtype=pl.String,
            )
            .alias(field)
            for field in ("kind", "tie")
        ),
    )
    _set_aside_schools_elsewhere(sorting)
    _check_days(sorting, as_of)
    _set_aside_repeated(sorting)
    rows = sorting.rows.with_columns(
        pl.col("group_closed") + timedelta(days=1),
        without_decimals("companies_house").str.zfill(8),
        identifier("type_code").alias("type_code"),
        identifier("la_code").str.zfill(3).alias("la_code"),
        _phase(sorting.rows).alias("phase"),
    ).select(COLUMNS)
    return SourceTable(
        source=source_of(raw, prefix="links", title=TITLE, as_of=as_of, rows=rows.height),
        rows=rows,
        set_aside=sorting.set_aside,
    )


def _set_aside_schools_elsewhere(sorting: Sorting) -> None:
    left_out = {code: each.left_out for code, each in BY_CODE.items() if each.left_out}
    code = identifier("type_code")
    sorting.put_aside(
        code.is_in(list(left_out)),
        kind="link of an establishment that is no school in England",
        reason=code.replace_strict(left_out, default=None, return_dtype=pl.String),
        found=pl.format("{}", pl.col("establishment").fill_null("not named")),
        expected="a school in England",
        column="type_code",
    )


def _check_days(sorting: Sorting, as_of: date) -> None:
    to_come = pl.col("joined") > as_of
    sorting.note(
        to_come,
        kind="joining day to come",
        found=pl.col("joined").cast(pl.String),
        expected=f"a day up to {as_of:%-d %B %Y}",
        column="joined",
        advice="The day counts as unknown.",
        left_out=True,
    )
    sorting.rows = sorting.rows.with_columns(
        pl.when(~to_come.fill_null(False)).then("joined").alias("joined")
    )
    sorting.note(
        pl.col("group_status") == "Closed",
        kind="link to a closed group",
        found=pl.format(
            "{} ({}), closed {}",
            "group_name",
            "group_type",
            pl.col("group_closed").cast(pl.String).fill_null("on an unknown day"),
        ),
        expected="a link to an open group",
        column="group_status",
        advice="The link is used: the record still stands in the file.",
    )


def _set_aside_repeated(sorting: Sorting) -> None:
    sorting.put_aside(
        pl.struct("urn", "uid").is_duplicated()
        & (pl.col("row") != pl.col("row").sort_by("joined", "row").first().over("urn", "uid")),
        kind="duplicate link",
        reason="the same school and group stand in another row, which is used",
        found=pl.format("URN {}, group {}", "urn", "uid"),
        expected="each link once",
        column="uid",
        advice="The row with the earliest joining day is used.",
    )
    governs = sorting.rows.lazy().filter(pl.col("tie") == "governs")
    used = (
        governs.sort(
            pl.col("group_status") == "Closed", "joined", "row", descending=[False, True, True]
        )
        .group_by("urn", maintain_order=True)
        .agg(pl.col("row").first().alias("used"), pl.col("group_name").first().alias("instead"))
        .collect()
    )
    sorting.rows = sorting.rows.join(used, on="urn", how="left", maintain_order="left")
    sorting.put_aside(
        (pl.col("tie") == "governs") & (pl.col("row") != pl.col("used")),
        kind="second academy trust of a school",
        reason=pl.format(
            "the school is linked to another academy trust as well ({}), which is used", "instead"
        ),
        found=pl.format("URN {}, {}", "urn", "group_name"),
        expected="one academy trust a school at a time",
        column="group_name",
        advice="The open trust that the school joined last is used.",
    )
    sorting.rows = sorting.rows.drop("used", "instead")


def _phase(rows: pl.DataFrame) -> pl.Expr:
    spelled = phase_names(rows["phase"].drop_nulls().unique().to_list())
    return pl.coalesce(
        identifier("phase_code").replace_strict(PHASES, default=None, return_dtype=pl.String),
        pl.col("phase").replace_strict(spelled, default=None, return_dtype=pl.String),
    )
