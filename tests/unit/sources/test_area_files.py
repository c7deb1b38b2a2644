"""Deprivation, centroids and postcodes: layouts, and rows that cannot be used."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
import xlsxwriter

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.imd.read import read as read_imd
from hedgerow.sources.lsoa.read import read as read_lsoa
from hedgerow.sources.postcodes.read import read as read_postcodes

RANK = "Index of Multiple Deprivation (IMD) Rank"
DECILE = "Index of Multiple Deprivation (IMD) Decile"
IMD_2019 = f'LSOA code (2011),LSOA name (2011),{RANK},{DECILE}\nE01000001,Mill 1,"29,199",9\n'


def test_deprivation_of_2019_packed(tmp_path):
    path = tmp_path / "imd.csv.gz"
    rows = IMD_2019 + "E01000001,Mill 1,1,1\nE0100,Mill 2,2,1\nE01000003,Mill 3,0,1\n"
    rows += "E01000004,Mill 4,40000,1\nE01000005,Mill 5,5,11\nE01000006,Mill 6,,1\n"
    path.write_bytes(gzip.compress(rows.encode("utf-8-sig")))
    faults = Faults()
    table = read_imd(path, faults)
    assert table.rows.rows() == [("E01000001", 2011, 2019, 29199, 9)]
    assert table.source.as_of == date(2019, 9, 26)
    assert table.set_aside.select("row", "reason").rows() == [
        (3, "LSOA given before"),
        (4, "not the code of an LSOA"),
        (5, "no rank"),
        (6, "no rank"),
        (7, "no decile"),
        (8, "no rank"),
    ]
    assert "not all areas" in {fault.kind for fault in faults}


def test_deprivation_of_2025_in_a_workbook(tmp_path):
    path = tmp_path / "File_1.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Notes").write(0, 0, "Indices of deprivation")
    sheet = book.add_worksheet("IMD25")
    most = "(where 1 is most deprived)"
    # the published heading breaks off like this
    tenth = "(where 1 is most deprived 10% of LSOA"
    sheet.write_row(0, 0, ["LSOA code (2021)", f"{RANK} {most}", f"{DECILE} {tenth}"])
    sheet.write_row(1, 0, ["E01000001", 26525, 8])
    book.close()
    table = read_imd(path, Faults())
    assert table.rows.rows() == [("E01000001", 2021, 2025, 26525, 8)]
    assert table.source.release == "imd-2025"


@pytest.mark.parametrize(("code", "year"), [("2011", 2019), ("2021", 2025)])
def test_the_file_of_all_domains(tmp_path, code, year):
    path = tmp_path / "file_7.csv"
    path.write_text(
        f"LSOA code ({code}),{RANK} (where 1 is most deprived),"
        f"{DECILE} (where 1 is most deprived 10% of LSOAs)\nE01000001,5,1\n"
    )
    assert read_imd(path, Faults()).rows["year"].to_list() == [year]


def test_deprivation_without_ranks(tmp_path):
    path = tmp_path / "imd.csv"
    path.write_text(f"LSOA code (2011),{DECILE}\nE01000001,9\n")
    with pytest.raises(DataError, match=r"lacks needed columns.*Rank"):
        read_imd(path, Faults())


def test_centroids_in_degrees(tmp_path):
    path = tmp_path / "centroids.csv"
    path.write_text(
        "lsoa11_code,lon,lat\nE01000001,-0.09714,51.5182\nW01000001,-4.0,51.6\n"
        "E01000002,,51.5\nE01000001,-0.09,51.5\nX,1,51\n"
    )
    table = read_lsoa(path, Faults())
    (row,) = table.rows.rows()
    assert row[:2] == ("E01000001", 2011)
    # the City of London lies there; how good the conversion is, test_national_grid says
    assert row[2:] == pytest.approx((532125, 181636), abs=6)
    assert table.set_aside.sort("row")["reason"].to_list() == [
        "outside England",
        "no position",
        "LSOA given before",
        "not the code of an LSOA",
    ]


def test_centroids_in_metres(tmp_path):
    path = tmp_path / "centroids.csv"
    path.write_text("FID,LSOA21CD,GlobalID,x,y\n1,E01000001,aa,532123.5,181632\n")
    table = read_lsoa(path, Faults())
    assert table.rows.rows() == [("E01000001", 2021, 532123.5, 181632)]
    assert table.source.as_of == date(2021, 3, 21)


@pytest.mark.parametrize("place", ["51.5,-0.1", "532123,181632"])
def test_centroids_that_are_not_what_the_headings_say(tmp_path, place):
    path = tmp_path / "centroids.csv"
    path.write_text(f"lsoa11_code,lon,lat\nE01000001,{place}\n")
    with pytest.raises(DataError, match=r"row 2.*no position"):
        read_lsoa(path, Faults())


POSTCODES = [
    "pcd,laua,oseast1m,osnrth1m",
    "ab1  2cd,E07000001,400000,300000",
    "AB12CD,E07000001,400001,300001",
    "AB1 2CE,,400000,300000",
    "AB1 2CF,E07000001,,",
    "BT1 1AA,N09000003,146000,530000",
    "nothing,E07000001,1,1",
    ",E07000001,1,1",
    "AB1 2CG,E07000001,800000,300000",
    "AB1 2CH,E08000038,400000,300000",
]


def test_postcodes(tmp_path):
    path = tmp_path / "onspd.csv"
    path.write_text("\n".join(POSTCODES) + "\n")
    table = read_postcodes(path, Faults())
    assert table.rows.rows() == [
        ("AB12CD", 400000, 300000, "lad:E07000001"),
        ("AB12CE", 400000, 300000, None),
        ("AB12CH", 400000, 300000, "lad:E08000038"),
    ]
    assert table.set_aside.select("row", "reason").rows() == [
        (3, "postcode given before"),
        (5, "no position"),
        (6, "outside Great Britain"),
        (7, "not the form of a postcode"),
        (8, "no postcode"),
        (9, "position outside the British National Grid"),
    ]
    # Barnsley has had that code since then
    assert table.source.as_of == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("headings", "release"),
    [
        ("pcd2,pcds,oslaua,oseast1m,osnrth1m", "onspd"),
        ("pcd7,pcds,lad25cd,east1m,north1m", "onspd-2025"),
        ("PQ,Postcode,Admin_district_code,Eastings,Northings", "code-point-open"),
    ],
)
def test_other_directories(tmp_path, headings, release):
    path = tmp_path / "ONSPD_NOV_2024_UK.csv"
    path.write_text(f"{headings}\nAB1 2CD,AB1 2CD,E07000001,400000,300000\n")
    table = read_postcodes(path, Faults())
    assert table.source.release == release
    assert table.source.as_of == date(2024, 11, 30)
    assert table.rows.row(0) == ("AB12CD", 400000, 300000, "lad:E07000001")


def test_postcodes_without_a_day(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("\n".join(POSTCODES[:3]) + "\n")
    with pytest.raises(DataError, match="which day"):
        read_postcodes(path, Faults())
