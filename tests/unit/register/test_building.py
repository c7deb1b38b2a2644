"""A register of three made-up schools, from files in the official layouts."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.sources.register import RegisterInputs, build, open_register
from tests.unit.register.made_up_files import (
    ACADEMY,
    GROUPS,
    OTHER_TRUST,
    POSTCODES,
    SCHOOLS,
    TRUST,
    files_of_a_day,
    gias,
    links,
    table,
    written,
)

DAY = date(2022, 4, 25)
EXTRACT = "edubasealldata20220425.csv"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def made(folder, out="registers", **options):
    """Build from the extract and other files; give the landscape and the summary."""
    paths = written(folder, {EXTRACT: options.pop("gias", gias())})
    given = {
        name: tuple(written(folder, files).values()) if isinstance(files, dict) else files
        for name, files in options.items()
    }
    single = {"groups", "successors", "postcodes", "lsoa", "boundaries"}
    given = {name: paths[0] if name in single else paths for name, paths in given.items()}
    target = folder.parent / out
    summary = build(RegisterInputs(gias=paths[EXTRACT], **given), target)
    return open_register(target), summary


def ties(landscape, kind):
    return (
        landscape.ties.filter(pl.col("kind") == kind)
        .select("from_id", "to_id", "start", "end", "start_censored", "end_censored")
        .rows()
    )


def test_the_extract_alone(folder):
    landscape, summary = made(folder)
    assert landscape.as_of == landscape.earliest == summary.vintage == DAY
    assert landscape.label == "2022-04-25"
    assert landscape.schools.select("id", "name", "status", "route", "rural", "pupils").rows() == [
        ("urn:900001", "Bramble Lane Primary School", "maintained", None, True, 200),
        ("urn:900002", "Hazel Primary Academy", "academy", "converter", True, 200),
        ("urn:900003", "Dogwood Primary Academy", "academy", "converter", True, 200),
    ]
    others = landscape.organisations.filter(pl.col("kind") != "school")
    assert others.select("id", "kind", "name").rows() == [
        ("la:999", "authority", "Brambleford"),
        ("uid:5001", "trust", "Bramble Trust"),
    ]
    assert ties(landscape, "governs") == [
        ("uid:5001", "urn:900002", None, None, True, False),
        ("uid:5001", "urn:900003", None, None, True, False),
    ]
    assert ties(landscape, "maintains") == [("la:999", "urn:900001", None, None, True, False)]
    assert landscape.table("areas").select("id", "name").rows() == [
        ("lad:E06000999", "Brambleford")
    ]


def test_observations_of_the_extract(folder):
    rows = [
        {"URN": "900001", "EstablishmentName": "Bramble Lane Primary School"},
        {"URN": "900004", "EstablishmentName": "New School", "NumberOfPupils": "", "FSM": ""}
        | {"OfstedRating (name)": "", "OfstedLastInsp": ""},
    ]
    landscape, _ = made(folder, gias=gias(rows))
    found = landscape.table("observations").select(
        "organisation", "measure", "date", "value", "denominator", "status"
    )
    assert found.rows() == [
        ("urn:900001", "fsm_eligible", DAY, 50.0, 200.0, "observed"),
        ("urn:900001", "inspection_grade", date(2020, 2, 1), 2.0, None, "observed"),
        ("urn:900001", "pupils", DAY, 200.0, None, "observed"),
        ("urn:900004", "fsm_eligible", DAY, None, None, "not available"),
        ("urn:900004", "pupils", DAY, None, None, "not available"),
    ]


def test_all_files_of_a_day(folder):
    files = files_of_a_day()
    landscape, summary = made(
        folder,
        groups={"allgroupsdata20220425.csv": files["allgroupsdata20220425.csv"]},
        links={"alllinksdata20220425.csv": files["alllinksdata20220425.csv"]},
        successors={"links_edubasealldata20220425.csv": files["links_edubasealldata20220425.csv"]},
    )
    assert ties(landscape, "governs") == [
        ("uid:5001", "urn:900002", date(2016, 9, 1), None, False, False),
        ("uid:5001", "urn:900003", date(2018, 1, 1), None, False, False),
    ]
    # the older school has closed: it is known by its number alone
    assert ties(landscape, "succeeds") == [
        ("urn:900002", "urn:800002", date(2016, 9, 1), None, False, False)
    ]
    opened = dict(landscape.organisations.select("id", "opened").iter_rows())
    assert opened["urn:900002"] == date(2016, 9, 1)
    assert opened["urn:900003"] is None
    assert opened["uid:5001"] == date(2015, 1, 1)
    sizes = landscape.table("observations").filter(pl.col("measure") == "schools_in_link_records")
    assert sizes.select("organisation", "value", "date").rows() == [("uid:5001", 2.0, DAY)]
    assert [source.id for source in summary.sources] == [
        "gias-2022-04-25",
        "groups-2022-04-25",
        "links-2022-04-25",
        "successors-2022-04-25",
    ]


def test_link_records_of_several_days_give_a_history(folder):
    landscape, _ = made(
        folder,
        links={
            "links20220301.csv": links({**TRUST, "URN": "900002", "Joined date": "2020-09-01"}),
            "links20170301.csv": links(
                {**OTHER_TRUST, "URN": "900002", "Joined date": "2012-09-01"},
                {**OTHER_TRUST, "URN": "900003", "Joined date": "1900-01-01"},
            ),
        },
    )
    assert landscape.earliest == date(2017, 3, 1)
    assert ties(landscape, "governs") == [
        # known from the extract, seen first on its day; gone from the links by 2022
        ("uid:5001", "urn:900002", date(2020, 9, 1), None, False, False),
        ("uid:5001", "urn:900003", DAY, None, True, False),
        ("uid:5002", "urn:900002", date(2012, 9, 1), date(2020, 9, 1), False, False),
        ("uid:5002", "urn:900003", None, date(2022, 3, 1), True, True),
    ]
    with pytest.raises(UsageError, match="1 March 2017"):
        landscape.on(date(2017, 2, 28))


def test_vintages_side_by_side_give_a_history(folder):
    other = {"Trusts (code)": "5002", "Trusts (name)": "Rowan Trust"}
    before = gias([SCHOOLS[0], {**SCHOOLS[1], **other}, SCHOOLS[2]])
    out = folder.parent / "registers"
    (early,) = written(folder, {"edubasealldata20200501.csv": before}).values()
    build(RegisterInputs(gias=early), out)
    landscape, summary = made(folder)
    assert landscape.earliest == date(2020, 5, 1)
    assert ties(landscape, "governs") == [
        ("uid:5001", "urn:900002", DAY, None, True, False),
        ("uid:5001", "urn:900003", None, None, True, False),
        # some time between the two days
        ("uid:5002", "urn:900002", None, DAY, True, True),
    ]
    names = dict(landscape.organisations.select("id", "name").iter_rows())
    assert names["uid:5002"] == "Rowan Trust"
    assert [source.id for source in summary.sources] == ["gias-2022-04-25", "gias-2020-05-01"]
    assert summary.rows["faults"] == 0


def test_a_third_vintage_rests_on_the_days_of_both(folder):
    out = folder.parent / "registers"
    for day in ("20180501", "20200501"):
        (path,) = written(folder, {f"edubasealldata{day}.csv": gias()}).values()
        build(RegisterInputs(gias=path), out)
    landscape, _ = made(folder)
    assert landscape.earliest == date(2018, 5, 1)
    (out / "2018-05-01" / "ties.parquet").unlink()
    (out / "2020-05-01" / "ties.parquet").unlink()
    landscape, summary = made(folder)
    assert landscape.earliest == DAY
    assert summary.fault_kinds().select("kind", "count").rows() == [
        ("older register not readable", 1),
        ("older register not readable", 1),
    ]


def test_links_of_schools_that_the_extract_lacks_are_set_aside_but_counted(folder):
    landscape, summary = made(
        folder,
        links={
            "links20220301.csv": links(
                {**TRUST, "URN": "900002", "Joined date": "2020-09-01"},
                {**TRUST, "URN": "900077", "Joined date": "2020-09-01"},
            )
        },
    )
    aside = summary.set_aside.row(0, named=True)
    assert (aside["file"], aside["row"]) == ("links20220301.csv", 3)
    assert "not in the register's extract" in aside["reason"]
    assert "900077" in aside["content"]
    sizes = landscape.table("observations").filter(pl.col("measure") == "schools_in_link_records")
    assert sizes["value"].to_list() == [2.0]


def test_a_closed_trust_with_schools_counts_as_open_and_is_reported(folder):
    groups = table(
        GROUPS, [{**{k: TRUST[k] for k in GROUPS if k in TRUST}, "Closed Date": "2019-08-31"}]
    )
    landscape, summary = made(folder, groups={"allgroupsdata20220425.csv": groups})
    trust = landscape.organisations.filter(pl.col("id") == "uid:5001")
    assert trust["closed"].to_list() == [None]
    kinds = summary.fault_kinds().filter(pl.col("kind") == "closed group with schools")
    assert kinds.select("file", "count").rows() == [("allgroupsdata20220425.csv", 1)]


def test_no_coordinates_then_those_of_the_postcode_else_none(folder):
    nowhere = {"Easting": "0", "Northing": "0"}
    rows = [
        {**SCHOOLS[0], **nowhere, "DistrictAdministrative (code)": ""}
        | {"DistrictAdministrative (name)": ""},
        {**SCHOOLS[1], **nowhere, "Postcode": "ZZ9 9ZZ"},
        SCHOOLS[2],
    ]
    postcodes = table(
        POSTCODES,
        [{"pcd": "ZZ1 1AA", "laua": "E06000999", "oseast1m": "400100", "osnrth1m": "200100"}],
    )
    landscape, _ = made(folder, gias=gias(rows), postcodes={"onspd20251130.csv": postcodes})
    placed = landscape.schools.select("id", "easting", "position_from", "district").rows()
    assert placed == [
        ("urn:900001", 400100.0, "postcode", "lad:E06000999"),
        ("urn:900002", None, None, "lad:E06000999"),
        ("urn:900003", 400000.0, "register", "lad:E06000999"),
    ]


def test_an_authority_without_a_name_is_named_after_its_only_district(folder):
    rows = [{**school, "LA (name)": ""} for school in SCHOOLS]
    landscape, _ = made(folder, gias=gias(rows))
    authority = landscape.organisations.filter(pl.col("kind") == "authority")
    assert authority.select("name", "code").rows() == [("Brambleford", "E06000999")]


def test_duplicate_urns_keep_one_and_set_the_other_aside(folder):
    landscape, summary = made(folder, gias=gias([*SCHOOLS, SCHOOLS[0]]))
    assert landscape.schools.height == 3
    assert summary.set_aside.select("row").rows() == [(5,)]
    assert "900001" in summary.set_aside["content"][0]
    assert summary.fault_kinds().filter(pl.col("kind") == "duplicate URN")["count"].sum() == 1


def test_a_closed_school_is_there_until_it_closed(folder):
    closed = {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2021"}
    rows = [*SCHOOLS, {"URN": "900005", "EstablishmentName": "Elder Academy", **ACADEMY, **closed}]
    landscape, summary = made(
        folder,
        gias=gias(rows),
        links={"links20190101.csv": links({**TRUST, "URN": "900005", "Joined date": "2018-01-01"})},
    )
    there = [
        "urn:900005" in set(landscape.on(day).schools["id"])
        for day in (date(2021, 8, 31), date(2021, 9, 1))
    ]
    assert there == [True, False]
    assert ("uid:5001", "urn:900005", date(2018, 1, 1), date(2021, 9, 1), False, False) in ties(
        landscape, "governs"
    )
    assert summary.schools["count"].sum() == 3


def test_the_same_files_give_the_same_tables(folder):
    made(folder, out="one")
    made(folder, out="two")
    for path in sorted((folder.parent / "one" / "2022-04-25").glob("*.parquet")):
        assert path.read_bytes() == (folder.parent / "two" / "2022-04-25" / path.name).read_bytes()


def test_building_again_replaces_the_same_vintage(folder):
    made(folder)
    landscape, summary = made(folder, gias=gias(SCHOOLS[:1]))
    assert landscape.schools.height == 1
    assert [path.name for path in summary.folder.parent.iterdir()] == ["2022-04-25"]


def test_a_file_given_twice(folder):
    once = links({**TRUST, "URN": "900002", "Joined date": "2020-09-01"})
    with pytest.raises(DataError, match="byte for byte"):
        made(folder, links={"links20170101.csv": once, "links20180101.csv": once})


def test_two_files_of_link_records_of_one_day(folder):
    files = {
        "links20170101.csv": links({**TRUST, "URN": "900002"}),
        "other_links_2017-01-01.csv": links({**TRUST, "URN": "900003"}),
    }
    with pytest.raises(DataError, match="both describe 1 January 2017"):
        made(folder, links=files)


def test_steps_are_told(folder):
    told = []
    paths = written(folder, {EXTRACT: gias()})
    build(RegisterInputs(gias=paths[EXTRACT]), folder.parent / "out", on_progress=told.append)
    assert told == [f"reading {EXTRACT}", "joining", "checking", "writing"]
