"""How close together the schools of a trust lie, against schools drawn from the same regions and
phases."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.positions import METRES_PER_KM, positioned, positions
from hedgerow.features.readings import generator, plural
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
from hedgerow.methods.bootstrap import bootstrap_median
from hedgerow.methods.compactness import draw_groups, median_pairwise_distance
from hedgerow.methods.median import medians

FEWEST = 3
"""Schools with a known position that a trust needs: two have a single distance."""

MOST_GROUPS, FEWEST_GROUPS, DISTANCES_DRAWN = 199, 49, 40_000
"""Random groups behind the expected distance of a trust, and distances in all of them: the larger
the trust, the less its median distance varies, so fewer groups give the mean to a few per cent."""


def trust_compactness_km(whole: Landscape, trust: str) -> tuple[float, float] | None:
    """Give a trust's median distance between two schools, and what chance would give, in
    kilometres.

    By chance means groups with as many schools of each region and phase, drawn from all state
    schools. It is worked out once a trust, so that a trust has the same figure wherever it is
    looked at.

    Returns
    -------
    tuple of float, or None
        Observed and expected; None for trusts with fewer than three schools of known position.
    """
    return whole.worked_out(("trust compactness", trust), lambda: _compactness(whole, trust))


def _compactness(whole: Landscape, trust: str) -> tuple[float, float] | None:
    layout = _layout(whole)
    place, size = layout.places.get(trust, (0, 0))
    if size < FEWEST:
        return None
    rng = np.random.default_rng(crc32(trust.encode()))
    strata, times = np.unique(layout.strata[place : place + size], return_counts=True)
    pools = [layout.pools[stratum] for stratum in strata]
    pairs = size * (size - 1) // 2
    groups = min(MOST_GROUPS, max(FEWEST_GROUPS, DISTANCES_DRAWN // pairs))
    drawn = [
        pool[draw_groups(len(pool), int(wanted), groups, rng)]
        for pool, wanted in zip(pools, times, strict=True)
    ]
    by_chance = _median_distances(np.concatenate(drawn, axis=1))
    observed = median_pairwise_distance(layout.positions[place : place + size])
    return observed / METRES_PER_KM, float(by_chance.mean()) / METRES_PER_KM


def _median_distances(groups: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median distance between two points of each group, from shape (groups, points, 2)."""
    first, second = np.triu_indices(groups.shape[1], k=1)
    x, y = groups[..., 0], groups[..., 1]
    return medians(np.hypot(x[:, first] - x[:, second], y[:, first] - y[:, second]))


@dataclass(frozen=True, eq=False)
class _Layout:
    """Positioned schools of all trusts, trust by trust, and what each could be exchanged for.

    Attributes
    ----------
    positions : array of shape (n, 2)
    strata : array of int, shape (n,)
        Region and phase of each school, as a number.
    places : dict
        Where each trust's schools begin, and how many there are.
    pools : list of arrays of shape (m, 2)
        Positions of all state schools of each stratum.
    """

    positions: NDArray[np.float64]
    strata: NDArray[np.int64]
    places: dict[str, tuple[int, int]]
    pools: list[NDArray[np.float64]]


def _layout(whole: Landscape) -> _Layout:
    return whole.worked_out("layout of trusts", lambda: _laid_out(whole))


def _laid_out(whole: Landscape) -> _Layout:
    placed = positioned(
        # in order of identifier, in which they stay wherever a sort maintains the order
        all_state_schools(whole).select(
            "easting", "northing", "body", "trust_size", pl.col("region").fill_null(""), "phase"
        )
    )
    strata = (
        placed.select("region", "phase")
        .unique()
        .sort(pl.concat_str("region", "phase", separator="|"))
        .with_row_index("stratum")
        .with_columns(pl.col("stratum").cast(pl.Int64))
    )
    placed = placed.join(strata, on=["region", "phase"], maintain_order="left")
    every = placed.sort("stratum", maintain_order=True)
    starts = np.flatnonzero(np.diff(every["stratum"].to_numpy(), prepend=-1))
    mine = placed.filter(pl.col("trust_size").is_not_null()).sort("body", maintain_order=True)
    sizes = mine.group_by("body", maintain_order=True).len()
    begin = sizes["len"].cum_sum().shift(1, fill_value=0)
    return _Layout(
        positions=positions(mine),
        strata=mine["stratum"].to_numpy(),
        places={
            trust: (place, size)
            for trust, place, size in zip(sizes["body"], begin, sizes["len"], strict=True)
        },
        pools=np.split(positions(every), starts[1:]),
    )


@indicator(
    id="local_lens.trust_compactness",
    label="Spread of trusts against chance",
    question="How spread out are the trusts, against schools drawn at random from the same "
    "regions?",
    why="Teachers of a compact trust can meet; those of a spread one travel, or meet online.",
    unit="ratio",
    units="academies",
    direction="less",
    missing_rule="Academies with no trust on record are left out and counted.",
    caveat="The median over academies of their trust's median distance between two schools, "
    f"divided by that of {FEWEST_GROUPS} to {MOST_GROUPS} random groups with as many schools of "
    "each region and phase: 1 is as spread as chance, below 1 is compact. Trusts of one or two "
    "schools have no such figure and are left out.",
    formula=f"For each trust of {FEWEST} schools or more: median of the distances between any "
    f"two of its schools ÷ mean of the same median over {FEWEST_GROUPS} to {MOST_GROUPS} groups "
    "drawn from all state schools with as many of each region and phase "
    "(`hedgerow.methods.compactness`). The value is the median over academies of their trust's "
    "ratio. Interval: bootstrap of whole trusts (`hedgerow.methods.bootstrap.bootstrap_median`).",
    needs=("ties.governs", "organisations.easting", "organisations.region"),
    references=("bachi1963", "efron1993"),
)
@rests_on("governs")
def trust_compactness(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the median ratio of observed to expected spread, each academy counting once."""
    found = academies(here)
    if found.is_empty():
        return no_academies(here)
    spread = {trust: trust_compactness_km(here.whole, trust) for trust in found["body"].unique()}
    ratios, trusts = [], []
    for trust in found["body"]:
        kilometres = spread[trust]
        if kilometres is not None and kilometres[1] > 0:
            ratios.append(kilometres[0] / kilometres[1])
            trusts.append(trust)
    missing = count_of_unknown_trusts(here)
    if not ratios:
        return NotMeasured(
            reason=f"No trust with a school here has {FEWEST} or more schools of known position.",
            would_tell="A wider lens, or a register with positions.",
            missing=missing,
        )
    interval = None
    if len(set(trusts)) > 1:
        found_interval = bootstrap_median(ratios, generator(here, "compactness"), clusters=trusts)
        interval = Interval(
            low=found_interval.low, high=found_interval.high, method="bootstrap of whole trusts"
        )
    left_out = found.height - len(ratios)
    return Reading(
        value=float(medians(ratios)),
        n=len(ratios),
        missing=missing,
        interval=interval,
        caveat=f"Left out: {plural(left_out, 'academy', 'academies')} in trusts too small to have "
        "a spread."
        if left_out
        else "",
    )
