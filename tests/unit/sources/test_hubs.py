"""Files on hubs: the national lists, the plain file, and joining them with a register."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables import TABLES
from hedgerow.sources.hubs.joining import join_hubs
from hedgerow.sources.hubs.read import read
from hedgerow.sources.hubs.resolving import resolve_districts
from hedgerow.sources.hubs.schema import CORRECTIONS, DISTRICT_NAMES

NATIONAL = """ab_name_ecf1,appropriate_body_id,hub_region,ab_name_riab
Bramble Hub  (North) (The Mill School),x,AA1,Bramble
Thorn Hub (St Acorn's CofE Primary School),x,AA2 / AA3,Thorn
Moss Hub,x,AA4&AA5,Moss
Fern Hub (Mill School),x,AA1,Fern
Fern Hub (Hill School),x,AA6,Fern
National Body,x,,National Body
Odd Hub,x,north,Odd
"""
AREAS = """hub_area_code,region_prefix,district
AA1,AA,Bramble
AA2,AA,Thorn
AA3,AA,Bristol
AA4,AA,Birmingham North
AA5,AA,Birmingham South
AA6,AA,North Yorkshire W.
AA1,AA,Bramble
AA1,AA,Nowhere
,AA,Thorn
AA2,AA,Cumberland
"""
PLAIN = """hub_id,kind,name,host_urn,postcode,covers_type,covers,start,end,capacity,remark
mh:moor,Maths Hub,Moor Maths Hub,900001,,authority,Brambleshire,2022-09-01,2024-08-31,120,x
mh:moor,maths,Moor Maths Hub,,,district,E07000002,01/09/2022,,,x
eh,english_hub,Thorn English Hub,,ab1 2cd,school,900002,,,,x
rs,research school,Lone Research School,,,,,,,,x
"""


def written(folder, name, text):
    path = folder / name
    path.write_text(text)
    return path


def hub_file(tmp_path, text, name, faults=None):
    return read(written(tmp_path, name, text), Faults() if faults is None else faults)


@pytest.fixture
def register():
    """Two made-up districts and the real ones whose names the national files write differently."""
    schools = [
        ("urn:900001", "The Mill School", "AB1 2CD", 1000, "lad:E07000001", None),
        ("urn:900002", "St. Acorn’s Church of England Primary School", None, 2000, None, None),
        ("urn:900003", "Hill School", None, 500_000, "lad:E07000001", None),
        ("urn:900004", "Hill School", None, 3000, "lad:E07000165", date(2020, 8, 31)),
        ("urn:900005", "Hill School", None, 3000, "lad:E07000165", None),
        ("urn:900006", "Other School", None, 30_000, "lad:E07000002", None),
    ]
    districts = {
        "E07000001": "Bramble",
        "E07000002": "Thorn",
        "E06000023": "Bristol, City of",
        "E08000025": "Birmingham",
        "E07000165": "Harrogate",
        "E07000026": "Allerdale",
        "E07000028": "Carlisle",
    }
    empty = pl.lit(None, dtype=pl.String)
    organisations = pl.DataFrame(
        schools,
        schema=["id", "name", "postcode", "easting", "district", "closed"],
        schema_overrides={"easting": pl.Float64, "closed": pl.Date},
        orient="row",
    ).with_columns(
        pl.lit("school").alias("kind"),
        pl.lit(1000.0).alias("northing"),
        pl.lit("la:999").alias("authority"),
        pl.lit("North").alias("region"),
        empty.alias("code"),
    )
    return {
        "schools": organisations,
        "authorities": pl.DataFrame(
            {"id": ["la:999"], "name": ["Brambleshire"], "code": ["E10000001"]}
        ),
        "districts": pl.DataFrame(
            {"id": [f"lad:{code}" for code in districts], "name": list(districts.values())}
        ),
        "postcodes": pl.DataFrame(
            {
                "postcode": ["AB12CD"],
                "easting": [4000.0],
                "northing": [5000.0],
                "district": ["lad:E07000002"],
            }
        ),
    }


def test_the_national_list(tmp_path):
    faults = Faults()
    file = hub_file(tmp_path, NATIONAL, "hubs_2025-11-30.csv", faults)
    assert file.hubs.select("hub", "name", "lead_school_name").rows() == [
        ("tsh:AA1", "Bramble Hub (North)", "The Mill School"),
        ("tsh:AA2", "Thorn Hub", "St Acorn's CofE Primary School"),
        ("tsh:AA4", "Moss Hub", None),
        # its area is another hub's too, and its name another hub's
        ("tsh:AA1-2", "Fern Hub (Mill School)", "Mill School"),
        ("tsh:AA6", "Fern Hub (Hill School)", "Hill School"),
    ]
    assert file.footprints.select("hub", "covers").rows() == [
        ("tsh:AA1", "AA1"),
        ("tsh:AA2", "AA2"),
        ("tsh:AA2", "AA3"),
        ("tsh:AA4", "AA4"),
        ("tsh:AA4", "AA5"),
        ("tsh:AA1-2", "AA1"),
        ("tsh:AA6", "AA6"),
    ]
    assert file.set_aside.select("row", "reason").rows() == [
        (7, "no area: a national body, not a hub"),
        (8, "no area code in form"),
    ]
    told = [(fault.kind, fault.row) for fault in faults]
    assert told == [
        ("no area code in form", 8),
        ("area of several hubs", 2),
        ("area of several hubs", 5),
    ]


def test_known_corrections_are_made_and_told(tmp_path):
    faults = Faults()
    text = (
        "ab_name_ecf1,hub_region,ab_name_riab\nThe Julian Teaching School Hub (Mill),NW9,Julian\n"
    )
    file = hub_file(tmp_path, text, "list.csv", faults)
    assert file.footprints["covers"].to_list() == ["EE4"]
    (fault,) = faults
    assert (fault.row, fault.column) == (2, "hub_region")
    assert fault.found == "NW9 for The Julian Teaching School Hub"
    # a list in which the correction is due is the list of that month
    assert file.source.as_of == date(2025, 11, 30)
    put_right = hub_file(tmp_path, text.replace("NW9", "EE4"), "list_2026-01-31.csv", faults)
    assert put_right.footprints["covers"].to_list() == ["EE4"]
    assert len(faults) == 1


def test_every_correction_gives_a_reason_and_changes_something():
    for correction in CORRECTIONS.values():
        assert correction.reason
        assert correction.found != correction.used


def test_areas(tmp_path):
    file = hub_file(tmp_path, AREAS, "areas.csv")
    assert file.source.as_of == date(2023, 4, 1)
    assert file.areas.height == 6
    assert file.parts.height == 8
    assert file.set_aside.select("row", "reason").rows() == [
        (8, "district given before"),
        (10, "no area code in form"),
    ]


def test_districts_of_areas(tmp_path, register):
    parts = hub_file(tmp_path, AREAS, "areas.csv").parts
    found, unknown = resolve_districts(parts, register["districts"])
    assert set(found.rows()) == {
        ("hubarea:AA1", "lad:E07000001", True),
        ("hubarea:AA2", "lad:E07000002", True),
        # the register's schools have the districts that Cumberland was made of
        ("hubarea:AA2", "lad:E07000026", True),
        ("hubarea:AA2", "lad:E07000028", True),
        ("hubarea:AA3", "lad:E06000023", True),
        ("hubarea:AA4", "lad:E08000025", False),
        ("hubarea:AA5", "lad:E08000025", False),
        ("hubarea:AA6", "lad:E07000165", False),
    }
    assert unknown.select("row", "district").rows() == [(9, "Nowhere")]


def test_a_district_named_whole_in_two_areas_is_whole_in_neither(register):
    parts = pl.DataFrame({"area": ["hubarea:A", "hubarea:B"], "district": ["Thorn", "thorn"]})
    found, _ = resolve_districts(parts, register["districts"])
    assert found["is_whole"].to_list() == [False, False]


def test_only_names_written_short_mean_a_whole_district():
    whole = {name for name, part in DISTRICT_NAMES.items() if part.is_whole}
    assert whole == {"Bristol", "Herefordshire", "Kingston upon Hull"}
    assert len(DISTRICT_NAMES) == 10


def test_the_plain_file(tmp_path):
    faults = Faults()
    file = hub_file(tmp_path, PLAIN, "hubs-2025-09-01.csv", faults)
    assert len(faults) == 0
    assert file.hubs.drop("lead_school_name", "row").rows() == [
        ("mh:moor", "maths_hub", "Moor Maths Hub", 900001, None, 120),
        ("hub:eh", "english_hub", "Thorn English Hub", None, "AB1 2CD", None),
        ("hub:rs", "research_school", "Lone Research School", None, None, None),
    ]
    assert file.footprints.drop("row").rows() == [
        ("mh:moor", "authority", "Brambleshire", date(2022, 9, 1), date(2024, 9, 1)),
        ("mh:moor", "district", "E07000002", date(2022, 9, 1), None),
        ("hub:eh", "school", "900002", None, None),
    ]


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        (",maths,X,,,,,,,", "no identifier of the hub", "hub_id"),
        ("a,moths,X,,,,,,,", "unknown kind of hub", "kind"),
        ("a,school,X,,,,,,,", "unknown kind of hub", "kind"),
        ("a,maths,,,,,,,,", "no name", "name"),
        ("a,maths,X,,,county,Y,,,", "unknown kind of footprint", "covers_type"),
        ("a,maths,X,,,,Y,,,", "unknown kind of footprint", "covers_type"),
        ("a,maths,X,,,authority,,,,", "footprint without what it covers", "covers"),
        ("a,maths,X,,,authority,Y,soon,,", "no first day in form", "start"),
        ("a,maths,X,,,authority,Y,,2022-13-01,", "no last day in form", "end"),
        ("a,maths,X,,,authority,Y,2022-01-02,2022-01-01,", "ends before it starts", "end"),
        ("mh:moor,maths,Other,,,authority,Y,,,", "two hubs with one identifier", "name"),
        ("eh,english,Thorn English Hub,,,school,900002,,,", "footprint given before", "covers"),
    ],
)
def test_faulty_rows_of_the_plain_file(tmp_path, row, kind, column):
    faults = Faults()
    file = hub_file(tmp_path, PLAIN + row + ",x\n", "hubs-2025-09-01.csv", faults)
    assert [(fault.kind, fault.row, fault.column) for fault in faults] == [(kind, 6, column)]
    assert file.set_aside.select("row", "reason").rows() == [(6, kind)]
    assert file.hubs.height == 3


@pytest.mark.parametrize(("column", "value"), [("host_urn", "none"), ("capacity", "-1")])
def test_faulty_values_of_the_plain_file(tmp_path, column, value):
    values = {"host_urn": "", "capacity": ""} | {column: value}
    row = f"a,maths,X,{values['host_urn']},,,,,,{values['capacity']},x\n"
    faults = Faults()
    file = hub_file(tmp_path, PLAIN + row, "hubs-2025-09-01.csv", faults)
    assert [(fault.row, fault.column, fault.found) for fault in faults] == [(6, column, value)]
    assert file.hubs.row(-1, named=True)[column] is None
    assert file.set_aside.is_empty()


def test_the_plain_file_is_dated_by_its_name_or_its_latest_start(tmp_path):
    assert hub_file(tmp_path, PLAIN, "mine.csv").source.as_of == date(2022, 9, 1)
    with pytest.raises(DataError, match="which day"):
        hub_file(tmp_path, "hub_id,kind,name\na,maths,X\n", "mine.csv")


def test_a_file_of_something_else(tmp_path):
    with pytest.raises(DataError, match=r"--hubs.*none of the headings|lacks needed columns"):
        hub_file(tmp_path, "hub,what\na,maths\n", "mine.csv")


def test_joined_with_a_register(tmp_path, register):
    faults = Faults()
    files = [
        hub_file(tmp_path, text, name)
        for text, name in [
            (NATIONAL, "hubs_2025-11-30.csv"),
            (AREAS, "areas.csv"),
            (PLAIN, "mine-2025-09-01.csv"),
        ]
    ]
    tables = join_hubs(files, **register, faults=faults)
    for name in ("organisations", "areas", "area_parts", "ties", "observations"):
        TABLES[name].validate(getattr(tables, name), cast=True)
    hubs = {row["id"]: row for row in tables.organisations.iter_rows(named=True)}
    # at its host, at its postcode, nowhere
    assert (hubs["mh:moor"]["position_from"], hubs["mh:moor"]["easting"]) == ("host", 1000)
    assert (hubs["hub:eh"]["position_from"], hubs["hub:eh"]["easting"]) == ("postcode", 4000)
    assert (hubs["hub:rs"]["position_from"], hubs["hub:rs"]["easting"]) == (None, None)
    # the closed school of the same name does not count
    hosts = tables.ties.filter(pl.col("kind") == "hosts").select("from_id", "to_id").rows()
    assert set(hosts) == {
        ("urn:900001", "tsh:AA1"),
        ("urn:900001", "tsh:AA1-2"),
        ("urn:900002", "tsh:AA2"),
        ("urn:900005", "tsh:AA6"),
        ("urn:900001", "mh:moor"),
    }
    own = tables.ties.filter(pl.col("kind") == "covers", pl.col("from_id") == "mh:moor")
    assert own.select("to_id", "start", "end", "start_censored").rows() == [
        ("la:999", date(2022, 9, 1), date(2024, 9, 1), False),
        ("lad:E07000002", date(2022, 9, 1), None, False),
    ]
    assert tables.observations.select("organisation", "value").rows() == [("mh:moor", 120)]
    assert [fault.kind for fault in faults] == ["unknown district"]


def test_what_the_register_does_not_know_is_told(tmp_path, register):
    faults = Faults()
    text = "hub_id,kind,name,host_urn,covers_type,covers\n" + "".join(
        f"a,maths,X,999999,{kind},{what}\n"
        for kind, what in [
            ("authority", "Elsewhere"),
            ("district", "Elsewhere"),
            ("school", "999999"),
            ("area", "ZZ1"),
        ]
    )
    file = hub_file(tmp_path, text, "hubs-2025-09-01.csv")
    tables = join_hubs([file], **register, faults=faults)
    assert tables.set_aside["row"].to_list() == [2, 3, 4]
    assert [(fault.kind, fault.row) for fault in faults] == [
        ("footprint unknown to the register", 2),
        ("footprint unknown to the register", 3),
        ("footprint unknown to the register", 4),
        ("area without districts", None),
        ("host school not in the register", 2),
    ]
    assert tables.areas["id"].to_list() == ["hubarea:ZZ1"]
    assert tables.organisations["id"].to_list() == ["hub:a"]


@pytest.mark.parametrize("covers", ["999", "la:999", "E10000001", "BRAMBLESHIRE", "brambleshire "])
def test_an_authority_by_any_of_its_names(tmp_path, register, covers):
    text = f"hub_id,kind,name,covers_type,covers\nmh:a,maths,X,authority,{covers}\n"
    file = hub_file(tmp_path, text, "hubs-2025-09-01.csv")
    tables = join_hubs([file], **register, faults=Faults())
    assert tables.ties["to_id"].to_list() == ["la:999"]


def test_a_hub_in_two_files_is_told(tmp_path, register):
    faults = Faults()
    first = hub_file(tmp_path, PLAIN, "one-2025-09-01.csv")
    second = hub_file(tmp_path, PLAIN, "two-2025-09-02.csv")
    tables = join_hubs([first, second], **register, faults=faults)
    assert tables.organisations.height == 3
    assert tables.ties.height == 4
    assert [fault.kind for fault in faults] == ["hub in two files"] * 3
