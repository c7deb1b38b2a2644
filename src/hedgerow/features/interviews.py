"""What people of the place said in interviews, as coders judged it."""

from __future__ import annotations

import polars as pl

from hedgerow.features.readings import generator, plural
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.features.system_organisations import system_organisations
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.measures import MATTERS
from hedgerow.landscape.succession import under_present_identifiers
from hedgerow.methods.bootstrap import bootstrap_mean

FEWEST = 8
"""People who must have been interviewed for anything to be said of a place."""

DAYS = 730
"""How long before the day an interview may lie: two years."""

INTERVIEWS_NEEDED = ("accounts.person", "accounts.organisation", "accounts.said")
"""What a figure of these interviews needs, as declared by an indicator."""

MISSING_RULE = (
    "People of whom it is not known where they work are left out and counted. With fewer than "
    f"{FEWEST} interviewed in the two years to the day nothing is said."
)

WOULD_TELL = (
    f"{FEWEST} interviews or more with heads, mathematics leads, teachers and system leaders, "
    "coded by two people: the sheet Accounts of a fieldbook."
)


def accounts(here: LocalLandscape, matter: str) -> tuple[pl.DataFrame, int] | NotMeasured:
    """Give what people who work here said of one matter.

    People work here whose school is a state school of the place and phase, or whose organisation is
    active here as a system.

    Parameters
    ----------
    matter : str
        One of `MATTERS`.

    Returns
    -------
    shares : polars.DataFrame
        Columns ``person``, ``organisation``, ``group``, ``is_in_school``, ``said``, ``share``: the
        share of a person's passages with each code, the mean of the coders where several judged.
        Codes that nobody gave a person have no row. In order of person and code.
    missing : int
        People of whom it is not known where they work.
    """
    return here.worked_out(("accounts", matter), lambda: _accounts(here, matter))


def _accounts(here: LocalLandscape, matter: str) -> tuple[pl.DataFrame, int] | NotMeasured:
    if state_schools(here).is_empty():
        return no_schools(here)
    told = judged(here, matter)
    missing = (
        here.whole.table("accounts")
        .filter(pl.col("matter") == matter, pl.col("organisation").is_null())["person"]
        .n_unique()
    )
    people = told["person"].n_unique()
    if people < FEWEST:
        return NotMeasured(
            reason=f"Only {plural(people, 'person', 'people')} who work here were interviewed and "
            "coded on this in the two years to the day."
            if people
            else "No interview with anybody who works here, coded on this, is on record.",
            would_tell=WOULD_TELL,
            n=people,
            missing=missing,
        )
    by_coder = told.group_by(
        "person", "organisation", "group", "is_in_school", "coder", "said"
    ).agg(pl.col("passages").sum())
    coders = pl.col("coder").n_unique().over("person")
    shares = (
        by_coder.with_columns(
            (pl.col("passages") / pl.col("passages").sum().over("person", "coder") / coders).alias(
                "share"
            )
        )
        .group_by("person", "organisation", "group", "is_in_school", "said")
        .agg(pl.col("share").sum())
        .sort("person", "said")
    )
    return shares, missing


def judged(here: LocalLandscape, matter: str) -> pl.DataFrame:
    """Give the judgements themselves, of people who work here.

    Returns
    -------
    polars.DataFrame
        Columns ``person``, ``organisation``, ``group`` (empty text where not known),
        ``is_in_school``, ``said``, ``passages``, ``coder`` (likewise), of each person's latest
        interview on the matter; in order of person, coder and code. Of a person entered with two
        organisations or groups the first by name counts.
    """
    rows = under_present_identifiers(here.whole.table("accounts"), here.whole, "organisation")
    schools, systems = set(state_schools(here)["id"]), set(system_organisations(here)["id"])
    return (
        rows.filter(
            pl.col("matter") == matter,
            pl.col("said").is_in(list(MATTERS[matter])),
            pl.col("organisation").is_in(sorted(schools | systems)),
            pl.col("date") <= here.on,
            pl.col("date") > pl.lit(here.on).dt.offset_by(f"-{DAYS}d"),
        )
        .filter(pl.col("date") == pl.col("date").max().over("person"))
        .select(
            "person",
            pl.col("organisation").min().over("person"),
            pl.col("group").min().over("person").fill_null(""),
            pl.col("organisation")
            .min()
            .over("person")
            .is_in(sorted(schools))
            .alias("is_in_school"),
            "said",
            pl.col("passages").fill_null(1),
            pl.col("coder").fill_null(""),
        )
        .sort("person", "coder", "said")
    )


def mean_of_people(
    here: LocalLandscape, people: pl.DataFrame, name: str, missing: int, caveat: str = ""
) -> Reading:
    """Give the mean of ``value`` over people, with schools and other organisations drawn anew.

    Where all work in one organisation there is nothing to draw from, and no interval.
    """
    interval = None
    if people["organisation"].n_unique() > 1:
        drawn = bootstrap_mean(
            people["value"], generator(here, name), clusters=people["organisation"].to_list()
        )
        interval = Interval(
            low=min(drawn.low, drawn.value),
            high=max(drawn.high, drawn.value),
            method="bootstrap of schools and organisations",
        )
    return Reading(
        value=float(people["value"].to_numpy().mean()),
        n=people.height,
        missing=missing,
        interval=interval,
        caveat=caveat,
    )
