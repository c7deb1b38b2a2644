"""The map's page: what is drawn, listed and given away is the same, whatever layer is asked for."""

from __future__ import annotations

import json
import re

import pytest

from hedgerow.reporting.pictures.layered_map import SHOWN
from tests.web.conftest import TOWN
from tests.web.pictures.conftest import rows_of, tables_in

DAY = "on=2022-07-01"


def page_of_school(urn: str) -> str:
    return f"/schools/{urn}/?{DAY}"


@pytest.mark.parametrize("shown", SHOWN)
def test_the_list_the_files_and_the_marks_are_the_same(get, shown):
    page = get(f"/places/{TOWN}/map/?{DAY}&show={shown}")
    [(caption, (heading, *listed))] = tables_in(page)
    assert caption == "Schools on the map"
    file = rows_of(get(f"/places/{TOWN}/map/?{DAY}&show={shown}&as=csv"))
    assert file[0] == heading[:-1]
    assert [row[1] for row in file[1:]] == [row[1] for row in listed]
    wide = page.split('class="wide"')[1].split("</svg>")[0]
    drawn = re.findall(r"<title>([^<]*): [^<:]*</title>", wide)
    held = json.loads(get(f"/places/{TOWN}/map.geojson?{DAY}&show={shown}"))
    schools = [one for one in held["features"] if one["properties"]["kind"] == "school"]
    assert sorted(drawn) == sorted(row[0] for row in listed) == sorted(
        one["properties"]["name"] for one in schools
    )  # fmt: skip  # one case a line
    assert {one["properties"]["mark"] for one in schools} <= set(held["marks"])
    groups = {row[1]: row[3] for row in listed}
    assert all(
        groups[str(one["properties"]["urn"])] == one["properties"]["group"] for one in schools
    )


def test_every_school_of_the_list_leads_to_its_page_and_to_a_map_around_it(get):
    page = get(f"/places/{TOWN}/map/?{DAY}")
    [(_, (_, first, *_))] = tables_in(page)
    assert f'href="{page_of_school(first[1])}"' in page
    near = get(f"/places/{TOWN}/map/?{DAY}&school={first[1]}")
    wide = near.split('class="wide"')[1].split("</svg>")[0]
    assert f">{first[0]}</text>" in wide
    assert len(tables_in(near)[0][1]) == len(tables_in(page)[0][1])


def test_a_layer_that_is_not_known_says_why_and_what_would_tell(get):
    page = get(f"/places/{TOWN}/map/?{DAY}&show=learning")
    assert "Taking part in learning with others: this is not known here." in page
    assert "What would tell:" in page


def test_the_footprint_of_a_hub_is_drawn_and_listed(get):
    page = get(f"/places/{TOWN}/map/?{DAY}")
    hub = re.search(r'<option value="(tsh:[^"]*)"', page)[1]
    chosen = get(f"/places/{TOWN}/map/?{DAY}&hub={hub}")
    [(_, (heading, *listed))] = tables_in(chosen)
    covered = [row[heading.index("in the hub's footprint")] for row in listed]
    assert set(covered) == {"yes"}
    held = json.loads(get(f"/places/{TOWN}/map.geojson?{DAY}&hub={hub}"))
    assert [one["properties"]["kind"] for one in held["features"]].count("footprint") == 1


def test_what_is_given_away_lies_in_britain_in_longitude_and_latitude(get):
    held = json.loads(get(f"/places/{TOWN}/map.geojson?{DAY}"))
    for one in held["features"]:
        if one["geometry"]["type"] == "Point":
            east, north = one["geometry"]["coordinates"]
            assert -9 < east < 3
            assert 49 < north < 61


@pytest.mark.parametrize(
    "asked", ["show=nothing", "hub=tsh:none", "school=1", "as=doc", "show=%00", "school=x"]
)
def test_what_there_is_not_is_refused_in_words(get, asked):
    page = get(
        f"/places/{TOWN}/map/?{DAY}&{asked}", 404 if "=tsh" in asked or "school" in asked else 400
    )
    assert "Something went wrong on our side" not in page


def test_a_place_without_schools_of_a_phase_says_so(get):
    page = get(f"/places/{TOWN}/map/?{DAY}&phase=secondary")
    assert "<svg" not in page.split("<main")[1] or "Schools on the map" in page
