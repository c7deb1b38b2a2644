"""How much of what schools of trusts learn with others they learn inside their own trust."""

from __future__ import annotations

import polars as pl

from hedgerow.features.professional_learning.records import (
    LEARNING_NEEDED,
    OWN_TRUST,
    learning,
    silent_providers,
)
from hedgerow.features.readings import TRUST_BOOTSTRAP, generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_academies, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_mean


@indicator(
    id="coherence.internal_share",
    label="Learning inside the own trust",
    question="Of what schools of trusts learn beyond their own walls, how much is inside their "
    "trust?",
    why="A trust can be well joined up within and shut to all around: beside likeness of practice "
    "and ties across trusts this shows whether a place is one landscape or several.",
    unit="share",
    units="schools in trusts of two or more",
    tier="E",
    grade="C",
    missing_rule="Schools with nothing on record beyond their own walls, or whose trust gave no "
    "record of any school here, are left out and counted. Other providers that gave none make it "
    "an upper bound.",
    caveat="Entries with the own trust, over those with it or anyone else but the school itself, "
    "in the twelve months up to the day: the mean over schools. An entry is one, however many "
    "staff or sessions. Much inside is neither good nor bad.",
    formula="Mean over schools of entries with the own trust ÷ entries with the own trust or "
    "with anyone beyond school and trust, in the twelve months up to the day; an entry is a "
    "school's part in one activity. Schools in trusts of two or more, of which the trust gave a "
    "record of any school here. "
    f"{TRUST_BOOTSTRAP}",
    needs=LEARNING_NEEDED,
    references=("greany2022", "cameron2008"),
)
@rests_on("governs", tables=("activities", "participation"))
def internal_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean over schools of the share of entries that are with the own trust."""
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    members = state_schools(here).filter(pl.col("trust_size") > 1).select("id", "body")
    if members.is_empty():
        return no_academies(here)
    is_own = pl.col("provider_kind") == OWN_TRUST
    told = members.join(records.filter(is_own), left_on="id", right_on="school", how="semi")
    heard = members.join(told, on="body", how="semi")
    beyond = records.filter(is_own | pl.col("is_external")).unique(["school", "activity"])
    shares = (
        heard.join(beyond, left_on="id", right_on="school")
        .group_by("id", "body")
        .agg(is_own.mean().alias("share"))
        .sort("id")
    )
    missing = members.height - shares.height
    if shares["body"].n_unique() < 2:
        return NotMeasured(
            reason="Fewer than two trusts gave records of what they provide to schools here.",
            would_tell="Trusts' own lists of who took part in what, beside those of others.",
            n=shares.height,
            missing=missing,
        )
    found = bootstrap_mean(
        shares["share"].to_numpy(), generator(here, "internal share"), shares["body"].to_list()
    )
    return Reading(
        value=found.value,
        n=shares.height,
        missing=missing,
        interval=Interval(low=found.low, high=found.high, method="trust bootstrap"),
        caveat=_silent(here),
    )


def _silent(here: LocalLandscape) -> str:
    """Say how many providers beyond school and trust gave no records."""
    silent = silent_providers(here)
    outside = int(silent["is_external"].sum())
    if not outside:
        return ""
    return f"There are no records from {plural(outside, 'other provider')}: it may be lower."
