"""What holds of whoever sees whatever, on random records and decisions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from hedgerow.fieldbook.plan import TABLES_OF_A_FIELDBOOK
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.measures import OVERSIGHT_TASKS
from hedgerow.landscape.tables import TABLES
from hedgerow.web.access.audience import ACTS_FOR, Audience, Role
from hedgerow.web.access.concerning import LEVEL
from hedgerow.web.access.counting import GROUP
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.access.seeing import COUNTED_FOR, counted_for
from tests.web.access.small_world import (
    FIXED,
    HUB,
    NEW,
    NORTH,
    OLD,
    TRUSTS,
    Told,
    audience,
    decide,
    look,
    row,
    school,
    small_register,
)

REGISTER = small_register()
SCHOOLS = [OLD, *(school(n) for n in range(1, 37))]
NORTHERN = [OLD, *(school(n) for n in range(1, 25))]
BODIES = [*TRUSTS, HUB, NORTH]
PERSONS = [f"person:{letter}" for letter in "abc"]
OWNERS = ["", "", "", HUB, TRUSTS[0], school(4), OLD]
DAYS = [date(2020, 9, 1), date(2020, 9, 14), date(2021, 2, 3), date(2021, 2, 20)]

# what other records are traced through is told often
OFTEN = ["roles"] * 9 + ["meetings"] * 3 + ["activities"] * 3

POOL = [OLD, NEW, *(school(n) for n in range(2, 7))]
some_schools = st.sampled_from(POOL)
# organisations of the evidence itself have their place in the cases worked by hand
TOLD = [name for name in TABLES_OF_A_FIELDBOOK if name != "organisations"]

organisations = st.sampled_from([*POOL, *BODIES])
persons = st.sampled_from(PERSONS)
anybody = st.one_of(organisations, persons)
owners = st.sampled_from(OWNERS)
days = st.sampled_from(DAYS)
ends = st.sampled_from(
    [
        [None],
        [None, date(2021, 7, 2)],
        [date(2021, 7, 2), date(2021, 7, 19)],  # of one month
        [date(2021, 3, 8), date(2021, 7, 19)],  # of one school year
    ]
)
numbers = st.integers(1, 6)


@st.composite
def one_row(draw: st.DrawFn) -> Told:
    """A row of any table that a fieldbook holds."""
    table = draw(st.sampled_from([*TOLD, *OFTEN]))
    owner, number = draw(owners), draw(numbers)
    values = {
        "persons": lambda: {"id": draw(persons), "label": "somebody"},
        "roles": lambda: {
            "id": f"role:{draw(st.integers(1, 40))}",
            "person": draw(persons),
            "organisation": draw(organisations),
            "role": "lead",
        },
        "ties": lambda: {
            "from_id": draw(anybody),
            "to_id": draw(organisations),
            "kind": "turns_to",
            "start": draw(st.none() | days),
            "carrier": draw(st.none() | persons),
        },
        "activities": lambda: {
            "id": f"act:{number}",
            "provider": draw(organisations),
            "name": "Fractions",
        },
        "participation": lambda: {
            "id": f"part:{draw(st.integers(1, 40))}",
            "school": draw(some_schools),
            "activity": f"act:{number}",
            "start": draw(days),
        },
        "scores": lambda: {
            "id": f"score:{number}",
            "activity": f"act:{draw(numbers)}",
            "organisation": draw(some_schools),
            "level": "expert",
            "instrument": "test",
            "score": 1.0,
            "date": draw(days),
        },
        "adoptions": lambda: {
            "school": draw(some_schools),
            "item": "lesson study",
            "through": draw(st.none() | anybody),
        },
        "observations": lambda: {
            "organisation": draw(some_schools),
            "measure": "ties_asked",
            "date": draw(days),
            "value": 1.0,
        },
        "policies": lambda: {
            "id": f"stance:{number}",
            "organisation": draw(organisations),
            "dimension": "boundary",
            "level": 0.5,
            "date": draw(days),
        },
        "meetings": lambda: {
            "id": f"meet:{number}",
            "forum": f"forum {draw(st.integers(1, 3))}",
            "convenor": draw(st.none() | organisations),
            "date": draw(days),
        },
        "attendance": lambda: {
            "id": f"att:{draw(st.integers(1, 20))}",
            "meeting": f"meet:{number}",
            "organisation": draw(organisations),
            "person": draw(st.none() | persons),
        },
        "priorities": lambda: {
            "id": f"prio:{draw(st.integers(1, 20))}",
            "meeting": f"meet:{number}",
            "judge": draw(anybody),
            "priority": "reading",
            "rank": 1.0,
        },
        "concerns": lambda: {
            "id": f"concern:{number}",
            "forum": f"forum {draw(st.integers(1, 3))}",
            "raised": draw(days),
        },
        "actions": lambda: {
            "id": f"action:{number}",
            "concern": draw(st.none() | st.just(f"concern:{draw(numbers)}")),
            "owner": draw(st.none() | anybody),
            "agreed": draw(days),
        },
        "oversight": lambda: {
            "id": f"task:{number}",
            "place": "lad:E1",
            "task": OVERSIGHT_TASKS[0],
            "is_held": True,
            "holder": draw(st.none() | anybody),
            "date": draw(days),
        },
        "nominations": lambda: {
            "id": f"nom:{number}",
            "from_id": draw(persons),
            "to_id": draw(anybody),
            "date": draw(days),
        },
        "accounts": lambda: {
            "id": f"account:{number}",
            "person": draw(persons),
            "organisation": draw(st.none() | organisations),
            "matter": "local",
            "said": "own school",
            "date": draw(days),
        },
    }[table]()
    return row(table, owner, **values)


@st.composite
def decisions(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    """What organisations decided: most of them one thing about all kinds, some about one kind."""
    levels = st.sampled_from([level.openness for level in Level])
    whole = draw(st.dictionaries(organisations, levels, min_size=4))
    kinds = st.sampled_from([kind.value for kind in RecordKind])
    single = draw(st.dictionaries(st.tuples(organisations, kinds), levels, max_size=6))
    return {
        (who, kind.value): level for who, level in whole.items() for kind in RecordKind
    } | single


@st.composite
def many_schools(draw: st.DrawFn) -> list[Told]:
    """Records of adoption and participation of many northern schools: enough to be counted."""
    told = [row("activities", "", id="act:1", provider=school(3), name="Fractions")]
    # most schools, so that there are often enough to be counted
    is_told = draw(st.lists(st.integers(0, 3), min_size=len(NORTHERN), max_size=len(NORTHERN)))
    ended = draw(ends)  # few together, so that there are often enough of each
    for number, one in enumerate(NORTHERN):
        if not is_told[number]:
            continue
        owner = draw(st.sampled_from(["", "", "", HUB, one]))
        spell = {"start": draw(days), "end": draw(st.sampled_from(ended))}
        told.append(row("adoptions", owner, school=one, item="lesson study", **spell))
        told.append(
            row(
                "participation",
                owner,
                id=f"part:{100 + number}",
                school=one,
                activity="act:1",
                **spell,
            )
        )
    return told


def told_once(rows: list[Told]) -> list[Told]:
    """Each owner tells a thing once, as a contribution does."""
    return list({(one.table, one.owner, one.key): one for one in rows}.values())


worlds = st.builds(
    lambda few, many: told_once([*few, *many]),
    st.lists(one_row(), min_size=5, max_size=30),
    many_schools(),
)
AUDIENCES = [
    *(audience(role) for role in Role if role not in ACTS_FOR),
    *(
        audience(role, one)
        for role, one in (
            (Role.CONTRIBUTOR, school(4)),
            (Role.CONTRIBUTOR, NEW),
            (Role.CONTRIBUTOR, TRUSTS[0]),
            (Role.PROVIDER, HUB),
        )
    ),
]


def is_own(one: Told, who: Audience) -> bool:
    return who.organisation is not None and {OLD: NEW}.get(one.owner, one.owner) == who.organisation


def assert_same(one, other):
    """Two landscapes hold the same, to the last row and source."""
    for name in TABLES:
        assert_frame_equal(one.table(name), other.table(name), check_row_order=False)
    assert one.sources == other.sources


def private_rows(rows, decided):
    """The rows that are private."""
    tables = decide(rows, REGISTER, decided).tables
    levels = {name: iter(table[LEVEL].to_list()) for name, table in tables.items()}
    return [one for one in rows if next(levels[one.table]) == 0]


@settings(max_examples=25)
@given(worlds, decisions(), st.randoms(use_true_random=False), st.sampled_from(AUDIENCES))
def test_what_is_private_changes_nothing_for_anybody_else(rows, decided, random, who):
    closed = [one for one in private_rows(rows, decided) if not is_own(one, who)]
    gone = {id(one) for one in closed if random.random() < 0.7}
    kept = [one for one in rows if id(one) not in gone]
    all_told, some_told = decide(rows, REGISTER, decided), decide(kept, REGISTER, decided)
    with_them, without = look(all_told, who, REGISTER), look(some_told, who, REGISTER)
    assert_same(with_them.named, without.named)
    assert_same(with_them.counted, without.counted)
    for lens in FIXED:
        first, second = (
            found.counting.for_place(lens.key, COUNTED_FOR[who.role])
            for found in (all_told, some_told)
        )
        assert first.keys() == second.keys()
        for name, table in first.items():
            # the numbers of groups are ours, and shown to nobody
            assert_frame_equal(table.drop(GROUP), second[name].drop(GROUP), check_row_order=False)


def counted(rows, decided):
    """Give, for each audience and place, the schools counted in each cell that can be asked for."""
    found = decide(rows, REGISTER, decided)
    phase = dict(REGISTER.schools.select("id", "phase").iter_rows())
    result = {}
    for who in (audience(Role.PUBLIC), audience(Role.MEMBER), audience(Role.STEWARD)):
        seen = look(found, who, REGISTER)
        for lens in FIXED:
            members = lens.members(REGISTER)
            cells = defaultdict(set)
            for table in ("adoptions", "participation"):
                key = TABLES[table].primary_key()
                named = seen.named.table(table).select(key)
                more = counted_for(seen, lens).table(table).join(named, on=key, how="anti")
                for one in more.iter_rows(named=True):
                    if one["school"] in members:
                        now = NEW if one["school"] == OLD else one["school"]
                        cells[table, phase[now], one["start"], one["end"]].add(now)
            result[who.role, lens.key] = cells
    return result


def of_one_trust():
    ties = REGISTER.ties.filter(pl.col("kind") == "governs")
    return [set(ties.filter(pl.col("from_id") == trust)["to_id"]) for trust in TRUSTS]


def assert_enough(schools, why):
    """None are singled out, or enough whichever one, or whichever trust, knows its own."""
    if schools:
        for known in (*({one} for one in schools), *of_one_trust()):
            assert len(schools - known) >= 5, f"{sorted(schools)} are singled out {why}"


@settings(max_examples=30)
@given(worlds, decisions())
def test_no_difference_of_places_days_phases_or_audiences_singles_out_a_few(rows, decided):
    found = counted(rows, decided)
    cells = {cell for held in found.values() for cell in held}
    for cell in cells:
        sets = {asked: held.get(cell, set()) for asked, held in found.items()}
        for asked, schools in sets.items():
            assert_enough(schools, f"by {asked} in {cell}")
        for (one, first), (other, second) in combinations(sets.items(), 2):
            for rest in (first - second, second - first):
                assert_enough(rest, f"by {one} beside {other} in {cell}")


def test_the_law_above_looks_at_something():
    # else a site that counts nothing would keep it
    rows = [row("adoptions", "", school=school(n), item="lesson study") for n in range(2, 25)]
    found = counted(rows, {})
    assert len(found[Role.MEMBER, FIXED[0].key]["adoptions", "Primary", None, None]) == 21
    assert found[Role.MEMBER, Lens.district("lad:E1").key]


@settings(max_examples=30)
@given(worlds, decisions(), st.sampled_from([one for one in AUDIENCES if one.organisation]))
def test_whoever_brought_records_sees_them_as_they_are(rows, decided, who):
    seen = look(decide(rows, REGISTER, decided), who, REGISTER)
    own = [one for one in rows if is_own(one, who) and one.table != "ties"]
    for one in own:
        key = TABLES[one.table].primary_key()
        table = seen.named.table(one.table)
        assert one.key in set(table.select(key).rows())


@settings(max_examples=30)
@given(worlds, decisions())
def test_members_see_what_is_shared_by_name_and_the_public_never_does(rows, decided):
    found = decide(rows, REGISTER, decided)
    member = look(found, audience(Role.MEMBER), REGISTER).named
    public = look(found, audience(Role.PUBLIC), REGISTER).named
    for name, table in found.tables.items():
        key = TABLES[name].primary_key()
        if name != "ties":
            named = set(table.filter(pl.col(LEVEL) == 2).select(key).rows())
            assert set(member.table(name).select(key).rows()) == named
            assert not public.has(name)
    assert_same(public, REGISTER)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_its_share(role):
    who = audience(role, HUB)
    rows = [row("adoptions", "", school=school(n), item="lesson study") for n in range(2, 25)]
    seen = look(decide(rows, REGISTER), who, REGISTER)
    assert counted_for(seen, FIXED[0]).has("adoptions")
