"""A landscape never changes; it is as on a day, and smaller through a lens."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.landscape import MOST_DAYS, MOST_VIEWS, Landscape
from hedgerow.landscape.lens import Lens
from tests.made_up import REGISTER_DAY, MadeUp, brambleford


@pytest.fixture
def country():
    return brambleford().landscape()


def test_attributes_cannot_be_set_or_deleted(country):
    for attribute in ("label", "as_of", "sources", "new"):
        with pytest.raises(AttributeError, match="never changes"):
            setattr(country, attribute, None)
    with pytest.raises(AttributeError, match="never changes"):
        del country.label


def test_changing_a_frame_in_place_changes_no_landscape(country):
    heights = country.organisations.height, country.schools.height
    for frame in (country.organisations, country.schools, country.ties, country.table("areas")):
        frame.insert_column(0, pl.lit(1).alias("intruder"))
        frame.extend(frame.clone())
    assert (country.organisations.height, country.schools.height) == heights
    here = country.through(Lens.authority("la:001"))
    for frame in (here.schools, here.organisations, here.ties):
        frame.insert_column(0, pl.lit(1).alias("intruder"))
    for frame in (country.organisations, country.schools, here.schools, here.ties):
        assert "intruder" not in frame.columns


def test_changing_what_it_was_made_from_changes_no_landscape():
    tables = brambleford().tables()
    checked, unchecked = Landscape(tables), Landscape(tables, is_checked=True)
    tables["ties"].insert_column(0, pl.lit(1).alias("intruder"))
    del tables["areas"]
    for landscape in (checked, unchecked):
        assert "intruder" not in landscape.ties.columns
        assert landscape.has("areas")


def test_tables_have_declared_columns_and_types():
    given = pl.DataFrame(
        {
            "part": ["lad:N"],
            "area": ["hubarea:1"],
            "is_whole": [True],
            "source": ["x"],
            "remark": ["left out"],
        }
    )
    taken = Landscape({"area_parts": given}).table("area_parts")
    assert taken.columns == ["area", "part", "is_whole", "source"]


def test_types_are_cast_where_nothing_is_lost():
    place = MadeUp()
    place.school(900001, pupils=100)
    tables = place.tables()
    tables["schools"] = tables["schools"].cast({"pupils": pl.Float64})
    assert Landscape(tables).schools.schema["pupils"] == pl.Int32


def test_an_unknown_table_names_the_known_ones(country):
    with pytest.raises(DataError, match="no table “pupils”") as caught:
        country.table("pupils")
    assert "observations" in caught.value.advice
    with pytest.raises(DataError, match="no table “pupils”"):
        Landscape({"pupils": pl.DataFrame()})


def test_a_missing_column_is_named():
    with pytest.raises(DataError, match="“area_parts” lacks the columns part, is_whole, source"):
        Landscape({"area_parts": pl.DataFrame({"area": ["x"]})})


def test_a_value_of_the_wrong_type_is_told():
    wrong = pl.DataFrame({"area": ["x"], "part": ["y"], "is_whole": ["maybe"], "source": ["z"]})
    with pytest.raises(DataError, match="“area_parts” does not fit its type"):
        Landscape({"area_parts": wrong})


def test_a_school_must_be_an_organisation():
    tables = brambleford().tables()
    with pytest.raises(DataError, match="14 of the table “schools”"):
        Landscape({"schools": tables["schools"]})
    kept = tables["organisations"].filter(pl.col("id") != "urn:900003")
    with pytest.raises(DataError, match=r"1 of the table “schools” .*: urn:900003\."):
        Landscape(tables | {"organisations": kept})


def test_a_school_must_be_a_school_among_the_organisations():
    tables = brambleford().tables()
    relabelled = tables["organisations"].with_columns(kind=pl.lit("charity"))
    with pytest.raises(DataError, match="are no schools in “organisations”"):
        Landscape(tables | {"organisations": relabelled})


def test_an_absent_table_is_empty_with_its_columns(country):
    assert not country.has("roles")
    assert country.table("roles").is_empty()
    assert "days_a_week" in country.table("roles").columns
    assert not country.has("roles")


def test_schools_join_both_tables(country):
    ash = country.schools.row(by_predicate=pl.col("urn") == 900001, named=True)
    assert (ash["name"], ash["phase"], ash["district"]) == (
        "Ash Primary School",
        "Primary",
        "lad:N",
    )
    assert country.schools.height == 14


def test_names_of_organisations_and_areas(country):
    assert country.names()["uid:90002"] == "Sloe Trust"
    assert country.names()["lad:V"] == "Sloe Vale"


def test_something_worked_out_is_worked_out_once(country):
    made = []
    for _ in range(2):
        country.worked_out("thing", lambda: made.append(1))
    assert made == [1]


class TestOn:
    def test_schools_then_open(self, country):
        assert "urn:900010" in set(country.on(date(2018, 8, 30)).schools["id"])
        assert "urn:900010" not in set(country.on(date(2018, 8, 31)).schools["id"])
        assert "urn:900013" not in set(country.on(date(2021, 8, 31)).schools["id"])
        assert "urn:900013" in set(country.on(date(2021, 9, 1)).schools["id"])

    def test_the_tie_of_a_closed_school_goes_with_it(self, country):
        def maintained(day):
            return country.on(day).ties.filter(pl.col("kind") == "maintains").height

        assert maintained(date(2018, 8, 30)) == 1
        assert maintained(date(2018, 8, 31)) == 0

    def test_a_tie_ends_where_another_starts(self, country):
        def governors(day):
            ties = country.on(day).ties
            return ties.filter(pl.col("kind") == "governs", pl.col("to_id") == "urn:900009")[
                "from_id"
            ].to_list()

        assert governors(date(2020, 8, 31)) == ["uid:90001"]
        assert governors(date(2020, 9, 1)) == ["uid:90002"]

    def test_before_anything_is_known(self, country):
        with pytest.raises(UsageError, match="1 January 2014: the register begins on 1 January"):
            country.on(date(2014, 1, 1))
        assert country.on(date(2015, 1, 1)).day == date(2015, 1, 1)

    def test_before_the_vintage_where_no_earlier_evidence_is_said(self):
        landscape = MadeUp(earliest=None).landscape()
        with pytest.raises(UsageError, match="Ask for 2022-04-25 or later"):
            landscape.on(date(2022, 4, 24))

    def test_a_landscape_without_a_vintage_knows_every_day(self):
        landscape = MadeUp(as_of=None, earliest=None).landscape()
        assert landscape.on(date(1900, 1, 1)).day == date(1900, 1, 1)

    def test_the_same_day_is_the_same_landscape(self, country):
        dated = country.on(REGISTER_DAY)
        assert country.on(REGISTER_DAY) is dated
        assert dated.on(REGISTER_DAY) is dated

    def test_what_it_was_made_of_stays_known(self, country):
        dated = country.on(date(2019, 1, 1))
        assert (dated.label, dated.as_of, dated.sources) == (
            country.label,
            country.as_of,
            country.sources,
        )

    def test_few_days_are_kept(self, country):
        for day in range(1, 29):
            country.on(date(2021, 2, day))
        assert len(country._dated) == MOST_DAYS


class TestThrough:
    def test_the_day_is_the_registers_own_unless_said(self, country):
        assert country.through(Lens.everywhere()).on == REGISTER_DAY
        assert country.through(Lens.everywhere(), on=date(2019, 1, 1)).on == date(2019, 1, 1)

    def test_a_dated_landscape_keeps_its_day(self, country):
        assert country.on(date(2019, 1, 1)).through(Lens.everywhere()).on == date(2019, 1, 1)

    def test_without_any_day(self):
        landscape = MadeUp(as_of=None, earliest=None).landscape()
        with pytest.raises(UsageError, match="for which date"):
            landscape.through(Lens.everywhere())

    def test_an_unknown_phase(self, country):
        with pytest.raises(UsageError, match="no phase “nursery”"):
            country.through(Lens.everywhere(), phase="nursery")

    def test_phase_narrows_schools_and_nothing_else(self, country):
        lens = Lens.authority("la:001")
        every, secondary = country.through(lens), country.through(lens, phase="secondary")
        assert secondary.schools["id"].to_list() == ["urn:900006"]
        assert every.schools.height == 9
        assert secondary.members == every.members
        assert secondary.ties.equals(every.ties)

    def test_ties_that_reach_out_are_kept_and_marked(self, country):
        ties = country.through(Lens.authority("la:001")).ties.filter(pl.col("kind") == "governs")
        out = ties.filter("reaches_out").select("from_id", "to_id").rows()
        # a trust that lies elsewhere, and a foundation that lies nowhere
        assert sorted(out) == [("uid:90002", "urn:900009"), ("uid:90004", "urn:900002")]
        assert ("uid:90001", "urn:900004") in ties.filter(~pl.col("reaches_out")).select(
            "from_id", "to_id"
        ).rows()

    def test_ties_to_areas_reach_out(self, country):
        ties = country.through(Lens.hub("tsh:HH1")).ties
        covers = ties.filter(pl.col("kind") == "covers")
        assert covers.select("to_id", "reaches_out").row(0) == ("hubarea:HH1", True)

    def test_organisations_tied_to_the_place_stand_beside_it(self, country):
        organisations = country.through(Lens.authority("la:001")).organisations
        beside = organisations.filter(~pl.col("is_local"))
        assert {"uid:90002", "uid:90004", "mh:001", "tsh:HH1", "urn:900011"} >= set(beside["id"])
        assert "uid:90002" in set(beside["id"])
        assert organisations.filter("is_local")["id"].n_unique() == 13

    def test_name(self, country):
        assert country.through(Lens.authority("la:001")).name == "Brambleford"

    def test_the_same_view_is_worked_out_once(self, country):
        lens = Lens.authority("la:001")
        here = country.through(lens)
        assert country.through(Lens.authority("la:001")) is here
        assert country.through(lens, phase="primary") is not here
        made = []
        for _ in range(2):
            country.through(lens).worked_out("thing", lambda: made.append(1))
        country.through(lens, phase="primary").worked_out("thing", lambda: made.append(2))
        assert made == [1, 2]

    def test_few_views_are_kept_and_those_in_use_stay(self, country):
        england = country.through(Lens.everywhere())
        for metres in range(MOST_VIEWS + 10):
            country.through(Lens.radius(400_000, 300_000 + metres, 1))
            assert country.through(Lens.everywhere()) is england
        latest = country.through(Lens.radius(400_000, 200_000, 1))
        assert country.through(Lens.radius(400_000, 200_000, 1)) is latest
        assert len(england.whole._views) == MOST_VIEWS

    def test_a_view_cannot_be_changed(self, country):
        here = country.through(Lens.everywhere())
        with pytest.raises(AttributeError):
            here.members = frozenset()


def test_one_name_is_found_without_all_of_them(country):
    assert country.name_of("uid:90002") == "Sloe Trust"
    assert country.name_of("lad:V") == "Sloe Vale"
    assert country.name_of("uid:0") == "uid:0"
