"""Made-up feature tables: places of which the kinds are known, or of which there are none."""

from __future__ import annotations

from datetime import date

import numpy as np

from hedgerow.landscape.lens import Lens
from hedgerow.localities.typology.describing import BLOCKS, FeatureTable, TypologyFeature
from hedgerow.localities.typology.school_table import SchoolTable
from hedgerow.localities.typology.units import Unit

ON = date(2022, 4, 25)
SCHOOLS = 12


def features(count: int = 12) -> tuple[TypologyFeature, ...]:
    """Features that are means over schools, in turn of each block."""
    blocks = list(BLOCKS)
    return tuple(
        TypologyFeature(f"feature_{one}", blocks[one % 4], f"Feature {one}", "context.schools")
        for one in range(count)
    )


def table_of(
    places: np.ndarray, *, on: date = ON, noise: float = 0.3, seed: int = 0
) -> FeatureTable:
    """A table of places with the values given, each the mean of schools that scatter about it."""
    rng = np.random.default_rng(seed)
    n, p = places.shape
    declared = features(p)
    unit = np.repeat(np.arange(n), SCHOOLS)
    scatter = rng.normal(0, noise, (n, SCHOOLS, p))
    scatter -= scatter.mean(axis=1, keepdims=True)
    schools = (places[:, None, :] + scatter).reshape(-1, p)
    table = SchoolTable(
        ids=tuple(f"urn:{900_001 + one}" for one in range(n * SCHOOLS)),
        unit=unit,
        units=n,
        features=declared,
        columns={one.name: schools[:, place] for place, one in enumerate(declared)},
        fixed={},
        body=np.full(n * SCHOOLS, -1),
        neighbours=np.zeros(n * SCHOOLS),
        other_neighbours=np.zeros(n * SCHOOLS),
        is_measured=~np.isnan(places),
    )
    return FeatureTable(
        units=tuple(
            Unit(id=f"la:{one:03}", name=f"Place {one}", lens=Lens.authority(f"la:{one:03}"))
            for one in range(n)
        ),
        features=declared,
        values=places,
        schools=np.full(n, SCHOOLS),
        pupils=np.full(n, 200.0 * SCHOOLS),
        context={"context.fsm_share": np.linspace(0, 1, n)},
        findings=(),
        on=on,
        phase="primary",
        school_table=table,
    )


def three_kinds(sizes: tuple[int, ...] = (30, 20, 10), apart: float = 4.0) -> FeatureTable:
    """Places of three kinds, far apart in four features each."""
    rng = np.random.default_rng(7)
    kind = np.repeat(np.arange(len(sizes)), sizes)
    middle = np.zeros((len(sizes), 12))
    for one in range(len(sizes)):
        middle[one, 4 * one : 4 * one + 4] = apart
    return table_of(middle[kind] + rng.normal(size=(kind.size, 12)))


def no_kinds(places: int = 60) -> FeatureTable:
    """Places that differ by degree in everything."""
    rng = np.random.default_rng(11)
    along = rng.normal(size=(places, 2)) @ rng.normal(size=(2, 12))
    return table_of(along + rng.normal(size=(places, 12)))
