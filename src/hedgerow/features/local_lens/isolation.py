"""How far the schools of a trust are from one another: schools with no close neighbour in their
trust."""

from __future__ import annotations

import polars as pl

from hedgerow.features.local_lens.localness import trust_schools
from hedgerow.features.positions import METRES_PER_KM
from hedgerow.features.readings import ORDER_STATISTICS, WILSON, median_of, plural, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import (
    academies,
    count_of_unknown_trusts,
    no_academies,
    state_schools,
)
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape

FAR_KM_URBAN, FAR_KM_RURAL = 10.0, 20.0
"""Distance to the nearest school of the same trust beyond which a school counts as isolated in
it."""


def nearest_in_trust(here: LocalLandscape) -> pl.DataFrame:
    """Give for each academy in a trust of two or more how far the nearest other school of its trust
    is.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``km`` (to the nearest school of the same trust, of any phase, anywhere;
        null where its own position, or that of every other school of the trust, is unknown),
        ``is_isolated`` (null where not known), in order of ``id``.
    """
    return here.worked_out("nearest in trust", lambda: _nearest_in_trust(here))


def _nearest_in_trust(here: LocalLandscape) -> pl.DataFrame:
    # numbered, because the pairs within trusts are many and names are slow to compare
    schools = (
        trust_schools(here.whole)
        .select("id", "trust", "easting", "northing", "rural")
        .with_row_index("row")
    )
    mine = schools.join(
        academies(here).filter(pl.col("trust_size") >= 2).select("id"), on="id", how="semi"
    )
    east, north = (pl.col(axis) - pl.col(f"{axis}_right") for axis in ("easting", "northing"))
    return (
        mine.select("row", "trust", "easting", "northing")
        .join(schools.select("row", "trust", "easting", "northing"), on="trust")
        .filter(pl.col("row") != pl.col("row_right"))
        .group_by("row")
        .agg(((east**2 + north**2).sqrt().min() / METRES_PER_KM).alias("km"))
        .join(mine.select("row", "id", "rural"), on="row")
        .select("id", "km", _is_far(pl.col("km"), pl.col("rural")).alias("is_isolated"))
        .sort("id")
    )


def _is_far(km: pl.Expr, rural: pl.Expr) -> pl.Expr:
    """Whether a school is isolated; unknown between the two thresholds where its class is
    unknown."""
    return (
        pl.when(km <= FAR_KM_URBAN)
        .then(False)
        .when(km > FAR_KM_RURAL)
        .then(True)
        .when(km.is_not_null() & rural.is_not_null())
        .then(~rural)
    )


def _nothing(here: LocalLandscape) -> NotMeasured:
    if academies(here).is_empty():
        return no_academies(here)
    return NotMeasured(
        reason="No academy here is in a trust with two or more schools.",
        would_tell="Another phase or a wider lens.",
        missing=count_of_unknown_trusts(here),
    )


def _left_out(here: LocalLandscape) -> str:
    alone = int((state_schools(here)["band"] == "single").sum())
    return f"Left out: {plural(alone, 'single-academy trust')}." if alone else ""


@indicator(
    id="local_lens.isolated_in_trust_share",
    label="Academies isolated in their trust",
    question="How many of the academies have no school of their trust nearby?",
    why="The study met a school with no close neighbour in its trust: what the trust shares in "
    "person reaches it least.",
    unit="share",
    units="academies in trusts of two or more",
    direction="less",
    missing_rule="Academies with no trust on record, or whose distance cannot be told, are left "
    "out and counted.",
    caveat="Isolated means that the nearest school of the same trust, of any phase, is more than "
    f"{FAR_KM_URBAN:g} km away as the crow flies ({FAR_KM_RURAL:g} km for a school in a rural "
    "area): our thresholds, not the study's. Single-academy trusts are left out.",
    formula="Academies whose nearest other school of the same trust lies more than "
    f"{FAR_KM_URBAN:g} km away ({FAR_KM_RURAL:g} km in a rural area) ÷ academies in trusts of two "
    f"schools or more of which that can be told. {WILSON}",
    needs=("ties.governs", "organisations.easting", "schools.rural"),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def isolated_in_trust_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of academies in trusts of two or more with no school of the trust nearby."""
    found = nearest_in_trust(here)
    known = found["is_isolated"].drop_nulls()
    unknown = found.height - known.len() + count_of_unknown_trusts(here)
    if found.height and known.is_empty():
        return NotMeasured(
            reason="The positions that this rests on are not known.",
            would_tell="A register with positions, or with postcodes (`--postcodes`).",
            missing=unknown,
        )
    return share(
        int(known.sum()),
        known.len(),
        missing=unknown,
        nothing=_nothing(here),
        caveat=_left_out(here),
    )


@indicator(
    id="local_lens.nearest_in_trust_km",
    label="Distance to the nearest school of the same trust",
    question="How far is an academy from the nearest other school of its trust?",
    why="It says without a threshold how near the colleagues are whom a trust brings together.",
    unit="km",
    units="academies in trusts of two or more",
    direction="less",
    missing_rule="Academies with no trust on record, or whose distance cannot be told, are left "
    "out and counted.",
    caveat="The median, as the crow flies, to the nearest school of the same trust, of any phase "
    "and place.",
    formula="For each academy in a trust of two schools or more the straight-line distance to "
    "the nearest other school of the trust, of any phase, anywhere; the median of these. "
    f"{ORDER_STATISTICS}",
    needs=("ties.governs", "organisations.easting"),
    references=("greany2022", "conover1999"),
    is_compared=True,
)
@rests_on("governs")
def nearest_in_trust_km(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the median distance to the nearest school of the same trust."""
    found = nearest_in_trust(here)
    known = found["km"].drop_nulls()
    unknown = found.height - known.len() + count_of_unknown_trusts(here)
    if found.is_empty():
        return _nothing(here)
    if known.is_empty():
        return NotMeasured(
            reason="The positions that this rests on are not known.",
            would_tell="A register with positions, or with postcodes (`--postcodes`).",
            missing=unknown,
        )
    return median_of(known.to_numpy(), missing=unknown, caveat=_left_out(here))
