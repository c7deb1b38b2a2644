"""Schools that lead hubs, found by the name that a national list gives them."""

from __future__ import annotations

import polars as pl
import pytest

from hedgerow.sources.hubs.lead_school import match_lead_schools
from hedgerow.sources.hubs.names import folded


def test_names_fold_alike_only_when_they_are_the_same():
    assert folded("St. Acorn’s CofE Primary") == folded("St Acorns C of E  PRIMARY")
    assert folded("The Mill & Hill School") == folded("Mill and Hill School")
    assert folded("Mill School") != folded("Mill Schools")
    assert folded("Mill School") != folded("Mill Infant School")


def places(*rows):
    return pl.DataFrame(
        rows,
        schema=["id", "name", "district", "easting", "northing"],
        orient="row",
        schema_overrides={"easting": pl.Float64, "northing": pl.Float64},
    )


@pytest.mark.parametrize(
    ("name", "schools", "school", "trouble"),
    [
        ("Mill School", [("urn:1", "Mill School", "lad:A", 0, 0)], "urn:1", None),
        ("Mill School, Bramble", [("urn:1", "Mill School", "lad:A", 0, 0)], "urn:1", None),
        (
            "Mill School",
            [("urn:1", "Mill School", "lad:A", 0, 0), ("urn:2", "Mill School", "lad:B", 1, 1)],
            "urn:1",
            None,
        ),
        (
            "Mill School",
            [("urn:1", "Hill School", "lad:A", 0, 0), ("urn:2", "Mill School", "lad:B", 0, 39e3)],
            "urn:2",
            None,
        ),
        (
            "Mill School",
            [("urn:1", "Hill School", "lad:A", 0, 0), ("urn:2", "Mill School", "lad:B", 0, 41e3)],
            None,
            "no open school",
        ),
        (
            "Mill School",
            [("urn:1", "Mill School", "lad:A", 0, 0), ("urn:2", "Mill School", "lad:A", 9, 9)],
            None,
            "2 schools",
        ),
        ("Mill School", [("urn:1", "Mill Schools", "lad:A", 0, 0)], None, "no open school"),
        ("Mill School", [("urn:1", "Mill School", "lad:B", None, None)], None, "no open school"),
    ],
)
def test_lead_schools(name, schools, school, trouble):
    hubs = pl.DataFrame({"hub": ["tsh:A", "tsh:B"], "lead_school_name": [name, None]})
    (found,) = match_lead_schools(hubs, {"tsh:A": ["lad:A"]}, places(*schools)).rows()
    assert found[:2] == ("tsh:A", school)
    assert (trouble is None) == (found[2] is None)
    assert trouble is None or found[2].startswith(trouble)
