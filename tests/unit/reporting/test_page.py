"""The page: valid, self-contained, every finding with its evidence, and no name that breaks out."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import lxml.html
import pytest
from markupsafe import Markup

from hedgerow.landscape.lens import Lens
from hedgerow.localities.profile import profile as profile_of
from hedgerow.reporting.page import coded, comparison_page, profile_page
from hedgerow.reporting.report import report_of
from hedgerow.reporting.wording import TIERS, value_text
from tests.unit.reporting.conftest import HOSTILE, TODAY


@pytest.fixture(scope="module")
def page(profile):
    return profile_page(profile, today=TODAY)


@pytest.fixture(scope="module")
def pages(page, vale, comparison):
    return [page, profile_page(vale, today=TODAY), comparison_page(comparison, today=TODAY)]


def parsed(page):
    return lxml.html.document_fromstring(page)


def words(element):
    return " ".join(element.text_content().split())


def test_it_loads_nothing_from_elsewhere(pages):
    for page in pages:
        for element, _, link, _ in parsed(page).iterlinks():
            assert link.startswith(("#", "data:")), (element.tag, link[:80])
        assert not re.search(r"@import|url\((?!data:)", page)
        root = parsed(page)
        assert {one.tag for one in root.iter() if isinstance(one.tag, str)}.isdisjoint(
            {"link", "iframe", "object", "embed", "img", "form", "base"}
        )


def test_headings_are_in_order_under_one(pages):
    for page in pages:
        levels = [int(one.tag[1]) for one in parsed(page).iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_identifiers_are_unique_and_links_arrive(pages):
    for page in pages:
        root = parsed(page)
        ids = [one.get("id") for one in root.xpath("//*[@id]")]
        assert len(ids) == len(set(ids))
        for one in root.xpath("//a[@href]"):
            assert one.get("href")[1:] in ids
        for one in root.xpath("//*[@aria-labelledby]"):
            assert set(one.get("aria-labelledby").split()) <= set(ids)


def test_it_says_its_language_its_title_and_how_to_skip(page):
    root = parsed(page)
    assert root.get("lang") == "en-GB"
    assert root.findtext(".//title") == "Brambleford: primary schools, 25 April 2022"
    assert root.xpath("//body/a")[0].get("href") == "#main"


def test_names_are_text_wherever_they_stand(page):
    root = parsed(page)
    assert [one.text[:16] for one in root.iter("script")] == ["addEventListener"]
    assert HOSTILE in root.text_content()
    assert "<script>alert" not in page


def test_every_finding_stands_there_with_its_evidence(page, profile):
    root = parsed(page)
    for found in profile.findings:
        anchor = "f-" + found.id.replace(".", "-").replace("_", "-")
        (element,) = root.xpath(f"//*[@id='{anchor}']")
        if element.tag == "h4":
            (element,) = element.xpath("ancestor::article")
        said = words(element)
        assert found.indicator.label in said
        assert found.indicator.question in said
        if found.is_measured:
            assert value_text(found) in said
            evidence = TIERS[found.indicator.tier]
            assert f"Facts of 25 April 2022, 4 years old. Evidence: {evidence}" in said
        else:
            assert re.search(r"We do not know\b|Too few to say\.", said)


def test_figures_that_take_local_evidence_are_folded_where_there_is_none(page, profile):
    root = parsed(page)
    learning = [one for one in profile.findings if one.indicator.feature == "sense_making"]
    assert len(learning) > 10
    assert not any(one.is_measured for one in learning)
    section = root.xpath("//section[@aria-labelledby='sense-making']")[0]
    (article,) = section.xpath(".//article")
    (sentence,) = article.xpath("p[@class='caveat']")
    assert f"the {len(learning)} figures that take local evidence" in words(sentence)
    assert "for each forum its meetings" in words(sentence)
    # their names are there for those who look for them, and out of the way of others
    (details,) = article.xpath("details")
    assert len(details.xpath("h4")) == len(learning)
    assert not article.xpath("h4")


def test_the_overview_is_the_profile_s(page, profile):
    section = parsed(page).xpath("//section[@aria-labelledby='overview']")[0]
    assert [words(one) for one in section.xpath("p")] == [one.text for one in profile.overview]


def test_a_table_stands_beside_every_picture(pages):
    for page in pages:
        root = parsed(page)
        figures = root.xpath("//figure")
        assert figures
        for figure in figures:
            assert len(figure.xpath("svg")) == 2
            assert figure.xpath("figcaption/h3")
            assert "Facts of" in words(figure)
            details = figure.getnext()
            assert details.tag == "details"
            assert details.xpath(".//table/caption")


def test_tables_have_captions_and_scopes_and_can_be_scrolled_by_keyboard(pages):
    for page in pages:
        for table in parsed(page).xpath("//table"):
            assert words(table.find("caption"))
            assert all(one.get("scope") in ("col", "row") for one in table.iter("th"))
            box = table.getparent()
            assert (box.tag, box.get("tabindex")) == ("section", "0")  # named, so a region
            assert box.get("aria-label") == table.findtext("caption")
            width = len(table.xpath("thead/tr/th"))
            assert all(len(row) == width for row in table.xpath("tbody/tr"))


def test_both_schemes_and_print_have_their_colours(page):
    assert "prefers-color-scheme:dark" in page
    assert "@media print" in page
    assert page.count("--ink:") == 3


def test_old_facts_bear_a_badge_and_new_ones_do_not(profile):
    old = parsed(profile_page(profile, today=TODAY))
    new = parsed(profile_page(profile, today=date(2022, 6, 1)))
    assert {one.text for one in old.xpath("//*[@class='badge']")} == {"4 years old"}
    assert not new.xpath("//*[@class='badge']")
    assert "1 month old" in new.text_content()


def test_what_is_not_known_for_one_reason_is_said_once(vale):
    root = parsed(profile_page(vale, today=TODAY))
    for box in root.xpath("//div[@class='unknown']"):
        reasons = [words(one) for one in box.xpath("article/p[@class='caveat']")]
        assert len(reasons) == len(set(reasons))


def test_places_stand_in_the_order_asked_for(comparison):
    root = parsed(comparison_page(comparison, today=TODAY))
    for table in root.xpath("//div[contains(@class, 'whole')]/table"):
        headings = [words(one) for one in table.xpath("thead/tr/th")]
        assert headings[1:3] == ["Brambleford", "Sloe Vale"]
    assert root.findtext(".//h1") == "Brambleford and Sloe Vale: primary schools"


def test_code_is_set_as_code_and_everything_is_escaped():
    assert coded("see `--ks2` <b>") == Markup("see <code>--ks2</code> &lt;b&gt;")
    assert coded("one ` alone & <b>") == Markup("one ` alone &amp; &lt;b&gt;")


def test_the_same_profile_gives_the_same_page(profile, page):
    assert profile_page(profile, today=TODAY) == page


def test_another_day_than_the_register_s_is_said(landscape, profile):
    earlier = profile_of(landscape, Lens.authority("la:001"), on=date(2020, 1, 1))
    (note, *_) = report_of(earlier, today=TODAY).notes
    assert note.startswith("The register describes 25 April 2022. For 1 January 2020 it tells")
    assert report_of(profile, today=TODAY).notes == ()


def test_what_a_lens_left_out_is_named(landscape):
    listed = Lens.listed(["urn:900001", "urn:900010"], name="ours")
    notes = report_of(profile_of(landscape, listed), today=TODAY).notes
    assert notes == ("Listed, but not open on 25 April 2022, and left out: urn:900010.",)
    near = Lens.radius(400_000, 300_000, 3)
    (note,) = report_of(profile_of(landscape, near), today=TODAY).notes
    assert "Nettle Primary School" in note
