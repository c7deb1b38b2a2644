"""One school's view of professional learning: what is on offer to it and from whom, and what its
staff took part in."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from hedgerow.features.professional_learning.records import falls_within, twelve_months
from hedgerow.features.state_schools import all_state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.succession import under_present_identifiers

NOW, NEXT, EARLIER, UNDATED = "now", "next", "earlier", "undated"
STATES = (NOW, NEXT, EARLIER, UNDATED)
"""Whether an offer runs on the day, begins within twelve months after it, ended within twelve
months before it, or bears no day; in the order in which offers are listed."""

AHEAD = timedelta(days=365)
"""How far ahead offers are looked for."""

BOUND_KINDS = ("authority", "trust", "cluster")
"""Providers whose offers are for their own schools alone."""

OFFER = ("provider", "offer", "subject", "audience")
"""What makes two runs the same offer."""

_DETAILS = (
    *("provider_name", "provider_kind", "why_open", "programme", "mode", "delivery", "sessions"),
    *("cost_basis", "cost", "places", "eligibility"),
)

OFFERS: dict[str, type[pl.DataType]] = {
    "offer": pl.String,
    "provider": pl.String,
    "provider_name": pl.String,
    "provider_kind": pl.String,
    "why_open": pl.String,
    "subject": pl.String,
    "audience": pl.String,
    "programme": pl.String,
    "mode": pl.String,
    "delivery": pl.String,
    "sessions": pl.Int32,
    "cost_basis": pl.String,
    "cost": pl.Float64,
    "places": pl.Int32,
    "eligibility": pl.String,
    "state": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "next_start": pl.Date,
    "others": pl.Int64,
}
"""Columns of the offers to a school."""

_NO_OFFERS = NotMeasured(
    reason="No offer of professional learning is on record, of any provider.",
    would_tell="Providers' programmes: for each offer its provider, subject, audience, days and "
    "cost, one row an offer.",
)


def offers_to(today: Landscape, school: str) -> pl.DataFrame | NotMeasured:
    """Give what is on offer to a school, now or within the twelve months to come, and what was in
    the twelve before.

    An offer is open to the schools in its provider's footprint, authority or trust, and to its
    members. That of a provider without any of these is taken to be open to all; it is listed where
    a school of the same authority and phase took part in anything of that provider in the twelve
    months to the day. So is an offer that such a school takes part in although its provider is not
    there for it, as where a trust sells a course to others. What a school does for its own staff is
    no offer.

    Parameters
    ----------
    today : Landscape
        As on the day. Whatever it holds is listed: give what may be shown by name.
    school : str
        Its identifier on that day.

    Returns
    -------
    polars.DataFrame or NotMeasured
        Columns of `OFFERS`, one row an offer (`OFFER`; its runs together), in the order of
        `STATES`, then of how many like schools took part. ``why_open`` says in words why it is open
        to the school; ``start`` and ``end`` are of the run that ``state`` is about, ``end`` the day
        after it; ``next_start`` is the first day of the next run; ``others`` counts the other
        schools of its authority and phase with a record of it in the twelve months. Not measured
        where no offer is on record at all.

    Notes
    -----
    The assumption most likely to mislead: that a provider's footprint says to whom its offers are
    open. Providers have rules of their own (``eligibility``), and nobody wrote down every offer.
    """
    day = _day(today)
    told = _told(today)
    if told.is_empty():
        return _NO_OFFERS
    taken = _taken_by_alike(today, school)
    runs = (
        told.join(_open_to(today, school, taken), on=list(OFFER), nulls_equal=True)
        .with_columns(_state(day).alias("state"))
        .drop_nulls("state")
        .with_columns(
            pl.col("state")
            .replace_strict(
                {state: number for number, state in enumerate(STATES)}, return_dtype=pl.Int64
            )
            .alias("_order"),
            # of runs to come the first counts, of all others the latest
            pl.when(pl.col("state") == NEXT)
            .then(pl.col("start").to_physical())
            .otherwise(-pl.col("start").to_physical())
            .alias("_near"),
        )
        .sort("_order", "_near", "id")
    )
    others = (
        taken.filter(pl.col("school") != school)
        .group_by(*OFFER)
        .agg(pl.col("school").n_unique().cast(pl.Int64).alias("others"))
    )
    coming = pl.col("start").filter(pl.col("start") > day).min()
    return (
        runs.group_by(*OFFER, maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in _DETAILS),
            *(pl.col(name).first() for name in ("state", "start", "end", "_order")),
            coming.alias("next_start"),
        )
        .join(others, on=list(OFFER), how="left", nulls_equal=True)
        .with_columns(pl.col("others").fill_null(0))
        .sort("_order", -pl.col("others"), "provider_name", "offer", maintain_order=True)
        .select(list(OFFERS))
    )


def taken_part(today: Landscape, school: str) -> pl.DataFrame | NotMeasured:
    """Give what a school's staff took part in up to the day, as far as it is on record.

    Parameters
    ----------
    today : Landscape
        As on the day. Whatever it holds is listed: give what may be shown by name.
    school : str

    Returns
    -------
    polars.DataFrame or NotMeasured
        Columns ``offer``, ``provider``, ``provider_name``, ``subject``, ``mode``, ``delivery``,
        ``cost_basis``, ``cost``, ``role``, ``staff``, ``sessions_attended``, ``start``, ``end``
        (the day after), the latest first; what was recorded under an older number of the school is
        in it. Not measured where no record of any school is seen.
    """
    records = today.table("participation")
    if records.is_empty():
        return NotMeasured(
            reason="No record of who took part in professional learning is on hand, of any school.",
            would_tell="Attendance records of hubs, trusts, the authority and other providers.",
        )
    offers = _told_of(today).select(
        pl.col("id").alias("activity"),
        *("provider", "provider_name", "subject", "mode", "delivery", "cost_basis", "cost"),
        "offer",
    )
    present = under_present_identifiers(records, today, "school")["school"]
    return (
        records.filter((pl.col("school") == school) | (present == school))
        .filter(pl.col("start") <= _day(today))
        .join(offers, on="activity", how="left")
        .sort("start", "provider_name", "id", descending=[True, False, False])
        .select(
            pl.coalesce("offer", "activity").alias("offer"),
            *("provider", "provider_name", "subject", "mode", "delivery", "cost_basis", "cost"),
            *("role", "staff", "sessions_attended", "start", "end"),
        )
    )


def _day(today: Landscape) -> date:
    if today.day is None:
        raise ValueError("a school's offers are as on a day: give a landscape as on one")
    return today.day


def _told_of(today: Landscape) -> pl.DataFrame:
    """All activities, with what their providers are called."""
    organisations = today.all_days.organisations.select(
        pl.col("id").alias("provider"),
        pl.col("name").alias("provider_name"),
        pl.col("kind").alias("provider_kind"),
    )
    return (
        under_present_identifiers(today.table("activities"), today, "provider")
        .with_columns(pl.col("name").alias("offer"))
        .join(organisations, on="provider", how="left", maintain_order="left")
        .with_columns(pl.coalesce("provider_name", "provider").alias("provider_name"))
    )


def _told(today: Landscape) -> pl.DataFrame:
    """Offers to others than the provider's own staff."""
    return _told_of(today).filter((pl.col("provider_kind") != "school").fill_null(True))


def _state(day: date) -> pl.Expr:
    """Say of each run which of `STATES` it is in; nothing where it is further away."""
    first = twelve_months(day)
    start = pl.col("start")
    runs_on = pl.col("end").is_not_null() & (pl.col("end") > day)
    return (
        pl.when(start.is_null())
        .then(pl.lit(UNDATED))
        .when((start > day) & (start <= day + AHEAD))
        .then(pl.lit(NEXT))
        .when((start <= day) & runs_on)
        .then(pl.lit(NOW))
        .when((start <= day) & falls_within(first, day))
        .then(pl.lit(EARLIER))
    )


def _taken_by_alike(today: Landscape, school: str) -> pl.DataFrame:
    """Records of the twelve months of the state schools of a school's authority and phase, itself
    included: ``school`` and the columns of `OFFER`."""
    day = _day(today)
    mine = today.schools.filter(pl.col("id") == school).select("authority", "phase")
    alike = all_state_schools(today).join(mine, on=["authority", "phase"], how="semi")["id"]
    return (
        under_present_identifiers(today.table("participation"), today, "school")
        .filter((pl.col("start") <= day) & falls_within(twelve_months(day), day))
        .filter(pl.col("school").is_in([*alike, school]))
        .join(_told(today).select(pl.col("id").alias("activity"), *OFFER), on="activity")
        .select("school", *OFFER)
    )


def _reached(today: Landscape) -> pl.DataFrame:
    """Every pair of a provider and a school that it is there for: ``provider``, ``school`` and in
    words ``why``, one row a pair."""
    covered = footprints(today)
    bodies = governing_bodies(today)
    members = today.ties.filter(pl.col("kind") == "member_of")
    shared = "the school's district is shared between its area and another"
    pairs = (
        # the body of a school that no trust governs is its authority, so authorities come first
        (today.schools, "authority", "id", pl.lit("it is the school's authority")),
        (bodies, "body", "id", pl.lit("it is the school's trust")),
        (members, "to_id", "from_id", pl.lit("the school is a member")),
        (
            covered,
            "hub",
            "school",
            pl.when("is_certain")
            .then(pl.lit("the school is in its area"))
            .otherwise(pl.lit(shared)),
        ),
    )
    return (
        pl.concat(
            held.select(
                pl.col(left).alias("provider"), pl.col(right).alias("school"), why.alias("why")
            )
            for held, left, right, why in pairs
        )
        .drop_nulls()
        .unique(["provider", "school"], keep="first", maintain_order=True)
    )


def _open_to(today: Landscape, school: str, taken: pl.DataFrame) -> pl.DataFrame:
    """Offers that are open to a school, the columns of `OFFER` and ``why_open``, each once."""
    reached = _reached(today)
    told = _told(today).select(OFFER).unique(maintain_order=True)
    mine = told.join(
        reached.filter(pl.col("school") == school).select("provider", "why"), on="provider"
    )
    beyond = taken.join(reached, on=["provider", "school"], how="anti")

    def organisations(*kinds: str) -> list[str]:
        held = today.all_days.organisations
        return held.filter(pl.col("kind").is_in(kinds))["id"].to_list()

    bound = pl.col("provider").is_in([*organisations(*BOUND_KINDS), *reached["provider"].unique()])
    anybodys = told.join(beyond.filter(~bound), on="provider", how="semi").with_columns(
        pl.lit("other schools of the authority take part").alias("why")
    )
    sold = (
        beyond.filter(pl.col("provider").is_in(organisations("trust")))
        .select(OFFER)
        .with_columns(pl.lit("schools outside the trust take part").alias("why"))
    )
    return (
        pl.concat([mine, anybodys, sold])
        .unique(list(OFFER), keep="first", maintain_order=True)
        .rename({"why": "why_open"})
    )
