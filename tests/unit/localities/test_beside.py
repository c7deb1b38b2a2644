"""A figure beside those of comparable places, worked by hand on made-up figures."""

from __future__ import annotations

import math

import polars as pl
import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.localities.beside import FEWEST_PLACES, MOST_ALIKE, compare, most_alike
from hedgerow.localities.figures_of_places import FIGURES
from hedgerow.localities.judged import JUDGED
from hedgerow.localities.profile import profile
from tests.unit.localities.many_places import ODD, many_places

PLAIN = next(one for one in JUDGED if one.scale == "plain" and not one.is_of_governing)
SHARE = "linked_systems.maintained_share"


def figures(indicator: str, values: list[float], half: float = 0.0, n: int = 30) -> pl.DataFrame:
    """Figures of as many places, each with an interval of so much to either side."""
    rows = [
        {
            "place": f"la:9{number:02}",
            "name": f"Place {number}",
            "indicator": indicator,
            "value": float(value),
            "low": value - half,
            "high": value + half,
            "n": n,
        }
        for number, value in enumerate(values)
    ]
    return pl.DataFrame(rows, schema=FIGURES)


@pytest.fixture(scope="module")
def odd():
    return profile(many_places().landscape(is_checked=True), Lens.authority(ODD))


def beside(odd, values: list[float], mine: float = 30.0):
    own = figures(PLAIN.id, [mine], half=1.959964)
    return compare(PLAIN, own, figures(PLAIN.id, values), odd.finding(SHARE), odd.here)


def test_so_many_places_are_enough_and_one_fewer_is_not(odd):
    assert beside(odd, list(range(FEWEST_PLACES))).stands is not None
    found = beside(odd, list(range(FEWEST_PLACES - 1)))
    assert (found.stands, found.why_not) == (None, "known of 19 comparable places")


def test_half_of_the_places_and_how_far_outside_the_ordinary_range(odd):
    # of 0 to 20, known exactly, half lie from 5 to 15 and the ordinary range is from the second
    # to the last but one; 20.96 is 1.96 of its own standard error of 1 above 19
    found = beside(odd, list(range(21)), mine=20.959964)
    assert found.quartiles == (5, 15)
    assert (found.stands.low, found.stands.high) == (1, 19)
    assert found.stands.p == pytest.approx(0.05)


@pytest.mark.parametrize(("p", "distance"), [(0.05, 1.959964), (0.2, 1.281552)])
def test_what_may_well_be_chance_does_not_stand_out(odd, p, distance):
    # the only figure compared, so that allowing for the number of figures changes nothing
    share = odd.finding(SHARE)
    assert share.value == 0
    error = math.asin(math.sqrt(share.interval.high)) / (2 * 1.959964)
    others = figures(SHARE, [math.sin(distance * error) ** 2] * FEWEST_PLACES)
    size = figures("context.schools", [40.0] * FEWEST_PLACES)
    found = profile(odd.here.whole, Lens.authority(ODD), figures=pl.concat([others, size])).unusual
    row = found.table.filter(pl.col("id") == SHARE).row(0, named=True)
    assert row["adjusted_p"] == pytest.approx(p, abs=1e-4)
    assert row["stands_out"] == (p <= 0.1)
    assert len(found.statements) == (p <= 0.1)


def test_places_of_few_schools_are_not_compared_with(odd):
    others = figures(SHARE, [0.5] * (FEWEST_PLACES + 1))
    size = figures("context.schools", [40.0] * FEWEST_PLACES)
    small = figures("context.schools", [9.0] * (FEWEST_PLACES + 1), n=9).tail(1)
    every = pl.concat([others, size, small])
    found = profile(odd.here.whole, Lens.authority(ODD), figures=every).unusual
    assert found.table.filter(pl.col("id") == SHARE)["places"].item() == FEWEST_PLACES


def test_places_are_alike_in_spreads_of_each_figure():
    # all but one as many places as are taken are the same; then comes either a place three times
    # as large, which is little beside nine places a hundredth as large, or the only one not rural
    same = MOST_ALIKE - 1
    sizes = [100.0] * same + [300.0, 100.0] + [1.0] * 9
    rural = [0.5] * (same + 1) + [0.0] + [0.5] * 9
    pool = pl.concat([figures("context.schools", sizes), figures("context.rural_share", rural)])
    own = pl.concat([figures("context.schools", [100.0]), figures("context.rural_share", [0.5])])
    kept, words, used = most_alike(own, pool)
    assert set(kept["place"]) == {f"la:9{number:02}" for number in range(MOST_ALIKE)}
    assert words.startswith(f"Compared with the {MOST_ALIKE} authorities most alike in ")
    assert used == {"context.schools", "context.rural_share"}
