"""Whether the values of an establishment's row agree with one another and with the file's day."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from hedgerow.sources.sorting_out import Sorting
from hedgerow.sources.tabular import RawTable

CLOSED = ("Closed",)
NOT_YET_OPEN = ("Proposed to open",)
GRADES = {
    "Outstanding": 1,
    "Good": 2,
    "Requires improvement": 3,
    "Inadequate": 4,
    "Serious Weaknesses": 4,
    "Special Measures": 4,
}


def set_aside_duplicates(sorting: Sorting) -> None:
    """Use one row of each URN: the first of an open establishment, else the first."""
    if sorting.rows["urn"].is_unique().all():
        return
    used = pl.col("row").sort_by(~is_open(), "row").first().over("urn")
    sorting.put_aside(
        pl.col("row") != used,
        kind="duplicate URN",
        reason=pl.format("the URN {} stands in another row, which is used", "urn"),
        found=pl.format("URN {} again", "urn"),
        expected="each URN once",
        column="urn",
        advice="The first row of an open establishment is used, else the first.",
    )


def is_open() -> pl.Expr:
    """Say whether an establishment is open; one that is proposed to close is."""
    return ~pl.col("establishment_status").fill_null("Open").is_in((*CLOSED, *NOT_YET_OPEN))


def check_dates(sorting: Sorting, as_of: date) -> None:
    """Check opening, closing and inspection days, and turn the last day into the first day gone.

    Rows whose days would make a closed or planned establishment look open are set aside; days that
    contradict the status, each other or the day of the file become null.
    """
    status = pl.col("establishment_status")
    sorting.put_aside(
        status.is_in(CLOSED) & pl.col("closed").is_null(),
        kind="closed on an unknown day",
        reason="closed, but nothing says when",
        found=pl.format("URN {}", "urn"),
        expected="a closing day",
        column="closed" if "closed" in sorting.rows.columns else None,
        advice="It would otherwise count as open.",
    )
    sorting.put_aside(
        status.is_in(NOT_YET_OPEN) & (pl.col("opened").is_null() | (pl.col("opened") <= as_of)),
        kind="proposed to open on an unknown day",
        reason="proposed to open, but nothing says when",
        found=pl.format("URN {}", "urn"),
        expected="an opening day to come",
    )
    wrong = {
        "opened": (
            (is_open() & (pl.col("opened") > as_of), "opening day to come of an open school"),
            (pl.col("opened") > pl.col("closed"), "opening day after the closing day"),
        ),
        "closed": (
            (is_open() & (pl.col("closed") < as_of), "closing day passed of an open school"),
        ),
        "ofsted_date": ((pl.col("ofsted_date") > as_of, "inspection day to come"),),
    }
    for column, checks in wrong.items():
        for which, kind in checks:
            sorting.note(
                which,
                kind=kind,
                found=pl.col(column).cast(pl.String),
                expected=f"a day that agrees with {as_of:%-d %B %Y} and the other days of the row",
                column=column,
                advice="The day counts as unknown.",
                left_out=True,
            )
            sorting.rows = sorting.rows.with_columns(
                pl.when(~which.fill_null(False)).then(pl.col(column)).alias(column)
            )
    sorting.rows = sorting.rows.with_columns(pl.col("closed") + timedelta(days=1))


def check_numbers(sorting: Sorting) -> None:
    """Leave out numbers that contradict each other."""
    sorting.note(
        pl.col("fsm_eligible") > pl.col("pupils"),
        kind="more pupils eligible for free school meals than pupils",
        found=pl.format("{} of {}", "fsm_eligible", "pupils"),
        expected="at most all pupils",
        column="fsm_eligible",
        advice="The number eligible counts as unknown.",
        left_out=True,
    )
    sorting.note(
        pl.col("low_age") > pl.col("high_age"),
        kind="lowest age above the highest",
        found=pl.format("{} to {}", "low_age", "high_age"),
        expected="ages in order",
        column="low_age",
        advice="Both ages count as unknown.",
        left_out=True,
    )
    ages_agree = ~(pl.col("low_age") > pl.col("high_age")).fill_null(False)
    sorting.rows = sorting.rows.with_columns(
        pl.when(~(pl.col("fsm_eligible") > pl.col("pupils")).fill_null(False)).then("fsm_eligible"),
        pl.when(ages_agree).then("low_age"),
        pl.when(ages_agree).then("high_age"),
    )


def check_positions(sorting: Sorting, raw: RawTable) -> None:
    """Leave out coordinates that are missing in part or zero; note them if the file has any."""
    is_placed = (pl.col("easting") > 0) & (pl.col("northing") > 0)
    if raw.rows["easting"].null_count() < raw.rows.height:
        sorting.note(
            ~is_placed.fill_null(False),
            kind="no coordinates",
            found=pl.format(
                "easting {}, northing {}",
                pl.col("easting").cast(pl.String).fill_null("none"),
                pl.col("northing").cast(pl.String).fill_null("none"),
            ),
            expected="a position on the British National Grid, in metres",
            column="easting",
            advice="The position of its postcode is used where it is known.",
            left_out=True,
        )
    sorting.rows = sorting.rows.with_columns(
        pl.when(is_placed).then("easting"), pl.when(is_placed).then("northing")
    )


def note_missing_trusts(sorting: Sorting) -> None:
    """Note open academies whose trust the file does not name, or names without its number."""
    is_open_academy = (pl.col("status") == "academy") & pl.col("closed").is_null()
    for is_named, kind in ((False, "academy without a trust"), (True, "trust without a number")):
        sorting.note(
            is_open_academy
            & pl.col("trust_code").is_null()
            & (pl.col("trust_name").is_not_null() == is_named),
            kind=kind,
            found=pl.format(
                "{}, opened {}, trust: {}",
                "name",
                pl.col("opened").cast(pl.String).fill_null("on an unknown day"),
                pl.col("trust_name").fill_null("none"),
            ),
            expected="the trust that governs it, with its number",
            column="trust_name",
            advice="Group link records (--links) may tell; else its trust counts as unknown.",
        )


def inspection_grade(sorting: Sorting) -> pl.Expr:
    """Give the grade as a number, 1 outstanding to 4 inadequate; note what is no grade."""
    known = [*GRADES, "Not reported", "Not applicable", "Not inspected"]
    sorting.note(
        ~pl.col("ofsted_rating").is_in(known),
        kind="unknown inspection grade",
        found=pl.col("ofsted_rating"),
        expected="one of " + ", ".join(GRADES),
        column="ofsted_rating",
        advice="The grade counts as unknown.",
        left_out=True,
    )
    return (
        pl.col("ofsted_rating")
        .replace_strict(GRADES, default=None, return_dtype=pl.Int8)
        .alias("ofsted_grade")
    )
