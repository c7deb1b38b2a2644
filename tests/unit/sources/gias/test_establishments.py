from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.gias.read import COLUMNS, read
from hedgerow.sources.source_table import SourceTable


def kinds(faults: Faults) -> dict[str, int]:
    return dict(faults.table().group_by("kind").len().iter_rows())


def one(table: SourceTable, urn: int = 100001) -> dict[str, object]:
    return table.rows.filter(pl.col("urn") == urn).row(0, named=True)


def test_a_plain_school_is_read_with_its_types_and_without_faults(extract, school):
    faults = Faults()
    table = read(extract(school), faults)
    assert kinds(faults) == {}
    assert table.rows.columns == list(COLUMNS)
    found = one(table)
    assert found["id"] == "urn:100001"
    assert found["name"] == "Bramble Lane Primary School"
    assert (found["status"], found["route"]) == ("maintained", None)
    assert found["opened"] == date(1999, 9, 1)
    assert (found["low_age"], found["high_age"]) == (4, 11)
    assert (found["pupils"], found["fsm_eligible"], found["fsm_percent"]) == (200, 40, 20.0)
    assert (found["easting"], found["northing"]) == (400_000.0, 300_000.0)
    assert (found["ofsted_grade"], found["ofsted_date"]) == (2, date(2019, 5, 3))
    assert table.source.id == "gias-2022-04-25"
    assert table.source.release == "gias-extract"
    assert table.source.rows == 1


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_names_survive_every_usual_encoding(extract, school, encoding):
    school["EstablishmentName"] = "St Thomas à Bramble – ‘Infants’"
    table = read(extract(school, encoding=encoding), Faults())
    assert one(table)["name"] == "St Thomas à Bramble – ‘Infants’"


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_names_that_went_through_a_wrong_encoding_are_noted(extract, school, wrong):
    garbled = "St Thomas à Bramble’s".encode().decode(wrong)
    faults = Faults()
    read(extract(school | {"EstablishmentName": garbled}, encoding="utf-8"), faults)
    assert kinds(faults) == {"garbled letters in a name": 1}


def test_nothing_personal_is_read_or_set_aside(extract, school):
    twice = dict(school)
    table = read(extract(school, twice), Faults())
    kept = table.rows.write_csv() + table.set_aside.write_csv()
    for private in ("Petunia", "Nettlefold", "01000000000"):
        assert private not in kept


@pytest.mark.parametrize(
    ("code", "name", "status", "route"),
    [
        ("2", "Voluntary aided school", "maintained", None),
        ("5", "Foundation school", "maintained", None),
        ("28", "Academy sponsor led", "academy", "sponsored"),
        ("34", "Academy converter", "academy", "converter"),
        ("35", "Free schools", "academy", "new"),
        ("40", "University technical college", "academy", "new"),
        ("11", "Other independent school", "independent", None),
        ("8", "Non-maintained special school", "other", None),
    ],
)
def test_the_official_type_gives_status_and_route(extract, school, code, name, status, route):
    school |= {"TypeOfEstablishment (code)": code, "TypeOfEstablishment (name)": name}
    found = one(read(extract(school), Faults()))
    assert (found["status"], found["route"], found["type"]) == (status, route, name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Academy Sponsor Led", "28"),
        ("Free Schools - Alternative Provision", "38"),
        ("Academy 16-19 Sponsor Led", "46"),
        ("LA nursery school", "15"),
    ],
)
def test_a_name_stands_in_for_a_missing_code_in_the_spelling_of_any_year(
    extract, school, name, code
):
    school |= {"TypeOfEstablishment (code)": "", "TypeOfEstablishment (name)": name}
    assert one(read(extract(school), Faults()))["type_code"] == code


def test_an_unknown_type_is_noted_and_counts_as_other(extract, school):
    school |= {"TypeOfEstablishment (code)": "99", "TypeOfEstablishment (name)": "Moon school"}
    faults = Faults()
    assert one(read(extract(school), faults))["status"] == "other"
    assert kinds(faults) == {"unknown type of establishment": 1}


def test_schools_in_wales_and_what_is_no_school_are_set_aside_with_the_reason(extract, school):
    rows = [
        school,
        school | {"URN": "400001", "LA (code)": "681"},
        school | {"URN": "400002", "TypeOfEstablishment (code)": "30"},
        school | {"URN": "400003", "TypeOfEstablishment (code)": "37"},
        school | {"URN": "400004", "TypeOfEstablishment (code)": "47"},
    ]
    faults = Faults()
    table = read(extract(*rows), faults)
    assert table.rows["urn"].to_list() == [100001]
    assert table.set_aside.select("row", "reason").rows() == [
        (3, "in Wales: the register is of England"),
        (4, "in Wales: the register is of England"),
        (5, "establishment outside England"),
        (6, "not a school"),
    ]
    assert '"urn":400001' in table.set_aside["content"][0]
    assert len(faults) == 4


def test_of_rows_with_one_urn_the_first_that_is_open_is_used(extract, school):
    closed = school | {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2020"}
    again = school | {"EstablishmentName": "Bramble Lane again"}
    faults = Faults()
    table = read(extract(closed, school, again), faults)
    assert table.rows["row"].to_list() == [3]
    assert table.set_aside["row"].to_list() == [2, 4]
    assert kinds(faults) == {"duplicate URN": 2}


def test_rows_without_a_urn_or_a_name_are_set_aside(extract, school):
    rows = [school, school | {"URN": ""}, school | {"URN": "x1"}]
    rows += [school | {"URN": "100009", "EstablishmentName": " "}]
    faults = Faults()
    table = read(extract(*rows), faults)
    assert table.rows.height == 1
    assert table.set_aside["reason"].to_list() == [
        "no valid URN",
        "no valid URN",
        "establishment without a name",
    ]


def test_the_last_day_of_a_school_is_followed_by_the_first_on_which_it_is_gone(extract, school):
    school |= {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2020"}
    assert one(read(extract(school), Faults()))["closed"] == date(2020, 9, 1)


def test_a_school_proposed_to_close_is_open_until_then(extract, school):
    school |= {
        "EstablishmentStatus (name)": "Open, but proposed to close",
        "CloseDate": "31-08-2022",
    }
    faults = Faults()
    assert one(read(extract(school), faults))["closed"] == date(2022, 9, 1)
    assert len(faults) == 0


def test_unknown_and_impossible_days_become_null_and_are_reported(extract, school):
    rows = [
        school | {"URN": "100001", "OpenDate": "01-01-1900"},
        school | {"URN": "100002", "OpenDate": "31-02-2010"},
        school | {"URN": "100003", "OpenDate": "01-09-2023"},
        school | {"URN": "100004", "CloseDate": "01-09-2010"},
        school | {"URN": "100005", "OpenDate": "2001-09-01"},
    ]
    faults = Faults()
    table = read(extract(*rows), faults)
    assert table.rows["opened"].to_list() == [
        None,
        None,
        None,
        date(1999, 9, 1),
        date(2001, 9, 1),
    ]
    assert table.rows["closed"].null_count() == 5
    assert kinds(faults) == {
        "unknown date": 1,
        "impossible date in OpenDate": 1,
        "opening day to come of an open school": 1,
        "closing day passed of an open school": 1,
    }
    assert set(faults.table()["consequence"]) == {"value left out"}


def test_a_closed_school_without_a_day_is_set_aside_as_it_would_look_open(extract, school):
    gone = school | {"URN": "100009", "EstablishmentStatus (name)": "Closed"}
    table = read(extract(school, gone), Faults())
    assert table.rows["urn"].to_list() == [100001]
    assert table.set_aside["reason"].to_list() == ["closed, but nothing says when"]


def test_a_planned_school_is_kept_only_with_a_day_to_come(extract, school):
    planned = school | {"EstablishmentStatus (name)": "Proposed to open"}
    rows = [
        planned | {"URN": "100003", "OpenDate": "01-09-2022"},
        planned | {"URN": "100004", "OpenDate": ""},
    ]
    table = read(extract(*rows), Faults())
    assert table.rows["opened"].to_list() == [date(2022, 9, 1)]
    assert table.set_aside["reason"].to_list() == ["proposed to open, but nothing says when"]


def test_numbers_that_cannot_be_are_left_out(extract, school):
    rows = [
        school | {"URN": "100001", "NumberOfPupils": "many"},
        school | {"URN": "100002", "FSM": "201"},
        school | {"URN": "100003", "StatutoryLowAge": "11", "StatutoryHighAge": "4"},
        school | {"URN": "100004", "PercentageFSM": "120"},
        school | {"URN": "100005", "StatutoryLowAge": "4.5"},
    ]
    faults = Faults()
    table = read(extract(*rows), faults)
    assert table.rows["pupils"].to_list() == [None, 200, 200, 200, 200]
    assert table.rows["fsm_eligible"].to_list() == [40, None, 40, 40, 40]
    assert table.rows["low_age"].to_list() == [4, 4, None, 4, None]
    assert table.rows["high_age"].to_list() == [11, 11, None, 11, 11]
    assert table.rows["fsm_percent"].to_list() == [20, 20, 20, None, 20]
    assert set(kinds(faults)) == {
        "impossible number in NumberOfPupils",
        "more pupils eligible for free school meals than pupils",
        "lowest age above the highest",
        "impossible number in PercentageFSM",
        "impossible number in StatutoryLowAge",
    }


@pytest.mark.parametrize("easting", ["", "0", "-1", "9999999"])
def test_coordinates_that_are_none_are_null_and_noted(extract, school, easting):
    lost = school | {"URN": "100002", "Easting": easting}
    faults = Faults()
    table = read(extract(school, lost), faults)
    assert one(table, 100002)["easting"] is None
    assert one(table, 100002)["northing"] is None
    assert one(table)["easting"] == 400_000
    assert kinds(faults)["no coordinates"] == 1


def test_what_a_row_lacks_is_filled_from_other_schools_of_its_authority(extract, school):
    bare = school | {
        "URN": "100002",
        "LA (name)": "",
        "GOR (name)": "",
        "GSSLACode (name)": "",
        "DistrictAdministrative (code)": "",
    }
    faults = Faults()
    found = one(read(extract(school, bare), faults), 100002)
    assert found["la_name"] == "Brambleshire"
    assert found["region"] == "Far North"
    assert found["la_gss"] == "E06999999"
    assert found["district_code"] == "E06999999"
    assert all("from other schools" in text for text in faults.table()["found"])
    assert len(faults) == 4


def test_an_authority_that_no_row_names_is_named_after_its_one_unitary_district(extract, school):
    nameless = {"LA (name)": "", "GSSLACode (name)": ""}
    rows = [school | nameless, school | nameless | {"URN": "100002"}]
    faults = Faults()
    found = one(read(extract(*rows), faults))
    assert (found["la_name"], found["la_gss"]) == ("Brambleshire", "E06999999")
    assert kinds(faults) == {"authority named after its one district": 2}


def test_an_authority_of_several_districts_stays_without_a_name(extract, school):
    nameless = school | {"LA (name)": ""}
    elsewhere = nameless | {
        "URN": "100002",
        "DistrictAdministrative (code)": "E06999998",
        "DistrictAdministrative (name)": "Thornby",
    }
    named = school | {"URN": "100003", "LA (code)": "998"}
    faults = Faults()
    assert one(read(extract(nameless, elsewhere, named), faults))["la_name"] is None
    assert kinds(faults) == {"no name of the authority anywhere in the file": 2}


def test_a_district_s_name_follows_its_code(extract, school):
    rows = [school, school | {"URN": "100002"}]
    rows += [school | {"URN": "100003", "DistrictAdministrative (name)": "Thornby"}]
    faults = Faults()
    assert set(read(extract(*rows), faults).rows["district_name"]) == {"Brambleshire"}
    assert kinds(faults) == {"district's code and name disagree": 1}


def test_an_open_academy_without_a_trust_is_noted_and_kept(extract, academy):
    alone = academy | {"URN": "100003", "Trusts (code)": "", "Trusts (name)": ""}
    faults = Faults()
    table = read(extract(academy, alone), faults)
    assert table.rows["trust_code"].to_list() == ["9001", None]
    assert kinds(faults) == {"academy without a trust": 1}


def test_search_results_have_names_for_codes_and_links_that_spill_over(search_results, academy):
    academy |= {"Links": "Successor: 100009 Old Hawthorn"}
    faults = Faults()
    path = search_results(academy, spill=(" Predecessor: 100008", " Sixth form centre"))
    table = read(path, faults)
    found = one(table, 100002)
    assert table.source.release == "gias-search"
    assert (found["type_code"], found["status"], found["route"]) == ("34", "academy", "converter")
    assert (found["trust_code"], found["trust_name"]) == (None, "HEDGE LEARNING TRUST")
    assert found["easting"] is None
    assert table.set_aside.is_empty()
    assert kinds(faults) == {"fields beyond the last column": 1, "trust without a number": 1}


def test_a_needed_column_that_is_missing_is_named_with_the_file_and_the_known_layouts(
    extract, school
):
    with pytest.raises(DataError) as caught:
        read(extract(school, without=["PhaseOfEducation (name)", "Easting"]), Faults())
    said = str(caught.value)
    assert "edubasealldata20220425.csv" in said
    assert "PhaseOfEducation (name)" in said
    assert "Easting" in said
    assert "URN," not in said
    assert "official extract" in said
    assert "search results" in said


def test_columns_that_only_inform_may_be_missing(extract, school):
    faults = Faults()
    table = read(extract(school, without=["OfstedRating (name)", "FSM", "Street"]), faults)
    assert one(table)["ofsted_grade"] is None
    assert one(table)["fsm_eligible"] is None
    assert len(faults) == 0


def test_the_day_comes_from_the_last_change_where_the_name_has_none(extract, school):
    school["LastChangedDate"] = "07-06-2023"
    assert read(extract(school, name="schools.csv"), Faults()).source.as_of == date(2023, 6, 7)


def test_the_day_can_be_written_behind_the_file(extract, school):
    path = extract(school, name="schools.csv")
    table = read(Path(f"{path}@2021-11-30"), Faults())
    assert table.source.as_of == date(2021, 11, 30)
    assert table.source.file == "schools.csv"


def test_without_a_change_the_day_is_the_latest_in_the_rows_that_is_not_to_come(extract, school):
    school |= {"LastChangedDate": "", "OpenDate": "01-09-2009", "OfstedLastInsp": "12-10-2021"}
    later = school | {"URN": "900099", "OpenDate": "01-09-2099", "OfstedLastInsp": ""}
    found = read(extract(school, later, name="schools.csv"), Faults())
    assert found.source.as_of == date(2021, 10, 12)


def test_without_any_day_the_answer_says_how_to_write_it(extract, school):
    school |= {"LastChangedDate": "", "OpenDate": "", "OfstedLastInsp": ""}
    with pytest.raises(DataError, match=r"--gias .*schools\.csv@2022-04-25"):
        read(extract(school, name="schools.csv"), Faults())
