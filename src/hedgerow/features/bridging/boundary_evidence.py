"""What is known of each trust's boundary: how its joiners fared with the hub, what it says of
itself, and whom its schools turn to.
"""

from __future__ import annotations

import polars as pl

from hedgerow.features.bridging.joiners import JOINING_NEEDED, Panel, panel
from hedgerow.features.linked_systems.trusts import trusts_here
from hedgerow.features.readings import WILSON, share
from hedgerow.features.resting import rests_on
from hedgerow.features.school_ties import (
    CONTACTS,
    LEAST_COVERAGE,
    TIES_NEEDED,
    schools_asked,
    ties_in_force,
)
from hedgerow.features.state_schools import academies, all_state_schools, no_academies
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.partial_pooling import PooledEffects, partial_pooling
from hedgerow.methods.stacked import group_means

LEAST_JOINERS = 6
"""Joiners below which nothing is said of a trust, nor of a place: a drop by half would be missed
more often than seen."""

CLOSED = 0.8
"""Stance on its boundary, 0 open to 1 closed, from which a trust counts as closed."""

DROP = -0.25
"""Change in the share of terms, from which a drop counts as keeping a boundary."""

WIDEST = 0.25
"""Variance of one school's effect that counts as seen beforehand: the widest that a share can
have."""

SURE = 0.9
"""Probability of such a drop from which the records speak."""

EVEN = 0.5
"""Probability of such a drop below which the records speak against it."""

LEAST_ASKED, FEW_OUTSIDE = 3, 0.1
"""Schools of a trust that must have been asked for their accounts to count, and the share of them
up to which naming anyone outside the trust is rare."""


def stances(here: LocalLandscape) -> pl.DataFrame:
    """Give each trust's stance on its boundary as last coded by the day.

    Returns
    -------
    polars.DataFrame
        Columns ``trust``, ``level`` (mean of the coders of the last three years), ``coders``.
    """
    since = here.on.replace(year=here.on.year - 3, day=min(here.on.day, 28))
    return (
        here.whole.table("policies")
        .filter(pl.col("dimension") == "boundary", pl.col("date").is_between(since, here.on))
        .group_by(pl.col("organisation").alias("trust"))
        .agg(pl.col("level").mean(), pl.col("coder").n_unique().cast(pl.Int64).alias("coders"))
        .sort("trust")
    )


def accounts(here: LocalLandscape) -> pl.DataFrame:
    """Give, for each trust, how many of its schools were asked whom they turn to and how many named
    a school outside it.

    Returns
    -------
    polars.DataFrame
        Columns ``trust``, ``asked``, ``named_outside``.
    """
    governed = all_state_schools(here.whole).filter(pl.col("trust_size") > 1).select("id", "body")
    asked = governed.filter(pl.col("id").is_in(sorted(schools_asked(here))))
    named = (
        ties_in_force(here, CONTACTS)
        .select("from_id", "to_id")
        .join(asked, left_on="from_id", right_on="id")
        .join(governed, left_on="to_id", right_on="id", how="left", suffix=" there")
        .filter(pl.col("body there").is_null() | (pl.col("body there") != pl.col("body")))
        .select(pl.col("from_id").alias("id"))
        .unique()
    )
    return (
        asked.with_columns(pl.col("id").is_in(named["id"].implode()).alias("outside"))
        .group_by(pl.col("body").alias("trust"))
        .agg(
            pl.len().cast(pl.Int64).alias("asked"),
            pl.col("outside").sum().cast(pl.Int64).alias("named_outside"),
        )
        .sort("trust")
    )


def verdict(
    joiners: int, probability: float | None, stance: float | None, asked: int, named_outside: int
) -> str:
    """Say what the evidence on one trust bears.

    Parameters
    ----------
    joiners : int
        Schools that joined it and can be compared.
    probability : float or None
        Of a drop beyond `DROP`, by the records; None without joiners.
    stance : float or None
        As coded.
    asked, named_outside : int
        Its schools asked whom they turn to, and those that named a school outside it.

    Returns
    -------
    str
        "too few joiners to say"; "keeps its boundary, by …" with the two or three kinds of evidence
        that say so, unless the records speak against it; "possible" where one does, or the records
        alone are unsure; "no sign of it".
    """
    if joiners < LEAST_JOINERS or probability is None:
        return "too few joiners to say"
    kinds = {
        "records": probability > SURE,
        "stance": stance is not None and stance >= CLOSED,
        "accounts": asked >= LEAST_ASKED and named_outside <= FEW_OUTSIDE * asked,
    }
    speaking = [kind for kind, speaks in kinds.items() if speaks]
    if len(speaking) >= 2:
        if probability < EVEN:
            return "possible, against the records"
        return f"keeps its boundary, by {' and '.join(speaking)}"
    if speaking or probability > EVEN:
        return "possible"
    return "no sign of it"


def trusts_and_boundaries(here: LocalLandscape) -> pl.DataFrame:
    """Give what is known of each trust with a school here: joiners, effect, stance, accounts.

    A trust's joiners count wherever Maths Hubs gave records of them. Effects of single trusts are
    drawn towards what they have in common, the more the fewer joiners there are.

    Returns
    -------
    polars.DataFrame
        Columns ``trust``, ``joiners``, ``effect`` and ``effect_sd`` (null below six joiners),
        ``probability_of_drop`` (beyond a quarter of terms; null likewise),
        ``stance``, ``coders``, ``asked``, ``named_outside``, ``verdict``; most joiners first.
    """
    return here.worked_out("trusts and boundaries", lambda: _trusts_and_boundaries(here))


def _trusts_and_boundaries(here: LocalLandscape) -> pl.DataFrame:
    found = panel(here)
    rows = pl.DataFrame(schema=_POOLED) if isinstance(found, NotMeasured) else _pooled(found)
    table = (
        trusts_here(here)
        .filter(pl.col("schools") > 1)
        .select("trust")
        .join(rows, on="trust", how="left")
        .join(stances(here).rename({"level": "stance"}), on="trust", how="left")
        .join(accounts(here), on="trust", how="left")
        .with_columns(pl.col("joiners", "asked", "named_outside").fill_null(0))
    )
    told = [
        verdict(*values)
        for values in table.select(
            "joiners", "probability_of_drop", "stance", "asked", "named_outside"
        ).iter_rows()
    ]
    # below the least number the figures would be taken for a verdict
    enough = pl.col("joiners") >= LEAST_JOINERS
    return table.with_columns(
        pl.Series("verdict", told, dtype=pl.String),
        *(
            pl.when(enough).then(pl.col(name)).alias(name)
            for name in ("effect", "effect_sd", "probability_of_drop")
        ),
    ).sort("joiners", "trust", descending=[True, False])


_POOLED = {
    "trust": pl.String,
    "joiners": pl.Int64,
    "effect": pl.Float64,
    "effect_sd": pl.Float64,
    "probability_of_drop": pl.Float64,
}


def _pooled(found: Panel) -> pl.DataFrame:
    effects = found.effects()
    means = group_means(
        effects, [found.trusts[unit] for unit in effects.units], prior_variance=WIDEST
    )
    if means is None:
        return pl.DataFrame(schema=_POOLED)
    if len(means.groups) > 1:
        pooled = partial_pooling(means.means, means.errors)
    else:  # there is no other trust to draw on
        pooled = PooledEffects(float(means.means[0]), 0.0, 0.0, means.means, means.errors)
    return pl.DataFrame(
        {
            "trust": means.groups,
            "joiners": means.sizes,
            "effect": pooled.means,
            "effect_sd": pooled.sds,
            "probability_of_drop": pooled.probability_below(DROP),
        },
        schema=_POOLED,
    )


@indicator(
    id="bridging.closed_stance_share",
    label="Academies in trusts that say they are closed",
    question="How many of the academies here are in trusts coded as closed to others?",
    why="What a trust says of its boundary sets what its schools feel free to do, whether or not "
    "records show that they keep away.",
    unit="share",
    units="academies in trusts whose stance is known",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="Academies in trusts whose stance was not coded in the last three years are left "
    f"out and counted; with fewer than {LEAST_COVERAGE:.0%} known nothing is said. Trusts of one "
    "school are left out.",
    caveat=f"Closed is a mean code of {CLOSED:g} or more, 0 open to 1 closed. A stance is not "
    "practice: whether schools stay away from a hub is another figure.",
    formula=f"Academies of trusts of two schools or more whose mean code is {CLOSED:g} or more, "
    "over those of such trusts with a code, coders of the last three years taken together. "
    f"{WILSON}",
    needs=("policies.boundary", "ties.governs"),
    references=("greany2022", "wilson1927"),
)
@rests_on("governs", tables=("policies",))
def closed_stance_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of academies whose trust is coded as closed."""
    found = academies(here).filter(pl.col("trust_size") >= 2)
    if found.is_empty():
        return no_academies(here)
    known = found.join(stances(here), left_on="body", right_on="trust")
    nothing = NotMeasured(
        reason=f"The stance of their trust on its boundary is known for {known.height} of the "
        f"{found.height} academies here in trusts of two or more.",
        would_tell="Trusts' own documents read by two people, or interviews.",
        n=known.height,
        missing=found.height - known.height,
    )
    if known.height < LEAST_COVERAGE * found.height:
        return nothing
    return share(
        known.filter(pl.col("level") >= CLOSED).height,
        known.height,
        missing=found.height - known.height,
        nothing=nothing,
    )


@indicator(
    id="bridging.boundary_keeping_trusts",
    label="Trusts shown to keep their boundary",
    question="How many of the trusts here are shown, by more than one kind of evidence, to stop "
    "their schools working with the hub?",
    why="To say so of a trust is grave: it takes records, what the trust says of itself or what "
    "its schools say, at least two of the three.",
    unit="count",
    units="trusts",
    direction=None,
    tier="E",
    grade="B",
    missing_rule="Trusts that fewer than six schools joined in the terms on record are left out "
    "and counted: of them nothing can be said.",
    caveat="Records: a probability above nine in ten that joiners drop by a quarter of terms or "
    "more. Stance: coded 0.8 or more. Accounts: of three schools or more that were asked, no more "
    "than one in ten turns to a school outside the trust. Two of the three must say so, and the "
    "records must not speak against it.",
    formula=f"The number of trusts, joined by {LEAST_JOINERS} schools or more, of which at least "
    "two of three hold, and the first has at least an even chance. Records: the probability that "
    f"joiners' share of terms with a Maths Hub changes by {DROP:g} or less is above {SURE:g}, "
    "each trust's mean effect being drawn towards what trusts have in common "
    f"(`hedgerow.methods.partial_pooling.partial_pooling`). Stance: {CLOSED:g} or more. Accounts: "
    f"of {LEAST_ASKED} schools asked or more, at most {FEW_OUTSIDE:.0%} named a school outside "
    "the trust.",
    needs=(
        *JOINING_NEEDED,
        "policies.boundary",
        *TIES_NEEDED,
    ),
    references=("callaway2021", "efron1973", "paule1982", "greany2022"),
)
def boundary_keeping_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Give how many trusts here are shown by two kinds of evidence to keep their boundary."""
    found = panel(here)
    if isinstance(found, NotMeasured):
        return found
    table = trusts_and_boundaries(here)
    judged = table.filter(pl.col("verdict") != verdict(0, None, None, 0, 0))
    if judged.is_empty():
        return NotMeasured(
            reason=f"No trust here was joined by {LEAST_JOINERS} schools or more that had worked "
            "with a Maths Hub before, so of no single trust can anything be said.",
            would_tell="Records of more terms and of the trusts' schools elsewhere.",
            missing=table.height,
        )
    return Reading(
        value=int(judged["verdict"].str.starts_with("keeps").sum()),
        n=judged.height,
        missing=table.height - judged.height,
        sources=found.sources,
    )
