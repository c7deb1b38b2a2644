"""Figures 5.1 and 5.2 and tables 1.1 and 4.1 of the study's report: what is drawn and said is what
stands in the table beside it, and names stay names."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree, html

from hedgerow.landscape.lens import Lens
from hedgerow.localities.comparison import compare
from hedgerow.localities.profile import profile as profile_of
from hedgerow.reporting.page import comparison_page, profile_page
from hedgerow.reporting.pictures.modes import modes_picture
from hedgerow.reporting.pictures.picture import NARROW, WIDE
from hedgerow.reporting.pictures.practices import practices_picture
from hedgerow.reporting.six_features_words import (
    evidence_table,
    setting_table,
    six_features_said,
)
from hedgerow.reporting.terminal import comparison_text
from tests.unit.reporting.conftest import HOSTILE, TODAY, hostile_brambleford

SVG = "{http://www.w3.org/2000/svg}"
LONG = "little differentiation within the class as far as that is known to anybody at all here"


@pytest.fixture(scope="module")
def learned():
    """Brambleford with some learning on record, and an inventory."""
    place = hostile_brambleford()
    for mode, provider, formality, collectivity, staff in (
        ("work group", "mh:001", 0.6, 0.8, 12),
        (HOSTILE, "mh:001", 0.9, 0.3, 6),
        ("conversation", "urn:900001", 0.1, 0.5, 2),
    ):
        place.add(
            "activities",
            id=f"act:{mode[:4]}",
            provider=provider,
            name=mode,
            mode=mode,
            formality=formality,
            collectivity=collectivity,
        )
        place.add(
            "participation",
            school="urn:900001",
            activity=f"act:{mode[:4]}",
            role="class teacher",
            staff=staff,
            sessions_attended=1,
            start=date(2021, 10, 1),
            end=date(2021, 12, 20),
        )
    uses = {"bar models": "tool", "book looks": "routine", LONG: "practice"}
    for number in (1, 2, 3, 4, 5, 7):
        for item, kind in uses.items():
            place.add(
                "adoptions",
                school=f"urn:90000{number}",
                item=item,
                item_kind=kind,
                is_used=True,
                form="adapted",
            )
    return profile_of(place.landscape(), Lens.authority("la:001"))


def texts(picture, width):
    return [one.text for one in etree.fromstring(picture.svg(width)).iter(f"{SVG}text")]


def titles(picture, width):
    return [one.text for one in etree.fromstring(picture.svg(width)).iter(f"{SVG}title")][1:]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_each_mode_is_drawn_once_with_its_letter(learned, width):
    picture = modes_picture(learned)
    rows = picture.table.rows
    assert rows.height == 3
    letters = rows["letter"].to_list()
    assert sorted(one for one in texts(picture, width) if len(one) == 1) == letters
    assert len(titles(picture, width)) == 3
    assert [key.letter for key in picture.keys] == letters
    assert "work group" in picture.title


def test_a_withheld_number_is_drawn_without_a_size_and_says_so(learned):
    picture = modes_picture(learned)
    (few,) = picture.table.rows.filter(mode="conversation").iter_rows(named=True)
    assert few["places"] is None
    (said,) = [one for one in titles(picture, WIDE) if one.startswith("conversation")]
    assert few["withheld"] in said


def test_formal_stands_left_and_collective_up(learned):
    root = etree.fromstring(modes_picture(learned).svg(WIDE))
    at = {
        circle[0].text.partition(",")[0]: (float(circle.get("cx")), float(circle.get("cy")))
        for circle in root.iter(f"{SVG}circle")
    }
    course = next(name for name in at if name.startswith("=1+1"))
    assert at[course][0] < at["work group"][0]
    assert at["work group"][1] < at[course][1]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_inventory_has_three_columns_with_the_share_of_the_schools_asked(learned, width):
    said = texts(practices_picture(learned), width)
    assert [one for one in said if one in ("Practices", "Tools", "Routines")] == [
        "Practices",
        "Tools",
        "Routines",
    ]
    assert said.count("100%") == 3
    assert LONG.split()[0] in " ".join(said)


def test_a_place_without_records_has_neither_picture(profile):
    assert modes_picture(profile) is None
    assert practices_picture(profile) is None


def test_the_page_shows_both_and_no_name_breaks_out(learned):
    page = profile_page(learned, today=TODAY)
    assert "<script>alert" not in page
    root = html.fromstring(page)
    assert root.xpath("//figure[@id='p-modes']")
    assert root.xpath("//figure[@id='p-practices-inventory']")
    assert root.xpath("//h2[@id='setting']") and root.xpath("//h2[@id='six']")


def test_the_setting_says_what_is_not_known_and_that_ethnicity_is_not_read(profile, vale):
    table = setting_table([profile, vale], ["Brambleford", "Sloe Vale"])
    rows = {row[0]: row[1:] for row in table.cells()}
    assert list(rows) == [
        "Urban or rural",
        "Boundaries",
        "Deprivation",
        "Diversity",
        "School density",
        "Maths Hub",
    ]
    assert rows["Boundaries"][0] == "A local authority, with schools in 2 districts"
    assert rows["Deprivation"] == ("Not known", "Not known")
    assert "never reads anybody's ethnicity" in table.note


def test_open_data_alone_give_structure_or_no_evidence_with_what_would_tell(profile, vale):
    six = six_features_said([profile, vale], ["Brambleford", "Sloe Vale"])
    cells = {feature.heading: feature.cells for feature in six.features}
    assert len(cells) == 6
    for feature in ("Practices, tools and routines", "Bridging boundaries", "Sense making"):
        for cell in cells[feature]:
            assert cell.in_short == "No evidence."
            assert cell.would_tell
    linked = cells["Many linked systems"][0]
    assert linked.text.startswith("Structure suggests: ")
    assert linked.in_short.endswith("(weak support: 1 figure speaks for it, none against)")


def test_the_evidence_of_every_cell_stands_in_the_workbook(learned, vale):
    six = six_features_said([learned, vale], ["Brambleford", "Sloe Vale"])
    table = evidence_table(six)
    assert table.height == 12
    learning = table.rows.filter(feature="Professional learning", place="Brambleford").row(
        0, named=True
    )
    assert learning["speaks_for"] or learning["would_tell"]


def test_the_terminal_sets_the_tables_side_by_side_or_beneath(learned, vale):
    both = compare([learned, vale])
    for width in (200, 60):
        text = comparison_text(both, today=TODAY, width=width, is_terminal=False)
        assert "The setting" in text
        assert "The six features" in text
        assert "No evidence." in text
        assert all(len(line) <= width for line in text.splitlines())


def test_the_comparison_page_has_both_tables_with_their_reasons(learned, vale):
    root = html.fromstring(comparison_page(compare([learned, vale]), today=TODAY))
    captions = [one.text for one in root.xpath("//caption")]
    assert captions[:2] == ["At a glance", "What can be said of each feature"]
    assert root.xpath("//div[@class='cell']")
