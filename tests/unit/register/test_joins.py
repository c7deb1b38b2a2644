"""How facts from several files meet: areas and their index, results, succession, doubles."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source
from hedgerow.sources.register.deprivation import deprivation
from hedgerow.sources.register.results import results
from hedgerow.sources.register.succession import opened_by_succession, succession
from hedgerow.sources.register.uniqueness import one_a_key
from hedgerow.sources.source_table import SourceTable
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA

DAY = date(2019, 9, 26)


def source_table(rows: pl.DataFrame, name: str, day: date = DAY) -> SourceTable:
    source = Source(
        id=f"{name}-{day}", title=name, publisher="P", licence="L", as_of=day, file=f"{name}.csv"
    )
    return SourceTable(source=source, rows=rows, set_aside=pl.DataFrame(schema=SET_ASIDE_SCHEMA))


@pytest.fixture
def index():
    return source_table(
        pl.DataFrame(
            {"lsoa": ["E1", "E2"], "edition": [2011, 2011], "rank": [7, 9], "decile": [1, 2]}
        ),
        "imd",
    )


@pytest.fixture
def centroids():
    """E1 and E2 lie 10 km apart; E3 was redrawn, and the index does not have it."""
    return source_table(
        pl.DataFrame(
            {
                "lsoa": ["E1", "E2", "E3"],
                "edition": [2011] * 3,
                "easting": [0.0, 10_000.0, 20_000.0],
                "northing": [0.0] * 3,
            }
        ),
        "lsoa",
    )


def schools(**columns):
    rows = {"id": [], "lsoa": [], "easting": [], "northing": []} | columns
    return pl.DataFrame(
        rows,
        schema={
            "id": pl.String,
            "lsoa": pl.String,
            "easting": pl.Float64,
            "northing": pl.Float64,
        },
    )


def test_own_area_else_the_nearest_else_nothing(index, centroids):
    given = schools(
        id=["own", "redrawn", "far", "nowhere", "by a redrawn one"],
        lsoa=["E1", "E9", None, None, None],
        easting=[9_999.0, 11_500.0, 12_001.0, None, 20_000.0],
        northing=[0.0, 0.0, 0.0, None, 0.0],
    )
    faults = Faults()
    found = deprivation(given, [index], centroids, faults)
    deciles = found.filter(pl.col("measure") == "imd_decile").select(
        "organisation", "value", "status", "date"
    )
    assert deciles.rows() == [
        ("own", 1.0, "observed", DAY),
        ("redrawn", 2.0, "converted", DAY),
        ("far", None, "not available", DAY),
        ("nowhere", None, "not available", DAY),
        ("by a redrawn one", None, "not available", DAY),
    ]
    ranks = found.filter(pl.col("measure") == "imd_rank")
    assert ranks["value"].to_list() == [7.0, 9.0, None, None, None]
    assert [fault.found for fault in faults] == ["3 of 5 schools"]


def test_without_centroids_only_areas_of_the_same_edition(index):
    given = schools(
        id=["own", "redrawn"], lsoa=["E1", "E9"], easting=[0.0, 0.0], northing=[0.0, 0.0]
    )
    found = deprivation(given, [index], None, faults := Faults())
    assert found["status"].to_list() == ["observed", "not available"] * 2
    assert "--lsoa" in next(iter(faults)).advice


def test_no_index_no_rows():
    assert deprivation(schools(), [], None, Faults()).is_empty()


def test_results_of_schools_that_the_register_lacks_are_set_aside():
    rows = pl.DataFrame(
        {
            "organisation": ["urn:900001", "urn:900077", "urn:900077"],
            "measure": ["pupils", "pupils", "eal_pupils"],
            "date": [DAY] * 3,
            "source": ["census"] * 3,
            "value": [200.0, 90.0, None],
            "denominator": [None, None, 90.0],
            "status": ["observed", "observed", "suppressed"],
        }
    )
    kept, aside = results([source_table(rows, "census")], pl.DataFrame({"id": ["urn:900001"]}))
    assert kept["organisation"].to_list() == ["urn:900001"]
    assert aside.height == 1
    assert aside["content"][0].count("urn:900077") == 1
    assert "suppressed" in aside["content"][0]


def test_results_of_an_earlier_life_are_kept_but_not_those_of_one_school_among_several():
    rows = pl.DataFrame(
        {
            "row": [2, 3],
            "organisation": ["urn:800001", "urn:800002"],
            "measure": ["pupils"] * 2,
            "date": [DAY] * 2,
            "value": [90.0, 60.0],
            "denominator": [None, None],
            "status": ["observed"] * 2,
            "source": ["census"] * 2,
        }
    )
    succeeds = pl.DataFrame(
        {
            "from_id": ["urn:900001", "urn:900002", "urn:900002"],
            "to_id": ["urn:800001", "urn:800002", "urn:800003"],
        }
    )
    schools = pl.DataFrame({"id": ["urn:900001", "urn:900002"]})
    kept, aside = results([source_table(rows, "census")], schools, [succeeds])
    assert kept["organisation"].to_list() == ["urn:800001"]
    assert aside.height == 1


LINKS = {
    "urn": [900002, 800002, 900003, 900004, 700001],
    "other_urn": [800002, 900002, 800003, 800004, 700002],
    "link": ["predecessor", "successor", "predecessor", "predecessor", "predecessor"],
    "manner": ["succeeded", "succeeded", "merged", "amalgamated", "succeeded"],
    "established": [
        date(2016, 9, 1),
        date(2016, 8, 31),
        date(2017, 9, 1),
        date(2030, 9, 1),
        date(2010, 1, 1),
    ],
}


def test_one_tie_from_two_directions_with_the_newer_schools_day():
    links = pl.DataFrame(LINKS).with_row_index("row")
    gias = source_table(pl.DataFrame({"urn": [900002, 900003, 900004]}), "gias")
    ties, aside = succession(source_table(links, "successors"), gias)
    assert ties.select("from_id", "to_id", "start").rows() == [
        ("urn:900002", "urn:800002", date(2016, 9, 1)),
        ("urn:900003", "urn:800003", date(2017, 9, 1)),
        ("urn:900004", "urn:800004", date(2030, 9, 1)),
    ]
    assert aside["row"].to_list() == [4]


def test_opening_day_of_a_school_with_a_new_number():
    links = source_table(pl.DataFrame(LINKS), "successors")
    organisations = pl.DataFrame(
        {
            "id": ["urn:900001", "urn:900002", "urn:900003", "urn:900004"],
            "opened": [date(1990, 1, 1), None, None, None],
            "closed": [None] * 4,
        },
        schema={"id": pl.String, "opened": pl.Date, "closed": pl.Date},
    )
    opened = opened_by_succession(organisations, links, date(2022, 4, 25))
    # taking in another school opens nothing; a day to come is no opening day of an open school
    assert opened["opened"].to_list() == [date(1990, 1, 1), date(2016, 9, 1), None, None]


def test_the_first_is_kept_and_only_contradictions_are_reported():
    table = pl.DataFrame(
        {
            "id": ["b", "a", "a", "b"],
            "name": ["B", "A", "A", "Bee"],
            "source": ["one", "one", "two", "two"],
        }
    )
    faults = Faults()
    kept = one_a_key(
        table, ["id"], name="organisation", says=["name"], files={"two": "2.csv"}, faults=faults
    )
    assert kept.rows() == [("a", "A", "one"), ("b", "B", "one")]
    assert [(fault.file, fault.kind, fault.found) for fault in faults] == [
        ("2.csv", "organisation given twice", "id b")
    ]
