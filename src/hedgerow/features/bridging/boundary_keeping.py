"""Whether schools stop working with their Maths Hub when they join a trust.

Joining is not drawn by lot: what is seen after it need not come of it. So each joiner is set beside
schools of its authority that worked with the hub as it did and did not join, the terms before are
shown, and of a single trust nothing is said that fewer than six joiners or one kind of evidence
alone would have to bear.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.bridging.boundary_evidence import CLOSED, LEAST_JOINERS, stances
from hedgerow.features.bridging.joiners import JOINING_NEEDED, WINDOW, Panel, panel
from hedgerow.features.readings import DRAWS, SCHOOL_BOOTSTRAP, chance_of, generator, plural
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import percentile_interval, resampled_weights
from hedgerow.methods.permutation import null_distribution
from hedgerow.methods.stacked import (
    StackedEffects,
    mean_effect_draws,
    mean_effect_null,
)

_WHAT = (
    "The value is the change in the share of terms in which a school worked with a Maths Hub: "
    "-0.25 is a quarter of all terms fewer than before, beside like schools. "
)
_WHO = (
    "Schools that worked with the hub in at least two in six of the terms before, in the two years "
    "after they joined a trust of two schools or more; the term before joining is left out. "
)
_RULE = (
    "A term without a record counts as one without the hub. Schools in a trust since before the "
    "records begin, or since an unknown day, take no part; nor do joiners with nobody like them to "
    "be compared with."
)


_NO_STANCES = NotMeasured(
    reason="No trust's stance on its boundary was coded in the last three years.",
    would_tell="Trusts' documents or interviews, coded by two people.",
)


@dataclass(frozen=True, eq=False)
class Joining:
    """Effects of joining on the place's schools.

    Attributes
    ----------
    panel : Panel
    effects : StackedEffects
    """

    panel: Panel
    effects: StackedEffects


def joining(here: LocalLandscape) -> Joining | NotMeasured:
    """Give the effects of joining a trust on the place's schools."""
    return here.worked_out("joining", lambda: _joining(here))


def _joining(here: LocalLandscape) -> Joining | NotMeasured:
    found = panel(here)
    if isinstance(found, NotMeasured):
        return found
    return _enough(found.local(), "joined a trust")


def _enough(local: Panel, did: str) -> Joining | NotMeasured:
    effects = local.effects()
    if effects.units.size < LEAST_JOINERS:
        joined = int(np.isfinite(local.begins).sum())
        return NotMeasured(
            reason=f"{plural(joined, 'school')} here {did} in the terms on record, and of these "
            f"{effects.units.size:,} had worked with a Maths Hub before and can be set beside "
            f"others; below {LEAST_JOINERS} nothing is said.",
            would_tell="Records of more terms, or a wider lens.",
            n=effects.units.size,
            missing=joined - effects.units.size,
        )
    return Joining(local, effects)


def _reading(here: LocalLandscape, name: str, found: Joining) -> Reading:
    chart, effects = found.panel, found.effects
    value = float(effects.effects.mean())
    strata = list(chart.strata)
    weights = np.concatenate(
        list(
            resampled_weights(len(chart.schools), generator(here, f"{name} resampled"), None, DRAWS)
        )
    )
    draws = mean_effect_draws(chart.engaged, chart.begins, weights, WINDOW, strata)
    interval = percentile_interval(value, draws, 0.95, len(chart.schools))
    null = mean_effect_null(
        chart.engaged, chart.begins, generator(here, f"{name} dealt"), WINDOW, strata, DRAWS
    )
    joined = int(np.isfinite(chart.begins).sum())
    return Reading(
        value=value,
        n=effects.units.size,
        missing=joined - effects.units.size,
        interval=Interval(
            low=min(interval.low, value), high=max(interval.high, value), method="school bootstrap"
        ),
        chance=None
        if null is None
        else chance_of(null, "days of joining dealt anew among the schools of each authority"),
        caveat=_before(effects),
        sources=chart.sources,
    )


def _before(effects: StackedEffects) -> str:
    """Say whether joiners and the others moved alike in the terms before."""
    slope = pretrend(effects)
    if slope is None:
        return "There are too few terms before joining to see whether both moved alike."
    return (
        f"In the terms before joining, the difference between joiners and the others moved by "
        f"{slope:+.2f} a year; the further that is from 0, the less the figure can be trusted."
    )


def pretrend(effects: StackedEffects) -> float | None:
    """Give by how much the difference to the controls moved in a year before the anticipation.

    None with fewer than three terms.
    """
    before = effects.events < -WINDOW.anticipation
    many = np.isfinite(effects.paths[:, before]).sum(axis=0)
    if np.count_nonzero(many) < 3:
        return None
    times = effects.events[before][many > 0]
    means = np.nanmean(effects.paths[:, before][:, many > 0], axis=0)
    return float(np.polyfit(times, means, 1, w=np.sqrt(many[many > 0]))[0] * 3)


@indicator(
    id="bridging.joining_effect",
    label="Work with the Maths Hub after joining a trust",
    question="Do schools that join a trust go on working with their Maths Hub?",
    why="The study was told of trusts that required their schools to sever existing links with the "
    "hub; of others that opened doors.",
    unit="index",
    direction=None,
    tier="E",
    grade="B",
    missing_rule=_RULE,
    caveat=_WHAT + _WHO + "Joining is not by lot: schools that join may have been about to change "
    "anyway, and poor results or a new head can lie behind both.",
    formula="Mean over joiners of (share of the six terms from joining on in which the school "
    "worked with a Maths Hub − share of the six terms before the last one before joining) − the "
    "same for schools of its authority that did not join in those terms; both must have worked "
    "with the hub in a third of the terms before (`hedgerow.methods.stacked.stacked_effects`). "
    f"Fewer terms are taken where fewer are on record; with fewer than {LEAST_JOINERS} joiners "
    f"nothing is said. {SCHOOL_BOOTSTRAP} Chance: the days of joining are dealt anew among the "
    "schools of each authority.",
    needs=JOINING_NEEDED,
    references=("callaway2021", "cengiz2019", "phipson2010", "greany2022"),
)
def joining_effect(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean effect of joining any trust."""
    found = joining(here)
    return found if isinstance(found, NotMeasured) else _reading(here, "joining", found)


@indicator(
    id="bridging.joining_closed_effect",
    label="Work with the Maths Hub after joining a trust that is held to be closed",
    question="Do schools that join a trust whose stance is coded as closed give up working with "
    "their Maths Hub?",
    why="It sets what trusts say beside what their schools do.",
    unit="index",
    direction=None,
    tier="E",
    grade="B",
    missing_rule=_RULE + " Schools that joined trusts whose stance is open, or was not coded, are "
    "left out.",
    caveat=_WHAT
    + _WHO
    + "Closed is a stance on its boundary of 0.8 or more, the mean of those who "
    "coded it. Which schools are sent to closed trusts is not by lot.",
    formula=f"As for joining any trust, of joiners of trusts whose stance is {CLOSED:g} or more: "
    "mean over joiners of (share of the six terms from joining on in which the school worked "
    "with a Maths Hub − share of the six terms before the last one before joining) − the same "
    "for schools of its authority that did not join in those terms; both must have worked with "
    "the hub in a third of the terms before (`hedgerow.methods.stacked.stacked_effects`). Fewer "
    f"terms are taken where fewer are on record; with fewer than {LEAST_JOINERS} joiners nothing "
    f"is said. {SCHOOL_BOOTSTRAP} Chance: the days of joining are dealt anew among the schools of "
    "each authority.",
    needs=(*JOINING_NEEDED, "policies.boundary"),
    references=("callaway2021", "cengiz2019", "phipson2010", "greany2022"),
)
def joining_closed_effect(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean effect of joining a trust coded as closed."""
    found = panel(here)
    if isinstance(found, NotMeasured):
        return found
    levels = stances(here)
    if levels.is_empty():
        return _NO_STANCES
    closed = set(levels.filter(pl.col("level") >= CLOSED)["trust"])
    local = found.local()
    begins = local.begins.copy()
    others = np.array([trust not in closed for trust in local.trusts])
    begins[np.isfinite(begins) & others] = np.nan
    kept = Panel(
        local.schools,
        local.terms,
        local.engaged,
        begins,
        local.trusts,
        local.strata,
        local.is_local,
        local.sources,
    )
    enough = _enough(kept, "joined a trust coded as closed")
    return enough if isinstance(enough, NotMeasured) else _reading(here, "closed", enough)


@indicator(
    id="bridging.closed_trusts_gap",
    label="Work with the Maths Hub in trusts held to be closed",
    question="Do schools of trusts whose stance is coded as closed work with their Maths Hub less "
    "than the other schools here?",
    why="Schools that joined a closed trust long ago have no before and after left to compare, but "
    "they are still inside.",
    unit="index",
    direction=None,
    tier="E",
    grade="B",
    missing_rule="A term without a record counts as one without the hub. Trusts whose stance was "
    "not coded count with the other schools.",
    caveat="Share of the terms of the last two school years in which the schools of closed trusts "
    "worked with a Maths Hub, less that of all other schools here: -0.25 is a quarter of all terms "
    "fewer. It is a difference, not an effect: such schools may differ in other ways. With few "
    "closed trusts chance alone gives large gaps.",
    formula=f"Mean over schools of trusts whose stance is {CLOSED:g} or more of the share of the "
    f"last {WINDOW.after} terms in which the school worked with a Maths Hub − the same mean over "
    "all other schools here. A stance is the mean of the coders of the last three years. Chance: "
    f"the stances are dealt anew among the trusts here {DRAWS} times.",
    needs=(*JOINING_NEEDED, "policies.boundary"),
    references=("phipson2010", "greany2022"),
)
def closed_trusts_gap(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the difference in the share of terms with the hub, closed trusts less the rest."""
    found = panel(here)
    if isinstance(found, NotMeasured):
        return found
    levels = stances(here)
    if levels.is_empty():
        return _NO_STANCES
    schools = state_schools(here).select("id", "body").sort("id")
    row_of = {school: row for row, school in enumerate(found.schools)}
    recent = found.engaged[:, -WINDOW.after :].mean(axis=1)
    known = schools.filter(pl.col("id").is_in(list(row_of)))
    values = np.array([recent[row_of[school]] for school in known["id"]])
    coded = levels.filter(pl.col("trust").is_in(known["body"].implode()))
    place_of = {trust: place for place, trust in enumerate(coded["trust"])}
    under = np.array([place_of.get(body, -1) for body in known["body"]])
    is_closed = coded["level"].to_numpy() >= CLOSED
    sums = np.bincount(under[under >= 0], values[under >= 0], minlength=len(place_of))
    sizes = np.bincount(under[under >= 0], minlength=len(place_of)).astype(float)
    inside = int(sizes[is_closed].sum())
    if inside < LEAST_JOINERS or inside == values.size:
        return NotMeasured(
            reason=f"{plural(inside, 'school')} of the {values.size:,} here with records lie in "
            f"trusts coded as closed; below {LEAST_JOINERS}, or without any other, nothing is "
            "said.",
            would_tell="A wider lens.",
            n=inside,
        )

    def gaps(closed: NDArray[np.bool_]) -> NDArray[np.float64]:
        total, many = (closed * sums).sum(axis=1), (closed * sizes).sum(axis=1)
        return np.asarray(total / many - (values.sum() - total) / np.maximum(values.size - many, 1))

    rng = generator(here, "closed trusts")
    dealt = rng.permuted(np.broadcast_to(is_closed, (DRAWS, is_closed.size)), axis=1)
    value = float(gaps(is_closed[None])[0])
    return Reading(
        value=value,
        n=inside,
        missing=schools.height - known.height,
        chance=chance_of(
            null_distribution(value, gaps(dealt)), "stances dealt anew among the trusts here"
        ),
        caveat=f"Of the {plural(len(place_of), 'trust')} here whose stance was coded, "
        f"{int(is_closed.sum()):,} counted as closed.",
        sources=found.sources,
    )


def event_study(here: LocalLandscape) -> pl.DataFrame:
    """Give the mean effect on the place's joiners at each term before and after joining.

    Returns
    -------
    polars.DataFrame
        Columns ``term`` (0 the term of joining), ``effect``, ``low``, ``high`` (middle 95 per cent
        of school bootstraps of the joiners), ``joiners`` (seen then), ``is_anticipation``; no rows
        below six joiners.
    """
    found = joining(here)
    schema = {
        "term": pl.Int64,
        "effect": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "joiners": pl.Int64,
        "is_anticipation": pl.Boolean,
    }
    if isinstance(found, NotMeasured):
        return pl.DataFrame(schema=schema)
    effects = found.effects
    rng = generator(here, "event study")
    chosen = rng.integers(0, effects.units.size, size=(DRAWS, effects.units.size))
    rows = []
    for column, event in enumerate(effects.events.tolist()):
        values = effects.paths[:, column]
        seen = int(np.isfinite(values).sum())
        if not seen:
            continue
        drawn = values[chosen]
        many = np.isfinite(drawn).sum(axis=1)
        means = np.nansum(drawn, axis=1)[many > 0] / many[many > 0]
        low, high = np.quantile(means, [0.025, 0.975])
        rows.append(
            (
                event,
                float(np.nanmean(values)),
                float(low),
                float(high),
                seen,
                -WINDOW.anticipation <= event < 0,
            )
        )
    return pl.DataFrame(rows, schema=schema, orient="row")
