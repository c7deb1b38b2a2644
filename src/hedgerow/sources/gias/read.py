"""Reading the establishments of GIAS: identifiers, kinds of school, days, places, all checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.gias.checking import (
    check_dates,
    check_numbers,
    check_positions,
    inspection_grade,
    note_missing_trusts,
    set_aside_duplicates,
)
from hedgerow.sources.gias.filling import fill_gaps
from hedgerow.sources.gias.schema import OPTION, RELEASES, SOURCE, TITLE
from hedgerow.sources.gias.types import BY_CODE, phase_names, type_codes
from hedgerow.sources.sorting_out import Sorting
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.tabular import read_table
from hedgerow.sources.typed_columns import identifier, with_days, with_numbers
from hedgerow.sources.vintage import vintage_of

WELSH_AUTHORITIES = tuple(str(code) for code in range(660, 682))
AUTHORITIES_ABROAD = tuple(str(code) for code in range(701, 709))
GARBLED = "Ã[\u0080-\u00bf\u0192\u201a\u2020]|â€|\ufffd"
"""What becomes of accented letters when UTF-8 is taken for Windows-1252, and of those that
an encoding cannot hold."""
NOT_RECORDED = "Not recorded"

NUMBERS = {
    "low_age": (pl.Int16, 0, 25),
    "high_age": (pl.Int16, 0, 25),
    "capacity": (pl.Int32, 0, 100_000),
    "pupils": (pl.Int32, 0, 100_000),
    "fsm_eligible": (pl.Int32, 0, 100_000),
    "fsm_percent": (pl.Float64, 0, 100),
    "easting": (pl.Float64, 0, 700_000),
    "northing": (pl.Float64, 0, 1_300_000),
}

COLUMNS = (
    "row",
    "id",
    "urn",
    "name",
    "la_code",
    "la_name",
    "la_gss",
    "type_code",
    "type",
    "type_group",
    "phase",
    "status",
    "route",
    "establishment_status",
    "opened",
    "closed",
    "low_age",
    "high_age",
    "capacity",
    "pupils",
    "fsm_eligible",
    "fsm_percent",
    "faith",
    "trust_code",
    "trust_name",
    "trust_flag",
    "sponsor_name",
    "federation_code",
    "federation_name",
    "region",
    "district_code",
    "district_name",
    "ward",
    "urban_rural",
    "postcode",
    "easting",
    "northing",
    "lsoa",
    "ofsted_grade",
    "ofsted_date",
    "country",
)


def read(path: Path, faults: Faults) -> SourceTable:
    """Read an establishments file.

    Parameters
    ----------
    path : pathlib.Path
        The official extract or the web site's search results; may bear a vintage,
        ``file.csv@2022-04-25``.
    faults : Faults
        Where faults are gathered.

    Returns
    -------
    SourceTable
        One English establishment a row, columns `COLUMNS`. ``closed`` is the first day on which it
        was no longer there: the day after the official closing day, so that a school closed on 31
        August is there on that day and gone on 1 September. ``status`` and ``route`` follow from
        the official type. ``trust_code`` and ``trust_name`` name an academy trust where ``status``
        is "academy", else a foundation trust, which does not govern in the same sense. Coordinates
        that are missing, zero or off the map are null.

    Raises
    ------
    DataError
        If the file cannot be used as a whole; see `read_table`.
    """
    raw = read_table(path, source=SOURCE, option=OPTION, releases=RELEASES, faults=faults)
    sorting = Sorting(raw, faults)
    _set_aside_unusable(sorting)
    _set_types(sorting)
    _set_aside_elsewhere(sorting)
    sorting.rows = with_days(
        sorting.rows, ("opened", "closed", "ofsted_date", "changed"), raw=raw, faults=faults
    )
    sorting.rows = with_numbers(sorting.rows, NUMBERS, raw=raw, faults=faults)
    as_of = vintage_of(path, option=OPTION, held=_latest(sorting.rows))
    set_aside_duplicates(sorting)
    check_dates(sorting, as_of)
    check_numbers(sorting)
    check_positions(sorting, raw)
    fill_gaps(sorting)
    note_missing_trusts(sorting)
    rows = sorting.rows.with_columns(inspection_grade(sorting)).select(COLUMNS)
    return SourceTable(
        source=source_of(raw, prefix="gias", title=TITLE, as_of=as_of, rows=rows.height),
        rows=rows,
        set_aside=sorting.set_aside,
    )


def _latest(rows: pl.DataFrame) -> date | None:
    """Give the latest day in the rows that is not to come: the extract can be no older."""
    days = pl.concat([rows["changed"], rows["opened"], rows["ofsted_date"]])
    latest = days.filter(days <= date.today()).max()
    return latest if isinstance(latest, date) else None


def _set_aside_unusable(sorting: Sorting) -> None:
    urn = identifier("urn").cast(pl.Int64, strict=False)
    sorting.put_aside(
        ~urn.is_between(1, 9_999_999).fill_null(False),
        kind="no valid URN",
        found=pl.col("urn").fill_null("nothing"),
        expected="a number of five to seven digits",
        column="urn",
        advice="Look the establishment up on the GIAS web site.",
    )
    sorting.put_aside(
        pl.col("name").is_null(),
        kind="establishment without a name",
        found=pl.format("URN {}", "urn"),
        expected="a name",
        column="name",
    )
    sorting.note(
        pl.col("name").str.contains(GARBLED),
        kind="garbled letters in a name",
        found=pl.col("name"),
        expected="letters as the school writes them",
        column="name",
        advice="The file was saved in a wrong encoding once; download it again.",
    )
    sorting.rows = sorting.rows.with_columns(
        urn.alias("urn"),
        pl.format("urn:{}", urn).alias("id"),
        identifier("la_code").str.zfill(3).alias("la_code"),
        identifier("trust_code").alias("trust_code"),
        identifier("federation_code").alias("federation_code"),
        pl.col("postcode").str.to_uppercase(),
    )


def _set_types(sorting: Sorting) -> None:
    rows = sorting.rows
    if "type_code" not in rows.columns:
        rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias("type_code"))
    codes = type_codes(rows["type"].drop_nulls().unique().to_list())
    sorting.rows = rows.with_columns(
        pl.coalesce(
            identifier("type_code"),
            pl.col("type").replace_strict(codes, default=None, return_dtype=pl.String),
        ).alias("type_code")
    )
    sorting.note(
        ~pl.col("type_code").is_in(list(BY_CODE)).fill_null(False),
        kind="unknown type of establishment",
        found=pl.format(
            "{} ({})", pl.col("type").fill_null("no name"), pl.col("type_code").fill_null("no code")
        ),
        expected="one of the official types",
        column="type",
        advice="The school counts as “other”: neither maintained nor academy nor independent.",
    )
    status = {code: each.status for code, each in BY_CODE.items()}
    route = {code: each.route for code, each in BY_CODE.items()}
    names = {code: each.name for code, each in BY_CODE.items()}
    phases = phase_names(sorting.rows["phase"].drop_nulls().unique().to_list())
    code = pl.col("type_code")
    sorting.rows = sorting.rows.with_columns(
        code.replace_strict(status, default="other", return_dtype=pl.String).alias("status"),
        code.replace_strict(route, default=None, return_dtype=pl.String).alias("route"),
        pl.coalesce(
            code.replace_strict(names, default=None, return_dtype=pl.String),
            "type",
            pl.lit(NOT_RECORDED),
        ).alias("type"),
        pl.col("phase")
        .replace_strict(phases, default=None, return_dtype=pl.String)
        .fill_null(NOT_RECORDED),
    )
    sorting.note(
        pl.col("phase") == NOT_RECORDED,
        kind="establishment without a phase",
        found=pl.format("URN {}", "urn"),
        expected="an official phase",
        column="phase",
        advice="It counts as neither primary nor secondary.",
    )


def _set_aside_elsewhere(sorting: Sorting) -> None:
    left_out = {code: each.left_out for code, each in BY_CODE.items() if each.left_out}
    is_welsh = pl.col("la_code").is_in(WELSH_AUTHORITIES) | (pl.col("type_code") == "30")
    sorting.put_aside(
        is_welsh,
        kind="Welsh establishment",
        reason="in Wales: the register is of England",
        found=pl.format("{}, {}", "name", pl.col("la_name").fill_null("authority not named")),
        expected="an establishment in England",
    )
    for reason in sorted(set(left_out.values())):
        codes = [code for code, why in left_out.items() if why == reason]
        which = pl.col("type_code").is_in(codes)
        if reason == "outside England":
            which |= pl.col("la_code").is_in(AUTHORITIES_ABROAD)
        sorting.put_aside(
            which,
            kind=f"establishment {reason}" if reason.startswith("outside") else reason,
            found=pl.format("{} ({})", "name", "type"),
            expected="a school in England",
        )
