"""Laws of the figures, on landscapes that hypothesis makes up."""

from __future__ import annotations

import math
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.indicators import INDICATORS, SMALLEST_DENOMINATOR
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from tests.made_up import REGISTER_DAY, MadeUp

INDICATORS_DECLARED = load()
PHASES = ("primary", "secondary", "all")

one_school = st.fixed_dictionaries(
    {
        "at": st.none() | st.tuples(st.integers(400_000, 430_000), st.integers(300_000, 330_000)),
        "authority": st.sampled_from([None, "la:001", "la:002"]),
        "region": st.sampled_from([None, "Middle Shires", "Far Hills"]),
        "district": st.sampled_from([None, "lad:N", "lad:S"]),
        "phase": st.sampled_from(["Primary", "Secondary", "All-through", "Middle deemed primary"]),
        "status": st.sampled_from(["maintained", "academy", "independent"]),
        "route": st.sampled_from([None, "converter", "sponsored", "new"]),
        "trust": st.sampled_from([None, None, "uid:90001", "uid:90002", "uid:90003"]),
        "opened": st.none() | st.dates(date(2002, 9, 1), date(2022, 4, 1)),
        "joined": st.none() | st.dates(date(2010, 9, 1), date(2022, 4, 1)),
        "pupils": st.none() | st.integers(0, 600),
        "rural": st.sampled_from([None, True, False]),
    }
)


@st.composite
def countries(draw: st.DrawFn) -> MadeUp:
    place = MadeUp()
    for authority in ("la:001", "la:002"):
        place.authority(authority)
    for trust in ("uid:90001", "uid:90002", "uid:90003"):
        place.trust(trust)
    covers = draw(st.lists(st.sampled_from(["la:001", "la:002", "lad:N"]), unique=True))
    place.hub("mh:1", "maths_hub", covers=covers)
    place.hub("tsh:1", "teaching_school_hub", covers=["lad:S"], authority="la:001")
    for number, values in enumerate(draw(st.lists(one_school, max_size=24))):
        school = place.school(900001 + number, **values)
        if values["pupils"] is not None:
            eligible = draw(st.none() | st.integers(0, values["pupils"]))
            place.observe(
                school, "fsm_eligible", eligible, REGISTER_DAY, denominator=values["pupils"]
            )
    return place


def lenses() -> st.SearchStrategy[Lens]:
    return st.sampled_from(
        [
            Lens.everywhere(),
            Lens.authority("la:001"),
            Lens.radius(415_000, 315_000, 8),
            Lens.trust("uid:90001"),
            ~Lens.authority("la:001"),
            Lens.authority("la:001") & Lens.authority("la:002"),
        ]
    )


@given(countries(), lenses(), st.sampled_from(PHASES))
@settings(max_examples=40)  # every figure of a landscape, so fewer landscapes
def test_every_figure_of_every_place_keeps_its_bounds(place, lens, phase):
    here = place.landscape().through(lens, phase=phase)
    for indicator in INDICATORS_DECLARED:
        found = indicator.measure(here)
        assert found.n >= 0
        assert found.missing >= 0
        if not found.is_measured:
            assert found.value is None
            assert found.reason.endswith("."), found
            continue
        assert math.isfinite(found.value), found
        assert found.n > 0, found
        if indicator.unit == "share":
            assert 0 <= found.value <= 1, found
            assert found.n >= SMALLEST_DENOMINATOR
        if indicator.unit in ("count", "km", "years", "ratio", "per km2"):
            assert found.value >= 0, found
        if found.interval:
            slack = 1e-9 * max(1, abs(found.value))
            assert found.interval.low - slack <= found.value <= found.interval.high + slack, found
        if found.chance and found.chance.low is not None:
            assert found.chance.low <= found.chance.high, found


@given(countries(), st.sampled_from(PHASES))
def test_the_bands_share_out_all_schools(place, phase):
    here = place.landscape().through(Lens.everywhere(), phase=phase)
    schools = state_schools(here)
    bands = ("single_academy_trusts", "trusts_2_5", "trusts_6_15", "trusts_16_plus")
    found = [INDICATORS[f"linked_systems.share_in_{band}"].measure(here) for band in bands]
    found.append(INDICATORS["linked_systems.maintained_share"].measure(here))
    if schools.height < SMALLEST_DENOMINATOR:
        assert not any(one.is_measured for one in found)
        return
    unknown = found[0].missing
    assert unknown == (schools["band"] == "unknown").sum()
    total = sum(one.value for one in found) + unknown / schools.height
    assert total == pytest.approx(1)


@given(countries())
def test_parts_add_up_to_the_whole(place):
    landscape = place.landscape()
    lenses = [Lens.authority("la:001"), ~Lens.authority("la:001"), Lens.everywhere()]
    for name in ("context.schools", "context.pupils", "local_lens.conversions"):
        figures = [
            INDICATORS[name].measure(landscape.through(lens, phase="all")) for lens in lenses
        ]
        # a place whose schools mostly have no value is not measured, though a part of it may be
        if any(figure.missing and not figure.is_measured for figure in figures):
            continue
        ours, others, every = (figure.value or 0 for figure in figures)
        assert ours + others == every, name


@given(countries())
def test_effective_numbers_fall_with_their_order(place):
    here = place.landscape().through(Lens.everywhere(), phase="all")
    names = ("governing_bodies", "effective_governing_bodies_q1", "effective_governing_bodies")
    values = [INDICATORS[f"linked_systems.{name}"].measure(here).value for name in names]
    if None not in values:
        assert values[0] >= values[1] - 1e-9
        assert values[1] >= values[2] - 1e-9
        assert values[2] >= 1 - 1e-9


@given(countries(), st.randoms(use_true_random=False))
@settings(max_examples=20)  # every figure of two landscapes
def test_the_order_of_rows_and_the_names_of_trusts_change_nothing(place, shuffle):
    tables = place.tables()
    renamed = {"uid:90001": "uid:90103", "uid:90002": "uid:90102", "uid:90003": "uid:90101"}
    other = {}
    for name, table in tables.items():
        columns = [pl.col(pl.String).replace(renamed)] if table.height else []
        order = list(range(table.height))
        shuffle.shuffle(order)
        other[name] = table.with_columns(columns)[order]
    found, again = (
        [
            (one.measure(here).status, one.measure(here).value)
            for one in INDICATORS_DECLARED
            # what chance gives for a trust is drawn anew under its new name
            if one.id != "local_lens.trust_compactness"
        ]
        for here in (
            Landscape(each, as_of=REGISTER_DAY).through(Lens.authority("la:001"), phase="all")
            for each in (tables, other)
        )
    )
    for (status, value), (other_status, other_value) in zip(found, again, strict=True):
        assert status == other_status
        assert value == pytest.approx(other_value)


@given(countries())
@settings(max_examples=10)  # every figure of two landscapes
def test_the_same_question_has_the_same_answer(place):
    def ask() -> list[dict[str, object]]:
        here = place.landscape().through(Lens.authority("la:001"), phase="all")
        return [one.measure(here).to_json() for one in INDICATORS_DECLARED]

    assert ask() == ask()


@given(countries())
def test_an_earlier_day_knows_no_later_conversion(place):
    landscape = place.landscape()
    days = (date(2016, 4, 25), date(2019, 4, 25), REGISTER_DAY)
    counts = [
        INDICATORS["local_lens.conversions"]
        .measure(landscape.through(Lens.everywhere(), on=day, phase="all"))
        .value
        or 0
        for day in days
    ]
    # academies that are open now opened at some day: looking back there are never more
    assert counts == sorted(counts)
