"""The network's page: tables, files and JSON tell the same; people only to those who may see them;
a layout stays with whoever made it."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from hedgerow.web.access.audience import Role
from hedgerow.web.pictures.models import SavedLayout
from tests.web.conftest import TOWN
from tests.web.pictures.conftest import rows_of, tables_in

DAY = "on=2022-07-01"
PAGE = f"/places/{TOWN}/network/"


def test_tables_files_and_json_tell_the_same(get):
    page = get(f"{PAGE}?{DAY}")
    tables = dict(tables_in(page))
    for name, caption in (
        ("ties", "Ties of the network"),
        ("organisations", "Organisations of the network"),
    ):
        heading, *listed = tables[caption]
        file = rows_of(get(f"{PAGE}?{DAY}&table={name}&as=csv"))
        assert file[0] == heading
        assert [row[0] for row in file[1:]] == [row[0] for row in listed]
    held = json.loads(get(f"/places/{TOWN}/network.json?{DAY}"))
    assert [one["name"] for one in held["nodes"]] == [
        row[0] for row in tables["Organisations of the network"][1:]
    ]
    assert len(held["ties"]) == len(tables["Ties of the network"]) - 1
    assert len(held["nodes"]) <= 150


def test_open_data_names_no_person(get):
    page = get(f"{PAGE}?{DAY}")
    assert "Person " not in page
    assert "What would tell:" in page.split('id="people"')[1]


def test_layers_of_ties_are_turned_on_and_off(get):
    held = json.loads(get(f"/places/{TOWN}/network.json?{DAY}&tie=hubs"))
    assert {one["layer"] for one in held["ties"]} == {"hubs"}
    page = get(f"{PAGE}?{DAY}&tie=hubs")
    assert page.count("checked") == 1


def test_an_organisation_is_found_and_its_neighbours_told(get):
    page = get(f"{PAGE}?{DAY}&focus={TOWN.replace('authority', 'la')}")
    assert '<h3 id="near">Town</h3>' in page
    found = get(f"{PAGE}?{DAY}&q=town")
    assert f"focus=la%3A{TOWN.partition(':')[2]}" in found
    assert "No organisation here has" in get(f"{PAGE}?{DAY}&q=zzzz")


@pytest.mark.parametrize(
    "asked", ["focus=la:none", "left=person:none", "tie=none", "table=x&as=csv"]
)
def test_what_there_is_not_is_refused_in_words(get, asked):
    get(f"{PAGE}?{DAY}&{asked}", 400 if asked.startswith("t") else 404)


def test_a_layout_stays_with_whoever_made_it(people, signed_in):
    one, other = signed_in(people[Role.STEWARD]), signed_in(people[Role.PUBLIC])
    answer = one.post(f"{PAGE}layout/?{DAY}&tie=hubs", {"positions": '{"la:982": [33.5, 21]}'})
    assert answer.status_code == 302
    assert answer.url == f"{PAGE}?{DAY}&tie=hubs"

    def at(client: Client) -> list[float]:
        held = client.get(f"/places/{TOWN}/network.json?{DAY}").json()
        return next([node["x"], node["y"]] for node in held["nodes"] if node["id"] == "la:982")

    assert at(one) == [33.5, 21]
    assert at(other) != [33.5, 21]
    assert "The organisations stand where you put them" in one.get(f"{PAGE}?{DAY}").text
    one.post(f"{PAGE}layout/?{DAY}", {"forget": "yes"})
    assert at(one) == at(other)
    assert not SavedLayout.objects.exists()


@pytest.mark.parametrize(
    "sent",
    ["", "[]", "{}", '{"la:982": [1]}', '{"la:982": [1, null]}', '{"la:982": [1, 1e99]}',
     '{"la:982": ["1", "2"]}', '{"la:982": [NaN, 1]}', '{"la:982": [true, 1]}'],
)  # fmt: skip  # what may be sent, at a glance
def test_what_is_no_layout_is_refused(people, signed_in, sent):
    client = signed_in(people[Role.STEWARD])
    assert client.post(f"{PAGE}layout/", {"positions": sent}).status_code == 400
    assert not SavedLayout.objects.exists()


def test_a_layout_needs_somebody_who_signed_in(home, db):
    answer = Client().post(f"{PAGE}layout/", {"positions": '{"la:982": [1, 1]}'})
    assert answer.status_code == 302
    assert "sign-in" in answer.url
    assert not SavedLayout.objects.exists()


def test_a_trust_that_only_other_schools_tie_here_is_left_out_and_said_so(get):
    held = json.loads(get(f"/places/{TOWN}/network.json?{DAY}"))
    tied = {end for one in held["ties"] for end in (one["from"], one["to"])}
    trusts = {one["id"] for one in held["nodes"] if one["layer"] == "trusts"}
    assert trusts <= tied
    assert "with no school counted here and no tie of these kinds" in get(f"{PAGE}?{DAY}")
