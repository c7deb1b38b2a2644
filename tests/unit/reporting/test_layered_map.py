"""Maps with layers: steps hold every value once, and marks grow with pupils and nothing else."""

from __future__ import annotations

import math
import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.landscape.lens import Lens
from hedgerow.reporting.palette import STEPS
from hedgerow.reporting.pictures.layered_map import LARGEST, SHOWN, SMALLEST, _size, layered_map
from hedgerow.reporting.pictures.map_frame import framed, scale_bar, sheet_of
from hedgerow.reporting.pictures.map_layers import Layer
from hedgerow.reporting.pictures.picture import NARROW
from hedgerow.reporting.table import Column


def made(values, edges=(5.0, 10.0, 20.0, 40.0)):
    return Layer(
        name="distance",
        column=Column("value", "km", "number"),
        values=pl.DataFrame(
            {"id": [str(number) for number in range(len(values))], "value": values},
            schema={"id": pl.String, "value": pl.Float64},
        ),
        edges=edges,
        words=tuple("abcde"),
        unknown="not known",
        finding="{many} {middle}",
        caveat="",
    )


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_a_darker_step_never_means_less(values):
    schools = pl.DataFrame({"id": [str(number) for number in range(len(values) + 1)]})
    marked = made(values).marked(schools)
    assert marked.height == len(values) + 1
    known = marked.filter(pl.col("value").is_not_null())
    steps = [STEPS.index(tone) for tone in known["tone"]]
    pairs = sorted(zip(known["value"], steps, strict=True))
    assert [step for _, step in pairs] == sorted(steps)
    rest = marked.filter(pl.col("value").is_null())
    assert rest.select("group", "shape", "tone").rows() == [("not known", "cross", "hollow")]


def test_a_value_on_an_edge_lies_below_it():
    marked = made([5.0, 5.01]).marked(pl.DataFrame({"id": ["0", "1"]}))
    assert dict(marked.select("id", "group").iter_rows()) == {"0": "a", "1": "b"}


@given(st.lists(st.one_of(st.none(), st.integers(0, 2000)), min_size=1, max_size=40))
def test_marks_grow_with_pupils_by_area(pupils):
    held = pl.Series("pupils", pupils, dtype=pl.Int64)
    sizes = _size(held).to_list()
    assert all(SMALLEST <= one <= LARGEST for one in sizes)
    known = sorted((one, size) for one, size in zip(pupils, sizes, strict=True) if one is not None)
    assert [size for _, size in known] == sorted(size for _, size in known)
    middle = held.median()
    for one, size in known:
        if SMALLEST < size < LARGEST:
            assert math.isclose(size**2, one / middle, rel_tol=1e-9)


@pytest.mark.parametrize("shown", SHOWN)
def test_every_layer_is_drawn_or_says_why_not(landscape, shown):
    here = landscape.through(Lens.authority("la:001"), phase="primary")
    found = layered_map(here, shown)
    assert found.picture.table.height == 8
    assert found.picture.svg()
    if found.why_none is not None:
        assert found.why_none.reason.endswith(".")
        assert found.why_none.would_tell


def test_the_scale_stands_beneath_the_window_on_a_ground_of_its_own():
    ends = np.array([0.0, 10_000.0])
    frame = framed(ends, ends, NARROW)
    drawing = sheet_of(frame)
    scale_bar(drawing, frame)
    told = re.search(r'y="([\d.]+)"[^>]*>\d+ km</text>', drawing.svg(title="t"))
    assert told is not None
    assert frame.height + 10 < float(told[1]) < drawing.height
