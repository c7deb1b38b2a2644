"""From a network to local evidence, and from a landscape to a network."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.fieldbook.networks import Network, from_landscape, to_evidence
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.provenance import Source
from tests.made_up import MadeUp

DAY = date(2022, 4, 25)
SOURCE = Source(
    id="network-talk", title="Talk", publisher="", licence="", as_of=DAY, file="talk.graphml"
)


def pseudonym(called: str) -> str:
    """A pseudonym that a test can foretell; a real one is drawn by chance."""
    return f"person:{called.encode().hex()}"


ADA, BEN = pseudonym("Ada"), pseudonym("Ben")


@pytest.fixture
def register():
    made = MadeUp()
    made.school(900001, "Bramble Lane Primary School", pupils=210)
    made.school(900002, "Hazel Primary School")
    made.school(900003, "Hazel Primary School")
    made.hub("mh:1", "maths_hub", "Ferny Maths Hub")
    made.add("areas", id="lad:E1", kind="district", name="Brambleford")
    made.add(
        "persons",
        id="person:1",
        label="Ada Invented",
        is_named=True,
        named_scope="maps",
        named_since=DAY,
    )
    made.add(
        "ties",
        from_id="urn:900001",
        to_id="mh:1",
        kind="member_of",
        start=date(2020, 1, 1),
        end=date(2021, 1, 1),
        weight=2.0,
    )
    made.add("ties", from_id="urn:900001", to_id="urn:900002", kind="collaborates")
    made.add("ties", from_id="person:1", to_id="urn:900002", kind="advises", carrier="person:1")
    made.add("ties", from_id="mh:1", to_id="lad:E1", kind="covers")
    return made.landscape()


def evidence(network, register=None, **options):
    return to_evidence(network, source=SOURCE, pseudonym=pseudonym, register=register, **options)


def test_organisations_are_known_by_name_and_persons_lose_theirs(register):
    network = Network.of(
        [
            {"id": "1", "label": "Ada", "kind": "Person", "organisation": "900001", "role": "head"},
            {"id": "2", "label": "bramble lane primary school", "kind": "school"},
            {"id": "3", "label": "Moss Forum", "kind": "association"},
        ],
        [
            {"from_id": "1", "to_id": "3", "kind": "member_of", "start": DAY},
            {"from_id": "2", "to_id": "3", "kind": "member_of", "carrier": "1"},
            {"from_id": "1", "to_id": "2", "kind": "learned_from"},
        ],
    )
    tables = evidence(network, register).tables
    forum = tables["organisations"]["id"].item()
    assert tables["organisations"].select("kind", "name").rows() == [("association", "Moss Forum")]
    assert tables["ties"].select("from_id", "to_id", "start", "carrier").rows() == [
        (ADA, forum, DAY, None),
        ("urn:900001", forum, None, ADA),
    ]
    assert tables["roles"].select("person", "organisation", "role").rows() == [
        (ADA, "urn:900001", "head")
    ]
    assert tables["nominations"].select("from_id", "to_id", "context", "date").rows() == [
        (ADA, "urn:900001", "Who did you learn from?", DAY)
    ]
    assert "Ada" not in str([table.to_dicts() for table in tables.values()])
    with_evidence(register, tables, sources=[SOURCE])  # checks every schema


def test_what_is_not_known_is_set_aside_with_suggestions(register):
    network = Network.of(
        [
            {"id": "1", "label": "Bramble Lane Primry", "kind": "school"},
            {"id": "2", "label": "Hazel Primary School", "kind": "school"},
            {"id": "3", "label": "Secret Person", "kind": "thing"},
            {"id": "4", "label": "Ferny Maths Hub", "kind": "whatever"},
        ],
        [
            {"from_id": "4", "to_id": "1", "kind": "visits"},
            {"from_id": "4", "to_id": "4", "kind": "likes"},
        ],
    )
    found = evidence(network, register)
    assert dict(found.tables) == {}
    advice = {fault.found: fault.advice for fault in found.faults}
    assert "urn:900001" in advice["Bramble Lane Primry (school)"]
    assert "urn:900002, urn:900003" in advice["Hazel Primary School (school)"]
    assert found.set_aside.height == 5
    assert "Secret" not in str(found.set_aside.to_dicts())


def test_kinds_can_be_said(register):
    network = Network.of(
        [{"id": "a", "label": "Ada", "kind": "Lead"}, {"id": "b", "label": "Ben", "kind": "Lead"}],
        [
            {"from_id": "a", "to_id": "b", "kind": "talks", "is_directed": False},
            {"from_id": "a", "to_id": "b", "kind": "talks", "number": 7, "start": DAY},
        ],
    )
    found = evidence(
        network, register, node_kinds={"lead": "person"}, tie_kinds={"talks": "turns_to"}
    )
    ties = found.tables["ties"].select("from_id", "to_id", "number", "start").rows()
    assert sorted(ties, key=str) == sorted(
        [(ADA, BEN, 0, None), (ADA, BEN, 1, DAY), (BEN, ADA, 0, None)], key=str
    )
    with pytest.raises(UsageError, match="no kind of node"):
        evidence(network, node_kinds={"Lead": "hero"})
    with pytest.raises(UsageError, match="no kind of tie"):
        evidence(network, tie_kinds={"talks": "likes"})


def test_two_persons_of_one_name_stay_two():
    network = Network.of(
        [
            {"id": "u1", "label": "AB", "kind": "Person"},
            {"id": "v1", "label": "AB", "kind": "Person"},
        ],
        [{"from_id": "u1", "to_id": "v1", "kind": "turns_to"}],
    )
    assert evidence(network).tables["persons"].height == 2


def test_without_a_register_identifiers_are_trusted_and_names_are_not():
    network = Network.of(
        [{"id": "urn:900001", "kind": "school"}, {"id": "x", "label": "Hazel", "kind": "school"}],
        [{"from_id": "urn:900001", "to_id": "urn:900001", "kind": "visits"}],
    )
    found = evidence(network)
    assert found.tables["ties"].height == 1
    assert found.set_aside.height == 1


def test_a_landscape_gives_its_ties_with_days_and_kinds(register):
    network = from_landscape(register)
    assert network.nodes.select("id", "kind", "label").rows() == [
        ("lad:E1", "district", "Brambleford"),
        ("mh:1", "maths_hub", "Ferny Maths Hub"),
        ("person:1", "person", "person:1"),
        ("urn:900001", "school", "Bramble Lane Primary School"),
        ("urn:900002", "school", "Hazel Primary School"),
    ]
    ties = {row["kind"]: row for row in network.ties.to_dicts()}
    assert (ties["member_of"]["start"], ties["member_of"]["end"]) == (
        date(2020, 1, 1),
        date(2021, 1, 1),
    )
    assert ties["collaborates"]["is_directed"] is False
    assert ties["advises"]["carrier"] == "person:1"


def test_a_day_and_kinds_narrow_it(register):
    assert set(from_landscape(register, on=DAY).ties["kind"]) == {
        "collaborates",
        "advises",
        "covers",
    }
    assert from_landscape(register, kinds=["covers"]).nodes["id"].to_list() == ["lad:E1", "mh:1"]


def test_a_person_is_named_only_where_asked(register):
    network = from_landscape(register, is_naming=True)
    assert network.nodes.filter(id="person:1")["label"].to_list() == ["Ada Invented"]


def test_a_place_marks_what_is_local(register):
    here = register.through(Lens.listed(["urn:900001"]), on=DAY)
    network = from_landscape(here)
    assert network.nodes.select("id", "is_local").rows() == [
        ("urn:900001", "true"),
        ("urn:900002", "false"),
    ]
    with pytest.raises(UsageError, match="its own day"):
        from_landscape(here, on=date(2020, 6, 1))


def test_there_and_back_the_ties_are_the_same(register):
    network = from_landscape(register)
    back = evidence(network, register).tables["ties"]
    names = ["from_id", "to_id", "kind", "number", "start", "end", "weight", "carrier"]
    assert set(back[names].rows()) == set(register.ties[names].rows())
