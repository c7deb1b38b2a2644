"""Every page of places: that it is there, says what it should, and never falls over."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from hedgerow.reporting.wording import FEATURES
from hedgerow.web.access.audience import Role
from hedgerow.web.places import reports
from hedgerow.web.registers import register_on
from tests.web.places.conftest import CITY, SHIRE


def test_the_page_of_a_place_opens_with_what_a_busy_person_needs(get):
    page = get(f"/places/{CITY}/")
    headings = [
        "What kind of place this is",
        "What is unusual here",
        "What changed since 1 July 2025",
        "What is not known",
        "Features and themes",
    ]
    places = [page.index(f">{heading}</h2>") for heading in headings]
    assert places == sorted(places)
    opening = page[places[0] : places[1]]
    assert opening.count('class="lead"') == 3
    assert opening.count("Rests on") >= 3
    assert "Everything here is made up" not in page.split("<main")[1]


def test_three_sentences_say_size_government_and_pupils(get):
    page = get(f"/places/{CITY}/")
    leads = [one.split("</p>")[0] for one in page.split('<p class="lead">')[1:]]
    assert leads[0].startswith("As on 1 July 2026 there are 100 primary schools in City")
    assert "local authority maintains" in leads[1]
    assert leads[2].startswith("Of the pupils")


@pytest.mark.parametrize("theme", ["coherence", "quality", "equity", "leadership"])
def test_a_theme_is_told_by_a_figure_in_words_or_by_what_would_tell(get, theme):
    door = get(f"/places/{CITY}/").split(f'<a href="/places/{CITY}/{theme}/">{FEATURES[theme]}</a>')
    said = door[-1].partition("</li>")[0]
    section = get(f"/places/{CITY}/{theme}/")
    if "No figures known" in said:
        assert "Not known here. What would tell: for each" in said
    else:
        sentence = said.partition("<p>")[2].partition("</p>")[0]
        assert f">{sentence.partition(':')[0]}</a></h3>" in section


def test_every_figure_that_a_sentence_rests_on_can_be_opened(get):
    page = get(f"/places/{CITY}/")
    opening = page.split("What is unusual here")[0]
    assert f'href="/places/{CITY}/figures/context.schools/"' in opening
    assert f'href="/places/{CITY}/figures/linked_systems.maintained_share/"' in opening


@pytest.mark.parametrize("section", FEATURES)
def test_every_feature_and_theme_has_a_page_with_all_its_figures(get, section):
    page = get(f"/places/{CITY}/{section}/")
    assert FEATURES[section] in page
    for one in load():
        if one.feature == section:
            assert f"/places/{CITY}/figures/{one.id}/" in page


@pytest.mark.parametrize("figure", [one.id for one in load()][::9])
def test_a_figure_says_everything_about_itself(get, figure):
    declared = next(one for one in load() if one.id == figure)
    page = get(f"/places/{CITY}/figures/{figure}/")
    assert declared.label in page.replace("&#39;", "'")
    for heading in (
        "Interval" if "not known" not in page else "How to read it",
        "England",
        "What chance would give",
        "Source and date",
        "What is done about what is not known",
        "What is most likely to mislead",
        "How this is measured",
        "What it says for and against",
    ):
        assert heading in page
    assert figure in page


def test_a_figure_names_the_statement_that_it_speaks_for(get):
    page = get(f"/places/{CITY}/figures/linked_systems.maintained_share/")
    assert "This figure <strong>speaks for it</strong>" in page
    assert "less than half" in page


def test_no_figure_of_that_name(get):
    assert "There is no figure" in get(f"/places/{CITY}/figures/no.such/", 404)


def test_places_side_by_side(get):
    page = get(f"/compare/?place={CITY}&place={SHIRE}")
    for heading in ("The setting", "The six features", "Each place in words"):
        assert f">{heading}</h2>" in page
    assert page.index("City") < page.index("Shire")
    turned = get(f"/compare/?place={SHIRE}&place={CITY}")
    assert turned.split('class="chosen"')[1].index("Shire") < turned.split('class="chosen"')[
        1
    ].index("City")


def test_too_few_places_help_to_choose_and_too_many_are_refused(get):
    assert "Choose two to six places" in get("/compare/")
    assert "Choose at least one more place" in get(f"/compare/?place={CITY}")
    seven = "&".join(f"place=authority:{number}" for number in range(981, 988))
    six = seven.rsplit("&", 1)[0]
    assert "Take one out" in get(f"/compare/?{six}")
    assert "takes 2 to 6 places" in get(f"/compare/?{seven}", 400)


def test_schools_of_a_place_with_a_filter(get):
    assert "100 schools." in get(f"/places/{CITY}/schools/")
    filtered = get(f"/places/{CITY}/schools/?q=aspen")
    assert "of 100 schools" in filtered
    assert "None of the 100 schools here has" in get(f"/places/{CITY}/schools/?q=zzz")
    landscape = register_on()
    city = landscape.through(Lens.authority("la:981"), phase="primary")
    maintained = (state_schools(city)["band"] == "maintained").sum()
    governed = get(f"/places/{CITY}/schools/?governed=maintained+by+the+authority")
    assert f"{maintained} of 100 schools" in governed
    assert "is no governing arrangement" in get(f"/places/{CITY}/schools/?governed=nobody", 400)


def test_a_school_says_which_locals_it_lives_in(get):
    landscape = register_on()
    ties = landscape.on(landscape.as_of).ties
    governs = ties.filter(ties["kind"] == "governs", ties["from_id"] == "uid:90000")
    school = landscape.schools.filter(landscape.schools["id"] == governs["to_id"][0])
    page = get(f"/schools/{school['urn'][0]}/")
    assert school["name"][0] in page.replace("&#39;", "'")
    assert 'href="/places/trust:90000/"' in page
    assert f'href="/places/authority:{school["authority"][0][3:]}/"' in page
    assert "Teaching School Hub" in page
    assert "Trusts that governed it" in page
    assert "We do not know" in page
    assert "There is no school with the number 1 " in get("/schools/1/", 404)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        f"/places/{CITY}/?on=2020-03-01&phase=secondary&since=2018-01-01",
        f"/places/{CITY}/?since=2030-01-01",
        f"/places/{CITY}/?since=1990-01-01",
        f"/places/{CITY}/?on=2014-07-01",
        f"/places/{CITY}/?on=2030-01-01",
        f"/places/{CITY}/?within={SHIRE}&also=trust:90000",
        "/places/trust:90000/",
        "/places/hub:MM1/",
        "/places/district:E06990011/",
        "/places/region:Upper%20Marches/",
        "/places/country:England/",
        "/places/radius:QX12LP,3/",
        "/places/radius:QX12LP,3/linked_systems/",
        "/places/radius:QX1%202LP,0.001/",
        "/places/City%20Inner/",
    ],
)
def test_places_of_every_kind_on_any_day(get, address):
    page = get(address)
    assert "<main" in page
    assert "None</" not in page


def test_a_place_without_schools_says_so(get):
    page = get(f"/places/{CITY}/?within={SHIRE}")
    assert "there are no primary schools" in page
    listed = get(f"/places/{CITY}/schools/?within={SHIRE}")
    assert "There is no primary school paid for by the state here" in listed


def test_a_day_before_anything_is_known_is_refused_in_words(get):
    assert "the register begins on" in get(f"/places/{CITY}/?on=2001-01-01", 400)


def test_changes_before_the_register_begins_say_so(get):
    assert "the register begins on" in get(f"/places/{CITY}/?since=1990-01-01")


def test_a_wide_place_says_that_it_is_being_worked_out(get, monkeypatch):
    monkeypatch.setattr(reports, "PATIENCE", 0.0)
    page = get(f"/places/{CITY}/?phase=all&on=2021-05-05", 202)
    assert "being worked out" in page
    assert "Look again" in page
    monkeypatch.setattr(reports, "PATIENCE", None)
    assert "What kind of place this is" in get(f"/places/{CITY}/?phase=all&on=2021-05-05")


def test_nothing_that_is_asked_for_makes_the_site_fall_over(home, db):
    client = Client()
    words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    pages = st.sampled_from(["", "schools/", "linked_systems/", "figures/context.schools/"])
    names = st.sampled_from(
        ["on", "phase", "since", "within", "also", "without", "as", "table", "q", "page", "place"]
    )

    @settings(max_examples=40)
    @given(pages, st.lists(st.tuples(names, words), max_size=3))
    def check(page, query):
        answer = client.get(f"/places/{CITY}/{page}", query)
        assert answer.status_code in (200, 400, 404)

    check()


def test_a_partnership_that_has_not_published_is_not_there(partnership, people, signed_in):
    for slug in (partnership.slug, "no-such"):
        assert (
            signed_in(people[Role.PUBLIC]).get(f"/partnerships/{slug}/places/{CITY}/").status_code
            == 404
        )
        assert Client().get(f"/partnerships/{slug}/places/{CITY}/").status_code == 302


def test_members_see_the_same_pages_under_their_partnership(partnership, people, signed_in):
    client = signed_in(people[Role.MEMBER])
    page = client.get(f"/partnerships/{partnership.slug}/places/{CITY}/")
    assert page.status_code == 200
    assert f'href="/partnerships/{partnership.slug}/places/{CITY}/linked_systems/"' in page.text
    assert f"/partnerships/{partnership.slug}/search/" in page.text
    for path in ("search/?q=city", "compare/", f"places/{CITY}/schools/", "schools/950000/"):
        assert client.get(f"/partnerships/{partnership.slug}/{path}").status_code == 200


def test_what_changed_may_come_later_than_the_page(get, monkeypatch):
    address = f"/places/{CITY}/?since=2019-03-04"
    get(f"/places/{CITY}/")
    monkeypatch.setattr(reports, "PATIENCE", 0.0)
    early = get(address)
    assert "This is still being worked out" in early
    assert "What kind of place this is" in early
    monkeypatch.setattr(reports, "PATIENCE", None)
    assert "What happened" in get(address)
