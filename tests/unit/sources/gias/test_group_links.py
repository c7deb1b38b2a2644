from __future__ import annotations

from datetime import date

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.links.read import COLUMNS, read

ALL_LINKS = [
    "URN", "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)",
    "Group Type", "Closed Date", "Open date", "Group Status", "Joined date", "EstablishmentName",
    "TypeOfEstablishment (code)", "PhaseOfEducation (code)", "PhaseOfEducation (name)",
    "LA (code)", "LA (name)",
]  # fmt: skip  # as the file has them, side by side
ACADEMIES_LINKS = [
    "URN", "Linked UID", "Group Name", "Companies House Number", "Group Type", "Closed Date",
    "Group Status", "FederationType", "Joined date", "EstablishmentName",
    "TypeOfEstablishment (code)", "PhaseOfEducation (code)", "PhaseOfEducation (name)",
    "LA (code)", "LA (name)", "HasSharedHT",
]  # fmt: skip  # as the file has them, side by side


def link(urn, uid, kind, joined="2015-09-01", status="Open", closed="", name="Hedge Trust"):
    return [
        urn, uid, "TR1", name, "5210075.0", "6", kind, closed, "2010-01-01", status, joined,
        "Hawthorn Academy", "34", "2", "Primary", "999", "Brambleshire",
    ]  # fmt: skip  # as the file has them, side by side


def kinds(faults: Faults) -> dict[str, int]:
    return dict(faults.table().group_by("kind").len().iter_rows())


def test_each_type_of_group_has_its_own_tie(table):
    groups = [
        ("Multi-academy trust", "trust", "governs"),
        ("School sponsor", "sponsor", "sponsors"),
        ("Trust", "foundation_trust", "supports"),
        ("Federation", "federation", "federates"),
        ("Umbrella trust", "association", "member_of"),
    ]
    rows = [link("100001", str(9000 + n), kind) for n, (kind, _, _) in enumerate(groups)]
    found = read(table("alllinksdata20220329.csv", ALL_LINKS, rows), Faults())
    assert found.rows.columns == list(COLUMNS)
    assert found.rows.select("group_type", "kind", "tie").rows() == groups
    assert found.rows["companies_house"][0] == "05210075"
    assert found.source.id == "links-2022-03-29"


def test_the_academies_layout_has_other_headings_days_and_rows_shorter_than_its_headings(table):
    row = ["100001", "9001", "Hedge Trust", "05210075", "Single-academy trust", "", "Open", "",
           "01-09-2015", "Hawthorn Academy", "34", "7", "All Through", "999",
           "Brambleshire"]  # fmt: skip  # as the file has them, side by side
    sponsored = [row[0], "9002", *row[2:4], "School sponsor", *row[5:]]
    faults = Faults()
    found = read(table("grouplinks20170403.csv", ACADEMIES_LINKS, [row, sponsored]), faults)
    assert found.source.release == "links-2017"
    assert found.rows["joined"].to_list() == [date(2015, 9, 1)] * 2
    assert found.rows["phase"].to_list() == ["All-through"] * 2
    assert found.rows["uid"].to_list() == ["9001", "9002"]
    assert kinds(faults) == {"heading without fields": 1}


def test_groups_of_childrens_centres_are_set_aside_and_counted(table):
    rows = [link("100001", "9001", "Multi-academy trust")]
    rows += [link("20003", "80637", "Children's Centres Group")]
    faults = Faults()
    found = read(table("alllinksdata20220329.csv", ALL_LINKS, rows), faults)
    assert found.rows.height == 1
    assert found.set_aside["row"].to_list() == [3]
    assert kinds(faults) == {"group of children's centres": 1}


def test_an_unknown_joining_day_is_null_and_one_to_come_is_left_out(table):
    rows = [
        link("100001", "9001", "Federation", joined="1900-01-01"),
        link("100002", "9001", "Federation", joined="2023-01-01"),
    ]
    faults = Faults()
    found = read(table("alllinksdata20220329.csv", ALL_LINKS, rows), faults)
    assert found.rows["joined"].to_list() == [None, None]
    assert kinds(faults) == {"unknown date": 1, "joining day to come": 1}


def test_of_several_trusts_the_open_one_joined_last_governs(table):
    rows = [
        link("100001", "9001", "Multi-academy trust", joined="2012-09-01", name="Old Trust"),
        link("100001", "9002", "Multi-academy trust", joined="2018-09-01", name="New Trust"),
        link("100001", "9003", "Single-academy trust", joined="2020-09-01", status="Closed",
             closed="2021-08-31", name="Gone Trust"),
        link("100001", "9004", "School sponsor"),
        link("100002", "9001", "Multi-academy trust"),
    ]  # fmt: skip  # as the file has them, side by side
    faults = Faults()
    found = read(table("alllinksdata20220329.csv", ALL_LINKS, rows), faults)
    assert found.rows.filter(pl.col("tie") == "governs").select("urn", "uid").rows() == [
        (100001, "9002"),
        (100002, "9001"),
    ]
    assert found.set_aside["row"].to_list() == [2, 4]
    assert all("New Trust" in reason for reason in found.set_aside["reason"])
    assert kinds(faults)["second academy trust of a school"] == 2


def test_a_school_without_joining_days_still_keeps_one_trust(table):
    rows = [link("100001", uid, "Multi-academy trust", joined="1900-01-01") for uid in "45"]
    found = read(table("alllinksdata20220329.csv", ALL_LINKS, rows), Faults())
    assert found.rows.height == 1
    assert found.set_aside.height == 1


def test_a_link_to_a_closed_group_is_used_and_noted(table):
    rows = [
        link("100001", "9001", "Multi-academy trust", status="Closed", closed="2021-08-31"),
    ]
    faults = Faults()
    found = read(table("alllinksdata20220329.csv", ALL_LINKS, rows), faults)
    assert found.rows["group_closed"].to_list() == [date(2021, 9, 1)]
    assert kinds(faults) == {"link to a closed group": 1}


def test_a_link_twice_in_a_file_is_used_once_with_its_earliest_day(table):
    rows = [
        link("100001", "9001", "Federation", joined="2019-01-01"),
        link("100001", "9001", "Federation", joined="2017-01-01"),
    ]
    found = read(table("alllinksdata20220329.csv", ALL_LINKS, rows), Faults())
    assert found.rows["joined"].to_list() == [date(2017, 1, 1)]
    assert found.set_aside["row"].to_list() == [2]


def test_unknown_types_and_missing_numbers_are_set_aside(table):
    rows = [
        link("100001", "9001", "Secret society"),
        link("", "9001", "Federation"),
        link("100001", "", "Federation"),
    ]
    found = read(table("alllinksdata20220329.csv", ALL_LINKS, rows), Faults())
    assert found.rows.is_empty()
    assert found.set_aside["reason"].to_list() == [
        "unknown type of group",
        "no valid URN",
        "no valid group UID",
    ]
