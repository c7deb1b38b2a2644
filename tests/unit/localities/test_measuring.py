"""Figures from local evidence are tried only where there is some."""

from __future__ import annotations

from hedgerow.landscape.lens import Lens
from hedgerow.localities.measuring import has_local_evidence, measured
from tests.made_up import MadeUp


def _place() -> MadeUp:
    place = MadeUp()
    place.authority("la:001", "Brambleford")
    place.school(900001, authority="la:001")
    place.organisation("uid:90009", "foundation_trust", "Umbrella")
    place.tie("urn:900001", "uid:90009", "member_of")
    return place


def test_membership_of_a_group_on_record_is_no_local_evidence():
    assert not has_local_evidence(_place().landscape())


def test_membership_of_a_cluster_is():
    place = _place()
    place.organisation("cluster:1", "cluster", "Brambleford schools")
    place.tie("urn:900001", "cluster:1", "member_of")
    assert has_local_evidence(place.landscape())


def test_without_any_each_figure_of_the_second_tier_says_what_would_tell():
    here = _place().landscape().through(Lens.authority("la:001"), phase="primary")
    from_evidence = [one for one in measured(here) if one.indicator.tier == "E"]
    assert len(from_evidence) > 100
    assert all(one.status == "not measured" and one.would_tell for one in from_evidence)
