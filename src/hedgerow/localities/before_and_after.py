"""Before and after, term by term: what followed when schools joined a trust, and when the person
who linked most left. What went before is always shown: where it moved already, what came after says
little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from hedgerow.features.bridging.boundary_keeping import (
    event_study,
    joining,
    joining_effect,
    pretrend,
)
from hedgerow.features.bridging.leavers import closeness_by_term, leavers, lost_with_a_leaver
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape

TERMS: dict[str, type[pl.DataType]] = {
    "term": pl.Int64,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "n": pl.Int64,
    "is_left_out": pl.Boolean,
}
"""Columns of a table of terms: how many terms after the event (below 0 before it), the value with
its interval, on how many it rests, and whether the term is left out of the comparison."""

FEWEST_BEFORE = 2
"""Terms before the event without which nothing is shown."""

JOINING, LEAVING = "joining-a-trust", "leaving"
"""What is looked at before and after."""

_JOINING_TITLE = "Work with the Maths Hub before and after joining a trust"
_LEAVING_TITLE = "Nearness of schools to providers before and after the person who linked most left"
_TOO_FEW_TERMS = NotMeasured(
    reason="The terms on record before and after are too few to be drawn, or nothing went with "
    "those who left.",
    would_tell="Records of more terms.",
)


@dataclass(frozen=True, eq=False)
class BeforeAndAfter:
    """What was so in the terms before an event and after it.

    Attributes
    ----------
    id : str
    title : str
        What it is about.
    value_heading : str
        What the values are.
    terms : polars.DataFrame
        Columns of `TERMS`.
    before : str
        What the terms before say of how far the rest can be trusted.
    caveat : str
    """

    id: str
    title: str
    value_heading: str
    terms: pl.DataFrame
    before: str
    caveat: str


def before_and_after(here: LocalLandscape) -> tuple[BeforeAndAfter, ...]:
    """Give what the local evidence lets see of before and after, as on the day of the view.

    Nothing where there is no local evidence, fewer than six schools joined a trust, or nobody left
    with whom a link went.
    """
    return tuple(one for one in (_joining(here), _leaving(here)) if one is not None)


def why_no_before_and_after(here: LocalLandscape) -> tuple[tuple[str, str, NotMeasured], ...]:
    """Give what cannot be seen of before and after: what it would be about, by which indicator the
    same is measured, and why not."""
    shown = {one.id for one in before_and_after(here)}
    reasons = {
        JOINING: (_JOINING_TITLE, joining_effect.id, joining),
        LEAVING: (_LEAVING_TITLE, lost_with_a_leaver.id, lost_with_a_leaver.calculation),
    }
    return tuple(
        (title, indicator, why if isinstance(why, NotMeasured) else _TOO_FEW_TERMS)
        for one, (title, indicator, measured) in reasons.items()
        if one not in shown
        for why in [measured(here)]
    )


def _joining(here: LocalLandscape) -> BeforeAndAfter | None:
    found = joining(here)
    study = event_study(here)
    if isinstance(found, NotMeasured) or study.is_empty():
        return None
    slope = pretrend(found.effects)
    return BeforeAndAfter(
        id=JOINING,
        title=_JOINING_TITLE,
        value_heading="difference from like schools that did not join, in the share of terms",
        terms=study.select(
            "term",
            pl.col("effect").alias("value"),
            "low",
            "high",
            pl.col("joiners").alias("n"),
            pl.col("is_anticipation").alias("is_left_out"),
        ),
        before="There are too few terms before to see whether both moved alike."
        if slope is None
        else f"Before joining, the difference moved by {_signed(slope)} a year; the further from "
        "nought, the less what came after can be put down to joining.",
        caveat="Joining is not by lot: what led a school to join can lie behind the change as "
        "well. Intervals are of single terms, and with a handful of schools too narrow.",
    )


def _leaving(here: LocalLandscape) -> BeforeAndAfter | None:
    gone = [one for one in leavers(here) if one.closeness_lost > 0]
    if not gone:
        return None
    weightiest = max(gone, key=lambda one: (one.closeness_lost, one.last_day, one.person))
    course = closeness_by_term(here)
    after = course.select((pl.col("day") > weightiest.last_day).alias("after"))["after"]
    first = int((~after).sum())
    if first < FEWEST_BEFORE or first == course.height:
        return None
    terms = course.select(
        (pl.int_range(pl.len(), dtype=pl.Int64) - first).alias("term"),
        pl.col("closeness").alias("value"),
        pl.lit(None, dtype=pl.Float64).alias("low"),
        pl.lit(None, dtype=pl.Float64).alias("high"),
        pl.lit(None, dtype=pl.Int64).alias("n"),
        pl.lit(False).alias("is_left_out"),
    )
    earlier = terms.filter(pl.col("term") < 0)
    slope = float(np.polyfit(earlier["term"], earlier["value"], 1)[0] * 3)
    return BeforeAndAfter(
        id=LEAVING,
        title=_LEAVING_TITLE,
        value_heading="mean nearness of schools to providers",
        terms=terms,
        before=f"Before they left, it moved by {_signed(slope)} a year.",
        caveat="One place and one leaver: no interval can be given, and other things that ended in "
        "the same term are not told apart. A provider that opens, and that nobody leads to yet, "
        "lowers the mean.",
    )


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
