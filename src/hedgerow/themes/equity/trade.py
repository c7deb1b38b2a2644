"""Haves and have-nots: trusts that sell professional learning, and those that buy it."""

from __future__ import annotations

import polars as pl

from hedgerow.features.professional_learning.records import falls_within, twelve_months
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import all_state_schools, no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.succession import under_present_identifiers

FEWEST_TRUSTS, FEWEST_PLACES = 3, 20
"""Trusts, and places sold or bought, below which nothing is said of trade."""


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
    missing_rule="Records without a number of staff, and activities of which it is not known "
    "whether places are charged, are left out and counted.",
    caveat="Of places charged for between a trust with a school here and another, in the twelve "
    "months to the day: the sum of each trust's difference between places sold and bought, over "
    "the sum of both. 0 where each buys as much as it sells, 1 where some only sell and others "
    "only buy. Places, not pounds.",
    references=("greany2022",),
)
@rests_on("governs", tables=("activities", "participation"))
def net_trade(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the sum of trusts' absolute net sales over the sum of sales and purchases."""
    if state_schools(here).is_empty():
        return no_schools(here)
    sales, missing = _sales(here)
    local = state_schools(here).filter(pl.col("trust_size").is_not_null())["body"].unique()
    balance = (
        pl.concat(
            [
                sales.select(
                    pl.col("seller").alias("trust"), pl.col("staff").alias("net"), "staff"
                ),
                sales.select(
                    pl.col("buyer").alias("trust"), -pl.col("staff").alias("net"), "staff"
                ),
            ]
        )
        .filter(pl.col("trust").is_in(local.implode()))
        .group_by("trust")
        .agg(pl.col("net").sum(), pl.col("staff").sum())
    )
    places = int(balance["staff"].sum())
    if balance.height < FEWEST_TRUSTS or places < FEWEST_PLACES:
        return NotMeasured(
            reason=f"It takes {FEWEST_TRUSTS} trusts and {FEWEST_PLACES} charged places between "
            "trusts; fewer are on record.",
            would_tell="What trusts sell to schools outside them and what they buy: activities "
            "with who is charged, and the schools that took part.",
            n=places,
            missing=missing,
        )
    return Reading(value=float(balance["net"].abs().sum()) / places, n=places, missing=missing)


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
