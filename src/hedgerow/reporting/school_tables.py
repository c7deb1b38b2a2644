"""What is on offer to a school, and what its staff took part in, as tables for a reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl

from hedgerow.localities.school_offers import EARLIER, NEXT, NOW
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import day_text, number_text

NOT_KNOWN = "not known"


def offers_table(offers: pl.DataFrame, authority: str) -> Table:
    """Give the offers to a school, as `hedgerow.localities.school_offers.offers_to` gives them.

    Parameters
    ----------
    offers : polars.DataFrame
    authority : str
        What the school's authority is called, whose other schools are counted.
    """
    rows = _written(
        offers,
        {
            "what": lambda row: row["offer"],
            "from_whom": lambda row: row["provider_name"],
            "days": when_text,
            "for_whom": lambda row: _listed(row["audience"], row["subject"]),
            "form": lambda row: _listed(row["mode"], row["delivery"], _sessions(row["sessions"])),
            "price": lambda row: cost_text(row["cost_basis"], row["cost"]),
            "why": lambda row: _listed(row["why_open"], row["eligibility"]),
        },
    ).with_columns(offers["others"])
    columns = (
        Column("what", "offer"),
        Column("from_whom", "provider"),
        Column("days", "when"),
        Column("for_whom", "for whom, on what"),
        Column("form", "form"),
        Column("price", "cost"),
        Column("others", "like schools that took part", "count"),
        Column("why", "why it is listed"),
    )
    return Table(
        "offers",
        "On offer to the school",
        columns,
        rows,
        note=f"Like schools are the other state schools of its phase in {authority}, counted over "
        "the twelve months to the day from records that may be shown by name: there may be more. "
        "Whether there is a place for you, the provider knows.",
    )


def taken_table(taken: pl.DataFrame) -> Table:
    """Give what a school's staff took part in, as `taken_part` gives it."""
    rows = _written(
        taken,
        {
            "what": lambda row: row["offer"],
            "from_whom": lambda row: row["provider_name"] or NOT_KNOWN,
            "who": lambda row: row["role"] or NOT_KNOWN,
            "form": lambda row: _listed(row["mode"], row["delivery"]) or NOT_KNOWN,
            "price": lambda row: cost_text(row["cost_basis"], row["cost"]),
        },
    ).with_columns(
        taken["start"],
        (taken["end"] - timedelta(days=1)).alias("last"),
        taken["staff"],
        taken["sessions_attended"],
    )
    columns = (
        Column("what", "activity"),
        Column("from_whom", "provider"),
        Column("start", "from", "date"),
        Column("last", "to", "date"),
        Column("form", "form"),
        Column("price", "cost"),
        Column("who", "role"),
        Column("staff", "staff", "count"),
        Column("sessions_attended", "sessions attended, each", "number", 1),
    )
    return Table("took-part", "What its staff took part in, the latest first", columns, rows)


def when_text(offer: dict[str, Any]) -> str:
    """Say when an offer runs: now, from when on, or when it last did."""
    last = None if offer["end"] is None else day_text(offer["end"] - timedelta(days=1))
    coming: date | None = offer["next_start"]
    if offer["state"] == NEXT:
        return f"from {day_text(offer['start'])}"
    if offer["state"] == NOW:
        text = f"now, until {last}"
    elif offer["state"] == EARLIER:
        text = f"ended on {last}" if last else f"began on {day_text(offer['start'])}"
    else:
        text = "no day is given"
    return f"{text}; again from {day_text(coming)}" if coming else text


def cost_text(basis: str | None, cost: float | None) -> str:
    """Say what a place costs: who pays, and how much where that is known."""
    price = (
        "" if not cost else f"£{number_text(cost, 'count', decimals=2 if cost % 1 else 0)} a place"
    )
    if basis is None:
        return price or ("free" if cost == 0 else NOT_KNOWN)
    if basis == "free" or not price:
        return basis if basis == "free" or cost is None else f"{basis}, free to schools"
    return f"{basis}, {price}"


def _sessions(many: int | None) -> str | None:
    return None if many is None else f"{many} session{'' if many == 1 else 's'}"


def _listed(*parts: str | None) -> str:
    return "; ".join(one for one in parts if one)


def _written(
    rows: pl.DataFrame, columns: dict[str, Callable[[dict[str, Any]], str]]
) -> pl.DataFrame:
    return pl.DataFrame(
        [{name: write(row) or None for name, write in columns.items()} for row in rows.to_dicts()],
        schema=dict.fromkeys(columns, pl.String),
    )
