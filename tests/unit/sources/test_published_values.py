"""Numbers, percentages, missing codes and dates as publishers write them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.sources.published_values import CODES, day, number, share, status


def read(text: str | None, expression: pl.Expr) -> object:
    return pl.DataFrame({"a": [text]}, schema={"a": pl.String}).select(expression).item()


@pytest.mark.parametrize(
    ("text", "value"),
    [("29,199", 29199), ("-2.6", -2.6), ("0", 0), ("1,23", None), ("12%", None), ("SUPP", None)],
)
def test_number(text, value):
    assert read(text, number("a")) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("93%", 0.93),
        ("93 %", 0.93),
        ("93", 0.93),
        ("0%", 0),
        ("100%", 1),
        ("101%", None),
        ("-5%", None),
        ("SUPP", None),
        (None, None),
    ],
)
def test_share(text, value):
    assert read(text, share("a")) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("5", "observed"),
        ("SUPP", "suppressed"),
        ("supp", "suppressed"),
        ("c", "suppressed"),
        ("z", "not applicable"),
        ("x", "not available"),
        ("never seen", "not available"),
        (None, "not available"),
    ],
)
def test_status(text, why):
    assert read(text, status("a", number("a"))) == why


def test_every_code_means_a_kind_of_missing():
    assert set(CODES.values()) == {"suppressed", "not applicable", "not available"}
    assert all(code == code.upper() for code in CODES)
    assert all(read(code, number("a")) is None for code in CODES)


@pytest.mark.parametrize(
    "text",
    [
        "31/08/2024",
        "31-08-2024",
        "2024-08-31",
        "2024-08-31 00:00:00",
        "2024-08-31T00:00:00.000",
        "31/08/2024 00:00",
        "20240831",
        "31 August 2024",
        "31 Aug 2024",
        "45535",
        "45535.0",
    ],
)
def test_day(text):
    assert read(text, day("a")) == date(2024, 8, 31)


@pytest.mark.parametrize("text", ["31/02/2024", "08/31/2024", "9", "NULL", "", None, "2024"])
def test_no_day(text):
    assert read(text, day("a")) is None
