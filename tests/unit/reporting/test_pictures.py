"""Pictures of a place: what is drawn is what stands in the table beside it, and what was found."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest
from lxml import etree

from hedgerow.landscape.lens import Lens
from hedgerow.localities.profile import profile as profile_of
from hedgerow.reporting.pictures.gallery import gallery
from hedgerow.reporting.pictures.map_frame import framed, scale_bar
from hedgerow.reporting.pictures.picture import NARROW, WIDE
from hedgerow.reporting.pictures.place_map import map_data
from hedgerow.reporting.pictures.side_by_side import governance_of_all, maps_of_all
from tests.made_up import MadeUp

SVG = "{http://www.w3.org/2000/svg}"


def titles(picture, width=WIDE):
    root = etree.fromstring(picture.svg(width))
    return [one.text for one in root.iter(f"{SVG}title")][1:]


def named(profile):
    return {picture.id: picture for group in gallery(profile).values() for picture in group}


def test_every_picture_says_what_it_shows_and_where_it_is_from(profile):
    for picture in named(profile).values():
        assert picture.title
        assert not picture.title.endswith(".")
        assert picture.description.endswith(".")
        assert picture.caveat
        assert picture.sources == ("Made-up register, 25 April 2022",)
        assert picture.table.height > 0


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_picture_is_drawn_for_page_and_telephone(profile, width):
    for picture in named(profile).values():
        root = etree.fromstring(picture.svg(width))
        assert root.get("viewBox").split()[2] == str(width)


def test_the_map_equals_its_list(profile):
    picture = named(profile)["map"]
    drawn = {title.rpartition(": ")[::2] for title in titles(picture) if ": " in title}
    listed = picture.table.rows.filter(pl.col("easting").is_not_null())
    assert drawn == set(listed.select("name", "group").iter_rows())
    assert listed.height == 8


def test_the_key_of_the_map_counts_what_is_drawn(profile):
    picture = named(profile)["map"]
    counts = [
        int(found[1]) for key in picture.keys if (found := re.search(r"\((\d+)\)$", key.label))
    ]
    assert sum(counts) == 8
    assert [key.label for key in picture.keys if key.letter] == ["Hornbeam Hub"]
    assert "hosted is not known: Hawthorn Maths Hub, Hollow Hub." in picture.caveat


def test_a_hub_beyond_the_map_is_named_and_not_drawn(landscape):
    far = profile_of(landscape, Lens.radius(408_000, 300_000, 1.2))
    picture = named(far)["map"]
    assert "Beyond the map: Hornbeam Hub." in picture.caveat
    assert not any(key.letter for key in picture.keys)


def test_a_school_without_a_position_is_listed_and_said(vale):
    picture = named(vale)["map"]
    assert "1 school has no position on record and no mark." in picture.caveat
    unplaced = picture.table.rows.filter(pl.col("easting").is_null())
    assert unplaced["group"].to_list() == ["not on the map"]


def test_the_outline_is_that_of_the_districts_of_the_place(profile):
    data = map_data(profile.here)
    assert [shape.bounds for shape in data.place] == [
        (399_000, 299_000, 404_500, 301_000),
        (404_500, 299_000, 409_500, 301_000),
    ]
    assert len(data.neighbours) == 1


def test_a_trust_has_no_outline_and_a_radius_is_a_circle(landscape):
    trust = profile_of(landscape, Lens.trust("uid:90001"))
    assert map_data(trust.here).place == []
    near = profile_of(landscape, Lens.radius(402_000, 300_000, 2.5, "ZZ9 9ZZ"))
    assert map_data(near.here).circle == (402_000, 300_000, 2_500)


def test_an_outline_newer_than_the_records_is_placed_by_the_schools_in_it(landscape):
    from tests.unit.reporting.conftest import hostile_brambleford

    place = hostile_brambleford()
    for row in place.rows["areas"]:
        if row["id"] == "lad:N":
            row["id"] = "lad:NEW"
    for row in place.rows["area_parts"]:
        if row["part"] == "lad:N":
            row["part"] = "lad:NEW"
    found = profile_of(place.landscape(), Lens.authority("la:001"))
    assert len(map_data(found.here).place) == 2


def test_without_outlines_there_are_still_dots_and_a_scale():
    place = MadeUp()
    place.authority("la:009", "Sedge")
    for number in range(6):
        place.school(
            900_100 + number,
            f"Sedge {number}",
            authority="la:009",
            at=(400_000 + number * 900, 300_000),
        )
    picture = named(profile_of(place.landscape(), Lens.authority("la:009")))["map"]
    assert "holds no outlines" in picture.caveat
    assert "km</text>" in picture.svg()


def test_governance_is_the_profile_s_own_table(profile):
    picture = named(profile)["governance"]
    held = profile.tables["governance"].filter(pl.col("schools") > 0)
    assert (
        picture.table.rows.filter(pl.col("schools") > 0)["share"].to_list()
        == held["share"].to_list()
    )
    bars = [title for title in titles(picture) if not title.startswith("England")]
    assert len(bars) == held.height
    maintained = profile.finding("linked_systems.maintained_share")
    first = picture.table.rows.row(0, named=True)
    assert first["share"] == pytest.approx(maintained.value)
    assert first["low"] == pytest.approx(maintained.interval.low)
    assert first["england"] == pytest.approx(profile.england[maintained.id].value)


def test_shares_of_too_few_schools_are_not_drawn(vale):
    assert "governance" not in named(vale)


def test_trusts_are_drawn_as_they_are_listed(profile):
    picture = named(profile)["trusts"]
    for row in picture.table.rows.iter_rows(named=True):
        assert f"{row['name']}: {row['of_any_phase']} here" in titles(picture)
        assert row["of_any_phase"] + row["elsewhere"] == row["schools_in_all"]


def test_conversions_are_the_profile_s_own_table(landscape):
    place = MadeUp(as_of=date(2022, 4, 25))
    place.authority("la:009", "Sedge")
    for number, (route, day) in enumerate(
        [
            ("converter", date(2012, 8, 31)),
            ("converter", date(2012, 9, 1)),
            ("sponsored", date(2014, 9, 1)),
        ]
    ):
        place.school(
            900_100 + number, f"Sedge {number}", authority="la:009", status="academy", route=route,
            opened=day,
        )  # fmt: skip  # identity, then what is special
    found = profile_of(place.landscape(), Lens.authority("la:009"))
    picture = named(found)["conversions"]
    assert picture.table.rows.equals(found.tables["conversions"])
    assert picture.table.rows["academic_year"].to_list() == [
        "2011/12",
        "2012/13",
        "2013/14",
        "2014/15",
    ]
    drawn = titles(picture)
    assert drawn == ["2011/12: 1 by choice", "2012/13: 1 by choice", "2014/15: 1 sponsored"]


def test_chance_is_what_the_findings_say(profile):
    pictures = [one for name, one in named(profile).items() if name.startswith("chance-")]
    assert pictures
    for picture in pictures:
        for row in picture.table.rows.iter_rows(named=True):
            found = next(one for one in profile.findings if one.indicator.label == row["label"])
            assert row["value"] == found.value
            assert (row["expected_low"], row["expected_high"]) == (
                found.chance.low,
                found.chance.high,
            )
            assert any(title.startswith(row["label"]) for title in titles(picture))


def test_hubs_are_drawn_from_all_distances(profile):
    picture = named(profile)["hubs"]
    row = picture.table.rows.filter(pl.col("name") == "Hornbeam Hub").row(0, named=True)
    assert row["least"] <= row["lower"] <= row["middle"] <= row["upper"] <= row["most"]
    # the hub is hosted by the fourth school of a line of schools one kilometre apart
    assert (row["least"], row["most"]) == (0, 5)


def test_many_schools_are_small_dots_by_band():
    place = MadeUp()
    place.authority("la:009", "Sedge")
    place.trust("uid:90009", "Sedge Trust")
    for number in range(1_501):
        trust = "uid:90009" if number >= 1_400 else None
        place.school(
            910_000 + number, f"Sedge {number}", authority="la:009", trust=trust,
            at=(400_000 + number % 40 * 500, 300_000 + number // 40 * 500),
        )  # fmt: skip  # identity, then position
    found = profile_of(place.landscape(is_checked=True), Lens.authority("la:009"))
    picture = named(found)["map"]
    assert titles(picture) == []
    assert picture.svg().count("h0") == 1_501
    assert {key.shape for key in picture.keys} == {"circle"}
    assert picture.table.rows["schools"].to_list() == [1_400, 101]
    assert "the spreadsheet lists each" in picture.table.note


def test_a_window_shows_every_point_and_north_is_up():
    import numpy as np

    eastings, northings = np.array([400_000.0, 430_000.0]), np.array([300_000.0, 301_000.0])
    frame = framed(eastings, northings, 660)
    for x, y in zip(eastings, northings, strict=True):
        assert frame.holds(x, y)
        assert 0 <= frame.at(x, y)[0] <= frame.width
        assert 0 <= frame.at(x, y)[1] <= frame.height
    assert frame.at(400_000, 301_000)[1] < frame.at(400_000, 300_000)[1]


def test_the_bar_is_as_long_as_it_says():
    import numpy as np

    from hedgerow.reporting.drawing import Drawing

    frame = framed(np.array([400_000.0, 430_000.0]), np.array([300_000.0, 330_000.0]), 660)
    drawing = Drawing(frame.width, frame.height)
    scale_bar(drawing, frame)
    svg = drawing.svg(title="t")
    said = int(re.search(r">(\d+) km<", svg)[1])
    left, right = (float(x) for x in re.findall(r"L([\d.]+) [\d.]+L([\d.]+)", svg)[0])
    assert (right - left) * frame.metres / 1000 == pytest.approx(said, rel=0.01)


def test_places_side_by_side(comparison):
    picture = governance_of_all(comparison)
    assert picture.table.rows["place"].to_list() == ["Brambleford"]
    assert "fewer than 5 schools have no bar" in picture.caveat
    maps = maps_of_all(comparison.profiles, comparison.places)
    assert [one.id for one in maps] == ["map-1", "map-2"]
    assert maps[1].title.startswith("Sloe Vale: ")


def test_a_notebook_shows_picture_key_and_caveat(profile):
    shown = named(profile)["map"]._repr_html_()
    assert shown.count("<svg") == 1 + len(named(profile)["map"].keys)
    assert "<script>" not in shown
