"""Which schools a trust has around it, how far apart they are, and how neighbours are governed."""

from __future__ import annotations

import math

import pytest

from hedgerow.features.local_lens.nestedness import AGREEING
from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp

OURS = {"authority": "la:001", "region": "Middle Shires", "district": "lad:N"}
THEIRS = {"authority": "la:002", "region": "Far Hills", "district": "lad:V"}


def three_trusts() -> MadeUp:
    """A trust of 5 with 4 schools here, one of 4 with 2 here, and one alone; 1 without a trust.

    One of the four in the first trust is a secondary school.
    """
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    for uid in ("uid:90005", "uid:90004", "uid:90001"):
        place.trust(uid)
    for number in (900001, 900002, 900003):
        place.school(number, trust="uid:90005", **OURS)
    place.school(900004, trust="uid:90005", phase="Secondary", **OURS)
    place.school(900005, trust="uid:90005", **THEIRS)
    for number in (900006, 900007):
        place.school(number, trust="uid:90004", **OURS)
    for number in (900008, 900009):
        place.school(number, trust="uid:90004", **THEIRS)
    place.school(900010, trust="uid:90001", **OURS)
    place.school(900011, status="academy", **OURS)
    return place


@pytest.mark.works("local_lens.local_trust_share")
def test_local_trust_share(measure):
    # primary academies here: 3 in the trust with 4/5 of its schools here, all phases counted,
    # 2 in the trust with 2/4, 1 alone: (3 + 1) / 6 are in local trusts; 1 has no trust on record
    found = measure(three_trusts(), "local_lens.local_trust_share")
    assert (found.value, found.n, found.missing) == (pytest.approx(4 / 6), 6, 1)
    assert found.chance.draws == 999
    assert 0 <= found.chance.expected <= 1


def test_a_phase_does_not_make_a_trust_local(measure):
    # seen for secondary schools the trust of 5 is as local as before: 4/5, not 1/1
    here = measure(three_trusts(), "local_lens.local_trust_share", phase="secondary")
    assert (here.status, here.n) == ("suppressed", 1)
    every = measure(three_trusts(), "local_lens.local_trust_share", phase="all")
    # 4 + 1 of 7
    assert every.value == pytest.approx(5 / 7)


@pytest.mark.works("local_lens.trust_localness")
def test_trust_localness(measure):
    # (3 × 4/5 + 2 × 2/4 + 1) / 6 = 4.4 / 6
    found = measure(three_trusts(), "local_lens.trust_localness")
    assert (found.value, found.n, found.missing) == (pytest.approx(4.4 / 6), 6, 1)


@pytest.mark.works("local_lens.cross_regional_share")
def test_cross_regional_share(measure):
    # the trusts of 5 and of 4 work in both regions: 5 of 6 academies
    found = measure(three_trusts(), "local_lens.cross_regional_share")
    assert (found.value, found.n, found.missing) == (pytest.approx(5 / 6), 6, 1)


def test_for_england_local_means_the_schools_own_authority(measure):
    # primary academies: 3 of the trust of 5 here (4/5: local), its 1 there (1/5), 4 of the trust of
    # 4 (2/4 either way), 1 alone (local): 4 of 9
    found = measure(three_trusts(), "local_lens.local_trust_share", Lens.everywhere())
    assert (found.value, found.n) == (pytest.approx(4 / 9), 9)
    assert found.chance is None
    assert "the school's own authority" in found.caveat
    # and through the trust of 5 itself: 3 of its 4 primary schools, too few to say
    trust = measure(three_trusts(), "local_lens.trust_localness", Lens.trust("uid:90005"))
    assert (trust.status, trust.n) == ("suppressed", 4)


def test_chance_deals_trusts_within_region_and_phase(measure):
    # all academies of the region and phase are here, so dealing anew changes nothing
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    place.trust("uid:90002")
    for number in range(900001, 900007):
        place.school(number, trust="uid:90001" if number % 2 else "uid:90002", **OURS)
    place.school(900008, trust="uid:90002", **THEIRS)
    # 3/3 and 3/4: three of six are local, however dealt
    found = measure(place, "local_lens.local_trust_share")
    assert (found.value, found.chance.expected) == (0.5, 0.5)
    assert (found.chance.low, found.chance.high, found.chance.p) == (0.5, 0.5, 1)


def on_a_line(trust_at: dict[str, list[float]], **values: object) -> MadeUp:
    """Academies of trusts, at kilometres along a line."""
    place = MadeUp()
    place.authority("la:001")
    number = 900000
    for uid, kilometres in trust_at.items():
        place.trust(uid)
        for km in kilometres:
            number += 1
            at = (400_000 + 1_000 * km, 300_000)
            place.school(number, trust=uid, at=at, **(OURS | values))
    return place


@pytest.mark.works("local_lens.isolated_in_trust_share", "local_lens.nearest_in_trust_km")
def test_isolation_in_a_trust(measure):
    # nearest of the same trust: 0-8: 8 km; 8-0; 30-(8): 22 km; 60-90: 30 km twice; 100 alone
    place = on_a_line(
        {"uid:90001": [0, 8, 30], "uid:90002": [60, 90], "uid:90003": [100]}, rural=False
    )
    found = measure(place, "local_lens.isolated_in_trust_share")
    # more than 10 km in a town: 22, 30 and 30 of five; the school alone in its trust is left out
    assert (found.value, found.n, found.missing) == (pytest.approx(3 / 5), 5, 0)
    assert "1 single-academy trust" in found.caveat
    # 8, 8, 22, 30, 30
    assert measure(place, "local_lens.nearest_in_trust_km").value == pytest.approx(22)


@pytest.mark.parametrize(
    ("rural", "isolated", "n", "missing"),
    [
        (False, 5, 5, 0),  # all beyond 10 km
        (True, 2, 5, 0),  # two beyond 20 km
        (None, None, 2, 3),  # three at 15 km or so are near or far: which is not known
    ],
)
def test_town_and_country_have_their_own_thresholds(measure, rural, isolated, n, missing):
    # nearest of the same trust: 15, 15, 15.5, 30, 30 km
    place = on_a_line({"uid:90001": [0, 15, 30.5], "uid:90002": [60, 90]}, rural=rural)
    found = measure(place, "local_lens.isolated_in_trust_share")
    assert (found.n, found.missing) == (n, missing)
    assert found.value == (None if isolated is None else isolated / n)


def test_an_unknown_position_is_missing_not_isolated(measure):
    place = on_a_line({"uid:90001": [0, 1, 2, 3, 4, 5]}, rural=False)
    place.school(900050, trust="uid:90001", rural=False, **OURS)
    found = measure(place, "local_lens.isolated_in_trust_share")
    assert (found.value, found.n, found.missing) == (0, 6, 1)


@pytest.mark.works("local_lens.trust_compactness")
def test_compactness_of_a_trust_like_any_other(measure):
    # the pool holds the trust's own schools alone, so every random group is the trust itself
    place = on_a_line({"uid:90001": [0, 1, 2, 4]})
    # distances 1, 2, 4, 1, 3, 2: the median 2, as by chance
    found = measure(place, "local_lens.trust_compactness")
    assert (found.value, found.n) == (pytest.approx(1), 4)


@pytest.mark.works("local_lens.trust_compactness")
def test_compactness_of_a_close_trust_among_spread_schools(measure):
    place = on_a_line({"uid:90001": [0, 0, 0], "uid:90002": [50, 60]})
    for number in range(20):
        place.school(900100 + number, at=(400_000 + 5_000 * number, 310_000), **OURS)
    found = measure(place, "local_lens.trust_compactness")
    # three schools on one spot: 0 over anything; the trust of two has no spread
    assert (found.value, found.n) == (0, 3)
    assert "2 academies" in found.caveat


def checkerboard(body_of: object) -> MadeUp:
    """A grid of six by six schools, one a kilometre, in trusts as a function of row and column."""
    place = MadeUp()
    place.authority("la:001")
    for uid in ("uid:90001", "uid:90002"):
        place.trust(uid)
    for row in range(6):
        for column in range(6):
            number = 900001 + 6 * row + column
            at = (400_000 + 1_000 * column, 300_000 + 1_000 * row)
            place.school(number, at=at, trust=body_of(row, column), **OURS)
    return place


@pytest.mark.works("local_lens.neighbour_fragmentation")
def test_neighbours_in_two_blocks_are_alike(measure):
    place = checkerboard(lambda row, column: "uid:90001" if column < 3 else "uid:90002")
    found = measure(place, "local_lens.neighbour_fragmentation")
    # 18 and 18 of 36 dealt at random: 1 - 2 × 18 × 17 / (36 × 35) = 18/35
    assert found.chance.expected == pytest.approx(18 / 35)
    assert found.value < found.chance.low
    assert found.chance.p == pytest.approx(2 / 1000)
    assert (found.n, found.missing) == (36, 0)


def test_neighbours_under_one_body_never_differ(measure):
    place = checkerboard(lambda row, column: "uid:90001")
    found = measure(place, "local_lens.neighbour_fragmentation")
    assert (found.value, found.chance.expected) == (0, 0)


@pytest.mark.works("local_lens.neighbour_fragmentation")
def test_five_neighbours_of_six_schools_are_all_the_others(measure):
    # every pair is a pair of neighbours: 4 and 2 differ in 2 × 4 × 2 = 16 of 30, chance too
    place = on_a_line({"uid:90001": [0, 1, 2, 3], "uid:90002": [4, 5]})
    found = measure(place, "local_lens.neighbour_fragmentation")
    assert found.value == pytest.approx(16 / 30)
    assert found.chance.expected == pytest.approx(16 / 30)
    five = on_a_line({"uid:90001": [0, 1, 2, 3], "uid:90002": [4]})
    assert measure(five, "local_lens.neighbour_fragmentation").status == "not measured"


def test_a_neighbour_whose_body_is_unknown_is_left_out_with_its_pairs(measure):
    # seven on a line, the last without a trust: it stays a neighbour, and its pairs are dropped
    place = on_a_line({"uid:90001": [0, 1, 2], "uid:90002": [3, 4, 5]})
    place.school(900050, at=(406_000, 300_000), status="academy", **OURS)
    found = measure(place, "local_lens.neighbour_fragmentation")
    assert (found.n, found.missing) == (6, 1)
    # of 42 ordered pairs of the seven each school lacks its farthest: those at 0, 1, 2, 3 lack the
    # last (3 being as far from the first, the lower row wins), those at 4, 5, 6 lack the first.
    # Left without the last: from 0, 1, 2, 3 all five others, from 4 and 5 four without the first.
    # Differing: 3 each from 0, 1, 2; 3 from 3; 2 each from 4 and 5: 16 of 28
    assert found.value == pytest.approx(16 / 28)


def nested_place() -> MadeUp:
    """Four trusts of three in districts and authorities, and hubs over them."""
    place = MadeUp()
    for authority in ("la:001", "la:002"):
        place.authority(authority)
    number = 900000
    for trust in range(4):
        uid = place.trust(f"uid:9000{trust}")
        for _ in range(3):
            number += 1
            place.school(
                number,
                trust=uid,
                region="Middle Shires" if trust < 2 else "Far Hills",
                authority="la:001" if trust < 2 else "la:002",
                district=f"lad:{trust}",
            )
    for kind in ("maths_hub", "teaching_school_hub"):
        for authority in ("la:001", "la:002"):
            place.hub(f"{kind}:{authority}", kind, covers=[authority])
    return place


@pytest.mark.works("local_lens.nestedness_*")
@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("trust_district", "below"),
        ("trust_authority", "one"),
        ("trust_region", "below"),
        ("trust_teaching_school_hub", "one"),
        ("district_teaching_school_hub", "one"),
        ("authority_teaching_school_hub", "one"),
        ("trust_maths_hub", "one"),
        ("authority_maths_hub", "one"),
        ("teaching_school_hub_maths_hub", "one"),
    ],
)
def test_dolls_within_dolls(measure, pair, expected):
    # every trust in one district, every district in one authority, every authority in one hub
    found = measure(nested_place(), f"local_lens.nestedness_{pair}", Lens.everywhere())
    assert (found.value, found.n) == (pytest.approx(1), 12)
    # dealt anew within regions, districts (two a region) mix; what is one a region cannot
    if expected == "one":
        assert found.chance.expected == pytest.approx(1)
    else:
        assert found.chance.expected < 0.9


@pytest.mark.works("local_lens.nestedness_trust_authority")
def test_a_trust_across_two_authorities_tells_half(measure):
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    for trust in range(2):
        place.trust(f"uid:9000{trust}")
    number = 900000
    # trust 0: 2 and 2 of the authorities; trust 1: 4 in the second
    for trust, authority in ((0, 1), (0, 1), (0, 2), (0, 2), (1, 2), (1, 2), (1, 2), (1, 2)):
        number += 1
        place.school(number, trust=f"uid:9000{trust}", authority=f"la:00{authority}")
    # H(authority) of 2/8 and 6/8; given the trust: half of the schools have 1/2 and 1/2: ln 2 / 2
    whole = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75))
    found = measure(place, "local_lens.nestedness_trust_authority", Lens.everywhere())
    assert found.value == pytest.approx(1 - math.log(2) / 2 / whole)


@pytest.mark.works("local_lens.agreement_*")
@pytest.mark.parametrize(("first", "second"), AGREEING)
def test_divisions_that_agree(measure, first, second):
    # four trusts of three, each a district; two authorities of six, each an area of both hubs
    found = measure(nested_place(), f"local_lens.agreement_{first}_{second}", Lens.everywhere())
    assert found.n == 12
    if (first, second) in (("trust", "district"), ("teaching_school_hub", "maths_hub")):
        assert found.value == pytest.approx(1)
    else:
        # four classes of three within two of six: all ln 2 of the halves is told, of (ln 4 + ln 2)
        # / 2; by chance a class of three has k of six in C(6, k) C(6, 3 - k) / C(12, 3) ways
        chance = 0.0
        for k in range(4):
            ways = math.comb(6, k) * math.comb(6, 3 - k) / math.comb(12, 3)
            chance += 8 * ways * (k / 12 * math.log(12 * k / 18) if k else 0)
        expected = (math.log(2) - chance) / ((math.log(4) + math.log(2)) / 2 - chance)
        assert found.value == pytest.approx(expected)
    assert found.chance.expected == 0


def test_in_one_authority_there_is_nothing_to_agree_on(measure):
    found = measure(nested_place(), "local_lens.agreement_trust_maths_hub")
    assert found.status == "not measured"
    assert "same Maths Hub area" in found.reason


def test_in_one_authority_there_is_nothing_to_tell(measure):
    found = measure(nested_place(), "local_lens.nestedness_trust_authority")
    assert found.status == "not measured"
    assert "same authority" in found.reason
