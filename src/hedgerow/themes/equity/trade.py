"""Haves and have-nots: trusts that sell professional learning, and those that buy it."""

from __future__ import annotations

import polars as pl

from hedgerow.features.professional_learning.records import falls_within, twelve_months
from hedgerow.features.readings import TRUST_BOOTSTRAP, generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import all_state_schools, no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.succession import under_present_identifiers
from hedgerow.methods.bootstrap import bootstrap_ratio
from hedgerow.methods.gini import gini_index

FEWEST_TRUSTS, FEWEST_PLACES = 3, 20
"""Trusts, and places sold or bought, below which nothing is said of trade."""


_MISSING = (
    "Records without a number of staff, and activities of which it is not known whether places are "
    "charged, are left out and counted."
)
_BETWEEN = (
    "Places charged for in the twelve months to the day, between a trust with a school here and "
    "another trust"
)
_NEEDED = (
    "participation.staff",
    "activities.provider",
    "activities.cost_basis",
    "ties.governs",
)


def traded(here: LocalLandscape) -> tuple[pl.DataFrame, int] | NotMeasured:
    """Give the charged places that each trust with a school here sold to, and bought from, others.

    Returns
    -------
    trusts : polars.DataFrame
        Columns ``trust``, ``sold``, ``bought``; trusts that did neither have no row. In order of
        trust.
    missing : int
        Records between trusts that had to be left out.
    """
    if state_schools(here).is_empty():
        return no_schools(here)
    sales, missing = _sales(here)
    local = state_schools(here).filter(pl.col("trust_size").is_not_null())["body"].unique()
    nought = pl.lit(0, pl.Int64)
    trusts = (
        pl.concat(
            [
                sales.select(trust="seller", sold="staff", bought=nought),
                sales.select(trust="buyer", sold=nought, bought="staff"),
            ]
        )
        .filter(pl.col("trust").is_in(local.implode()))
        .group_by("trust")
        .agg(pl.col("sold").sum(), pl.col("bought").sum())
        .sort("trust")
    )
    places = int((trusts["sold"] + trusts["bought"]).sum())
    if trusts.height < FEWEST_TRUSTS or places < FEWEST_PLACES:
        return NotMeasured(
            reason=f"It takes {FEWEST_TRUSTS} trusts and {FEWEST_PLACES} charged places between "
            "trusts; fewer are on record.",
            would_tell="What trusts sell to schools outside them and what they buy: activities "
            "with who is charged, and the schools that took part.",
            n=places,
            missing=missing,
        )
    return trusts, missing


@indicator(
    id="equity.net_trade",
    label="One-sidedness of trade between trusts",
    question="Do the same trusts always sell professional learning and the same always buy it?",
    why="Trusts that sell courses gain means and people; the study's leaders spoke of haves and "
    "have-nots by dint of structure.",
    unit="index",
    units="places",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="0 where each buys as much as it sells, 1 where some only sell and others only buy. "
    "Places, not pounds.",
    references=("greany2022", "efron1993"),
    formula=f"{_BETWEEN}: the sum over trusts of |sold − bought|, over the sum of sold + bought. "
    f"{TRUST_BOOTSTRAP}",
    needs=_NEEDED,
)
@rests_on("governs", tables=("activities", "participation"))
def net_trade(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the sum of trusts' absolute net sales over the sum of sales and purchases."""
    found = traded(here)
    if isinstance(found, NotMeasured):
        return found
    trusts, missing = found
    net, both = (trusts["sold"] - trusts["bought"]).abs(), trusts["sold"] + trusts["bought"]
    drawn = bootstrap_ratio(net, both, generator(here, "net trade"))
    return Reading(
        value=drawn.value,
        n=int(both.sum()),
        missing=missing,
        interval=Interval(
            low=min(drawn.low, drawn.value),
            high=max(drawn.high, drawn.value),
            method="trust bootstrap",
        ),
        caveat=_largest(trusts),
    )


@indicator(
    id="equity.sales_inequality",
    label="Inequality of what trusts sell to others",
    question="Do a few of the trusts here sell nearly all that schools of others buy?",
    why="Where one or two trusts have the people to sell courses, they come to shape what the "
    "others learn.",
    unit="index",
    units="trusts",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING + " Trusts without a sale on record count as having sold nothing.",
    caveat="0 where all sell alike; the more of all sales one trust has, the nearer to 1. Large "
    "trusts can sell more: it is not set against size.",
    references=("greany2022", "gini1912"),
    formula=f"{_BETWEEN}: Gini's index of places sold, over all trusts with a school here "
    "(`hedgerow.methods.gini.gini_index`).",
    needs=_NEEDED,
)
@rests_on("governs", tables=("activities", "participation"))
def sales_inequality(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the inequality of sales among the trusts with a school here."""
    found = traded(here)
    if isinstance(found, NotMeasured):
        return found
    trusts, missing = found
    every = state_schools(here).filter(pl.col("trust_size").is_not_null())["body"].unique()
    sold = [*trusts["sold"], *([0] * (every.len() - trusts.height))]
    value = gini_index(sold)
    if value is None:
        return NotMeasured(
            reason="No trust with a school here sold a place to another; some bought.",
            would_tell="A wider lens.",
            n=every.len(),
            missing=missing,
        )
    return Reading(value=value, n=every.len(), missing=missing, caveat=_largest(trusts))


def _largest(trusts: pl.DataFrame) -> str:
    """Say what the trust that sold most sold of it all; empty where none sold anything."""
    all_sold = int(trusts["sold"].sum())
    if all_sold == 0:
        return ""
    most = int(trusts.select(pl.col("sold").max()).item())
    sellers = trusts.filter(pl.col("sold") > 0).height
    return f"{plural(sellers, 'trust')} sold anything, and one of them {most / all_sold:.0%} of it."


def _sales(here: LocalLandscape) -> tuple[pl.DataFrame, int]:
    """Charged places that schools of one trust took with another: ``seller``, ``buyer``, ``staff``;
    and how many records between trusts had to be left out."""
    whole = here.whole
    trusts = all_state_schools(whole).filter(pl.col("trust_size").is_not_null())
    of_school = trusts.select(pl.col("id").alias("school"), pl.col("body").alias("buyer"))
    sellers = pl.concat(
        [
            trusts.select(pl.col("id").alias("provider"), pl.col("body").alias("seller")),
            trusts.select(
                pl.col("body").alias("provider"), pl.col("body").alias("seller")
            ).unique(),
        ]
    )
    offers = under_present_identifiers(whole.table("activities"), whole, "provider").join(
        sellers, on="provider"
    )
    between = (
        under_present_identifiers(whole.table("participation"), whole, "school")
        .filter(pl.col("start") <= here.on, falls_within(twelve_months(here.on), here.on))
        .join(offers, left_on="activity", right_on="id")
        .join(of_school, on="school")
        .filter(pl.col("seller") != pl.col("buyer"))
    )
    known = between.drop_nulls(["staff", "cost_basis"])
    sold = known.filter(pl.col("cost_basis") == "charged")
    return sold.select("seller", "buyer", pl.col("staff").cast(pl.Int64)), (
        between.height - known.height
    )
