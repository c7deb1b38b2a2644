"""How places came to be as they are: curves of schools that became academies and joined trusts, and
the kinds of mover that the study's seventh blog post tells apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.local_lens.conversions import recent_from
from hedgerow.features.local_lens.trajectory import ACADEMIES_ACT, YEARS, converted_schools
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.earlier_schools import with_earlier_schools
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.periods import in_words
from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.units import Unit
from hedgerow.methods.incidence import Curve, aalen_johansen

Mover = Literal["first mover", "recent mover", "assimilator"]
MOVERS: tuple[Mover, ...] = ("first mover", "recent mover", "assimilator")

DEFINITIONS: dict[Mover, str] = {
    "first mover": "A quarter of the schools were academies earlier than in two thirds of places, "
    "and of the conversions no larger share is recent than in half of places.",
    "recent mover": "Of the conversions a larger share is recent than in two thirds of places, and "
    "schools not yet academies convert faster in the last three years than before.",
    "assimilator": "Fewer schools are in trusts of six or more than in two thirds of places, and "
    "more of the academies are in local trusts than in half of places. Structure only: whether "
    "heads' groups bring newcomers in, which is what the name means, open data do not tell.",
}
"""What is asked of a place to be called each, in the words of the reports."""

QUARTER = 0.25
_DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, eq=False)
class EventPath:
    """When schools of a place had an event, from the Academies Act on.

    Attributes
    ----------
    curve : Curve
        Share that had had it, by years since 1 September 2010, at the latest that records allow.
    earliest : Curve
        The same at the earliest: differs where ``left_censored`` is not 0.
    until : datetime.date
        Up to which it is known.
    schools : int
        Schools that it is a share of.
    unknown : int
        Schools left out because it is not known when they had it.
    before : int
        Schools that had it before the Act; in the curve from its start.
    left_censored : int
        Schools that had already had it when they were first seen: since when is not known, only
        that it was between the opening of the academy and that day.
    """

    curve: Curve
    earliest: Curve
    until: date
    schools: int
    unknown: int
    before: int
    left_censored: int

    def share_by(self, day: date) -> tuple[float, float] | None:
        """Give the least and the greatest share by a day; None for a day after the last known.

        The two are the same unless schools are left-censored.
        """
        if day > self.until or self.schools == 0:
            return None
        return self.curve.at(_years(day)), self.earliest.at(_years(day))

    def interval_by(self, day: date) -> tuple[float, float] | None:
        """Give the 95 per cent interval of the share by a day, log(-log), Greenwood's variance."""
        if day > self.until or self.schools == 0:
            return None
        return self.curve.interval_at(_years(day))

    @property
    def years_to_quarter(self) -> float | None:
        """Years from the Act until a quarter had had it, at the latest; None if fewer had."""
        return self.curve.time_to(QUARTER) if self.schools else None


@dataclass(frozen=True, eq=False)
class Trajectory:
    """How one place came to be as it is.

    Attributes
    ----------
    unit : Unit
    converting : EventPath
        Schools that became academies, of those that could have.
    joining : EventPath
        Schools that joined the trust of two or more schools that they are in now.
    recent, earlier : int
        Conversions in the last 36 months, and from the Act until then.
    pace : float or None
        Conversions a year among schools not yet academies, recent over earlier; infinite where
        there was none before, None where there was none at all.
    movers : tuple of str or None
        The kinds of mover that it is; empty for none of these, None where that is not told.
    """

    unit: Unit
    converting: EventPath
    joining: EventPath
    recent: int
    earlier: int
    pace: float | None
    movers: tuple[Mover, ...] | None = None


def trajectories(landscape: Landscape, table: FeatureTable) -> tuple[Trajectory, ...]:
    """Give how each place of a table came to be as it is, with the kinds of mover among them.

    Parameters
    ----------
    landscape : Landscape
        The one that the table was made of.
    table : FeatureTable
        All places that "most places" are: best all of England.

    Returns
    -------
    tuple of Trajectory
        In the order of the table.

    Notes
    -----
    Early and late are told beside the other places of the table, so every table has some of each.
    Of today's schools: one that closed, or moved from trust to trust, is seen only by what came
    last. Kinds may overlap; the study met one place of each, and a definition of ours made of its
    words may fit other places for other reasons.

    References
    ----------
    [equalls2022], [aalen1978]
    """
    found = [
        _trajectory(unit, landscape.through(unit.lens, on=table.on, phase=table.phase))
        for unit in table.units
    ]
    movers = movers_of(found, table)
    return tuple(
        Trajectory(
            one.unit, one.converting, one.joining, one.recent, one.earlier, one.pace, movers[place]
        )
        for place, one in enumerate(found)
    )


def movers_of(
    paths: Sequence[Trajectory], table: FeatureTable
) -> tuple[tuple[Mover, ...] | None, ...]:
    """Give the kinds of mover that each place is; `DEFINITIONS` says what is asked.

    Returns
    -------
    tuple of (tuple of str or None)
        Empty where a place is none of these; None where too little is known to say so and it is
        surely none of those that can be told.
    """
    quarter = np.array(
        [np.inf if one.converting.years_to_quarter is None else one.converting.years_to_quarter
         for one in paths]
    )  # fmt: skip  # the condition beside what it decides
    unseen = np.array([one.converting.schools == 0 for one in paths])
    quarter[unseen] = np.nan
    pace = np.array([np.nan if one.pace is None else one.pace for one in paths])
    recent, local = (table.values[:, table.names.index(one)] for one in ("recent", "local_trusts"))
    places = [table.names.index(one) for one in ("trusts_6_15", "trusts_16_plus")]
    large = table.values[:, places].sum(axis=1)
    holds = {
        "first mover": (quarter < _at(quarter, 1 / 3)) & (recent <= _at(recent, 1 / 2)),
        "recent mover": (recent > _at(recent, 2 / 3)) & (pace > 1),
        "assimilator": (large < _at(large, 1 / 3)) & (local > _at(local, 1 / 2)),
    }
    known = {
        "first mover": _told(quarter, recent, quarter < _at(quarter, 1 / 3)),
        "recent mover": _told(recent, pace, recent > _at(recent, 2 / 3)),
        "assimilator": _told(large, local, large < _at(large, 1 / 3)),
    }
    result: list[tuple[Mover, ...] | None] = []
    for place in range(len(paths)):
        mine = tuple(one for one in MOVERS if holds[one][place])
        is_told = all(known[one][place] for one in MOVERS)
        result.append(mine if mine or is_told else None)
    return tuple(result)


def _at(values: NDArray[np.float64], share: float) -> float:
    """The value that a share of the places lie at or below; what is not known left out."""
    known = np.sort(values[~np.isnan(values)])
    if not known.size:
        return float("nan")
    # a value among them, since one between a number and infinity would be none
    return float(known[min(int(share * known.size), known.size - 1)])


def _told(
    first: NDArray[np.float64], second: NDArray[np.float64], first_holds: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether two conditions can be decided: both known, or the first known and not met."""
    return np.asarray(~np.isnan(first) & (~np.isnan(second) | ~first_holds))


def _trajectory(unit: Unit, here: LocalLandscape) -> Trajectory:
    could = converted_schools(here)
    known = could.filter("is_known")
    days = known["converted"].to_list()
    recent, earlier, pace = _pace(days, here.on)
    converting = _path(days, [None] * len(days), here.on, could.height - known.height)
    return Trajectory(unit, converting, _joining(here), recent, earlier, pace)


def _joining(here: LocalLandscape) -> EventPath:
    schools = state_schools(here)
    in_trust = (pl.col("trust_size") >= 2).fill_null(False)
    ties = here.whole.ties.filter(pl.col("kind") == "governs").select(
        pl.col("from_id").alias("body"), pl.col("to_id").alias("id"), "start_censored"
    )
    found = (
        schools.filter(pl.col("body").is_not_null())
        .join(ties.unique(["body", "id"], keep="last"), on=["body", "id"], how="left")
        .select(
            in_trust.alias("in_trust"),
            pl.when(in_trust).then("joined").alias("joined"),
            # already there when first seen: at the earliest since the academy opened
            pl.when(in_trust & pl.col("start_censored"))
            .then(pl.coalesce("opened", pl.lit(ACADEMIES_ACT)))
            .alias("since"),
        )
    )
    known = found.filter(~pl.col("in_trust") | pl.col("joined").is_not_null())
    unknown = schools.height - known.height
    return _path(known["joined"].to_list(), known["since"].to_list(), here.on, unknown)


def _path(
    days: Sequence[date | None], since: Sequence[date | None], until: date, unknown: int
) -> EventPath:
    """Curves of events on given days, None for none yet, at the latest and at the earliest."""
    last = max(_years(until), 0.0)
    happened = np.array([day is not None for day in days], dtype=np.int64)
    late = np.array([last if day is None else max(_years(day), 0.0) for day in days])
    early = np.array(
        [
            value if first is None else min(value, max(_years(first), 0.0))
            for value, first in zip(late.tolist(), since, strict=True)
        ]
    )
    return EventPath(
        curve=aalen_johansen(late, happened),
        earliest=aalen_johansen(early, happened),
        until=until,
        schools=len(days),
        unknown=unknown,
        before=sum(day is not None and day < ACADEMIES_ACT for day in days),
        left_censored=sum(one is not None for one in since),
    )


def _pace(days: Sequence[date | None], on: date) -> tuple[int, int, float | None]:
    """Recent and earlier conversions since the Act, and the rate of the one over the other."""
    turn = recent_from(on)
    since = [
        date.max if day is None else day for day in days if day is None or day >= ACADEMIES_ACT
    ]
    earlier, recent = sum(day < turn for day in since), sum(turn <= day <= on for day in since)
    at_risk_then = sum((min(day, turn) - ACADEMIES_ACT).days for day in since)
    at_risk_now = sum((min(day, on) - turn).days for day in since if day > turn)
    if turn <= ACADEMIES_ACT or earlier + recent == 0:
        return recent, earlier, None
    if earlier == 0 or at_risk_now == 0:
        return recent, earlier, np.inf if recent else None
    return recent, earlier, (recent / at_risk_now) / (earlier / at_risk_then)


def _years(day: date) -> float:
    return (day - ACADEMIES_ACT).days / _DAYS_PER_YEAR


def landscape_for(registers: Sequence[Landscape], day: date) -> Landscape:
    """Give the landscape in which a day is best seen: that of the first register made on or after
    it, else of the last; with earlier schools put back where it was made later.

    Parameters
    ----------
    registers : sequence of Landscape
        Of one vintage each, in any order.
    day : datetime.date

    Raises
    ------
    UsageError
        If there is no register, one has no date, or the day lies before anything is known.
    """
    dated = [(one.as_of, one) for one in registers if one.as_of is not None]
    if not dated or len(dated) < len(registers):
        raise UsageError("Give registers, each of a known date.")
    ordered = sorted(dated, key=lambda pair: pair[0])
    as_of, chosen = next((pair for pair in ordered if pair[0] >= day), ordered[-1])
    if chosen.earliest is not None and day < chosen.earliest:
        raise UsageError(
            f"Nothing is known of {in_words(day)}: the register of {in_words(as_of)} begins on "
            f"{in_words(chosen.earliest)}.",
            advice="Give an earlier register as well, or one with earlier group link records.",
        )
    return with_earlier_schools(chosen) if day < as_of else chosen


YEAR_DAYS: tuple[date, ...] = tuple(date(year, 9, 1) for year in YEARS)
"""Days on which curves are read in tables."""
