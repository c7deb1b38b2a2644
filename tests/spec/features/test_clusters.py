"""Clusters that came apart, worked by hand."""

from __future__ import annotations

import math
from datetime import date

import pytest

from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.places import find_place
from tests.made_up import MadeUp

BEGAN = date(2016, 9, 1)
CONVERTED = date(2019, 1, 1)


def parish() -> MadeUp:
    """Eight schools. The first four began one cluster, the next two another; 900007 came later.

    900002 and 900003 became academies of Thorn Trust in 2019, the latter under a new number;
    900004 was in it from the start; 900001 left its cluster.
    """
    place = MadeUp(earliest=date(2015, 1, 1))
    place.authority("la:001")
    place.trust("uid:90001")
    for number in (900001, 900005, 900006, 900007, 900008):
        place.school(number, authority="la:001")
    place.school(900002, authority="la:001", opened=date(2000, 1, 1), closed=CONVERTED)
    place.school(900012, authority="la:001", trust="uid:90001", joined=CONVERTED, opened=CONVERTED)
    place.tie("urn:900012", "urn:900002", "succeeds", start=CONVERTED)
    place.school(900003, authority="la:001", opened=date(2000, 1, 1), closed=CONVERTED)
    place.school(900013, authority="la:001", trust="uid:90001", joined=CONVERTED, opened=CONVERTED)
    place.tie("urn:900013", "urn:900003", "succeeds", start=CONVERTED)
    place.school(900004, authority="la:001", trust="uid:90001", joined=date(2014, 1, 1))
    place.organisation("cluster:1", "cluster", authority="la:001")
    place.organisation("cluster:2", "cluster", authority="la:001")
    left = date(2021, 9, 1)
    place.tie("urn:900001", "cluster:1", "member_of", start=BEGAN, end=left)
    for school in ("urn:900002", "urn:900003", "urn:900004"):
        place.tie(school, "cluster:1", "member_of", start=date(2017, 1, 1))
    place.tie("urn:900007", "cluster:1", "member_of", start=date(2020, 1, 1))
    for school in ("urn:900005", "urn:900006"):
        place.tie(school, "cluster:2", "member_of", start=BEGAN)
    return place


@pytest.mark.works("local_lens.cluster_splintering")
def test_partners_under_different_bodies(measure):
    # of the six pairs of four, 900001 differs from the three in the trust; the other pair are both
    # maintained: 3 of 7
    found = measure(parish(), "local_lens.cluster_splintering")
    assert found.value == pytest.approx(3 / 7)
    assert (found.n, found.missing) == (7, 0)
    assert found.interval.low <= found.value <= found.interval.high
    # five maintained and three in the trust: 1 - (20 + 6) / 56
    assert found.chance.expected == pytest.approx(1 - 26 / 56)


@pytest.mark.works("local_lens.cluster_splintering_change")
def test_change_since_clusters_began(measure):
    # at the beginning 900004 alone was in the trust: it differed from three. Three differ still,
    # but others: 3/7 - 3/7
    found = measure(parish(), "local_lens.cluster_splintering_change")
    assert found.value == pytest.approx(0)
    assert found.n == 7
    # before the conversions, asked for then: no change yet
    early = measure(parish(), "local_lens.cluster_splintering_change", on=date(2018, 1, 1))
    assert early.value == 0
    place = parish()
    place.rows["ties"] = [tie for tie in place.rows["ties"] if tie["to_id"] != "urn:900004"]
    place.tie("uid:90001", "urn:900004", "governs", start=date(2018, 1, 1))
    # who governed 900004 at the beginning is not known: its three pairs are left out. Of the four
    # others two differ now (900001 and the two that converted), and none did
    found = measure(place, "local_lens.cluster_splintering_change")
    assert found.value == pytest.approx(2 / 4)
    assert (found.n, found.missing) == (4, 3)


def test_what_is_known_first_stands_for_what_was_before(measure):
    place = parish()
    place.earliest = date(2018, 6, 1)
    found = measure(place, "local_lens.cluster_splintering_change")
    assert "known from 1 June 2018" in found.caveat


@pytest.mark.works("local_lens.cluster_pair_survival")
def test_pairs_that_are_members_still(measure):
    # 900001 left: three of six pairs, and the pair of the other cluster
    found = measure(parish(), "local_lens.cluster_pair_survival")
    assert (found.value, found.n) == (4 / 7, 7)
    # before it left, all
    assert measure(parish(), "local_lens.cluster_pair_survival", on=date(2021, 8, 31)).value == 1


def test_without_clusters_nothing_is_known(measure):
    place = MadeUp()
    place.authority("la:001")
    place.school(900001, authority="la:001")
    for name in ("cluster_splintering", "cluster_splintering_change", "cluster_pair_survival"):
        found = measure(place, f"local_lens.{name}")
        assert found.status == "not measured"
        assert "member schools" in found.would_tell


@pytest.mark.works("local_lens.agreement_trust_cluster")
def test_trusts_and_clusters_draw_lines(measure):
    place = MadeUp()
    place.authority("la:001")
    for number in (1, 2):
        place.trust(f"uid:9000{number}")
        place.organisation(f"cluster:{number}", "cluster", authority="la:001")
    # trusts 1 1 2 2 2 beside clusters 1 1 1 2 2
    for number, (trust, cluster) in enumerate([(1, 1), (1, 1), (2, 1), (2, 2), (2, 2)], 900001):
        school = place.school(number, authority="la:001", trust=f"uid:9000{trust}")
        place.tie(school, f"cluster:{cluster}", "member_of", start=BEGAN)
    place.school(900006, authority="la:001", trust="uid:90001")  # in no cluster
    place.school(900007, authority="la:001")  # in no trust
    found = measure(place, "local_lens.agreement_trust_cluster")
    # both divisions have classes of 2 and 3; H = -(0.4 ln 0.4 + 0.6 ln 0.6)
    entropy = -(0.4 * math.log(0.4) + 0.6 * math.log(0.6))
    # two of five fall into a class of three in C(5, 2) = 10 ways: 1 way with none of the two in it,
    # 6 with one, 3 with both; here both
    by_overlap = {shared: information(shared) for shared in (0, 1, 2)}
    expected = (by_overlap[0] + 6 * by_overlap[1] + 3 * by_overlap[2]) / 10
    assert found.value == pytest.approx((by_overlap[2] - expected) / (entropy - expected))
    assert (found.n, found.missing) == (5, 1)
    assert found.chance.expected == 0


def information(shared: int) -> float:
    """Mutual information where the class of two shares so many with the other's class of three."""
    table = {(2, 3): shared, (2, 2): 2 - shared, (3, 3): 3 - shared, (3, 2): shared}
    return sum(
        count / 5 * math.log(5 * count / (row * column))
        for (row, column), count in table.items()
        if count
    )


def test_clusters_of_the_made_up_region(made_up_region):
    # trusts with a rhythm of their own pulled Town's members out, and fewest of Shire's
    survival = {}
    for place in ("City", "Town", "Shire"):
        lens = find_place(made_up_region, f"authority:{place}")
        here = made_up_region.through(lens, on=STUDY_DAY, phase="primary")
        for name in ("cluster_splintering", "cluster_splintering_change", "cluster_pair_survival"):
            found = INDICATORS[f"local_lens.{name}"].measure(here)
            assert found.is_measured, (name, found.reason)
        survival[place] = found.value
        change = INDICATORS["local_lens.cluster_splintering_change"].measure(here)
        assert change.value > 0.1
    assert survival["Town"] < survival["City"] < survival["Shire"]
