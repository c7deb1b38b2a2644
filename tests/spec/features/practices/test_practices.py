"""Practices, tools and routines worked by hand, on six schools and six items.

Authority la:001, as on 25 April 2022. Schools 1 and 2 are one trust, 3 and 4 another, 5 and 6 are
maintained. 1 is in use, 0 asked and not in use, . not asked; a and b are schemes.

======  =====  =====  ======  =====  =====  =====
School  p      q      a       b      r      s
        prac.  prac.  scheme  sch.   rout.  rout.
======  =====  =====  ======  =====  =====  =====
1       1      1      1       0      1      0
2       1      1      1       0      1      0
3       1      0      0       1      1      0
4       1      0      0       1      0      0
5       1      0      1       0      0      1
6       1      .      0       1      0      0
======  =====  =====  ======  =====  =====  =====
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from hedgerow.features.practices.inventory import inventory
from hedgerow.features.practices.likeness import similarity
from hedgerow.features.practices.repertoire import Repertoire, answers, repertoire
from hedgerow.features.practices.trust_ways import trust_ways
from hedgerow.landscape.lens import Lens
from tests.made_up import REGISTER_DAY, MadeUp

ITEMS = {
    "p": "practice",
    "q": "practice",
    "a": "tool",
    "b": "tool",
    "r": "routine",
    "s": "routine",
}
USES = {
    900001: "111010",
    900002: "111010",
    900003: "100110",
    900004: "100100",
    900005: "101001",
    900006: "1.0100",
}


def uses(place: MadeUp, number: int, item: str, is_used: bool = True, **values: object) -> None:
    kind = ITEMS.get(item, "practice")
    scheme = item in "ab" if kind == "tool" else None
    school = f"urn:{number}"
    place.add(
        "adoptions",
        **(
            {
                "school": school,
                "item": item,
                "is_used": is_used,
                "item_kind": kind,
                "is_scheme": scheme,
                "form": "adopted" if is_used else None,
            }
            | values
        ),
    )


def schools_only() -> MadeUp:
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001", "Thorn Trust")
    place.trust("uid:90002", "Sloe Trust")
    for number in USES:
        trust = {900001: 1, 900002: 1, 900003: 2, 900004: 2}.get(number)
        uid = f"uid:9000{trust}" if trust else None
        place.school(number, trust=uid, authority="la:001")
    return place


def six() -> MadeUp:
    place = schools_only()
    for number, row in USES.items():
        for item, mark in zip(ITEMS, row, strict=True):
            if mark != ".":
                uses(place, number, item, mark == "1")
    return place


def here_of(place: MadeUp, on: date = REGISTER_DAY):
    return place.landscape().through(Lens.authority("la:001"), on=on, phase="primary")


# Likeness, what both have over what either has, on what both were asked:
#   1-2: 4/4          3-4: p b of p b r, 2/3
#   1-3, 2-3: p r of p q a b r, 2/5    1-4, 2-4: p of p q a b r, 1/5
#   1-5, 2-5: p a of p q a r s, 2/5    3-5: p of p b r a s, 1/5    4-5: p of p b a s, 1/4
#   with 6, on all but q: 1-6, 2-6: p of p a r b, 1/4    3-6: p b of p b r, 2/3
#   4-6: p b, 2/2     5-6: p of p a s b, 1/4
WITHIN = (1 + 2 / 3) / 2
BETWEEN = (2 * 2 / 5 + 2 * 1 / 5 + 2 * 2 / 5 + 1 / 5 + 1 / 4 + 2 * 1 / 4 + 2 / 3 + 1 + 1 / 4) / 13


def ask_and_tie(place: MadeUp, *ties: tuple[int, int]) -> MadeUp:
    for number in USES:
        place.observe(f"urn:{number}", "ties_asked", 1, date(2022, 3, 1))
    for first, second in ties:
        place.tie(f"urn:{first}", f"urn:{second}", "turns_to", start=date(2020, 9, 1))
    return place


@pytest.mark.works(
    "practices.likeness_within_trusts",
    "practices.likeness_between_trusts",
    "practices.likeness_gap",
    "practices.scheme_concentration",
    "practices.scheme_by_trust",
    "practices.core_repertoire_share",
)
@pytest.mark.parametrize(
    ("identifier", "value", "n"),
    [
        ("practices.likeness_within_trusts", WITHIN, 6),
        ("practices.likeness_between_trusts", BETWEEN, 6),
        ("practices.likeness_gap", WITHIN - BETWEEN, 6),
        # schemes a, a, b, b, a, b: of 15 pairs 3 + 3 are alike
        ("practices.scheme_concentration", 6 / 15, 6),
        # a a in one trust, b b in the other: phi2 = 1, less 1/3; room 2 - 1/3 - 1
        ("practices.scheme_by_trust", 1.0, 4),
        # used by 6 of 6, 2 of 5, 3 of 6, 3 of 6, 3 of 6 and 1 of 6: p alone by two thirds
        ("practices.core_repertoire_share", 1 / 6, 6),
    ],
)
def test_six_schools(measure, identifier, value, n):
    found = measure(six(), identifier)
    assert found.value == pytest.approx(value)
    assert found.n == n


@pytest.mark.works("practices.likeness_gap")
def test_chance_deals_the_trusts_anew(measure):
    found = measure(six(), "practices.likeness_gap")
    assert found.chance.expected == pytest.approx(0, abs=0.02)
    assert found.interval.low < found.value < found.interval.high


@pytest.mark.works("practices.likeness_gap_by_form")
def test_adapted_counts_for_half(measure):
    # 1 and 2 as they came, 3 adapted: within 1 against (1/2 + ... ) between
    place = schools_only()
    for number, form in ((900001, "adopted"), (900002, "adapted"), (900003, "blended")):
        uses(place, number, "p", form=form)
        uses(place, number, "r", form="adopted")
    uses(place, 900004, "r")
    uses(place, 900004, "p", form=None)  # in use, not known how: not compared
    found = measure(place, "practices.likeness_gap_by_form")
    # 1-2: (1/2 + 1)/2 = 3/4; 3-4: r alone, 1. Between: 1-3 3/4, 2-3 1, 1-4 and 2-4 r alone, 1
    assert found.value == pytest.approx((3 / 4 + 1) / 2 - (3 / 4 + 1 + 1 + 1) / 4)
    assert found.missing == 2


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"start": None, "end": None}, 1.0),
        ({"start": date(2022, 4, 25)}, 1.0),
        ({"start": date(2022, 4, 26)}, 0.0),
        ({"end": date(2022, 4, 25)}, 0.0),
        ({"end": date(2022, 4, 26)}, 1.0),
        ({"form": "abandoned", "end": date(2021, 7, 31)}, 0.0),
        ({"form": "abandoned"}, 0.0),
        ({"form": "abandoned", "end": date(2023, 7, 31)}, 1.0),
        ({"is_used": False}, 0.0),
    ],
)
def test_what_is_in_use_on_the_day(values, state):
    place = schools_only()
    for number in USES:
        uses(place, number, "p", **values)
    found = repertoire(here_of(place))
    assert isinstance(found, Repertoire)
    assert found.used.tolist() == [[state]] * 6


def test_a_school_is_one_before_and_after_it_changes_its_number():
    place = schools_only()
    place.organisation("urn:900010", "school", closed=date(2022, 1, 1))
    place.tie("urn:900006", "urn:900010", "succeeds", start=date(2022, 1, 1))
    uses(place, 900010, "p")
    assert answers(here_of(place))["school"].to_list() == ["urn:900006"]


@pytest.mark.works("practices.scheme_across_ties")
def test_ties_and_schemes(measure):
    # 1-2 and 3-4 within trusts, both ends alike; 1-5 a and a, 4-6 b and b, 1-3 a and b
    ties = ((900001, 900002), (900003, 900004), (900001, 900005), (900004, 900006))
    place = ask_and_tie(six(), *ties, (900001, 900003))
    found = measure(place, "practices.scheme_across_ties")
    # four of five alike; ends: a 5, b 5 of ten, so by chance 1/2: (4/5 - 1/2)/(1/2)
    assert found.value == pytest.approx(0.6)
    assert found.n == 6


@pytest.mark.works("practices.full_ties_across_trusts")
def test_ties_that_carry_practice_tool_and_routine(measure):
    # across trusts: 1-3 shares p and r and no tool; 2-5 p and a and no routine; 3-6 p and b, none;
    # 1-5 none of the routines; 2-3 no tool. With b in use at 1 too: 1-3 shares all three
    ties = ((900001, 900003), (900002, 900005), (900003, 900006), (900001, 900005))
    place = ask_and_tie(six(), *ties, (900002, 900003), (900001, 900002))
    found = measure(place, "practices.full_ties_across_trusts")
    assert found.value == 0
    assert found.n == 5  # the tie of 1 and 2 is within their trust
    rows = place.rows["adoptions"]
    (row,) = [one for one in rows if (one["school"], one["item"]) == ("urn:900001", "b")]
    row |= {"is_used": True, "form": "adopted"}
    assert measure(place, "practices.full_ties_across_trusts").value == pytest.approx(1 / 5)


@pytest.mark.works("practices.likeness_of_tied_schools")
def test_likeness_that_goes_with_a_tie_is_that_of_least_squares(measure):
    ties = ((900001, 900003), (900002, 900005), (900004, 900006), (900005, 900006))
    place = ask_and_tie(six(), *ties)
    found = measure(place, "practices.likeness_of_tied_schools")
    alike = similarity(here_of(place))
    pairs = [(a, b) for a in range(6) for b in range(a)]
    tied = {frozenset((a - 900001, b - 900001)) for a, b in ties}
    design = [
        (1, frozenset(pair) in tied, frozenset(pair) in (frozenset((0, 1)), frozenset((2, 3))))
        for pair in pairs
    ]
    target = [alike[pair] for pair in pairs]
    fit = np.linalg.lstsq(np.array(design, dtype=float), np.array(target))[0]
    assert found.value == pytest.approx(fit[1])
    assert found.chance.expected == 0


def trusts_of_four() -> MadeUp:
    """Two trusts of four: one in which all use p and q, one in which each uses another item."""
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001", "Thorn Trust")
    place.trust("uid:90002", "Sloe Trust")
    place.trust("uid:90003", "Small Trust")
    for number in range(1, 11):
        uid = "uid:90001" if number < 5 else "uid:90002" if number < 9 else "uid:90003"
        place.school(900000 + number, trust=uid, authority="la:001")
        own = ("p", "q") if number < 5 else (f"i{number}",)
        for item in ("p", "q", "i5", "i6", "i7", "i8", "i9", "i10"):
            uses(place, 900000 + number, item, item in own)
    levels = {"uid:90001": (0.0, 0.2), "uid:90002": (0.9,)}
    for organisation, given in levels.items():
        for coder, level in enumerate(given):
            for day, value in ((date(2021, 9, 1), level), (date(2022, 5, 1), 1.0)):
                place.add(
                    "policies",
                    organisation=organisation,
                    dimension="standardisation",
                    level=value,
                    date=day,
                    coder=f"coder {coder}",
                )
    return place


@pytest.mark.works("practices.trust_tightness", "practices.tight_trusts")
def test_trusts_that_work_alike_and_those_that_do_not(measure):
    # 6 of 45 pairs are the same, the others have nothing in common
    everywhere = 6 / 45
    found = measure(trusts_of_four(), "practices.trust_tightness")
    assert found.value == pytest.approx(((1 - everywhere) * 4 + (0 - everywhere) * 4) / 8)
    assert (found.n, found.missing) == (2, 1)
    assert measure(trusts_of_four(), "practices.tight_trusts").value == 1


@pytest.mark.works("practices.trust_prescription")
def test_prescription_is_the_mean_of_coders_up_to_the_day(measure):
    found = measure(trusts_of_four(), "practices.trust_prescription")
    # 0.1 for the four schools of one trust, 0.9 for the four of the other
    assert found.value == pytest.approx((4 * 0.1 + 4 * 0.9) / 8)
    assert (found.n, found.missing) == (8, 2)
    assert "Of 2 trusts, 1 were judged by one coder only." in found.caveat


def test_trusts_side_by_side():
    found = trust_ways(here_of(trusts_of_four()))
    assert found.select("trust", "schools", "schools_asked", "coders").rows() == [
        ("uid:90001", 4, 4, 2),
        ("uid:90002", 4, 4, 1),
        ("uid:90003", 2, 2, None),
    ]
    assert found["likeness"].to_list() == [1.0, 0.0, None]
    assert found["prescription"].to_list() == pytest.approx([0.1, 0.9, None])
    assert found["p"][0] < 0.05


def test_inventory_of_figure_5_2_with_small_counts_withheld():
    """Thirty schools: p adopted by 10 and adapted by 12; a adopted by 3 and blended by 20; r in an
    unknown form in 6, dropped by 7."""
    place = MadeUp()
    place.authority("la:001")
    for number in range(30):
        urn = 900001 + number
        place.school(urn, authority="la:001")
        uses(place, urn, "p", number < 22, form=("adopted" if number < 10 else "adapted"))
        uses(place, urn, "a", number < 23, form="adopted" if number < 3 else "blended")
        if number < 6:
            uses(place, urn, "r", form=None)
        elif number < 13:
            uses(place, urn, "r", form="abandoned", end=date(2021, 7, 31))
        else:
            uses(place, urn, "r", False)
        if number < 4:
            uses(place, urn, "q", number < 2)
    found = inventory(here_of(place))
    shown = {row["item"]: row for row in found.iter_rows(named=True)}
    assert list(shown) == ["p", "q", "a", "r"]
    p, a, r, q = (shown[item] for item in "parq")
    assert (p["adopted"], p["adapted"], p["blended"], p["not_in_use"]) == (10, 12, 0, 8)
    assert p["share_using"] == pytest.approx(22 / 30)
    # 3 adopted are withheld, and the 7 not in use with them: else 30 - 20 - 7 gives them back
    assert (a["adopted"], a["blended"], a["not_in_use"]) == (None, 20, None)
    assert (a["adopted_withheld"], a["not_in_use_withheld"]) == ("withheld", "withheld")
    assert a["share_using"] is None
    assert a["is_scheme"] is True
    assert (r["form_not_known"], r["dropped"], r["not_in_use"]) == (6, 7, 24)
    # only four were asked about q
    assert q["share_using"] is None


@pytest.mark.parametrize(
    "name",
    [
        "likeness_within_trusts",
        "likeness_between_trusts",
        "likeness_gap",
        "likeness_gap_by_form",
        "likeness_of_tied_schools",
        "scheme_concentration",
        "scheme_by_trust",
        "scheme_across_ties",
        "core_repertoire_share",
        "trust_tightness",
        "tight_trusts",
        "trust_prescription",
        "full_ties_across_trusts",
    ],
)
def test_without_answers_nothing_is_measured_and_it_is_not_nought(measure, name):
    found = measure(schools_only(), f"practices.{name}")
    assert found.status == "not measured"
    assert found.would_tell
    assert "asked" in found.reason or "judged" in found.reason


def test_too_few_asked_is_not_measured_and_few_are_flagged(measure):
    place = schools_only()
    for number in (900001, 900002, 900003):
        uses(place, number, "p")
    found = measure(place, "practices.likeness_gap")
    assert found.status == "not measured"
    assert found.reason.startswith("Only 3 of the 6 schools")
    uses(place, 900004, "p")
    found = measure(place, "practices.likeness_gap")
    assert found.value == 0
    assert "Only 4 of the 6 schools" in found.caveat


def test_tools_that_nobody_marked_are_no_schemes(measure):
    place = schools_only()
    for number in USES:
        uses(place, number, "a", is_scheme=None)
    found = measure(place, "practices.scheme_concentration")
    assert found.status == "not measured"
    assert "marked as a scheme" in found.reason


def test_of_several_schemes_the_one_taken_up_as_it_came_is_the_main_one(measure):
    place = schools_only()
    for number in (900001, 900002, 900003):
        uses(place, number, "a")
        uses(place, number, "b", form="adapted")
    for number in (900004, 900005):
        uses(place, number, "b")
    uses(place, 900006, "a")
    uses(place, 900006, "b")  # neither goes first: no main scheme
    found = measure(place, "practices.scheme_concentration")
    # a, a, a, b, b: 3 + 1 of ten pairs
    assert found.value == pytest.approx(4 / 10)
    assert (found.n, found.missing) == (5, 1)
