"""Networks of places: nothing is drawn twice or lost, groups keep their members, labels do not
collide, and people are who they agreed to be."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hedgerow.features.bridging.people_here import organisations_here
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.lens import Lens
from hedgerow.reporting.drawing import text_width
from hedgerow.reporting.pictures import network_data
from hedgerow.reporting.pictures.network_data import LAYERS, TIES, Network, Node, Tie, network
from hedgerow.reporting.pictures.network_layout import laid_out
from hedgerow.reporting.pictures.network_leaving import leaving, people_table
from hedgerow.reporting.pictures.network_picture import (
    Highlight,
    network_picture,
    organisations_table,
    ties_table,
)
from hedgerow.reporting.pictures.picture import NARROW, WIDE
from tests.made_up import brambleford

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2022, 4, 25)


@pytest.fixture(scope="module")
def here():
    place = brambleford()
    place.add("persons", id="person:aaaa1111", label="Real Name", is_named=False)
    place.add(
        "persons",
        id="person:bbbb2222",
        label="Pat Bramble",
        is_named=True,
        named_scope="this study",
        named_since=date(2021, 1, 1),
    )
    for number, (person, organisation) in enumerate(
        [
            ("person:aaaa1111", "uid:90001"),
            ("person:aaaa1111", "la:001"),
            ("person:bbbb2222", "urn:900001"),
            ("person:bbbb2222", "la:001"),
        ]
    ):
        place.add("roles", id=f"role {number}", person=person, organisation=organisation,
                  role="board member", start=date(2020, 1, 1))  # fmt: skip  # one role, two lines
    place.add("ties", from_id="urn:900001", to_id="urn:900002", kind="visits",
              start=date(2021, 9, 1), carrier="person:bbbb2222")  # fmt: skip  # as above
    return place.landscape().through(Lens.authority("la:001"), on=DAY, phase="primary")


@pytest.fixture(scope="module")
def found(here):
    drawn = network(here, tuple(TIES))
    assert isinstance(drawn, Network)
    return drawn


def test_every_organisation_stands_in_one_node(here, found):
    members = [one for node in found.nodes for one in node.members]
    assert sorted(members) == organisations_here(here)["id"].to_list()
    assert set(found.node_of) == set(members)


def test_what_is_drawn_is_what_the_tables_list(here, found):
    picture = network_picture(here, found)
    root = etree.fromstring(picture.svg(WIDE))
    titles = [one.text for one in root.iter(f"{SVG}title")][1:]
    listed = organisations_table(found).rows
    assert titles == [f"{name}, {kind}" for name, kind in listed.select("name", "kind").iter_rows()]
    assert picture.table.height == len(found.ties)
    assert picture.table.rows["ties"].sum() == sum(len(one.carriers) for one in found.ties)


def test_a_person_is_named_only_where_that_was_agreed(found):
    assert set(found.persons.values()) == {"Person aaaa1111", "Pat Bramble"}
    told = " ".join(one for one in ties_table(found).rows["carriers"] if one)
    assert "Pat Bramble" in told
    assert "Person aaaa1111" in told
    assert "Real Name" not in told


def test_what_goes_with_a_person_is_what_they_carry_and_nothing_else(here, found):
    gone = leaving(here, "person:bbbb2222")
    assert gone.label == "Pat Bramble"
    assert sorted(gone.table.rows["what"]) == ["role in", "role in", "visits"]
    table = ties_table(found, "person:bbbb2222").rows
    went = table.filter(table["gone"] > 0)
    assert went.height == 2
    assert all(one == "Pat Bramble" for one in went["carriers"])
    assert leaving(here, "person:nobody") is None


def test_those_who_link_organisations_are_listed(here):
    people = people_table(here)
    assert set(people.rows["label"]) == {"Person aaaa1111", "Pat Bramble"}
    assert dict(people.rows.select("label", "ties").iter_rows())["Pat Bramble"] == 1
    assert people.rows["label"].is_sorted()
    assert "ranks nobody" in people.note


def test_a_highlight_pales_the_rest_and_changes_no_number(here, found):
    plain, lit = (
        network_picture(here, found, highlight)
        for highlight in (Highlight(), Highlight(node="la:001"))
    )
    assert plain.table.rows.equals(lit.table.rows)
    assert plain.svg() != lit.svg()


def test_more_than_can_be_read_are_grouped_without_losing_any(here, monkeypatch):
    whole = network(here, tuple(TIES))
    most = len(whole.nodes) - 1
    monkeypatch.setattr(network_data, "MOST_NODES", most)
    few = network(here, tuple(TIES))
    assert len(few.nodes) <= most
    assert sorted(one for node in few.nodes for one in node.members) == sorted(whole.node_of)
    drawn = sum(len(one.carriers) for one in few.ties)
    assert drawn + few.inside == sum(len(one.carriers) for one in whole.ties)


def test_a_place_too_wide_to_be_read_says_so(here, monkeypatch):
    monkeypatch.setattr(network_data, "MOST_ORGANISATIONS", 3)
    told = network(here)
    assert isinstance(told, NotMeasured)
    assert told.would_tell


def made(counts, pairs):
    kinds = {layer: kinds[0] for layer, (_, kinds) in LAYERS.items()}
    nodes = [
        Node(f"{layer}:{number}", f"An organisation of some length {number}", kinds[layer], layer,
             (f"{layer}:{number}",))
        for layer, many in zip(LAYERS, counts, strict=True)
        for number in range(many)
    ]  # fmt: skip  # as above
    ids = [one.id for one in nodes]
    ties = {
        (ids[one % len(ids)], ids[other % len(ids)])
        for one, other in pairs
        if one % len(ids) != other % len(ids)
    }
    return Network(
        tuple(nodes),
        tuple(Tie(start, end, "governing", ("governs",), (None,)) for start, end in sorted(ties)),
        {one: one for one in ids},
        {},
        0,
        (),
    )


networks = st.builds(
    made,
    st.tuples(*(st.integers(0, most) for most in (3, 12, 40, 20, 75))).filter(any),
    st.lists(st.tuples(st.integers(0, 149), st.integers(0, 149)), max_size=60),
)


@given(networks, st.sampled_from([WIDE, NARROW]))
def test_every_node_has_a_place_of_its_own_in_its_band(drawn, width):
    layout = laid_out(drawn, width)
    assert len(set(layout.at.values())) == len(drawn.nodes)
    bands = {band.layer: band for band in layout.bands}
    for one in drawn.nodes:
        x, y = layout.at[one.id]
        assert 0 <= x <= width
        assert bands[one.layer].top < y < bands[one.layer].bottom


@given(networks, st.sampled_from([WIDE, NARROW]))
def test_labels_do_not_collide(drawn, width):
    from hedgerow.reporting.pictures.network_picture import _draw, text_size

    size = text_size(width)
    svg = _draw(drawn, Highlight(), None, width).svg(title="t")
    boxes = []
    for x, y, words in re.findall(
        rf'x="([\d.]+)" y="([\d.]+)" font-size="{size:g}"[^>]*>([^<]*)</text>', svg
    ):
        wide = text_width(words, size)
        boxes.append((float(x) - wide / 2, float(y) - size, float(x) + wide / 2, float(y)))
    assert boxes
    for number, one in enumerate(boxes):
        assert one[0] >= 0
        assert one[2] <= width
        for other in boxes[:number]:
            apart = (
                one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
            )
            assert apart, (one, other)


@given(networks)
def test_a_saved_place_is_kept_and_others_stand_where_they_would(drawn):
    first = drawn.nodes[0].id
    layout = laid_out(drawn, WIDE, {first: (200.0, 30.0), "gone": (1.0, 1.0)})
    plain = laid_out(drawn, WIDE)
    assert layout.at[first] == (200.0, 30.0)
    assert {one: at for one, at in layout.at.items() if one != first} == {
        one: at for one, at in plain.at.items() if one != first
    }
