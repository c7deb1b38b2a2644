"""What happened to a made-up place between two days."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from hedgerow.localities.events import COULD_EXPLAIN, EVENTS, KINDS, events_between
from hedgerow.localities.events import kinds_that_could_explain as kinds_of
from tests.made_up import MadeUp

FIRST, LAST = date(2018, 9, 1), date(2021, 9, 1)
WITHIN = date(2020, 1, 1)


def place() -> MadeUp:
    made = MadeUp()
    made.authority("la:001", "Brambleford")
    for number in (1, 2):
        made.trust(f"uid:9000{number}", f"TRUST {'OAK' if number == 1 else 'ELM'}")
    made.school(900_001, "Staying", authority="la:001", district="lad:N")
    return made


def events(made: MadeUp, first: date = FIRST, last: date = LAST) -> list[tuple]:
    whole = made.landscape()
    views = [whole.through(Lens.authority("la:001"), on=day) for day in (first, last)]
    found = events_between(views)
    assert found.schema == pl.Schema(EVENTS)
    return found.select("day", "kind", "what", "schools", "is_exact").rows()


def test_nothing_happened():
    assert events(place()) == []


def test_a_conversion_names_its_route_and_its_trust():
    made = place()
    made.school(900_002, "Ash", authority="la:001", closed=WITHIN)
    made.school(900_003, "Ash", authority="la:001", opened=WITHIN, trust="uid:90001", joined=WITHIN)
    made.tie("urn:900003", "urn:900002", "succeeds")
    assert events(made) == [
        (WITHIN, "became_academy", "Ash became an academy by choice, in Trust Oak", 1, True)
    ]


def test_opening_and_closing_are_of_schools_that_nothing_precedes_or_follows():
    made = place()
    made.school(900_002, "New", authority="la:001", opened=WITHIN)
    made.school(900_003, "Gone", authority="la:001", closed=WITHIN)
    assert events(made) == [
        (WITHIN, "closed", "Gone closed", 1, True),
        (WITHIN, "opened", "New opened", 1, True),
    ]


def test_joining_moving_and_leaving_are_told_apart():
    made = place()
    old = date(2012, 9, 1)
    made.school(900_002, "Mover", authority="la:001", status="academy", opened=old)
    made.tie("uid:90001", "urn:900002", "governs", start=old, end=WITHIN)
    made.tie("uid:90002", "urn:900002", "governs", start=WITHIN)
    made.school(900_003, "Joiner", authority="la:001", status="academy", opened=old)
    made.tie("uid:90002", "urn:900003", "governs", start=WITHIN)
    made.school(900_004, "Leaver", authority="la:001", status="academy", opened=old)
    made.tie("uid:90002", "urn:900004", "governs", start=old, end=WITHIN, end_censored=True)
    assert events(made) == [
        (WITHIN, "joined_trust", "Joiner joined Trust Elm", 1, True),
        (WITHIN, "left_trust", "Leaver left Trust Elm", 1, False),
        (WITHIN, "moved_trust", "Mover moved from Trust Oak to Trust Elm", 1, True),
    ]


def test_a_tie_that_was_there_when_first_seen_is_no_joining():
    made = place()
    made.school(900_002, authority="la:001", status="academy", opened=date(2012, 9, 1))
    made.tie("uid:90001", "urn:900002", "governs", start=WITHIN, start_censored=True)
    assert events(made) == []


def test_the_first_day_is_before_and_the_last_is_in():
    for day, happened in ((FIRST, []), (LAST, ["opened"])):
        made = place()
        made.school(900_002, authority="la:001", opened=day)
        assert [one[1] for one in events(made)] == happened


def test_hubs_and_alliances_that_schools_here_belong_to():
    made = place()
    made.hub("mh:1", "maths_hub", "ABACUS HUB", covers=["la:001"], opened=WITHIN)
    made.hub("mh:2", "maths_hub", "Far hub", opened=WITHIN)
    made.organisation("tsa:1", "teaching_school_alliance", "Oak Alliance", closed=WITHIN)
    made.tie("urn:900001", "tsa:1", "member_of")
    assert events(made) == [
        (WITHIN, "alliance_closed", "Oak Alliance closed", 1, True),
        (WITHIN, "hub_opened", "Abacus Hub opened", 1, True),
    ]


def person(made: MadeUp, identifier: str, *organisations: str, end: date | None = WITHIN) -> None:
    made.add("persons", id=identifier, label="Ada Thistle")
    for organisation in organisations:
        made.add("roles", person=identifier, organisation=organisation, role="chair", end=end)


def test_one_who_linked_organisations_left_and_is_not_named():
    made = place()
    made.organisation("assoc:1", "association", "Heads")
    made.tie("urn:900001", "assoc:1", "member_of", carrier="person:7")
    person(made, "person:7", "urn:900001", "assoc:1")
    person(made, "person:8", "urn:900001")
    person(made, "person:9", "urn:900001", "assoc:1", end=None)
    ((_, kind, what, schools, _),) = events(made)
    assert (kind, schools) == ("person_left", 1)
    assert what == "person:7 left, having had roles in two organisations and carried one tie"


def test_figures_are_explained_by_what_can_move_them():
    load()
    kinds = {one: kinds_of(INDICATORS[one]) for one in INDICATORS}
    assert kinds["linked_systems.maintained_share"][0] == "became_academy"
    assert "person_left" not in kinds["linked_systems.maintained_share"]
    assert "hub_closed" in kinds["professional_learning.external_reach"]
    assert kinds["linked_systems.hubs_serving"][0] == "hub_closed"
    assert all(kinds.values())


@pytest.mark.parametrize("feature", COULD_EXPLAIN)
def test_every_kind_that_could_explain_is_one_of_the_kinds(feature):
    assert set(COULD_EXPLAIN[feature]) <= set(KINDS)
    assert len(set(COULD_EXPLAIN[feature])) == len(COULD_EXPLAIN[feature])
