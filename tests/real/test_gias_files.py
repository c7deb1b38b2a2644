"""The real files of GIAS: every row used or set aside, faults counted by kind, known totals met."""

from __future__ import annotations

import csv
from datetime import date
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest

from hedgerow.landscape.faults import Faults
from hedgerow.sources.source_table import SourceTable

FILES = {
    "edubasealldata20220425.csv": "gias",
    "alllinksdata20220329.csv": "links",
    "grouplinks_edubaseallacademiesandfree20170403.csv": "links",
    "grouplinks_edubaseallacademiesandfree20190601.csv": "links",
    "allgroupsdata20220329.csv": "groups",
    "links_edubasealldata20230421.csv": "successors",
}

COUNTS = {
    "edubasealldata20220425.csv": {
        "unknown date": 138,
        "district's code and name disagree": 2,
        "no code of the district": 283,
        "authority named after its one district": 302,
        "no region": 6,
        "academy without a trust": 46,
    },
    "alllinksdata20220329.csv": {
        "group of children's centres": 1623,
        "unknown date": 62,
        "link to a closed group": 54,
    },
    "grouplinks_edubaseallacademiesandfree20170403.csv": {"heading without fields": 1},
    "grouplinks_edubaseallacademiesandfree20190601.csv": {"heading without fields": 1},
    "allgroupsdata20220329.csv": {
        "group of children's centres": 653,
        "unknown date": 214,
        "closed group without a closing day": 1,
        "opening day after the closing day": 1,
    },
    "links_edubasealldata20230421.csv": {"link that is no succession": 359, "link to come": 30},
}


def read(real_data: Path, file: str) -> tuple[SourceTable, Faults]:
    faults = Faults()
    return import_module(f"hedgerow.sources.{FILES[file]}.read").read(
        real_data / file, faults
    ), faults


def records(path: Path) -> int:
    """Count the rows under the headings, independently of the reader."""
    with path.open(encoding="cp1252", newline="") as file:
        return sum(1 for row in csv.reader(file) if row) - 1


@pytest.mark.parametrize("file", FILES)
def test_no_row_is_lost(real_data, file):
    table, _ = read(real_data, file)
    assert table.rows.height + table.set_aside.height == records(real_data / file)
    assert table.source.rows == table.rows.height
    rows = [*table.rows["row"], *table.set_aside["row"]]
    assert sorted(rows) == list(range(2, len(rows) + 2))


@pytest.mark.parametrize("file", FILES)
def test_faults_by_kind(real_data, file):
    table, faults = read(real_data, file)
    assert dict(faults.table().group_by("kind").len().iter_rows()) == COUNTS[file]
    aside = faults.table().filter(pl.col("consequence") == "set aside")
    assert aside.height == table.set_aside.height


def test_the_establishments(real_data):
    table, _ = read(real_data, "edubasealldata20220425.csv")
    rows = table.rows
    assert table.source.as_of == date(2022, 4, 25)
    assert rows.group_by("status").len().sort("status").rows() == [
        ("academy", 9271),
        ("maintained", 10914),
    ]
    assert dict(rows.drop_nulls("route").group_by("route").len().iter_rows()) == {
        "converter": 6325,
        "sponsored": 2421,
        "new": 525,
    }
    assert rows["la_code"].n_unique() == rows["la_name"].n_unique() == 152
    for column in ("la_name", "la_gss", "region", "easting", "northing", "postcode", "la_code"):
        assert rows[column].null_count() == 0, column
    assert rows.filter(pl.col("closed") > date(2022, 4, 25)).height == 128
    primaries = rows.filter(pl.col("phase").is_in(["Primary", "Middle deemed primary"]))
    share = primaries.filter(pl.col("status") == "academy").height / primaries.height
    assert primaries.height == 16_781
    assert round(100 * share, 1) == 39.1


def test_trusts_in_the_link_records_and_in_the_extract_agree(real_data):
    links, _ = read(real_data, "alllinksdata20220329.csv")
    schools, _ = read(real_data, "edubasealldata20220425.csv")
    governing = links.rows.filter(pl.col("tie") == "governs")
    assert governing["urn"].is_unique().all()
    joined = schools.rows.join(governing, on="urn", how="left")
    assert joined.filter(pl.col("trust_code") != pl.col("uid")).is_empty()
    without = joined.filter(pl.col("status") == "academy", pl.col("uid").is_null())
    assert without.height == 46
    # they opened after the link records were drawn
    assert set(without["opened"]) == {date(2022, 4, 1)}


def test_trusts_by_number_of_schools(real_data):
    links, _ = read(real_data, "alllinksdata20220329.csv")
    sizes = links.rows.filter(pl.col("tie") == "governs").group_by("uid").len()["len"]
    assert (sizes >= 2).sum() == 1202
    assert (sizes == 1).sum() == 1349
    assert round(sizes.filter(sizes >= 2).mean(), 1) == 7.1


def test_every_linked_group_is_among_the_groups(real_data):
    groups, _ = read(real_data, "allgroupsdata20220329.csv")
    links, _ = read(real_data, "alllinksdata20220329.csv")
    assert set(links.rows["uid"]) <= set(groups.rows["uid"])


def test_the_earlier_links_form_a_panel_with_the_later_ones(real_data):
    for day in ("20170403", "20190601"):
        file = f"grouplinks_edubaseallacademiesandfree{day}.csv"
        table, _ = read(real_data, file)
        assert table.source.release == "links-2017"
        governing = table.rows.filter(pl.col("tie") == "governs")
        assert governing["urn"].is_unique().all()
        assert table.rows["joined"].null_count() == 0
        assert set(table.rows["phase"]) <= {
            "Primary", "Secondary", "Not applicable", "All-through", "16 plus",
            "Middle deemed primary", "Middle deemed secondary",
        }  # fmt: skip  # as the file has them, side by side


def test_head_teachers_and_telephones_are_in_no_frame(real_data):
    for file in FILES:
        table, _ = read(real_data, file)
        names = " ".join(table.rows.columns).lower()
        assert not any(word in names for word in ("head", "tele", "title", "street", "email"))
