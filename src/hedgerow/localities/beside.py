"""A figure of a place beside the same figure of comparable places, and which places those are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.landscape.finding import Finding
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import TiedTo
from hedgerow.localities.judged import ALIKE_BY, JUDGED, Judged, Scale
from hedgerow.localities.saying import counted, listed
from hedgerow.methods.proportion import normal_quantile
from hedgerow.methods.standing_out import Standing, standing

FEWEST_PLACES = 20
"""With fewer comparable places nothing is said."""
FEWEST_UNITS = 10
"""A figure that rests on fewer units is neither called unusual nor compared with, and nor is any
figure of a place with fewer schools."""
MOST_ALIKE = 40
"""How many of the places most alike are taken, where those are asked for."""
ORDINARY = 0.8
"""Share of the comparable places that the ordinary range holds."""


@dataclass(frozen=True)
class FigureBeside:
    """A figure beside those of the comparable places; values as they are compared, in its unit."""

    judged: Judged
    value: float | None
    quartiles: tuple[float, float] | None
    stands: Standing | None
    why_not: str = ""


def compare(
    judged: Judged,
    own: pl.DataFrame,
    pool: pl.DataFrame,
    finding: Finding,
    here: LocalLandscape,
) -> FigureBeside:
    """Compare one figure of a place with the same of others, or say why it cannot be.

    Parameters
    ----------
    judged : Judged
    own, pool : polars.DataFrame
        Figures of the place and of the comparable places, columns of
        `hedgerow.localities.figures_of_places.FIGURES`.
    finding : Finding
        The place's own.
    here : LocalLandscape
    """
    if judged.is_of_governing and isinstance(here.lens, TiedTo) and "governs" in here.lens.outgoing:
        return FigureBeside(judged, None, None, None, "the schools are chosen by who governs them")
    if judged.is_of_one_authority and here.schools["authority"].n_unique() > 1:
        return FigureBeside(judged, None, None, None, "the place lies in several authorities")
    mine = own.filter(pl.col("indicator") == judged.id)
    others = pool.filter(pl.col("indicator") == judged.id, pl.col("n") >= FEWEST_UNITS)
    if judged.is_beside_chance:
        mine, others = (one.filter(pl.col("expected").is_not_null()) for one in (mine, others))
    if mine.is_empty():
        why = "too few to say" if finding.status == "suppressed" else "not known here"
        return FigureBeside(judged, None, None, None, why)
    values, errors = _scaled(judged, mine)
    value = float(unscaled(judged, values)[0])
    if finding.n < FEWEST_UNITS:
        why = f"it rests on {finding.n} {finding.indicator.units}: too few to say"
        return FigureBeside(judged, value, None, None, why)
    if others.height < FEWEST_PLACES:
        known = counted(others.height, "comparable place", "comparable places")
        return FigureBeside(judged, value, None, None, f"known of {known}")
    their_values, their_errors = _scaled(judged, others)
    is_exact_there = 2 * others["low"].null_count() > others.height
    if mine["low"].null_count() and not (judged.is_beside_chance or is_exact_there):
        return FigureBeside(judged, value, None, None, "how exact it is here is not known")
    low, high = np.quantile(unscaled(judged, their_values), [0.25, 0.75])
    stands = standing(float(values[0]), float(errors[0]), their_values, their_errors, ORDINARY)
    return FigureBeside(judged, value, (float(low), float(high)), stands)


def _scaled(judged: Judged, rows: pl.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and their standard errors, on the scale on which places are compared."""
    wide = 2 * normal_quantile(0.95)
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


def unscaled(judged: Judged, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give values back from the scale on which places are compared, in their unit."""
    if judged.scale == "share":
        return np.sin(values) ** 2
    return np.exp(values) if judged.scale == "log" else values


def most_alike(own: pl.DataFrame, pool: pl.DataFrame) -> tuple[pl.DataFrame, str, set[str]]:
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
