"""Changes from one day to another that are more than noise, and what could explain them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from hedgerow.landscape.finding import Finding
from hedgerow.landscape.indicators import Indicator
from hedgerow.localities.events import KINDS, kinds_that_could_explain
from hedgerow.methods.false_discovery import adjusted_p_values
from hedgerow.methods.proportion import normal_quantile

FALSE_SHARE = 0.1
"""Expected share, among the changes that are marked, of what only chance put there."""
NOTABLE = 0.1
"""Part by which a figure without an interval must change to be marked."""


@dataclass(frozen=True, eq=False)
class Change:
    """A change of one figure between two days, marked as more than noise.

    Attributes
    ----------
    indicator : Indicator
    before, after : Finding
    why_marked : str
        In words: what makes it more than noise.
    could_explain : polars.DataFrame
        Columns of `hedgerow.localities.events.EVENTS`: what happened in between that could explain
        it, the likeliest first. Nothing says that it does.
    """

    indicator: Indicator
    before: Finding
    after: Finding
    why_marked: str
    could_explain: pl.DataFrame

    @property
    def explanations(self) -> tuple[str, ...]:
        """What could explain it, by kind: "12 schools became academies"; the likeliest first."""
        said = []
        for (kind,), rows in self.could_explain.group_by("kind", maintain_order=True):
            many = f"{rows.height:,} {KINDS[str(kind)][1]}"
            said.append(rows["what"][0] if rows.height == 1 else many)
        return tuple(said)


@dataclass(frozen=True)
class _Step:
    """Two measured findings of one figure, one after the other, and p that only chance parts
    them; None where there is no interval to judge by."""

    before: Finding
    after: Finding
    p: float | None
    is_beside_chance: bool


def changes_marked(
    series: Mapping[str, tuple[Finding, ...]], events: pl.DataFrame
) -> tuple[Change, ...]:
    """Give the changes between any two days on end, and over the whole time, that are marked.

    Parameters
    ----------
    series : mapping of str to tuple of Finding
        By indicator, one finding a day.
    events : polars.DataFrame
        Columns of `hedgerow.localities.events.EVENTS`.
    """
    steps = [step for findings in series.values() for step in _steps(findings)]
    judged = [step for step in steps if step.p is not None]
    adjusted = adjusted_p_values([step.p for step in judged if step.p is not None])
    rates = {id(step): float(rate) for step, rate in zip(judged, adjusted, strict=True)}
    found = []
    for step in steps:
        why = _why_marked(step, rates.get(id(step)))
        if why:
            indicator = step.before.indicator
            found.append(Change(indicator, step.before, step.after, why, _explaining(step, events)))
    return tuple(found)


def _steps(findings: Sequence[Finding]) -> list[_Step]:
    """From each measured day to the next, and over the whole time where there are several."""
    measured = [one for one in findings if one.is_measured]
    pairs = list(pairwise(measured))
    if len(measured) > 2:
        pairs.append((measured[0], measured[-1]))
    return [_step(before, after) for before, after in pairs]


def _step(before: Finding, after: Finding) -> _Step:
    both = [_position(before), _position(after)]
    (first, first_error, chance), (last, last_error, _) = both
    if first_error is None or last_error is None:
        return _Step(before, after, None, False)
    error = math.hypot(first_error, last_error)
    if error == 0:
        return _Step(before, after, 1.0 if first == last else 0.0, chance)
    return _Step(before, after, math.erfc(abs(last - first) / error / math.sqrt(2)), chance)


def _position(found: Finding) -> tuple[float, float | None, bool]:
    """Value and standard error of a finding; beside chance where it has only that to go by."""
    if found.value is None:
        raise ValueError(f"{found.id} has no value to compare")
    wide = 2 * normal_quantile(0.95)
    between, chance = found.interval, found.chance
    if between is not None:
        return found.value, (between.high - between.low) / wide, False
    if chance is not None and chance.low is not None and chance.high is not None:
        return found.value - chance.expected, (chance.high - chance.low) / wide, True
    return found.value, None, False


def _why_marked(step: _Step, rate: float | None) -> str:
    before, after = step.before, step.after
    if before.value is None or after.value is None:
        return ""
    if rate is None:
        most = max(abs(before.value), abs(after.value))
        is_notable = most > 0 and abs(after.value - before.value) >= NOTABLE * most
        return "a change of a tenth or more, in a figure that has no interval" if is_notable else ""
    if rate > FALSE_SHARE:
        return ""
    if step.is_beside_chance:
        return "its distance from what chance would give changed by more than chance makes of it"
    first, last = before.interval, after.interval
    if first and last and (first.high < last.low or last.high < first.low):
        return "the intervals do not overlap"
    return "it is more than the intervals let chance make of it"


def _explaining(step: _Step, events: pl.DataFrame) -> pl.DataFrame:
    kinds = kinds_that_could_explain(step.before.indicator)
    order = {kind: place for place, kind in enumerate(kinds)}
    between = pl.col("day").is_between(step.before.on, step.after.on, closed="right")
    return events.filter(between, pl.col("kind").is_in(list(kinds))).sort(
        pl.col("kind").replace_strict(order, return_dtype=pl.Int64),
        pl.col("schools"),
        pl.col("day"),
        descending=[False, True, False],
    )
