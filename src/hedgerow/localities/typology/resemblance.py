"""How common places like the study's three localities are: shares of all places, and nothing of any
one.

City, Town and Shire are anonymised. What is given here is counts and shares of all places described
together, which must be all that a register holds, none of them over another: shares of a list of
one's own, asked with a place and without it, would tell of that place. No name, identifier, order
or distance of a place leaves this module; counts below five are withheld, and shares of schools and
pupils are rounded, as to the last digit few sets of places would add up to them. What is public of
the localities are a few facts, which many places fit: that a place fits them says nothing of
whether it is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.published_facts import (
    CASES,
    FIGURES,
    Case,
    PublishedFact,
    Wording,
    published_facts,
)
from hedgerow.localities.typology.units import FEWEST_SCHOOLS
from hedgerow.methods.grouped_resampling import resample_within, weighted_group_means
from hedgerow.methods.interval_prototypes import (
    conformal_p_values,
    distances_among_alike,
    hinge_distances,
)

Likeness = Literal["none", "City", "Town", "Shire", "several", "not told"]
LIKENESSES: tuple[Likeness, ...] = ("none", *CASES, "several", "not told")
"""Like none of the three, like one of them only, like two or three, or too little known."""

FEWEST_PLACES = 20
"""Of fewer places nothing is told: a share of few says too much of each."""
FEWEST_TOLD = 5
"""A smaller count is withheld."""
WITHHELD = "withheld: fewer than five, or it would tell a count that is"
FEWEST_TRUSTS = 5
"""Trusts that a place must have for the share of single-academy trusts among them."""
LEAST_KNOWN = 0.5
"""Share of a case's facts that must be known of a place."""

_MEAN_FIGURES = {
    "six_or_more": ("trusts_6_15", "trusts_16_plus"),
    "early": ("converted_by_2015",),
    "recent": ("recent",),
    "local_trusts": ("local_trusts",),
    "nearest": ("nearest_school",),
    "maths_hub_inside": ("inside_maths_hub",),
    "teaching_hub_inside": ("inside_teaching_school_hub",),
}
"""Figures by the features that they are the sum of."""


@dataclass(frozen=True)
class Told:
    """How many places are of one likeness; all None where it is withheld.

    Attributes
    ----------
    places : int or None
    share, low, high : float or None
        Share of places, and the range of 95 per cent of draws of schools, the count itself
        included.
    schools, pupils : float or None
        Share of all schools, and of all pupils whose number is known, in these places, in whole per
        cent.
    """

    places: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    schools: float | None = None
    pupils: float | None = None

    @property
    def is_withheld(self) -> bool:
        """Whether the count is too small to be told, or would tell another that is."""
        return self.places is None

    @property
    def in_words(self) -> str:
        """The count as it may be shown."""
        return WITHHELD if self.places is None else f"{self.places:,}"


@dataclass(frozen=True)
class Resemblance:
    """How common places like the study's three are.

    Attributes
    ----------
    places : int
        Described.
    like : mapping of str to Told
        By likeness; every place is in one.
    figures_used : tuple of str
        What was known of any place.
    wording : {"report", "blog"}
    tolerance : float
        Share of places that would be called unlike the place most like them; 0 where every fact
        must hold.
    draws : int
    on : datetime.date
    """

    places: int
    like: Mapping[Likeness, Told]
    figures_used: tuple[str, ...]
    wording: Wording
    tolerance: float
    draws: int
    on: date

    @property
    def largest(self) -> Likeness | None:
        """The likeness of most places, where it is told."""
        told = {name: one.places for name, one in self.like.items() if one.places is not None}
        return max(told.items(), key=lambda pair: pair[1])[0] if told else None

    def to_json(self) -> dict[str, object]:
        """Give it in the shape of the public JSON contract; withheld figures are null."""
        return {
            "places": self.places,
            "on": self.on.isoformat(),
            "wording": self.wording,
            "tolerance": self.tolerance,
            "draws": self.draws,
            "figures": list(self.figures_used),
            "like": {
                name: {
                    "places": one.places,
                    "share": one.share,
                    "low": one.low,
                    "high": one.high,
                    "share_of_schools": one.schools,
                    "share_of_pupils": one.pupils,
                    "withheld": one.is_withheld,
                }
                for name, one in self.like.items()
            },
        }


def resemblance(
    landscape: Landscape,
    table: FeatureTable,
    *,
    wording: Wording = "report",
    tolerance: float = 0.1,
    draws: int = 200,
    seed: int = 0,
) -> Resemblance:
    """Give the shares of places like none, one or several of the study's localities.

    A place is like a case when its mean distance outside the published intervals, in the spread of
    places, is no larger than that of all but a ``tolerance`` of places outside such intervals drawn
    around the place most like them.

    Parameters
    ----------
    landscape : Landscape
        The one that the table was made of.
    table : FeatureTable
        Of primary schools, of 20 places or more, that hold all schools of the landscape but those
        of authorities too small to be typed, and each school once.
    wording : {"report", "blog"}
        Which is followed where the two differ on the share maintained.
    tolerance : float
        0 asks that every fact known of the place holds; up to 0.5.
    draws, seed : int
        Draws of schools behind the ranges.

    Raises
    ------
    UsageError
        If there are too few places, two share a school, they are not all there are, or the
        tolerance is out of range.

    Notes
    -----
    Three cases teach no boundary: the tolerance is a yardstick made of places, not of the study.
    The facts are few, from two texts that disagree in part, and most are of authorities though two
    of the localities are parts of one. So the answer is of the order of "most" or "few".

    References
    ----------
    [greany2022], [equalls2022], [vovk2005]
    """
    _check(landscape, table, tolerance)
    here = _Setting(landscape, table, published_facts(wording), tolerance)
    found = _likeness(here, here.values)
    shares = np.array([found == number for number in range(len(LIKENESSES))]).mean(axis=1)
    rng = np.random.default_rng(seed)
    drawn = np.empty((draws, len(LIKENESSES)))
    for draw in range(draws):
        again = _likeness(here, here.drawn(rng))
        drawn[draw] = np.bincount(again, minlength=len(LIKENESSES)) / len(again)
    ends = np.quantile(drawn, (0.025, 0.975), axis=0) if draws else np.vstack([shares, shares])
    low, high = np.minimum(ends[0], shares), np.maximum(ends[1], shares)
    told = _told_apart(np.bincount(found, minlength=len(LIKENESSES)))
    pupils = np.nan_to_num(table.pupils)
    like: dict[Likeness, Told] = {}
    for number, name in enumerate(LIKENESSES):
        mine = found == number
        like[name] = (
            Told(
                places=int(mine.sum()),
                share=float(shares[number]),
                low=float(low[number]),
                high=float(high[number]),
                schools=_rounded(table.schools[mine].sum() / table.schools.sum()),
                pupils=_rounded(pupils[mine].sum() / pupils.sum()) if pupils.sum() else None,
            )
            if told[number]
            else Told()
        )
    return Resemblance(
        places=len(found),
        like=like,
        figures_used=tuple(
            one.label
            for place, one in enumerate(FIGURES)
            if not np.isnan(here.values[:, place]).all()
        ),
        wording=wording,
        tolerance=tolerance,
        draws=draws,
        on=table.on,
    )


def _check(landscape: Landscape, table: FeatureTable, tolerance: float) -> None:
    if table.phase != "primary":
        raise UsageError("The study's facts are of primary schools: describe places by those.")
    if not 0 <= tolerance <= 0.5:
        raise UsageError(
            f"A tolerance of {tolerance:g} is out of range.", advice="Give 0 to 0.5; 0.1 is usual."
        )
    if len(table.units) < FEWEST_PLACES:
        raise UsageError(
            f"Shares of {len(table.units)} places would say too much of each.",
            advice=f"Describe {FEWEST_PLACES} places or more, best all of England.",
        )
    held = table.school_table.ids
    if len(set(held)) < len(held):
        raise UsageError(
            "A school lies in two of the places.",
            advice="Count each once: shares would tell of a place otherwise.",
        )
    every = state_schools(landscape.through(Lens.everywhere(), on=table.on, phase=table.phase))
    is_large = pl.len().over("authority") >= FEWEST_SCHOOLS
    if not set(every.filter(is_large)["id"]) <= set(held):
        raise UsageError(
            "Like City, Town or Shire is told of all places together, not of some.",
            advice="Describe every authority, or localities of all of them: shares with a place "
            "and without it would tell of that place.",
        )


def _rounded(share: float) -> float:
    return round(float(share), 2)


class _Setting:
    """Figures of all places, the intervals of the cases, and the yardstick, on one scale."""

    def __init__(
        self,
        landscape: Landscape,
        table: FeatureTable,
        facts: tuple[PublishedFact, ...],
        tolerance: float,
    ) -> None:
        self.table, self.tolerance = table, tolerance
        self.unit, self.is_maintained, self.single_trusts = _of_all_phases(landscape, table)
        ones = np.ones(len(self.unit), np.int64)
        self.values = self._figures(table.values, ones)
        self.middle = np.array([_median(column) for column in self.values.T])
        self.scale = np.array([_spread(column) for column in self.values.T])
        self.places = {case: self._intervals(facts, case) for case in CASES}
        self.yardsticks = {
            case: distances_among_alike(self.scaled(self.values)[:, where], low, high)
            for case, (where, low, high) in self.places.items()
        }

    def _figures(
        self, values: NDArray[np.float64], times: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        names = self.table.names
        units = len(self.table.units)
        columns: list[NDArray[np.float64]] = []
        for one in FIGURES:
            if one.name == "maintained":
                columns.append(weighted_group_means(self.is_maintained, times, self.unit, units))
            elif one.name == "single_trusts":
                columns.append(self.single_trusts)
            else:
                parts = [names.index(part) for part in _MEAN_FIGURES[one.name]]
                column = values[:, parts].sum(axis=1)
                columns.append(np.log(np.maximum(column, 0.01)) if one.is_logged else column)
        return np.column_stack(columns)

    def drawn(self, rng: np.random.Generator) -> NDArray[np.float64]:
        """Figures with the schools of every place drawn anew."""
        return self._figures(
            self.table.school_table.resampled(rng), resample_within(self.unit, rng)
        )

    def scaled(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((values - self.middle) / self.scale)

    def _intervals(
        self, facts: tuple[PublishedFact, ...], case: Case
    ) -> tuple[list[int], NDArray[np.float64], NDArray[np.float64]]:
        """Columns of a case's facts, and their ends on the common scale."""
        names = [one.name for one in FIGURES]
        known: NDArray[np.bool_] = np.asarray(~np.isnan(self.values).all(axis=0))
        mine = [one for one in facts if one.case == case and known[names.index(one.figure)]]
        where = [names.index(one.figure) for one in mine]
        ends = np.array([[one.low, one.high] for one in mine], dtype=float).reshape(-1, 2)
        for row, (one, column) in enumerate(zip(mine, where, strict=True)):
            shift = 0.0 if one.beside == "the middle" else self.middle[column]
            ends[row] = (ends[row] - shift) / self.scale[column]
        return where, ends[:, 0], ends[:, 1]


def _likeness(here: _Setting, values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Likeness of every place, as a position in `LIKENESSES`."""
    scaled = here.scaled(values)
    is_like, is_told = [], []
    for case in CASES:
        where, low, high = here.places[case]
        known = ~np.isnan(scaled[:, where])
        is_told.append(known.mean(axis=1) >= LEAST_KNOWN)
        away = hinge_distances(scaled[:, where], low, high)
        if here.tolerance == 0:
            is_like.append(away <= 1e-9)
        else:
            is_like.append(conformal_p_values(away, here.yardsticks[case]) > here.tolerance)
    like, told = np.array(is_like), np.array(is_told)
    count = (like & told).sum(axis=0)
    first = np.argmax(like & told, axis=0) + LIKENESSES.index(CASES[0])
    found = np.where(count == 0, LIKENESSES.index("none"), first)
    found = np.where(count > 1, LIKENESSES.index("several"), found)
    return np.asarray(np.where(told.all(axis=0), found, LIKENESSES.index("not told")))


def _of_all_phases(
    landscape: Landscape, table: FeatureTable
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Schools of every phase: their unit and whether they are maintained, and for each unit the
    share of single-academy trusts among its trusts."""
    units: list[NDArray[np.int64]] = []
    maintained: list[NDArray[np.float64]] = []
    singles = np.full(len(table.units), np.nan)
    for place, unit in enumerate(table.units):
        schools = state_schools(landscape.through(unit.lens, on=table.on, phase="all"))
        units.append(np.full(schools.height, place))
        maintained.append((schools["band"] == "maintained").cast(pl.Float64).to_numpy())
        trusts = schools.filter(pl.col("trust_size").is_not_null()).unique("body")
        if trusts.height >= FEWEST_TRUSTS:
            singles[place] = (trusts["trust_size"] == 1).sum() / trusts.height
    return np.concatenate(units), np.concatenate(maintained), singles


def _told_apart(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which counts may be told: none below five, and not all but one, which would tell that one."""
    told = np.array([count >= FEWEST_TOLD for count in counts])
    if np.count_nonzero(~told) == 1:
        told[np.where(told, counts, counts.sum() + 1).argmin()] = False
    return told


def _median(column: NDArray[np.float64]) -> float:
    known = column[~np.isnan(column)]
    return float(np.median(known)) if known.size else 0.0


def _spread(column: NDArray[np.float64]) -> float:
    """Median deviation from the middle, else mean deviation, else 1."""
    known = column[~np.isnan(column)]
    if not known.size:
        return 1.0
    away = np.abs(known - np.median(known))
    return float(1.4826 * np.median(away) or 1.2533 * away.mean() or 1.0)
