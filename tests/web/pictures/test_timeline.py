"""The timeline's page: a day is chosen without any script, and files tell what the page does."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import TOWN
from tests.web.pictures.conftest import rows_of, tables_in

PAGE = f"/places/{TOWN}/timeline/"


def test_tables_and_files_tell_the_same(get):
    tables = dict(tables_in(get(PAGE)))
    for name, caption in (
        ("timeline", "What happened, month by month"),
        ("governed", "Schools by who governed them, year by year"),
        ("events", "Everything that happened"),
    ):
        heading, *listed = tables[caption]
        file = rows_of(get(f"{PAGE}?table={name}&as=csv"))
        assert file[0] == heading
        assert len(file) - 1 == len(listed) > 0
    assert len(rows_of(get(f"{PAGE}?table=series&as=csv"))) > 50
    file = rows_of(get(f"{PAGE}?table=course-linked-systems-maintained-share&as=csv"))
    assert len(file) == len(rows_of(get(f"{PAGE}?table=governed&as=csv")))


def test_a_link_for_every_year_leads_to_that_day(get):
    page = get(PAGE)
    links = re.findall(
        r'href="([^"]*timeline/\?at=(\d{4}-\d\d-\d\d))"', page.split('class="years"')[1]
    )
    assert [day[:4] for _, day in links[:13]] == [str(year) for year in range(2014, 2027)]
    earlier = get(links[3][0])
    assert "On 1 July 2017" in earlier
    assert earlier.count('aria-current="date"') == 1
    said = [one.split("On 1 July")[1].split("</p>")[0] for one in (page, earlier)]
    assert said[0] != said[1]


def test_open_data_names_nobody_who_came_or_left(get):
    assert "Person " not in get(PAGE)


@pytest.mark.parametrize("asked", ["at=1999-01-01", "at=2050-01-01", "at=x", "table=x&as=csv"])
def test_days_of_which_nothing_is_known_are_refused_in_words(get, asked):
    get(f"{PAGE}?{asked}", 400)


def test_a_place_that_began_today_says_that_nothing_is_known_before(get):
    page = get(f"{PAGE}?since=2026-07-01")
    assert "nothing is known of the time before" in page
    get(f"{PAGE}?since=2026-07-01&as=csv", 400)


def test_open_data_alone_say_why_nothing_is_seen_before_and_after(get):
    part = get(PAGE).split('id="before-and-after"')[1].split("</section>")[0]
    for figure in ("bridging.joining_effect", "bridging.lost_with_a_leaver"):
        assert f"/figures/{figure}/?on=2026-07-01" in part
    assert part.count("We do not know.") == 2
    assert part.count("What would tell") == 2
    get(f"{PAGE}?table=leaving&as=csv", 400)


@pytest.mark.parametrize("picture", ["map", "network", "timeline"])
def test_sources_that_a_picture_points_to_are_listed(get, picture):
    page = get(f"/places/{TOWN}/{picture}/")
    assert "listed under Sources" not in page or '<h2 id="sources">Sources</h2>' in page
    assert '<h2 id="sources">' in page


def test_no_day_is_looked_at_shortly_before_the_last(get):
    page = get(f"{PAGE}?since=2021-06-20")
    links = page.split('class="years"')[1].split("</nav>")[0]
    days = re.findall(r"at=(\d{4}-\d\d-\d\d)", links)
    assert days[:2] == ["2021-06-20", "2022-06-20"]
    assert days[-2:] == ["2025-06-20", "2026-07-01"]
