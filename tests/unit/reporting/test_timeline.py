"""A place through time: marks count what happened, columns count the schools, and people who came
or left go by their pseudonym."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from lxml import etree

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.earlier_schools import with_earlier_schools
from hedgerow.landscape.lens import Lens
from hedgerow.localities.comings import ALL_KINDS, comings_between
from hedgerow.localities.days_of_history import regular_days
from hedgerow.reporting.pictures.picture import NARROW, WIDE
from hedgerow.reporting.pictures.timeline import (
    LANES,
    course_of,
    day_said,
    governed_table,
    happened_table,
    timeline_picture,
)
from tests.made_up import brambleford

SVG = "{http://www.w3.org/2000/svg}"
DAYS = regular_days(date(2015, 1, 1), date(2022, 4, 25), "year")


@pytest.fixture(scope="module")
def landscape():
    place = brambleford()
    for row in place.rows["organisations"]:
        if row["id"] == "uid:90001":
            row["opened"] = date(2016, 5, 4)
    place.add("persons", id="person:aaaa11112222", label="Real Name", is_named=False)
    for number, (person, organisation, start) in enumerate(
        [
            ("person:aaaa11112222", "uid:90001", date(2018, 2, 1)),
            ("person:aaaa11112222", "urn:900001", date(2019, 2, 1)),
            ("person:bbbb11112222", "urn:900001", date(2019, 3, 1)),
            ("person:cccc11112222", "urn:900001", None),
            ("person:cccc11112222", "urn:900002", date(2019, 3, 1)),
        ]
    ):
        place.add("roles", id=f"role {number}", person=person, organisation=organisation,
                  role="board member", start=start)  # fmt: skip  # one role, two lines
    return place.landscape()


@pytest.fixture(scope="module")
def course(landscape):
    whole = with_earlier_schools(landscape)
    return course_of(whole, Lens.authority("la:001"), DAYS, "primary")


def test_who_came_is_told_only_of_those_who_link_and_whose_first_day_is_known(landscape):
    views = [landscape.through(Lens.authority("la:001"), on=day, phase="primary") for day in DAYS]
    found = comings_between(views)
    came = found.filter(pl.col("kind") == "person_came")
    assert came.select("day", "schools").rows() == [(date(2018, 2, 1), 1)]
    assert came["what"].item().startswith("person:aaaa11112222 came")
    set_up = found.filter(pl.col("kind") == "trust_opened")
    assert set_up["day"].to_list() == [date(2016, 5, 4)]


def test_a_pseudonym_is_shown_as_on_other_pages_and_no_name(course):
    told = " ".join(course.events["what"])
    assert "Person aaaa1111 came" in told
    assert "Real Name" not in told


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_marks_and_columns_are_what_the_tables_list(course, width):
    picture = timeline_picture(course, date(2020, 1, 1))
    root = etree.fromstring(picture.svg(width))
    titles = [one.text for one in root.iter(f"{SVG}title")][1:]
    months = picture.table.rows
    listed = {
        f"{month:%B %Y}: {many:,} {ALL_KINDS[kind][0 if many == 1 else 1]}"
        for month, kind, many in months.select("month", "kind", "events").iter_rows()
    }
    assert listed <= set(titles)
    assert months["events"].sum() == happened_table(course).rows.height == course.events.height
    columns = [one for one in titles if one not in listed]
    assert len(columns) == (course.governed["schools"] > 0).sum()


def test_columns_count_the_schools_of_each_day(course, landscape):
    whole = with_earlier_schools(landscape)
    table = governed_table(course)
    for day, many in table.rows.select("day", "all").iter_rows():
        here = whole.through(Lens.authority("la:001"), on=day, phase="primary")
        assert many == state_schools(here).height
    names = [one.name for one in table.columns if one.name not in ("day", "all")]
    assert (table.rows.select(pl.sum_horizontal(names)).to_series() == table.rows["all"]).all()


def test_how_the_place_stood_is_said_for_the_day(landscape):
    here = landscape.through(Lens.authority("la:001"), on=DAYS[-1], phase="primary")
    said, served = day_said(here)
    assert said.startswith(f"{state_schools(here).height} schools: ")
    assert served


def test_every_kind_of_event_has_its_lane():
    assert set(LANES) == set(ALL_KINDS)
