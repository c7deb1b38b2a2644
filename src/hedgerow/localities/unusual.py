"""What is unusual here: the figures that stand out from those of comparable places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import Finding
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.lens import Everywhere, Lens, Place, TiedTo
from hedgerow.landscape.phases import Phase
from hedgerow.localities.declared import load
from hedgerow.localities.judged import ALIKE_BY, JUDGED, NEEDED, Judged, Scale
from hedgerow.localities.overview import Statement
from hedgerow.localities.saying import counted, kilometres, listed
from hedgerow.methods.false_discovery import adjusted_p_values
from hedgerow.methods.proportion import normal_quantile
from hedgerow.methods.standing_out import Standing, standing

Beside = Literal["all", "similar"]

FEWEST_PLACES = 20
"""With fewer comparable places nothing is said."""
FEWEST_UNITS = 10
"""A figure that rests on fewer units is neither called unusual nor compared with, and nor is any
figure of a place with fewer schools."""
MOST_ALIKE = 40
"""How many of the places most alike are taken, where those are asked for."""
ORDINARY = 0.8
"""Share of the comparable places that the ordinary range holds."""
FALSE_SHARE = 0.1
"""Expected share, among what is called unusual, of what only chance put there."""

FIGURES: dict[str, type[pl.DataType]] = {
    "place": pl.String,
    "name": pl.String,
    "indicator": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "expected": pl.Float64,
    "expected_low": pl.Float64,
    "expected_high": pl.Float64,
    "n": pl.Int64,
}
"""Columns of a table of figures of many places: one measured figure of one place a row."""

COMPARED: dict[str, type[pl.DataType]] = {
    "figure": pl.String,
    "id": pl.String,
    "unit": pl.String,
    "value": pl.Float64,
    "half_from": pl.Float64,
    "half_to": pl.Float64,
    "ordinary_from": pl.Float64,
    "ordinary_to": pl.Float64,
    "places": pl.Int64,
    "p": pl.Float64,
    "adjusted_p": pl.Float64,
    "stands_out": pl.Boolean,
    "why_not_compared": pl.String,
}


@dataclass(frozen=True, eq=False)
class Unusual:
    """What stands out of a place.

    Attributes
    ----------
    statements : tuple of Statement
        A sentence for each figure that stands out, in the order of `JUDGED`: no order of size.
    basis : tuple of str
        With what was compared and how, or why nothing was.
    table : polars.DataFrame
        Columns of `COMPARED`, one figure a row: the value, between what half of the comparable
        places lie, the ordinary range, how many places, and the p-value before and after allowing
        for the number of figures. Of figures compared beside chance the value less what chance
        would give.
    """

    statements: tuple[Statement, ...]
    basis: tuple[str, ...]
    table: pl.DataFrame

    def to_json(self) -> dict[str, object]:
        """Give it in the shape of the public JSON contract."""
        return {
            "statements": [
                {"text": one.text, "findings": list(one.findings)} for one in self.statements
            ],
            "basis": list(self.basis),
            "compared": self.table.to_dicts(),
        }


def authorities(landscape: Landscape, *, on: date | None, phase: Phase) -> tuple[str, ...]:
    """Give the authorities with a school of the phase on a day, in order of identifier."""
    here = landscape.through(Lens.everywhere(), on=on, phase=phase)
    return tuple(sorted(here.schools["authority"].drop_nulls().unique()))


def figures_of(
    landscape: Landscape, authority: Iterable[str], *, on: date | None, phase: Phase
) -> pl.DataFrame:
    """Measure authorities for others to be compared with.

    Parameters
    ----------
    landscape : Landscape
    authority : iterable of str
        Identifiers; each takes about a tenth of a second.
    on, phase
        As for a profile.

    Returns
    -------
    polars.DataFrame
        Columns of `FIGURES`.
    """
    wanted = [one for one in load() if one.id in NEEDED]
    rows: list[dict[str, object]] = []
    for identifier in authority:
        here = landscape.through(Lens.authority(identifier), on=on, phase=phase)
        found = [one.measure(here) for one in wanted]
        rows += [_row(identifier, here.name, one) for one in found if one.is_measured]
    return pl.DataFrame(rows, schema=FIGURES)


def _row(place: str, name: str, found: Finding) -> dict[str, object]:
    between, chance = found.interval, found.chance
    return {
        "place": place,
        "name": name,
        "indicator": found.id,
        "value": found.value,
        "low": between.low if between else None,
        "high": between.high if between else None,
        "expected": chance.expected if chance else None,
        "expected_low": chance.low if chance else None,
        "expected_high": chance.high if chance else None,
        "n": found.n,
    }


def unusual(
    here: LocalLandscape,
    findings: Sequence[Finding],
    figures: pl.DataFrame,
    *,
    beside: Beside = "all",
) -> Unusual:
    """Say what stands out of a place beside the authorities.

    A figure stands out when it lies outside the range that holds four fifths of the comparable
    places, further than its own error lets it stray, allowing for how many figures are looked at
    (Benjamini and Hochberg, one in ten). The error of the others is taken out of their range: small
    places stray. What rests on few units, or has few places to be compared with, is left out and
    said to be.

    Parameters
    ----------
    here : LocalLandscape
    findings : sequence of Finding
        The place's own.
    figures : polars.DataFrame
        Of all authorities on the same day and phase, as `figures_of` gives them. The authority that
        the place is, or lies in, is left out.
    beside : {"all", "similar"}
        With all authorities, or with those most alike in `ALIKE_BY`; what makes them alike is then
        not itself compared.

    Notes
    -----
    The assumption most likely to mislead: a figure without an interval is taken to be exact.
    """
    if isinstance(here.lens, Everywhere):
        return _nothing("England is what places are compared with, and has nothing beside it.")
    own = _row_frame(findings)
    schools = state_schools(here).height
    if schools < FEWEST_UNITS:
        few = counted(schools, "school")
        return _nothing(f"Too few to say: of {few} nothing can be called unusual.")
    large = figures.filter(pl.col("indicator") == "context.schools", pl.col("n") >= FEWEST_UNITS)
    pool = figures.filter(
        pl.col("place").is_in(large["place"].implode()),
        ~pl.col("place").is_in(pl.Series(_own_authorities(here), dtype=pl.String).implode()),
    )
    basis, left_out = [], set[str]()
    if beside == "similar":
        pool, words, left_out = _most_alike(own, pool)
        basis.append(words)
    places = pool["place"].n_unique()
    if places < FEWEST_PLACES:
        few = counted(places, "comparable place", "comparable places")
        return _nothing(
            *basis,
            f"The register has {few}; with fewer than {FEWEST_PLACES} nothing can be said.",
        )
    by_id = {one.id: one for one in findings}
    judged = [one for one in JUDGED if one.id in by_id and one.id not in left_out]
    found = [_beside(one, own, pool, by_id[one.id], here) for one in judged]
    compared = [one for one in found if one.stands is not None]
    adjusted = adjusted_p_values([one.stands.p for one in compared if one.stands])
    rates = {one.judged.id: float(q) for one, q in zip(compared, adjusted, strict=True)}
    out = [one for one in compared if rates[one.judged.id] <= FALSE_SHARE]
    noun = "authorities" if beside == "all" else "similar authorities"
    statements = tuple(
        Statement(_sentence(one, by_id[one.judged.id], noun), (one.judged.id,)) for one in out
    )
    basis += _basis(here, len(compared), len(found) - len(compared), places, len(out), noun)
    return Unusual(statements, tuple(basis), _table(found, rates, by_id))


def _nothing(*basis: str) -> Unusual:
    return Unusual((), basis, pl.DataFrame(schema=COMPARED))


def _own_authorities(here: LocalLandscape) -> list[str]:
    """The authority that a place is or wholly lies in; none for one that lies in several."""
    if isinstance(here.lens, Place) and here.lens.column == "authority":
        return [here.lens.identifier]
    within = here.schools["authority"].unique().to_list()
    return [one for one in within if one is not None and len(within) == 1]


def _row_frame(findings: Sequence[Finding]) -> pl.DataFrame:
    rows = [_row("", "", one) for one in findings if one.is_measured and one.id in NEEDED]
    return pl.DataFrame(rows, schema=FIGURES)


@dataclass(frozen=True)
class _Beside:
    """A figure beside those of the comparable places; values as they are compared, in its unit."""

    judged: Judged
    value: float | None
    quartiles: tuple[float, float] | None
    stands: Standing | None
    why_not: str = ""


def _beside(
    judged: Judged,
    own: pl.DataFrame,
    pool: pl.DataFrame,
    finding: Finding,
    here: LocalLandscape,
) -> _Beside:
    if judged.is_of_governing and isinstance(here.lens, TiedTo) and "governs" in here.lens.outgoing:
        return _Beside(judged, None, None, None, "the schools are chosen by who governs them")
    if judged.is_of_one_authority and here.schools["authority"].n_unique() > 1:
        return _Beside(judged, None, None, None, "the place lies in several authorities")
    mine = own.filter(pl.col("indicator") == judged.id)
    others = pool.filter(pl.col("indicator") == judged.id, pl.col("n") >= FEWEST_UNITS)
    if judged.is_beside_chance:
        mine, others = (one.filter(pl.col("expected").is_not_null()) for one in (mine, others))
    if mine.is_empty():
        why = "too few to say" if finding.status == "suppressed" else "not known here"
        return _Beside(judged, None, None, None, why)
    values, errors = _scaled(judged, mine)
    value = float(_unscaled(judged, values)[0])
    if finding.n < FEWEST_UNITS:
        why = f"it rests on {finding.n} {finding.indicator.units}: too few to say"
        return _Beside(judged, value, None, None, why)
    if others.height < FEWEST_PLACES:
        known = counted(others.height, "comparable place", "comparable places")
        return _Beside(judged, value, None, None, f"known of {known}")
    their_values, their_errors = _scaled(judged, others)
    is_exact_there = 2 * others["low"].null_count() > others.height
    if mine["low"].null_count() and not (judged.is_beside_chance or is_exact_there):
        return _Beside(judged, value, None, None, "how exact it is here is not known")
    low, high = np.quantile(_unscaled(judged, their_values), [0.25, 0.75])
    stands = standing(float(values[0]), float(errors[0]), their_values, their_errors, ORDINARY)
    return _Beside(judged, value, (float(low), float(high)), stands)


def _scaled(judged: Judged, rows: pl.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and their standard errors, on the scale on which places are compared."""
    wide = 2 * normal_quantile(0.975)
    value = rows["value"].to_numpy()
    if judged.is_beside_chance:
        value = value - rows["expected"].to_numpy()
        ends = [
            rows[name].fill_null(rows["expected"]) for name in ("expected_low", "expected_high")
        ]
        return value, (ends[1] - ends[0]).to_numpy() / wide
    low, high = (rows[name].fill_null(rows["value"]).to_numpy() for name in ("low", "high"))
    first, last = _on_scale(judged.scale, low), _on_scale(judged.scale, high)
    return _on_scale(judged.scale, value), (last - first) / wide


SMALLEST = 1e-3
"""What logarithms take instead of nought: a metre, a thousandth."""


def _on_scale(scale: Scale, values: NDArray[np.float64]) -> NDArray[np.float64]:
    if scale == "share":
        return np.arcsin(np.sqrt(np.clip(values, 0, 1)))
    return np.log(np.maximum(values, SMALLEST)) if scale == "log" else values


def _unscaled(judged: Judged, values: NDArray[np.float64]) -> NDArray[np.float64]:
    if judged.scale == "share":
        return np.sin(values) ** 2
    return np.exp(values) if judged.scale == "log" else values


def _most_alike(own: pl.DataFrame, pool: pl.DataFrame) -> tuple[pl.DataFrame, str, set[str]]:
    """The places most alike, in words what makes them so, and the figures that do."""
    known = [name for name in ALIKE_BY if own.filter(pl.col("indicator") == name).height]
    scales: dict[str, Scale] = {one.id: one.scale for one in JUDGED}
    scales["context.schools"] = "log"
    wide = pool.filter(pl.col("indicator").is_in(known)).pivot(
        on="indicator", index="place", values="value"
    )
    known = [name for name in known if name in wide.columns]
    wide = wide.drop_nulls()
    squared = np.zeros(wide.height)
    for name in known:
        theirs = _on_scale(scales[name], wide[name].to_numpy())
        mine = _on_scale(scales[name], own.filter(pl.col("indicator") == name)["value"].to_numpy())[
            0
        ]
        spread = float(np.std(theirs)) if wide.height else 0.0
        squared += ((theirs - mine) / spread) ** 2 if spread > 0 else 0.0
    nearest = wide["place"].gather(np.argsort(squared, kind="stable")[:MOST_ALIKE])
    by = listed([ALIKE_BY[name] for name in known])
    words = (
        f"Compared with the {nearest.len()} authorities most alike in {by}."
        if known
        else "What makes places alike is not known here."
    )
    kept = pool.filter(pl.col("place").is_in(nearest.implode()))
    return (kept if known else pool.clear()), words, set(known)


def _basis(
    here: LocalLandscape, compared: int, silent: int, places: int, out: int, noun: str
) -> list[str]:
    said = []
    if not (isinstance(here.lens, Place) and here.lens.column == "authority"):
        said.append("The place is compared with local authorities, whatever its own kind.")
    if compared == 0:
        return [*said, "Too few to say: no figure could be compared."]
    figures = counted(compared, "figure was", "figures were")
    text = f"{figures} compared with those of {places} other {noun}"
    if not out:
        text += "; none of them stands clearly outside where four fifths of those lie"
    said.append(f"{text[0].upper()}{text[1:]}.")
    if out:
        said.append(
            "A figure is named where it lies outside the range of four fifths of them by more than "
            "so few would stray, allowing for the number of figures looked at. Different is "
            "neither better nor worse."
        )
    if silent:
        said.append(
            f"{counted(silent, 'figure', 'figures').capitalize()} more could not be compared: not "
            "known, resting on too few, or of no meaning in such a place."
        )
    return said


def _sentence(one: _Beside, finding: Finding, noun: str) -> str:
    if one.stands is None or one.quartiles is None or one.value is None:
        raise ValueError(f"{one.judged.id} was not compared")
    words = one.judged.more if one.stands.side > 0 else one.judged.less
    low, high = one.quartiles
    if one.judged.is_beside_chance:
        value, half = _beside_chance(one.value), _between_beside_chance(low, high)
    else:
        value = _amount(one.value, finding) + _range(finding)
        half = f"between {_bare(low, finding)} and {_amount(high, finding)}"
    text = f"{words} than in most {noun}: {value}, where half of them lie {half}."
    return text[0].upper() + text[1:]


def _beside_chance(difference: float) -> str:
    points = round(difference * 100)
    if points == 0:
        return "as chance would give"
    return f"{counted(abs(points), 'point')} {'more' if points > 0 else 'less'} than chance"


def _between_beside_chance(low: float, high: float) -> str:
    first, last = round(low * 100), round(high * 100)
    if first > 0 or last < 0:
        near, far = sorted((abs(first), abs(last)))
        return f"between {near} and {far} points {'more' if first > 0 else 'less'} than chance"
    return f"between {_beside_chance(low)} and {_beside_chance(high)}"


def _amount(value: float, finding: Finding) -> str:
    unit = finding.indicator.unit
    if unit == "share":
        return f"{_bare(value, finding)} per cent"
    return kilometres(value) if unit == "km" else _bare(value, finding)


def _bare(value: float, finding: Finding) -> str:
    unit = finding.indicator.unit
    if unit == "share":
        return f"{value * 100:.0f}"
    if unit == "km":
        return kilometres(value).removesuffix(" km")
    if unit == "count" and value >= 20:
        return f"{value:,.0f}"
    return f"{value:.1f}".replace("-", "−")


def _range(finding: Finding) -> str:
    between = finding.interval
    if between is None:
        return ""
    low, high = _bare(between.low, finding), _bare(between.high, finding)
    return f" ({low} to {high})" if low != high else ""


def _table(
    found: Sequence[_Beside], rates: Mapping[str, float], by_id: Mapping[str, Finding]
) -> pl.DataFrame:
    rows = []
    for one in found:
        low, high = one.quartiles or (None, None)
        declared = by_id[one.judged.id].indicator
        edges: list[float | None] = [None, None]
        if one.stands is not None:
            edges = list(_unscaled(one.judged, np.array([one.stands.low, one.stands.high])))
        rate = rates.get(one.judged.id)
        chance = ", less what chance would give" if one.judged.is_beside_chance else ""
        rows.append(
            {
                "figure": declared.label + chance,
                "id": one.judged.id,
                "unit": declared.unit,
                "value": one.value,
                "half_from": low,
                "half_to": high,
                "ordinary_from": edges[0],
                "ordinary_to": edges[1],
                "places": one.stands.others if one.stands else None,
                "p": one.stands.p if one.stands else None,
                "adjusted_p": rate,
                "stands_out": None if rate is None else rate <= FALSE_SHARE,
                "why_not_compared": one.why_not or None,
            }
        )
    return pl.DataFrame(rows, schema=COMPARED)
