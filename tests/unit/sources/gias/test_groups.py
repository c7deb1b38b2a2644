from __future__ import annotations

from datetime import date

from hedgerow.landscape.faults import Faults
from hedgerow.sources.groups.read import COLUMNS, read

HEADINGS = [
    "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type", "Closed Date",
    "Open date", "Incorporated on (open date)", "Group Status", "Group Street", "Group Postcode",
    "Head of Group First Name", "UKPRN",
]  # fmt: skip  # as the file has them, side by side


def group(
    uid="9001",
    kind="Multi-academy trust",
    opened="",
    incorporated="2011-03-04",
    closed="",
    status="Open",
) -> list[str]:
    shown = [uid, "TR1", "Hedge Learning Trust", "5210075.0", kind, closed, opened, incorporated]
    return [*shown, status, "1 Lane", "zz1 1aa", "Petunia", "10060695.0"]


def kinds(faults: Faults) -> dict[str, int]:
    return dict(faults.table().group_by("kind").len().iter_rows())


def test_a_trust_opens_with_its_incorporation_and_bears_its_numbers_whole(table):
    found = read(table("allgroupsdata20220329.csv", HEADINGS, [group()]), Faults())
    assert found.rows.columns == list(COLUMNS)
    row = found.rows.row(0, named=True)
    assert (row["uid"], row["kind"], row["opened"]) == ("9001", "trust", date(2011, 3, 4))
    assert (row["companies_house"], row["ukprn"]) == ("05210075", "10060695")
    assert row["postcode"] == "ZZ1 1AA"
    assert "Petunia" not in found.rows.write_csv()


def test_an_unknown_opening_day_leaves_the_day_of_incorporation(table):
    rows = [group(opened="1900-01-01"), group(uid="9002", opened="1900-01-01", incorporated="")]
    found = read(table("allgroupsdata20220329.csv", HEADINGS, rows), Faults())
    assert found.rows["opened"].to_list() == [date(2011, 3, 4), None]


def test_a_closed_group_is_gone_the_day_after_and_one_without_a_day_is_noted(table):
    rows = [
        group(status="Closed", closed="2020-08-31"),
        group(uid="9002", status="Closed", closed="1900-01-01"),
    ]
    faults = Faults()
    found = read(table("allgroupsdata20220329.csv", HEADINGS, rows), faults)
    assert found.rows["closed"].to_list() == [date(2020, 9, 1), None]
    assert kinds(faults) == {"unknown date": 1, "closed group without a closing day": 1}


def test_days_that_contradict_each_other_or_the_file_are_left_out(table):
    rows = [
        group(opened="2024-12-12"),
        group(uid="9002", opened="2017-05-01", closed="2017-04-30", status="Closed"),
    ]
    faults = Faults()
    found = read(table("allgroupsdata20220329.csv", HEADINGS, rows), faults)
    assert found.rows["opened"].to_list() == [None, None]
    assert kinds(faults) == {
        "opening day to come of an open group": 1,
        "opening day after the closing day": 1,
    }


def test_no_group_stands_twice_and_none_is_of_childrens_centres(table):
    rows = [group(), group(), group(uid="8", kind="Children's Centres Group"), group(uid="x")]
    found = read(table("allgroupsdata20220329.csv", HEADINGS, rows), Faults())
    assert found.rows["row"].to_list() == [2]
    assert found.set_aside["row"].to_list() == [3, 4, 5]
