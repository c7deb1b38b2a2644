"""Laws of the figures on learning and practice, on evidence that hypothesis makes up."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.features.practices.inventory import inventory
from hedgerow.features.practices.trust_ways import trust_ways
from hedgerow.features.professional_learning.modes import QUADRANTS, modes
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from tests.made_up import REGISTER_DAY, MadeUp

DECLARED = [one for one in load() if one.feature in ("professional_learning", "practices")]
few = settings(max_examples=30)  # whole landscapes with their evidence, so fewer of them
SCHOOLS = 8
NUMBERS = st.integers(900001, 900000 + SCHOOLS)
PROVIDERS = ("mh:1", "co:1", "cluster:1", "uid:90001", "urn:900001", "urn:900002", "nobody:1")
DAYS = st.sampled_from([-300, -200, -100, -20, 0]).map(
    lambda days: REGISTER_DAY + timedelta(days)
) | (st.dates(REGISTER_DAY - timedelta(days=1200), REGISTER_DAY + timedelta(days=60)))
PART = st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0, None])

one_activity = st.fixed_dictionaries(
    {
        "provider": st.sampled_from(PROVIDERS),
        "mode": st.none() | st.sampled_from(["course", "talk"]),
        "programme": st.none() | st.sampled_from(["x", "y"]),
        "subject": st.none() | st.sampled_from(["mathematics", "reading"]),
        "formality": PART,
        "collectivity": PART,
        "sessions": st.none() | st.integers(1, 5),
        "has_intersession_tasks": st.none() | st.booleans(),
    }
)
one_record = st.fixed_dictionaries(
    {
        "school": NUMBERS,
        "activity": st.integers(0, 5),
        "role": st.sampled_from(
            [None, "maths lead", "class teacher", "teaching assistant", "head"]
        ),
        "staff": st.integers(0, 12) | st.none(),
        "sessions_attended": st.integers(0, 5) | st.none(),
        "start": DAYS,
        "lasts": st.none() | st.integers(0, 500),
    }
)
one_answer = st.fixed_dictionaries(
    {
        "is_used": st.booleans(),
        "form": st.sampled_from([None, "adopted", "adapted", "blended", "abandoned"]),
        "start": st.none() | DAYS,
        "end": st.none() | DAYS,
    }
)
ITEMS = {"p": "practice", "a": "tool", "b": "tool", "r": "routine"}


@st.composite
def places(draw: st.DrawFn) -> MadeUp:
    """Draw a place with little on record or, mostly, with enough to measure."""
    least = draw(st.sampled_from([0, 8, 14]))
    place = MadeUp()
    place.authority("la:001")
    for trust in ("uid:90001", "uid:90002"):
        place.trust(trust)
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    place.organisation("co:1", "company")
    place.organisation("cluster:1", "cluster")
    for number in range(900001, 900001 + SCHOOLS):
        place.school(
            number,
            authority="la:001",
            trust=draw(st.sampled_from([None, "uid:90001", "uid:90002"])),
            pupils=draw(st.integers(0, 400) | st.none()),
        )
        if least or draw(st.booleans()):
            place.observe(f"urn:{number}", "ties_asked", 1, date(2022, 1, 1))
    for number, values in enumerate(
        draw(st.lists(one_activity, min_size=min(least, 6), max_size=6))
    ):
        place.add("activities", id=f"act:{number}", name="anything", **values)
    for values in draw(st.lists(one_record, min_size=least, max_size=20)):
        lasts = values.pop("lasts")
        end = None if lasts is None else values["start"] + timedelta(days=lasts)
        school, activity = f"urn:{values.pop('school')}", f"act:{values.pop('activity')}"
        place.add("participation", school=school, activity=activity, end=end, **values)
    for number in range(900001, 900001 + SCHOOLS):
        for item in draw(st.lists(st.sampled_from(list(ITEMS)), min_size=least // 6, unique=True)):
            kind = ITEMS[item]
            is_scheme = draw(st.none() | st.booleans()) if kind == "tool" else None
            values = draw(one_answer) | {"item_kind": kind, "is_scheme": is_scheme}
            place.add("adoptions", school=f"urn:{number}", item=item, **values)
    for first, second in draw(
        st.lists(st.tuples(NUMBERS, NUMBERS), min_size=least // 2, max_size=10)
    ):
        place.tie(f"urn:{first}", f"urn:{second}", "turns_to")
    for level in draw(st.lists(st.floats(0, 1), max_size=3)):
        values = {"organisation": "uid:90001", "dimension": "standardisation", "level": level}
        place.add("policies", date=date(2022, 1, 1), coder=str(level), **values)
    return place


def here_of(place: MadeUp):
    return place.landscape(is_checked=True).through(Lens.authority("la:001"))


@given(places())
@few
def test_every_figure_keeps_its_bounds(place):
    here = here_of(place)
    for one in DECLARED:
        found = one.measure(here)
        if found.value is None:
            assert found.reason, one.id
            continue
        low, high = found.value, found.value
        if found.interval is not None:
            low, high = found.interval.low, found.interval.high
            assert low - 1e-9 <= high, one.id
        if one.unit == "share":
            assert min(low, found.value) >= -1e-9, one.id
            assert max(high, found.value) <= 1 + 1e-9, one.id
        if one.id in ("practices.likeness_within_trusts", "practices.likeness_between_trusts"):
            assert 0 <= found.value <= 1


@given(places())
@few
def test_learning_with_others_is_part_of_all_learning(place):
    here = here_of(place)
    outside = INDICATORS["professional_learning.external_reach"].measure(here)
    hub = INDICATORS["professional_learning.maths_hub_reach"].measure(here)
    whole = INDICATORS["professional_learning.reach"].measure(here)
    assert outside.is_measured == whole.is_measured
    if whole.is_measured:
        assert outside.value <= whole.value
        if hub.is_measured:
            assert hub.value <= outside.value


@given(places(), NUMBERS)
@few
def test_a_further_record_never_lowers_reach(place, number):
    more = MadeUp()
    more.rows = copy.deepcopy(place.rows)
    more.add("activities", id="act:new", provider="mh:1", name="anything")
    start = REGISTER_DAY - timedelta(days=30)
    more.add("participation", school=f"urn:{number}", activity="act:new", start=start)
    for name in ("reach", "external_reach", "maths_hub_reach"):
        one = INDICATORS[f"professional_learning.{name}"]
        before, after = one.measure(here_of(place)), one.measure(here_of(more))
        assert after.is_measured
        assert after.value >= (before.value or 0)


@given(places())
@few
def test_the_quarters_of_figure_5_1_make_the_whole(place):
    here = here_of(place)
    shares = [
        INDICATORS[f"professional_learning.external_{quadrant}_share"].measure(here).value
        for quadrant in QUADRANTS
    ]
    quarters = [value for value in shares if value is not None]
    if len(quarters) == 4:
        assert sum(quarters) == pytest.approx(1)
    # what is withheld is never withheld alone: it could be had by subtraction
    assert len(quarters) != 3


@given(places())
@few
def test_names_of_schools_play_no_part_in_likeness(place):
    """Turning the order of the schools round leaves what no draw enters as it was."""
    turned = MadeUp()
    turned.rows = copy.deepcopy(place.rows)
    other = {f"urn:{900000 + n}": f"urn:{900001 + SCHOOLS - n}" for n in range(1, SCHOOLS + 1)}
    for table, rows in turned.rows.items():
        for row in rows:
            for column in ("id", "school", "organisation", "from_id", "to_id", "provider"):
                if column in row:
                    row[column] = other.get(row[column], row[column])
            if table == "schools":
                row["urn"] = int(row["id"][4:])
    for name in ("likeness_within_trusts", "likeness_gap", "scheme_concentration"):
        one = INDICATORS[f"practices.{name}"]
        before, after = one.measure(here_of(place)), one.measure(here_of(turned))
        assert before.status == after.status
        assert after.value == (None if before.value is None else pytest.approx(before.value))


@given(places())
@few
def test_tables_show_no_count_of_one_to_four(place):
    here = here_of(place)
    figure, list_of = modes(here), inventory(here)
    columns: list[pl.Series] = []
    if not isinstance(figure, NotMeasured):
        columns.append(figure["places"])
    if not isinstance(list_of, NotMeasured):
        counts = ("adopted", "adapted", "blended", "form_not_known", "not_in_use", "dropped")
        columns += [list_of[name] for name in (*counts, "schools_asked")]
    for column in columns:
        shown = column.drop_nulls()
        assert ((shown == 0) | (shown >= 5)).all(), column.name


@given(places())
@few
def test_tightness_is_what_is_beyond_the_expected(place):
    found = trust_ways(here_of(place)).drop_nulls("tightness")
    assert found["likeness"].is_between(0, 1).all()
    assert found["p"].is_between(0, 1).all()
    assert ((found["tightness"] - found["likeness"] + found["expected"]).abs() < 1e-9).all()
