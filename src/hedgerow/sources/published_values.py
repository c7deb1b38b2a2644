"""What publishers write for numbers and dates: missing codes, percentages, forms of date.

A missing code is never a number: it becomes an empty value with its reason. What is neither a
number nor a known code is left out and reported, because a new code may mean anything.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hedgerow.landscape.faults import Faults

SUPPRESSED = "suppressed"
NOT_APPLICABLE = "not applicable"
NOT_AVAILABLE = "not available"
OBSERVED = "observed"

CODES: dict[str, str] = {
    # school and college performance tables [dfe2019guidance]
    "SUPP": SUPPRESSED,
    "LOWCOV": NOT_AVAILABLE,
    "NEW": NOT_APPLICABLE,
    "NA": NOT_APPLICABLE,
    "N/A": NOT_APPLICABLE,
    "NE": NOT_APPLICABLE,
    "NP": NOT_AVAILABLE,
    "NR": NOT_AVAILABLE,
    "DNS": NOT_AVAILABLE,
    "SPLIT": NOT_AVAILABLE,
    # statistics of the government statistical service [gss2022symbols]
    "C": SUPPRESSED,
    "X": NOT_AVAILABLE,
    "Z": NOT_APPLICABLE,
    ":": NOT_AVAILABLE,
    ".": NOT_APPLICABLE,
    "..": NOT_AVAILABLE,
    "-": NOT_AVAILABLE,
    "*": SUPPRESSED,
    "NULL": NOT_AVAILABLE,
}
"""What stands for a value that is not there, in capitals, and which kind of missing it is."""

NUMBER = r"^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$"
URN = r"^[1-9]\d{4,6}$"


def number(column: str) -> pl.Expr:
    """Give the number that stands in a text column, empty where it is none; ``29,199`` is 29199."""
    text = pl.col(column)
    return (
        pl.when(text.str.contains(NUMBER))
        .then(text.str.replace_all(",", "", literal=True))
        .cast(pl.Float64, strict=False)
    )


def share(column: str) -> pl.Expr:
    """Give a percentage as a fraction of 1, empty where it is none: ``93%`` is 0.93.

    A bare number is a percentage too, as some years write ``93`` for ``93%``. What lies outside 0
    to 100 is none.
    """
    text = pl.col(column).str.strip_suffix("%").str.strip_chars()
    # rounded: 0.93 and not 0.9300000000000002
    fraction = (text.cast(pl.Float64, strict=False) / 100).round(6)
    return pl.when(fraction.is_between(0, 1)).then(fraction)


def status(
    column: str, value: pl.Expr, codes: Mapping[str, str] = CODES, *, blank: str = NOT_AVAILABLE
) -> pl.Expr:
    """Say why there is a value or none: observed, suppressed, not applicable, not available.

    Parameters
    ----------
    column : str
        Text as published, empty text as null.
    value : polars.Expr
        The number or share read from it.
    codes : mapping of str to str
        Codes in capitals, and what each means.
    blank : str
        What an empty cell means.
    """
    return (
        pl.when(value.is_not_null())
        .then(pl.lit(OBSERVED))
        .when(pl.col(column).is_null())
        .then(pl.lit(blank))
        .otherwise(
            pl.col(column)
            .str.to_uppercase()
            .replace_strict(dict(codes), default=NOT_AVAILABLE, return_dtype=pl.String)
        )
    )


def note_strange(
    rows: pl.DataFrame,
    column: str,
    value: pl.Expr,
    *,
    heading: str,
    file: str,
    faults: Faults,
    codes: Mapping[str, str] = CODES,
) -> None:
    """Report what is neither a value nor a known code.

    Parameters
    ----------
    rows : polars.DataFrame
        Columns ``row`` and `column`.
    column : str
        Text as published.
    value : polars.Expr
        The number, share or date read from it.
    heading : str
        What the file calls the column.
    file : str
    faults : Faults
    codes : mapping of str to str
    """
    text = pl.col(column)
    strange = rows.filter(
        text.is_not_null() & value.is_null() & ~text.str.to_uppercase().is_in(list(codes))
    )
    faults.add_rows(
        strange.select("row", text.alias("found")),
        kind=f"unreadable value of {heading}",
        file=file,
        column=heading,
        expected=f"a number, or one of {', '.join(codes)}",
        advice="The value counts as not available.",
        consequence="value left out",
    )


def day(column: str) -> pl.Expr:
    """Give the date that stands in a text column, empty where it is none.

    Understood are ``31/08/2024``, ``31-08-2024``, ``2024-08-31``, each with or without a time
    behind it, ``20240831``, ``31 August 2024``, ``31 Aug 2024``, and the day numbers of
    spreadsheets.
    """
    text = pl.col(column).str.replace(r"[ T]\d{1,2}:\d{2}(:\d{2})?.*$", "")
    forms = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%d %b %Y")
    serial = (
        pl.when(text.str.contains(r"^[2-6]\d{4}(\.0+)?$"))
        .then(text)
        .cast(pl.Float64, strict=False)
        .cast(pl.Int32)
    )
    # spreadsheets count days from the last day but one of 1899
    counted = pl.lit("1899-12-30").str.to_date() + pl.duration(days=serial)
    return pl.coalesce(*(text.str.to_date(form, strict=False) for form in forms), counted)
