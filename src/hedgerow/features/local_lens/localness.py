"""How local the trusts are: whether their schools lie in the place, against trusts spread by
chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.readings import DRAWS, WILSON, chance_of, generator, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import (
    academies,
    all_state_schools,
    count_of_unknown_trusts,
    no_academies,
)
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.lens import Everywhere, TiedTo
from hedgerow.methods.compactness import draw_groups
from hedgerow.methods.permutation import null_distribution
from hedgerow.methods.ratio_interval import ratio_interval

LOCAL_FROM = 0.8
"""Share of a trust's open schools that lie in the place from which it counts as local."""

_NULL = (
    "the trusts of academies dealt anew to the academies of the same phase in the same region, "
    "each trust keeping its number of schools"
)
_MISSING_RULE = "Academies with no trust on record are left out and counted."
_LENS = (
    "Local is what the lens shows, all phases together; seen for England or through a trust, it is "
    "the school's own authority. A single-academy trust is local by definition."
)


def is_by_authority(here: LocalLandscape) -> bool:
    """Say whether local means the school's own authority, because the lens is no place."""
    lens = here.lens
    return isinstance(lens, Everywhere) or (isinstance(lens, TiedTo) and "governs" in lens.outgoing)


def trust_localness_by_school(here: LocalLandscape) -> pl.DataFrame:
    """Give for each academy of the phase how much of its trust is local.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``trust``, ``schools`` (open schools of the trust, of any phase, anywhere),
        ``local_schools`` (those of them that are local; null where the school's authority is needed
        and unknown), ``localness`` (the one over the other), ``regions`` (in which the trust has
        schools; null where no region is known). Academies with no trust on record are left out.
    """
    return here.worked_out("trust localness by school", lambda: _by_school(here))


def _by_school(here: LocalLandscape) -> pl.DataFrame:
    everywhere = trust_schools(here.whole)
    if is_by_authority(here):
        everywhere = everywhere.with_columns(
            pl.when(pl.col("authority").is_not_null())
            .then(pl.len().over("trust", "authority").cast(pl.Int64))
            .alias("local_schools")
        )
    else:
        local = here.member_ids
        everywhere = everywhere.with_columns(
            pl.col("id").is_in(local).alias("is_here")
        ).with_columns(pl.col("is_here").sum().over("trust").cast(pl.Int64).alias("local_schools"))
    return (
        everywhere.join(academies(here).select("id"), on="id", how="semi")
        .select("id", "trust", "schools", "local_schools", "regions")
        .with_columns((pl.col("local_schools") / pl.col("schools")).alias("localness"))
        .sort("id")
    )


def trust_schools(whole: Landscape) -> pl.DataFrame:
    """Give every academy whose trust is known, with what is asked of trusts again and again.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``trust``, ``phase``, ``authority``, ``region``, ``easting``, ``northing``,
        ``rural``, ``schools`` (open schools of the trust), ``regions`` (number of regions they lie
        in; null where none is known), in order of ``id``.
    """
    return whole.worked_out("trust schools", lambda: _trust_schools(whole))


def _trust_schools(whole: Landscape) -> pl.DataFrame:
    regions = pl.col("region").drop_nulls().n_unique().cast(pl.Int64)
    known = (
        all_state_schools(whole)
        .filter(pl.col("trust_size").is_not_null())
        .rename({"body": "trust", "trust_size": "schools"})
    )
    reach = known.group_by("trust").agg(regions.alias("regions")).filter(pl.col("regions") > 0)
    return known.join(reach, on="trust", how="left", maintain_order="left").select(
        "id",
        "trust",
        "phase",
        "authority",
        "region",
        "easting",
        "northing",
        "rural",
        "schools",
        "regions",
    )


def _shares_by_chance(here: LocalLandscape) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw local-trust shares and mean localness with trusts dealt anew; two arrays of draws."""
    return here.worked_out("localness by chance", lambda: _drawn(here))


def _drawn(here: LocalLandscape) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    local = here.member_ids
    everywhere = trust_schools(here.whole).with_columns(
        pl.col("id").is_in(local).alias("is_here"),
        pl.col("id").is_in(academies(here)["id"].implode()).alias("is_counted"),
    )
    # only strata with a school here are dealt, so only their trusts need a number
    strata = everywhere.filter("is_here").select("region", "phase").unique()
    everyone = everywhere.join(
        strata, on=["region", "phase"], how="semi", nulls_equal=True, maintain_order="left"
    ).with_columns(pl.col("trust").rank("dense").cast(pl.Int64).sub(1).alias("code"))
    sizes = everyone.unique("code").sort("code")["schools"].to_numpy()
    rng = generator(here, "localness")
    dealt, counted = [], []
    for _, stratum in sorted(everyone.group_by("region", "phase"), key=lambda one: str(one[0])):
        slots = stratum.filter("is_here")
        if slots.height:
            chosen = draw_groups(stratum.height, slots.height, DRAWS, rng)
            dealt.append(stratum["code"].to_numpy()[chosen])
            counted.append(slots["is_counted"].to_numpy())
    codes, is_counted = np.concatenate(dealt, axis=1), np.concatenate(counted)
    cells = codes + np.arange(DRAWS)[:, None] * sizes.size
    times = np.bincount(cells.ravel(), minlength=DRAWS * sizes.size)
    localness = times[cells[:, is_counted]] / sizes[codes[:, is_counted]]
    return (localness >= LOCAL_FROM).mean(axis=1), localness.mean(axis=1)


@indicator(
    id="local_lens.local_trust_share",
    label="Academies in local trusts",
    question="How many of the academies belong to a trust that is local?",
    why="A trust whose schools are nearly all here shares the place's idea of local; one with "
    "most of its schools elsewhere has another.",
    unit="share",
    units="academies",
    direction="more",
    missing_rule=_MISSING_RULE,
    caveat=f"A trust is local when at least four fifths of its open schools are. {_LENS}",
    formula=f"Academies whose trust has at least {LOCAL_FROM:.0%} of its open schools, of any "
    f"phase, in the place ÷ academies whose trust is known. {WILSON} Chance: the trusts of all "
    "academies of a region and phase are dealt anew to them 999 times, each trust keeping its "
    "number of schools, and the figure is worked out each time.",
    needs=("ties.governs", "organisations.authority", "organisations.region"),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def local_trust_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of academies in trusts with at least four fifths of their schools here."""
    found = trust_localness_by_school(here)
    known = found["localness"].drop_nulls()
    reading = share(
        int((known >= LOCAL_FROM).sum()),
        known.len(),
        missing=count_of_unknown_trusts(here) + found.height - known.len(),
        nothing=no_academies(here),
        caveat=_said_of_lens(here),
    )
    if isinstance(reading, NotMeasured) or is_by_authority(here):
        return reading
    null = null_distribution(reading.value, _shares_by_chance(here)[0])
    return replace(reading, chance=chance_of(null, _NULL))


@indicator(
    id="local_lens.trust_localness",
    label="Local share of a school's trust",
    question="How much of its trust does a typical academy have around it?",
    why="It says the same as the share in local trusts without a threshold.",
    unit="share",
    units="academies",
    direction="more",
    missing_rule=_MISSING_RULE,
    caveat="The mean over academies of the share of their trust's open schools that are local. "
    f"{_LENS}",
    formula="Mean over academies of (open schools of its trust in the place ÷ open schools of "
    "its trust), of any phase. Interval: linearised, academies as units, kept within 0 and 1 "
    "(`hedgerow.methods.ratio_interval.ratio_interval`). Chance: the trusts of all academies of a "
    "region and phase are dealt anew to them 999 times, each trust keeping its number of schools, "
    "and the figure is worked out each time.",
    needs=("ties.governs", "organisations.authority", "organisations.region"),
    references=("greany2022", "kish1965"),
    is_compared=True,
)
@rests_on("governs")
def trust_localness(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean local share of the trusts, each academy counting once."""
    found = trust_localness_by_school(here)
    known = found["localness"].drop_nulls().to_numpy()
    if known.size == 0:
        return no_academies(here)
    value = float(known.mean())
    interval = None
    if known.size > 1:
        low, high = ratio_interval(known, np.ones(known.size))
        interval = Interval(
            low=max(0.0, low), high=min(1.0, high), method="linearised, within 0 and 1"
        )
    chance = None
    if not is_by_authority(here):
        chance = chance_of(null_distribution(value, _shares_by_chance(here)[1]), _NULL)
    return Reading(
        value=value,
        n=known.size,
        missing=count_of_unknown_trusts(here) + found.height - known.size,
        interval=interval,
        chance=chance,
        caveat=_said_of_lens(here),
    )


@indicator(
    id="local_lens.cross_regional_share",
    label="Academies in trusts across regions",
    question="How many of the academies belong to a trust that works in two or more regions?",
    why="Such a trust looks to colleagues far away, and the place is one of many for it.",
    unit="share",
    units="academies",
    direction="less",
    missing_rule="Academies with no trust on record, or whose trust has no school with a known "
    "region, are left out and counted.",
    caveat="A trust beside the border of two regions can be across them and yet near.",
    formula="Academies whose trust has open schools in two regions or more ÷ academies whose "
    f"trust has a school of known region. {WILSON}",
    needs=("ties.governs", "organisations.region"),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def cross_regional_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of academies whose trust has schools in two or more regions."""
    found = trust_localness_by_school(here)
    known = found["regions"].drop_nulls()
    return share(
        int((known >= 2).sum()),
        known.len(),
        missing=count_of_unknown_trusts(here) + found.height - known.len(),
        nothing=no_academies(here),
    )


def _said_of_lens(here: LocalLandscape) -> str:
    return "Here local means the school's own authority." if is_by_authority(here) else ""
