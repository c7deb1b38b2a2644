"""What is on record of the place's professional learning: who took part in what, with whom.

Learning with one's own school or trust is kept apart from learning with others: a school in a large
trust may learn much and never meet anyone from outside it.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from hedgerow.features.designated_hubs import hubs_here
from hedgerow.features.readings import plural
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.periods import active_on, in_words
from hedgerow.landscape.shown_names import shown_name
from hedgerow.landscape.succession import under_present_identifiers

LEAST_DAYS = 28
"""A record counts in a period when it begins in it, or when at least so many days of it fall there;
a course that ended in its first weeks belongs to the period before."""

NAMED = 3
"""How many providers without records a caveat names."""

OWN_SCHOOL, OWN_TRUST = "own school", "own trust"

LEARNING_NEEDED = (
    *("participation", "activities.provider", "organisations"),
    *("ties.governs", "ties.succeeds"),
)
"""What a figure of these records needs, as declared by an indicator."""

MISSING_RULE = (
    "A school without a record counts as not having taken part, so that this is a lower bound: "
    "providers that gave no records are named beside the figure."
)

WOULD_TELL = (
    "Records of participation from providers or schools: which school, which activity, how many "
    "staff, from when to when."
)


def all_learning(here: LocalLandscape) -> pl.DataFrame:
    """Give every record of participation by the place's state schools that began by the day.

    Returns
    -------
    polars.DataFrame
        Columns of `Participation`, schools under their present identifier, with ``provider``,
        ``provider_kind`` ("own school", "own trust", else the provider's kind of organisation; null
        where it is not known who provided), ``is_external`` (null likewise), and from the activity
        ``name``, ``programme``, ``subject``, ``formality``, ``collectivity``, ``mode``,
        ``sessions``, ``has_intersession_tasks``. In order of start and identifier.
    """
    return here.worked_out("all learning", lambda: _all_learning(here))


def _all_learning(here: LocalLandscape) -> pl.DataFrame:
    whole = here.whole
    offers = under_present_identifiers(whole.table("activities"), whole, "provider").select(
        pl.col("id").alias("activity"),
        "provider",
        "name",
        "programme",
        "subject",
        "formality",
        "collectivity",
        "mode",
        "sessions",
        "has_intersession_tasks",
    )
    kinds = whole.all_days.organisations.select(
        pl.col("id").alias("provider"), pl.col("kind").alias("organisation_kind")
    )
    records = (
        under_present_identifiers(whole.table("participation"), whole, "school")
        .filter(pl.col("start") <= here.on)
        .join(state_schools(here).select(pl.col("id").alias("school")), on="school", how="semi")
        .join(offers, on="activity", how="left")
        .join(kinds, on="provider", how="left")
        .join(_governed(here), on=["school", "provider"], how="left")
    )
    provider_kind = (
        pl.when(pl.col("provider") == pl.col("school"))
        .then(pl.lit(OWN_SCHOOL))
        .when(pl.col("is_governed"))
        .then(pl.lit(OWN_TRUST))
        .otherwise(pl.col("organisation_kind"))
    )
    return (
        records.with_columns(provider_kind.alias("provider_kind"))
        .with_columns(
            (~pl.col("provider_kind").is_in([OWN_SCHOOL, OWN_TRUST])).alias("is_external")
        )
        .drop("is_governed", "organisation_kind")
        .sort("start", "id")
    )


def _governed(here: LocalLandscape) -> pl.DataFrame:
    """Pairs of a school and its own trust, or a school of that trust.

    A trust counts as the school's own whenever it governed it: the register often does not know
    since when, and what a trust gave a school that has since left was learning within the trust.
    """
    whole = here.whole
    trusts = whole.all_days.organisations.filter(pl.col("kind") == "trust").select("id")
    governs = (
        under_present_identifiers(
            whole.all_days.ties.filter(pl.col("kind") == "governs"), whole, "to_id"
        )
        .join(trusts, left_on="from_id", right_on="id", how="semi")
        .select(pl.col("from_id").alias("trust"), pl.col("to_id").alias("school"))
        .unique()
    )
    siblings = governs.join(governs.rename({"school": "provider"}), on="trust").select(
        "school", "provider"
    )
    own = governs.select("school", pl.col("trust").alias("provider"))
    return (
        pl.concat([own, siblings])
        .unique()
        .with_columns(pl.lit(True).alias("is_governed"))
        .filter(pl.col("school") != pl.col("provider"))
    )


def twelve_months(day: date) -> date:
    """Give the first day of the twelve months that end with a day."""
    try:
        before = day.replace(year=day.year - 1)
    except ValueError:  # the 29th of February
        before = day.replace(year=day.year - 1, day=28)
    return before + timedelta(days=1)


def falls_within(first: date, last: date) -> pl.Expr:
    """Say of each record whether it counts in a period: see `LEAST_DAYS`.

    A record without an end counts on its first day alone.
    """
    day_after = pl.min_horizontal(pl.col("end"), pl.lit(last + timedelta(days=1)))
    shared = (day_after - pl.lit(first)).dt.total_days()
    began = pl.col("start").is_between(first, last)
    lasted = (pl.col("start") < first) & pl.col("end").is_not_null() & (shared >= LEAST_DAYS)
    return began | lasted


def learning(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give the records of the twelve months up to the day, columns as `all_learning`, or why there
    are none."""
    return here.worked_out("learning", lambda: _learning(here))


def _learning(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    records = all_learning(here)
    if records.is_empty():
        return NotMeasured(
            reason="No records of who takes part in professional learning were given for the "
            "schools here.",
            would_tell=WOULD_TELL,
            missing=schools.height,
        )
    recent = records.filter(falls_within(twelve_months(here.on), here.on))
    if recent.is_empty():
        last: date = records["start"].max()  # type: ignore[assignment]  # dates, and there are some
        return NotMeasured(
            reason="No record of participation by the schools here falls in the twelve months to "
            f"{in_words(here.on)}; the last began on {in_words(last)}.",
            would_tell="Another date, or later records.",
            missing=schools.height,
        )
    return recent


def silent_providers(here: LocalLandscape) -> pl.DataFrame:
    """Give the providers that serve the place and of which there is no record in the twelve months.

    Hubs whose footprint holds a school of the place, trusts of two schools or more with one here,
    and clusters that a school here is a member of.

    Returns
    -------
    polars.DataFrame
        Columns ``provider``, ``name``, ``is_external`` (false for trusts), in order of identifier.
    """
    return here.worked_out("silent providers", lambda: _silent_providers(here))


def _silent_providers(here: LocalLandscape) -> pl.DataFrame:
    schools = state_schools(here)
    hubs = hubs_here(here).select(
        pl.col("hub").alias("provider"), pl.lit(True).alias("is_external")
    )
    trusts = schools.filter(pl.col("trust_size") > 1).select(
        pl.col("body").alias("provider"), pl.lit(False).alias("is_external")
    )
    clusters = here.whole.organisations.filter(pl.col("kind") == "cluster").select("id")
    # the older number of a school has its ties on days before it was succeeded alone
    told = here.whole.all_days.ties.filter(pl.col("kind") == "member_of", active_on(here.on))
    memberships = (
        under_present_identifiers(told, here.whole, "from_id")
        .join(schools, left_on="from_id", right_on="id", how="semi")
        .join(clusters, left_on="to_id", right_on="id", how="semi")
        .select(pl.col("to_id").alias("provider"), pl.lit(True).alias("is_external"))
    )
    heard = (
        here.whole.table("participation")
        .filter(pl.col("start") <= here.on, falls_within(twelve_months(here.on), here.on))
        .join(here.whole.table("activities"), left_on="activity", right_on="id")
        .select("provider")
    )
    return (
        pl.concat([hubs, trusts, memberships])
        .unique("provider")
        .join(heard, on="provider", how="anti")
        .join(
            here.whole.organisations.select(pl.col("id").alias("provider"), "name"),
            on="provider",
            how="left",
        )
        .select("provider", pl.coalesce("name", "provider").alias("name"), "is_external")
        .sort("provider")
    )


def lower_bound(here: LocalLandscape, *, is_external: bool | None = None) -> str:
    """Say which providers gave no records, so that the figure is a lower bound; empty where all
    did."""
    silent = silent_providers(here)
    if is_external is not None:
        silent = silent.filter(pl.col("is_external") == is_external)
    if silent.is_empty():
        return ""
    names = [shown_name(name) for name in silent["name"].head(NAMED)]
    more = silent.height - len(names)
    listed = ", ".join(names) + (f" and {more} more" if more else "")
    which = f" ({listed})" if here.whole.may_name else ""
    return (
        f"There are no records from {plural(silent.height, 'provider')} that the schools here "
        f"belong to or are designated to{which}, so the true figure may be higher."
    )
