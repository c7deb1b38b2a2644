"""What is unusual, and a place through time, on page, paper, sheet and terminal: the same words,
names that are traps kept harmless."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import openpyxl
import polars as pl
import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.localities.figures_of_places import authorities, figures_of
from hedgerow.localities.profile import profile as profile_of
from hedgerow.localities.through_time import history
from hedgerow.reporting.history_forms import history_page, history_text, history_workbook
from hedgerow.reporting.history_report import history_report
from hedgerow.reporting.page import profile_page
from hedgerow.reporting.paper import paper_data, profile_paper
from hedgerow.reporting.pictures.picture import NARROW, WIDE
from hedgerow.reporting.report import report_of
from hedgerow.reporting.terminal import profile_text
from hedgerow.reporting.unusual_words import beside_text
from hedgerow.reporting.workbook import profile_workbook
from tests.unit.localities.many_places import ODD, many_places

TODAY = date(2026, 11, 21)
HOSTILE = '=1+1 <script>alert(1)</script> & #eval("x") School'
DAYS = (date(2018, 9, 1), date(2020, 9, 1), date(2022, 4, 25))


@pytest.fixture(scope="module")
def odd():
    landscape = many_places(schools=20).landscape(is_checked=True)
    places = authorities(landscape, on=None, phase="primary")
    figures = figures_of(landscape, places, on=None, phase="primary")
    return profile_of(landscape, Lens.authority(ODD), figures=figures)


@pytest.fixture(scope="module")
def found():
    """A place in which a school with a hostile name joined a trust, and most others converted."""
    made = many_places(alike=0, schools=20)
    for number, row in enumerate(made.rows["organisations"]):
        if row["kind"] == "school" and number % 2:
            row["opened"] = date(2019, 9, 1)
        if row["id"] == "urn:900001":
            row |= {"name": HOSTILE, "closed": date(2021, 1, 1)}
    return history(made.landscape(is_checked=True), Lens.authority("la:001"), DAYS)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_what_stands_out_is_said_alike_everywhere(odd):
    unusual = odd.unusual
    assert unusual.basis
    assert unusual.statements
    said = [*(one.text for one in unusual.statements), *unusual.basis]
    page = profile_page(odd, today=TODAY)
    terminal = " ".join(profile_text(odd, today=TODAY, width=100, is_terminal=False).split())
    book = openpyxl.load_workbook(BytesIO(profile_workbook(odd, today=TODAY)))
    about = [row[1].value for row in book["About"].iter_rows()]
    paper = paper_data(report_of(odd, today=TODAY), TODAY)["unusual"]
    for text in said:
        assert text in plain(page)
        assert text in terminal
        assert text in about
        assert text in [*paper["sentences"], *paper["basis"]]
    assert book["What is unusual here"].max_row == unusual.table.height + 1
    assert profile_paper(odd, today=TODAY)[:4] == b"%PDF"


def test_each_sentence_leads_to_its_figure(odd):
    page = profile_page(odd, today=TODAY)
    for one in odd.unusual.statements:
        anchor = "f-" + one.findings[0].replace(".", "-").replace("_", "-")
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_a_profile_without_comparison_has_no_such_section(profile):
    page = profile_page(profile, today=TODAY)
    assert "What is unusual here" not in page
    assert paper_data(report_of(profile, today=TODAY), TODAY)["unusual"] is None


def test_a_history_is_said_alike_everywhere(found):
    report = history_report(found, today=TODAY)
    assert report.changes
    page = plain(history_page(found, today=TODAY))
    terminal = " ".join(history_text(found, today=TODAY, width=120, is_terminal=False).split())
    book = openpyxl.load_workbook(BytesIO(history_workbook(found, today=TODAY)))
    about = [row[1].value for row in book["About"].iter_rows()]
    for text in report.changes:
        assert text in terminal
        assert text in about
        assert text.replace("&", "&amp;") in page
    assert book["Figures through time"].max_row == found.to_frame().height + 1
    assert book["What happened"].max_row == found.events.height + 1
    assert book["Changes"].max_row == len(found.changes) + 1


def test_a_hostile_name_stays_a_name(found):
    page = history_page(found, today=TODAY)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    book = openpyxl.load_workbook(BytesIO(history_workbook(found, today=TODAY)))
    cells = [cell.value for row in book["What happened"].iter_rows() for cell in row]
    assert f"{HOSTILE} closed" in cells


def test_a_course_draws_what_its_table_says(found):
    report = history_report(found, today=TODAY)
    picture = next(one for one in report.courses if one.id.endswith("maintained-share"))
    values = [one.value for one in found.series["linked_systems.maintained_share"]]
    assert picture.table.rows["value"].to_list() == values
    for width in (WIDE, NARROW):
        drawn = picture.svg(width)
        assert drawn.count("<circle") == len(DAYS)
        assert all(day.strftime("%b %Y") in drawn for day in (DAYS[0], DAYS[-1]))


def test_no_word_says_that_an_event_made_a_change(found):
    for text in (
        history_text(found, today=TODAY, width=100, is_terminal=False),
        plain(history_page(found, today=TODAY)),
    ):
        assert "Could explain:" in text
        assert not re.search(r"\b(caused?|because of|due to|led to|result(ed)? (of|in))\b", text)


def test_many_days_stand_one_beneath_another(found):
    narrow = history_text(found, today=TODAY, width=40, is_terminal=False)
    assert "  1 September 2018: " in narrow
    assert max(len(line) for line in narrow.splitlines()) <= 40


def test_terms_before_and_after_are_drawn_with_a_line_between():
    from hedgerow.localities.before_and_after import TERMS, BeforeAndAfter
    from hedgerow.reporting.pictures.history import before_and_after_picture

    rows = [
        (-2, 0.1, 0.0, 0.2, 6, False),
        (-1, 0.2, 0.1, 0.3, 6, True),
        (0, -0.4, -0.6, -0.2, 6, False),
    ]
    study = BeforeAndAfter(
        id="joining-a-trust",
        title="Before and after",
        value_heading="difference",
        terms=pl.DataFrame(rows, schema=TERMS, orient="row"),
        before="Before, it moved by +0.10 a year.",
        caveat="Not by lot.",
    )
    made = many_places(alike=0, schools=6).landscape(is_checked=True)
    place = history(made, Lens.authority("la:001"), DAYS, indicators=["context.schools"])
    picture = before_and_after_picture(study, place.days[-1])
    assert picture.caveat.startswith("Before, it moved by +0.10 a year.")
    assert picture.svg(WIDE).count("stroke-dasharray") == 1
    assert picture.svg(WIDE).count("<circle") == 3
    assert picture.table.rows.equals(study.terms)


def test_where_one_figure_lies_beside_others_is_said_in_words():
    row = {
        "figure": "Maintained by the authority",
        "unit": "share",
        "value": 0.47,
        "half_from": 0.42,
        "half_to": 0.79,
        "ordinary_from": 0.23,
        "ordinary_to": 0.88,
        "places": 149,
        "stands_out": False,
        "why_not_compared": None,
    }
    assert beside_text(row) == (
        "Maintained by the authority: 47% here. Half of the other places lie from 42% to 79%, and "
        "four fifths from 23% to 88%, leaving out what only their size makes of it. It does not "
        "stand out among 149 places."
    )
    bare = dict.fromkeys(("half_from", "half_to", "ordinary_from", "ordinary_to", "stands_out"))
    told = beside_text(row | bare | {"why_not_compared": "Too few places."})
    assert told == (
        "Maintained by the authority: 47% here. Whether it stands out cannot be said: Too few "
        "places."
    )
