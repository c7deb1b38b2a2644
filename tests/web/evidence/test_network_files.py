"""Networks through the site: what is found, what its kinds are, check, import."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.tables import told
from hedgerow.web.registers import register_on

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/partnerships/town/evidence/"


@pytest.fixture
def steward(people, signed_in):
    return signed_in(people[Role.STEWARD])


@pytest.fixture
def blueprint(region, home):
    """A map of Kumu: two schools, a person, a group, and ties of two kinds."""
    names = register_on().names()
    first, second = region.evidence["participation"]["school"].unique().sort().to_list()[:2]
    return json.dumps(
        {
            "elements": [
                {"label": names[first], "type": "School"},
                {"label": names[second], "type": "School"},
                {"label": "Wren Thistledown", "type": "Colleague"},
                {"label": "Hazel Circle", "type": "Group"},
            ],
            "connections": [
                {"from": names[first], "to": names[second], "type": "asks"},
                {"from": "Wren Thistledown", "to": names[second], "type": "asks"},
                {"from": names[first], "to": "Hazel Circle", "type": "member_of"},
            ],
        }
    ).encode()


def sent(client, name, content):
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.text
    return Contribution.objects.order_by("-pk").first(), answer["Location"]


def test_a_map_of_kumu_from_its_kinds_to_its_import(steward, blueprint, do_what_waits, partnership):
    found, kinds = sent(steward, "map.json", blueprint)
    assert found.kind == Contribution.Kind.NETWORK
    page = steward.get(kinds).text
    assert "Kumu blueprint: 4 nodes and 3 ties" in page
    assert "Not known: leave them out" in page
    labels = ["Colleague", "Group", "School"]
    given = {"day": "2022-03-01"}
    for name, label in re.findall(r'<label for="id_(\w+_\d)">([^<]+)</label>', page):
        given[name] = {"Colleague": "person", "asks": "turns_to"}.get(label, "")
    assert len(given) == 1 + len(labels) + 2
    assert "This field is required" in steward.post(kinds, given | {"day": ""}).text
    answer = steward.post(kinds, given)
    assert "/jobs/" in answer["Location"]
    do_what_waits()
    assert "No faults" in steward.get(f"{HERE}{found.pk}/").text
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    tables = told(partnership)
    assert tables["ties"].height == 3
    assert set(tables["ties"]["kind"]) == {"turns_to", "member_of"}
    assert tables["organisations"]["name"].to_list() == ["Hazel Circle"]
    assert tables["persons"].height == 1
    held = json.dumps([*Record.objects.values_list("values", flat=True)])
    assert "Thistledown" not in held
    found.refresh_from_db()
    assert found.sources[0]["as_of"] == "2022-03-01"


def test_what_is_of_no_known_kind_is_left_out_and_said(
    steward, blueprint, do_what_waits, partnership
):
    found, kinds = sent(steward, "map.json", blueprint)
    steward.post(kinds, {"day": "2022-03-01"})
    do_what_waits()
    page = steward.get(f"{HERE}{found.pk}/").text
    assert "Kind of tie not known" in page
    assert "Node not known" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("edges.csv", b"source,target,kind\nurn:900001,urn:900002,turns_to\n"),
        ("net.dl", b"dl n=2 format=edgelist1\nlabels:\na,b\ndata:\n1 2\n"),
        (
            "net.graphml",
            b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
            b'<node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>',
        ),
    ],
)
def test_networks_are_known_by_what_is_in_them(steward, name, content):
    found, kinds = sent(steward, name, content)
    assert found.kind == Contribution.Kind.NETWORK
    assert "2 nodes and 1 tie" in steward.get(kinds).text


def test_a_kind_in_the_site_s_own_words_is_chosen_at_once(steward, region, home):
    map_ = {"elements": [{"label": "a"}, {"label": "b"}],
            "connections": [{"from": "a", "to": "b", "type": "Member of"}]}  # fmt: skip  # one map
    _, kinds = sent(steward, "map.json", json.dumps(map_).encode())
    assert '<option value="member_of" selected>' in steward.get(kinds).text
