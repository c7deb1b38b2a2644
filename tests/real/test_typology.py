"""Kinds of authority on the open data beside the project."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from hedgerow.localities.typology.describing import FeatureTable, feature_table
from hedgerow.localities.typology.draws import draw_all, draw_inputs, sureness
from hedgerow.localities.typology.place_rows import place_rows
from hedgerow.localities.typology.types import Typology, find_types
from hedgerow.localities.typology.units import authorities
from hedgerow.sources.register import open_register
from tools.real_register import build_real_register


@pytest.fixture(scope="module")
def table(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> FeatureTable:
    # `real_data` says that it is there; the tool finds it in the same way
    assert (real_data / "edubasealldata20220425.csv").is_file()
    register = open_register(build_real_register(tmp_path_factory.mktemp("kinds")))
    assert register.as_of is not None
    return feature_table(register, authorities(register, register.as_of), register.as_of)


@pytest.fixture(scope="module")
def found(table: FeatureTable) -> Typology:
    return find_types(table)


def test_half_of_the_authorities_do_not_foretell_the_other_half(found: Typology) -> None:
    assert len(found.entered.rows) == 150
    assert found.verdict in ("patterns", "continuum")
    assert max(one.strength.mean for one in found.count.evidence) < 0.8
    assert max(one.silhouette for one in found.count.evidence) < 0.25


def test_five_hundred_draws_stay_within_five_minutes(found: Typology) -> None:
    inputs = draw_inputs(found)
    cpu = time.process_time()
    drawn = draw_all(inputs, 1, range(40))
    # of one core; five minutes of two are 600 seconds for 500
    assert (time.process_time() - cpu) / 40 * 500 < 600
    again = draw_all(inputs, 1, range(20, 40))
    assert again.equals(drawn.filter(pl.col("draw") >= 20))
    sure = sureness(found, drawn)
    assert np.nansum(sure.shares, axis=1) == pytest.approx(np.ones(150))
    rows = place_rows(found, sure)
    assert rows.height == 150 and rows["neighbours"].list.len().to_list() == [5] * 150
