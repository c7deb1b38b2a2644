"""Every table says what it is, takes a plausible row, and names the rule that a bad one breaks."""

from __future__ import annotations

import inspect
from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.tables import TABLES
from tests.made_up import MadeUp

DAY = date(2022, 4, 25)

EXAMPLES: dict[str, dict[str, object]] = {
    "organisations": {"id": "uid:90001", "kind": "trust", "name": "Thorn Trust"},
    "schools": {"id": "urn:900001", "urn": 900001, "phase": "Primary", "type": "Academy converter",
                "status": "academy", "route": "sponsored", "pupils": 210},
    "areas": {"id": "lad:N", "kind": "district", "name": "Brambleford North"},
    "area_parts": {"area": "hubarea:HH1", "part": "lad:N"},
    "postcodes": {"postcode": "ZZ11AA", "easting": 400_000.0, "northing": 300_000.0},
    "ties": {"from_id": "uid:90001", "to_id": "urn:900001", "kind": "governs", "start": DAY},
    "persons": {"id": "person:1", "label": "Alder"},
    "roles": {"id": "role:1", "person": "person:1", "organisation": "urn:900001",
              "role": "maths lead", "days_a_week": 1.5},
    "activities": {"id": "activity:1", "provider": "mh:001", "name": "Work group",
                   "formality": 0.5, "delivery": "blended", "sessions": 6},
    "participation": {"id": "p:1", "school": "urn:900001", "activity": "activity:1", "staff": 2,
                      "start": DAY},
    "adoptions": {"school": "urn:900001", "item": "lesson study", "item_kind": "routine"},
    "policies": {"id": "policy:1", "organisation": "uid:90001", "dimension": "sharing",
                 "level": 0.5, "date": DAY},
    "observations": {"organisation": "urn:900001", "measure": "pupils", "value": 210.0,
                     "date": DAY},
    "meetings": {"id": "m:1", "forum": "Heads of Brambleford", "date": DAY},
    "attendance": {"id": "a:1", "meeting": "m:1", "organisation": "urn:900001"},
    "concerns": {"id": "c:1", "forum": "Heads of Brambleford", "raised": DAY},
    "priorities": {"id": "q:1", "meeting": "m:1", "judge": "urn:900001", "priority": "fractions",
                   "rank": 1.0},
    "actions": {"id": "x:1", "concern": "c:1", "agreed": DAY},
    "oversight": {"id": "t:1", "place": "la:001", "task": "looks at what came of it",
                  "is_held": True, "holder": "la:001", "date": DAY},
    "nominations": {"id": "n:1", "from_id": "person:1", "to_id": "mh:001", "date": DAY},
    "accounts": {"id": "k:1", "person": "person:1", "matter": "local", "said": "trust",
                 "date": DAY},
    "scores": {"id": "s:1", "activity": "activity:1", "organisation": "urn:900001",
               "level": "maths lead", "instrument": "reasoning test", "score": 7.5, "date": DAY},
}  # fmt: skip  # one table a paragraph is easier to read

BROKEN = [
    ("organisations", {"kind": "club"}, "among_choices"),
    ("organisations", {"easting": 400_000.0}, "position_is_whole"),
    ("organisations", {"easting": -1.0, "northing": 1.0}, "min"),
    ("organisations", {"opened": date(2020, 1, 2), "closed": date(2020, 1, 1)},
     "closes_after_opening"),
    ("organisations", {"name": None}, "nullability"),
    ("schools", {"status": "free"}, "among_choices"),
    ("schools", {"route": "forced"}, "among_choices"),
    ("schools", {"pupils": -1}, "min"),
    ("schools", {"low_age": 30}, "max"),
    ("areas", {"kind": "county"}, "among_choices"),
    ("postcodes", {"easting": 900_000.0}, "max"),
    ("ties", {"kind": "likes"}, "among_choices"),
    ("ties", {"start": date(2020, 1, 2), "end": date(2020, 1, 1)}, "ends_after_start"),
    ("persons", {"is_named": True}, "agreement_is_recorded"),
    ("roles", {"days_a_week": 8.0}, "max"),
    ("roles", {"start": date(2020, 1, 2), "end": date(2020, 1, 1)}, "ends_after_start"),
    ("activities", {"formality": 1.1}, "max"),
    ("activities", {"delivery": "by post"}, "among_choices"),
    ("participation", {"staff": -1}, "min"),
    ("participation", {"end": date(2020, 1, 1)}, "ends_after_start"),
    ("adoptions", {"form": "copied"}, "among_choices"),
    ("adoptions", {"item_kind": "routine", "is_scheme": True}, "schemes_are_tools"),
    ("policies", {"dimension": "mood"}, "among_choices"),
    ("observations", {"measure": "happiness"}, "among_choices"),
    ("observations", {"value": None}, "value_agrees_with_status"),
    ("observations", {"status": "suppressed"}, "value_agrees_with_status"),
    ("concerns", {"stage": "forgotten"}, "among_choices"),
    ("priorities", {"rank": 0.0}, "min"),
    ("actions", {"done": date(2020, 1, 1)}, "done_after_agreed"),
    ("oversight", {"task": "makes tea"}, "among_choices"),
    ("oversight", {"is_held": False}, "held_by_whoever_holds"),
    ("accounts", {"said": "fragmented"}, "code_fits_matter"),
    ("accounts", {"passages": 0}, "min"),
    ("scores", {"level": "pupils"}, "among_choices"),
    ("scores", {"score": -1.0}, "min"),
]  # fmt: skip  # one case a line is easier to read


def frame(table: str, **changed: object) -> pl.DataFrame:
    place = MadeUp()
    place.add(table, **(EXAMPLES[table] | changed))
    return place.tables()[table]


@pytest.mark.parametrize("name", TABLES)
def test_says_what_it_supports_and_does_not_hold(name):
    says = inspect.getdoc(TABLES[name])
    assert "Supports:" in says
    assert "Does not hold:" in says


@pytest.mark.parametrize("name", TABLES)
def test_each_column_is_described(name):
    for column, declared in TABLES[name].columns().items():
        assert declared.metadata["description"].strip(), column


@pytest.mark.parametrize("name", TABLES)
def test_a_plausible_row_is_taken(name):
    taken = TABLES[name].validate(frame(name))
    assert taken.height == 1


@pytest.mark.parametrize("name", TABLES)
def test_a_key_names_one_row(name):
    twice = pl.concat([frame(name), frame(name)])
    with pytest.raises(DataError, match=rf"“{name}” breaks its own rules[\s\S]*primary_key"):
        Landscape({name: twice})


@pytest.mark.parametrize(("name", "changed", "rule"), BROKEN)
def test_a_broken_rule_is_named(name, changed, rule):
    with pytest.raises(DataError, match=rf"“{name}” breaks its own rules[\s\S]*'[\w|]*{rule}'"):
        Landscape({name: frame(name, **changed)})


def test_every_rule_between_columns_is_tried():
    tried = {rule for _, _, rule in BROKEN}
    for name, schema in TABLES.items():
        for rule, value in vars(schema).items():
            if hasattr(value, "validation_fn"):
                assert rule in tried, f"{name}.{rule}"
                assert inspect.getdoc(value.validation_fn), f"{name}.{rule}"
