"""How a place is coupled, worked by hand from its findings, and found in the made-up region."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hedgerow.fieldbook.made_up.plan import STUDY_DAY, Mechanisms
from hedgerow.landscape.finding import Chance, Finding, Interval
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.places import find_place
from hedgerow.localities.coupling import coupling
from hedgerow.localities.coupling_knots import AXIS_PARTS_AT_LEAST, MEASURES, PROTOTYPES, STRUCTURE
from hedgerow.localities.declared import load
from tests.made_up import brambleford
from tools.made_up_facts import region_landscape

ON = date(2022, 7, 1)
READ = {one for measure in (*MEASURES, *STRUCTURE) for one in measure.findings}


def finding(
    identifier: str,
    value: float,
    n: int = 9,
    *,
    expected: float | None = None,
    between: tuple[float, float] | None = None,
) -> Finding:
    load()
    return Finding(
        indicator=INDICATORS[identifier],
        status="measured",
        on=ON,
        as_of=ON,
        n=n,
        missing=0,
        grade="C",
        value=value,
        chance=None if expected is None else Chance(expected=expected, method="none"),
        interval=None if between is None else Interval(low=between[0], high=between[1], method=""),
    )


def place(
    *,
    shared: float = 0.0,
    joint: float = 0.0,
    inside: float = 0.0,
    signposts: float = 0.0,
    forum: float = 0.0,
    across: float = -0.6,
    bodies: float = 5.0,
) -> list[Finding]:
    """Nine organisations, seven hubs, a hundred schools; isolated schools are not known."""
    return [
        finding("linked_systems.interlock_density", shared),
        finding("linked_systems.collaboration_density", joint),
        finding("linked_systems.hubs_hosted_inside", inside * 8, 8),
        finding("linked_systems.signposting_density", signposts),
        finding("sense_making.forum_coverage", forum, 100),
        finding("linked_systems.cross_trust_index", across + 0.5, 300, expected=0.5),
        finding("linked_systems.effective_governing_bodies", bodies, 100),
    ]


def test_findings_are_put_through_the_knots():
    found = coupling(
        place(shared=1 / 8, joint=1 / 4, inside=0.5, signposts=0.5, forum=0.25, across=-0.3)
    )
    position = {one.name: one.position for one in found.parts}
    read = {one.name: one.read for one in found.parts}
    # eight others: 1/8 of pairs are one partner each, 1/4 are two, 1/2 are four
    assert read["shared people"] == pytest.approx(1)
    assert position["shared people"] == pytest.approx(0.5)
    assert position["joint work"] == pytest.approx(0.8)
    assert position["signposts"] == 1
    assert (read["hubs hosted here"], position["hubs hosted here"]) == (0.5, 0.8)
    assert position["common forum or association"] == pytest.approx(0.33)
    # half the way from -0.6 to 0
    assert read["ties across trusts"] == pytest.approx(-0.3)
    assert position["ties across trusts"] == pytest.approx(0.5)
    assert position["isolated schools"] is None
    # the mean of 0.5, 0.8, 0.8 and 1, within the error of findings without an interval
    assert found.axes["providers"].value == pytest.approx(0.775, abs=0.02)
    assert (found.axes["providers"].measured, found.axes["providers"].parts) == (4, 4)
    # the mean of 0.33, 0.5 and anything from 0 to 1
    assert found.axes["schools"].value == pytest.approx(1.33 / 3, abs=0.02)
    assert found.axes["schools"].high - found.axes["schools"].low > 0.25


CORNERS = {
    "strategic": place(shared=0.25, joint=0.2, inside=0.4, signposts=0.15, forum=0.5, across=-0.15),
    "networked": place(shared=0.3, signposts=0.15, forum=1.0, across=0.0),
    "balkanised": place(shared=0.02, forum=0.02, across=-0.55),
    "hub island": place(shared=0.3, joint=0.3, inside=0.6, signposts=0.2, forum=0.0, across=-0.6),
    "neighbourly": place(shared=0.02, forum=0.7, across=0.0),
    "hierarchical": place(shared=0.2, signposts=0.2, forum=0.6, across=-0.2, bodies=1.1),
}


@pytest.mark.parametrize("kind", PROTOTYPES)
def test_every_type_can_come_out(kind):
    found = coupling(CORNERS[kind])
    assert (found.label, found.type, found.basis, found.grade) == (
        kind,
        kind,
        "local evidence",
        "C",
    )
    assert sum(found.probabilities.values()) == pytest.approx(1)
    assert found.probabilities[kind] >= 0.6
    assert 0 < found.entropy < 1
    assert any(kind in reason.text for reason in found.reasons)


def test_in_the_middle_it_is_mixed():
    found = coupling(
        place(shared=0.15, joint=0.1, signposts=0.1, inside=0.1, forum=0.25, across=-0.3)
    )
    assert (found.label, found.type) == ("mixed", None)
    assert max(found.probabilities.values()) < 0.6
    assert any("No one type fits" in reason.text for reason in found.reasons)


def test_the_same_findings_give_the_same_answer_in_any_order():
    findings = CORNERS["networked"]
    assert coupling(findings).to_json() == coupling(list(reversed(findings))).to_json()


def test_wider_intervals_make_it_less_sure():
    def with_forum(between):
        return [
            *(one for one in CORNERS["balkanised"] if one.id != "sense_making.forum_coverage"),
            finding("sense_making.forum_coverage", 0.3, 10, between=between),
        ]

    narrow, wide = (coupling(with_forum(one)) for one in ((0.29, 0.31), (0.0, 0.9)))
    assert wide.axes["schools"].high > narrow.axes["schools"].high
    assert wide.probabilities["balkanised"] < narrow.probabilities["balkanised"]


def test_what_is_not_measured_is_not_low():
    findings = [one for one in CORNERS["balkanised"] if "collaboration" not in one.id]
    known, unknown = coupling(CORNERS["balkanised"]), coupling(findings)
    assert unknown.axes["providers"].value > known.axes["providers"].value + 0.05
    assert unknown.probabilities["balkanised"] < known.probabilities["balkanised"]
    assert "Not known: joint work." in unknown.reasons[0].text


def test_an_axis_needs_half_of_its_parts():
    kept = ("hubs_hosted_inside", "forum_coverage", "cross_trust_index")
    findings = [one for one in CORNERS["strategic"] if one.id.endswith(kept)]
    found = coupling(findings)
    assert AXIS_PARTS_AT_LEAST == 0.5
    assert (found.label, found.basis, found.grade, found.type) == (
        "no evidence",
        "none",
        None,
        None,
    )
    assert "providers" not in found.axes
    assert found.probabilities == {}
    assert len(found.reasons) == 1
    assert found.reasons[0].findings


def test_carriers_qualify_and_do_not_decide():
    few = [finding("linked_systems.carrier_concentration", 1.0), finding("bridging.fragility", 0.5)]
    many = [
        finding("linked_systems.carrier_concentration", 0.1),
        finding("bridging.fragility", 0.05),
    ]
    fragile, firm = (coupling([*CORNERS["networked"], *one]) for one in (few, many))
    assert fragile.label == firm.label == "networked"
    assert fragile.axes["carriers"].value > 0.9 > 0.2 > firm.axes["carriers"].value
    assert any("fragile" in reason.text for reason in fragile.reasons)
    assert any("Many people carry" in reason.text for reason in firm.reasons)


def test_on_open_data_it_is_a_suggestion_of_the_lowest_grade():
    found = coupling(
        [
            finding("linked_systems.hubs_hosted_inside", 0, 7),
            finding("linked_systems.hub_colocation_km", 70.0, 7),
            finding("local_lens.local_trust_share", 0.02, 60),
            finding("local_lens.neighbour_fragmentation", 0.9, 90),
            finding("linked_systems.effective_governing_bodies", 6.0, 90),
        ]
    )
    assert (found.label, found.type) == ("structure suggests balkanised", "balkanised")
    assert (found.basis, found.grade) == ("open data", "D")
    assert any("suggestion" in reason.text for reason in found.reasons)
    # the same position is less sure than from links
    assert (
        found.probabilities["balkanised"]
        < coupling(CORNERS["balkanised"]).probabilities["balkanised"]
    )


def test_a_made_up_authority_without_evidence():
    here = brambleford().landscape()
    for lens in ("authority:Brambleford", "authority:Sloe Vale"):
        local = here.through(find_place(here, lens), phase="primary")
        found = coupling(
            INDICATORS[one].measure(local) for one in sorted(READ) if one in INDICATORS
        )
        assert found.basis in ("open data", "none")
        assert found.label.startswith(("structure suggests", "no evidence"))


def test_it_can_be_written_as_json():
    said = json.loads(json.dumps(coupling(CORNERS["strategic"]).to_json(), allow_nan=False))
    assert said["label"] == "strategic"
    assert set(said["probabilities"]) == set(PROTOTYPES)
    assert set(said["axes"]["schools"]) == {"value", "low", "high", "measured", "parts"}
    assert {"name", "axis", "finding", "read", "position"} == set(said["parts"][0])
    assert all(set(one) == {"text", "findings"} for one in said["reasons"])


def coupled(region, name):
    load()
    here = region.through(find_place(region, f"authority:{name}"), on=STUDY_DAY, phase="primary")
    return coupling(INDICATORS[one].measure(here) for one in sorted(READ) if one in INDICATORS)


def test_the_made_up_localities(tmp_path):
    region = region_landscape(tmp_path)
    assert coupled(region, "City").label == "strategic"
    assert coupled(region, "Town").label == "balkanised"
    assert coupled(region, "Shire").label == "networked"
    assert coupled(region, "Northmarch").basis in ("open data", "none")


def test_what_makes_them_so_is_what_makes_them_come_out_so(tmp_path):
    # without what leaders do in City, and without Shire's chair, neither is what it was
    apart = region_landscape(tmp_path / "apart", mechanisms=Mechanisms(joint_bids=False))
    assert coupled(apart, "City").probabilities["strategic"] < 0.4, "leaders do not plan together"
    without = region_landscape(tmp_path / "without", mechanisms=Mechanisms(paid_chair=False))
    assert coupled(without, "Shire").label in ("neighbourly", "mixed")
