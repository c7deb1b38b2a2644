"""Census files: both layouts, their missing codes, and what is never read."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables.observations import Observations
from hedgerow.sources.census.read import read
from hedgerow.sources.census.schema import RELEASES, census_day

TABLES = """URN,LA,SCHOOLTYPE,NOR,NUMEAL,NUMENGFL,NUMFSM,PNUMFSMEVER
900001,999,State-funded primary,285,141,143,32,16.2
900002,999,Independent school,752,NA,NA,NA,NA
900003,999,State-funded secondary,NA,NA,NA,NA,NA
900004,999,State-funded primary,40,SUPP,12,0,5
NAT,,State-funded primary,4727089,1002292,3716282,745453,23
"""
FSM = "number of pupils known to be eligible for free school meals"
EAL = "number of pupils whose first language is known or believed to be other than English"
NATIONAL = (
    "time_period,geographic_level,region_name,urn,old_la_code,phase_type_grouping,trust,"
    "district_administrative_code,district_administrative_name,ward_name,urban_rural,academy_flag,"
    f"headcount of pupils,{FSM},{EAL},number of pupils classified as Irish ethnic origin\n"
    "202223,School,North,900001,999,State-funded primary,THORN TRUST,E07000001,Bramble,Mill,"
    "(England/Wales) Rural village,Academy,271,49,145,3\n"
    "202223,School,North,900002,999,State-funded primary,OLD FOUNDATION,E07000001,Bramble,Mill,"
    "Unknown,LA Maintained,100,10,0,1\n"
    "202223,School,North,900003,999,Independent school,,E07000001,Bramble,Mill,"
    "Unknown,Independent,365,z,z,z\n"
    "202223,Local authority,North,,999,State-funded primary,,,,,,,9000,900,90,9\n"
)


@pytest.fixture
def tables(tmp_path):
    path = tmp_path / "england_census_201819.csv"
    path.write_text(TABLES, encoding="utf-8-sig")
    return read(path, Faults())


@pytest.fixture
def national(tmp_path):
    path = tmp_path / "spc_school_level.csv"
    path.write_text(NATIONAL)
    return read(path, Faults())


def value(rows: pl.DataFrame, urn: int, measure: str) -> tuple[object, object, str]:
    found = rows.filter(pl.col("organisation") == f"urn:{urn}", pl.col("measure") == measure)
    return found.select("value", "denominator", "status").row(0)


@pytest.mark.parametrize(
    ("urn", "measure", "expected"),
    [
        (900001, "pupils", (285, None, "observed")),
        (900001, "fsm_eligible", (32, 285, "observed")),
        (900001, "eal_pupils", (141, 285, "observed")),
        (900002, "pupils", (752, None, "observed")),
        (900002, "fsm_eligible", (None, 752, "not applicable")),
        (900003, "pupils", (None, None, "not available")),
        (900003, "eal_pupils", (None, None, "not available")),
        (900004, "eal_pupils", (None, 40, "suppressed")),
        (900004, "fsm_eligible", (0, 40, "observed")),
    ],
)
def test_performance_tables(tables, urn, measure, expected):
    assert value(tables.rows, urn, measure) == expected


def test_totals_are_set_aside_and_no_fault(tmp_path, tables):
    assert tables.source.as_of == date(2019, 1, 17)
    assert tables.source.rows == 4
    assert tables.set_aside.select("row", "reason").rows() == [(6, "summary row")]
    assert tables.places.is_empty()
    Observations.validate(tables.rows, cast=True)


@pytest.mark.parametrize(
    ("urn", "measure", "expected"),
    [
        (900001, "fsm_eligible", (49, 271, "observed")),
        (900001, "eal_pupils", (145, 271, "observed")),
        (900002, "eal_pupils", (0, 100, "observed")),
        (900003, "fsm_eligible", (None, 365, "not applicable")),
    ],
)
def test_national(national, urn, measure, expected):
    assert value(national.rows, urn, measure) == expected


def test_the_year_stands_in_the_rows(national):
    assert national.source.id == "census-2023-01-19"
    assert national.set_aside["reason"].to_list() == ["not of a school"]


def test_a_trust_is_one_only_for_academies(national):
    assert national.places.select("urn", "trust_name").rows() == [
        (900001, "THORN TRUST"),
        (900002, None),
        (900003, None),
    ]


def test_places(national):
    assert national.places.drop("trust_name").row(0) == (
        900001,
        "North",
        "999",
        "E07000001",
        "Bramble",
        "Mill",
        "(England/Wales) Rural village",
    )
    assert national.places["urban_rural"].to_list()[1:] == [None, None]


def test_ethnicity_is_never_named():
    headings = [
        heading.casefold()
        for release in RELEASES
        for heading in (*release.columns.values(), *release.optional.values())
    ]
    assert headings
    assert not [heading for heading in headings if "ethnic" in heading or "girls" in heading]


def test_census_day_is_the_third_thursday():
    # published days of the spring school census
    assert census_day(2019) == date(2019, 1, 17)
    assert census_day(2022) == date(2022, 1, 20)
    assert census_day(2023) == date(2023, 1, 19)
    assert census_day(2026) == date(2026, 1, 15)


def test_no_year_anywhere(tmp_path):
    path = tmp_path / "england_census.csv"
    path.write_text(TABLES)
    with pytest.raises(DataError, match="which day"):
        read(path, Faults())


def test_strange_values_are_told(tmp_path):
    faults = Faults()
    path = tmp_path / "census_202021.csv"
    path.write_text(TABLES.replace("32", "many"))
    table = read(path, faults)
    assert value(table.rows, 900001, "fsm_eligible") == (None, 285, "not available")
    assert [(fault.row, fault.column, fault.found) for fault in faults] == [(2, "NUMFSM", "many")]
