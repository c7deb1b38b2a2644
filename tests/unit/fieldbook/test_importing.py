"""Importing again and again: nothing doubled, mended rows in place, several people side by side."""

from __future__ import annotations

import json
import resource
import stat
import subprocess
import sys
from datetime import date

import pytest

from hedgerow.fieldbook.csv_folder import write_csv_folder
from hedgerow.fieldbook.fieldbooks import open_fieldbook, read_fieldbook
from hedgerow.fieldbook.importing import forget, import_fieldbook
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.fieldbook.workbook import write_workbook
from hedgerow.landscape.errors import DataError, UsageError
from tests.made_up import brambleford
from tests.unit.fieldbook.filling_in import filled

SHEETS = {
    "Organisations": [{"Name": "Vale Partnership", "Kind": "association", "Code": "vp"}],
    "Clusters and associations": [
        {"Cluster or association": "vp", "Member": 900001, "First day": "2019-09-01"}
    ],
    "Persons": [
        {"Person": "Wren Thistledown", "Agreed to be named": "yes", "Agreed for what": "pages",
         "Agreed on": "2022-01-01"},
    ],
    "Roles and seats": [
        {"Person": "Wren Thistledown", "Organisation": 900001, "Role": "head"},
        {"Person": "Wilf Oatcake", "Organisation": 900002, "Role": "head",
         "First day": "2018-09-01", "Last day": "2021-08-31"},
    ],
    "Activities": [{"Title": "Talk", "Provider": "Hawthorn Maths Hub"}],
    "Participation": [
        {"School": urn, "Activity": "Talk", "Number of staff": 2, "First day": "2021-10-01"}
        for urn in (900001, 900002, 900003)
    ],
    "Concerns": [
        {"Concern": "Wilf Oatcake left and Wren Thistledown stayed", "Forum": "Heads",
         "Raised on": "2022-02-01"},
    ],
}  # fmt: skip  # a row a line


@pytest.fixture(scope="module")
def register():
    return brambleford().landscape()


@pytest.fixture
def take(tmp_path, register):
    """Import sheets under a file name, as one person's fieldbook."""

    def taking(sheets, name="ours.xlsx", **options):
        path = filled(tmp_path / name, sheets)
        return import_fieldbook(
            path, tmp_path / "folder", register=register, key=tmp_path / "key.json", **options
        )

    return taking


def held(tmp_path):
    return read_fieldbook(tmp_path / "folder").tables


def same(left, right):
    assert set(left) == set(right)
    for name, table in left.items():
        assert table.equals(right[name]), name


def test_importing_twice_doubles_nothing(tmp_path, take):
    take(SHEETS)
    once = held(tmp_path)
    done = take(SHEETS)
    assert done.replaced == sum(table.height for table in once.values())
    same(held(tmp_path), once)


def test_rows_that_were_mended_take_the_place_of_what_they_said(tmp_path, take):
    take(SHEETS)
    rows = [dict(row) for row in SHEETS["Participation"]]
    rows[0]["Number of staff"] = 5
    take(SHEETS | {"Participation": rows[:2]})
    found = held(tmp_path)["participation"].sort("school")
    assert found.select("school", "staff").rows() == [("urn:900001", 5), ("urn:900002", 2)]


def test_the_checked_copy_is_the_same_fieldbook(tmp_path, take):
    take(SHEETS)
    before = held(tmp_path)
    take(SHEETS, name="ours-checked.xlsx")
    same(held(tmp_path), before)


def test_several_people_tell_of_the_same_things(tmp_path, take):
    take(SHEETS)
    theirs = {
        "Activities": [{"Title": "Walk", "Provider": 900005}],
        "Participation": [
            {"School": 900003, "Activity": "Talk", "Number of staff": 2, "First day": "2021-10-01"},
            {"School": 900004, "Activity": "Walk", "First day": "2021-10-01"},
        ],
        "Roles and seats": [{"Person": "wilf oatcake", "Organisation": 900005, "Role": "governor"}],
        "Clusters and associations": [
            {"Cluster or association": "Vale Partnership", "Member": 900001,
             "First day": "2022-09-01"},
        ],
    }  # fmt: skip  # a row a line
    take(theirs, name="theirs.xlsx")
    tables = held(tmp_path)
    assert tables["participation"].height == 4
    assert tables["persons"].height == 2
    spells = tables["ties"].sort("number").select("number", "start").rows()
    assert spells == [(0, date(2022, 9, 1)), (1, date(2019, 9, 1))]
    take(SHEETS)  # the first again: the spells stay two
    assert sorted(held(tmp_path)["ties"]["start"]) == [date(2019, 9, 1), date(2022, 9, 1)]
    persons = dict(held(tmp_path)["persons"].select("label", "is_named").iter_rows())
    assert persons["Wren Thistledown"] is True


def test_another_fieldbook_of_the_same_name_is_not_put_in_its_place(tmp_path, take):
    many = {"Meetings": [{"Forum": f"Forum {n}", "Day": "2022-01-01"} for n in range(12)]}
    take(many)
    other = {"Meetings": [{"Forum": f"Other {n}", "Day": "2022-01-01"} for n in range(12)]}
    with pytest.raises(UsageError, match="another fieldbook"):
        take(other)
    assert held(tmp_path)["meetings"]["forum"].str.starts_with("Forum").all()
    take(other, name="ours.xlsx", is_replacing=True)
    assert held(tmp_path)["meetings"]["forum"].str.starts_with("Other").all()


def test_names_are_nowhere_in_the_folder_but_for_who_agreed(tmp_path, take):
    broken = SHEETS | {
        "Roles and seats": [
            *SHEETS["Roles and seats"],
            {"Person": "Ada Saltmallow", "Organisation": "Ada Saltmallow", "Role": "head"},
            {"Person": "Ada Saltmallow", "Organisation": 900001, "Role": "head",
             "First day": "Ada Saltmallow"},
        ]
    }  # fmt: skip  # a row a line
    take(broken)
    files = [path.read_bytes() for path in (tmp_path / "folder").rglob("*") if path.is_file()]
    assert len(files) > 8
    frames = read_fieldbook(tmp_path / "folder")
    said = str([table.rows() for table in frames.tables.values()])
    said += str(frames.faults.table().rows()) + str(frames.set_aside.rows())
    for name in ("Oatcake", "oatcake", "Saltmallow", "saltmallow"):
        assert name not in said
        assert all(name.encode() not in content for content in files)
    assert "Wren Thistledown" in said
    assert "[Person " in frames.tables["concerns"]["text"][0]
    assert frames.set_aside.height == 2


def test_taking_an_agreement_back(tmp_path, take):
    take(SHEETS)
    take({"Persons": [{"Person": "Wren Thistledown", "Agreed to be named": "no"}]}, name="b.xlsx")
    assert not held(tmp_path)["persons"]["is_named"].any()
    assert "Wren" not in str(held(tmp_path)["persons"].rows())
    take(SHEETS)
    assert held(tmp_path)["persons"]["is_named"].any()
    take({name: rows for name, rows in SHEETS.items() if name != "Persons"})
    assert not held(tmp_path)["persons"]["is_named"].any()


def test_words_of_an_earlier_fieldbook_lose_the_name_of_who_is_made_known_later(tmp_path, take):
    concern = {"Concern": "Ada Saltmallow is ill", "Forum": "Heads", "Raised on": "2022-02-01"}
    take({"Concerns": [concern]})
    assert held(tmp_path)["concerns"]["text"].to_list() == ["Ada Saltmallow is ill"]
    take(
        {
            "Roles and seats": [
                {"Person": "ADA  Saltmallow", "Organisation": 900001, "Role": "head"}
            ]
        },
        name="theirs.xlsx",
    )
    (text,) = held(tmp_path)["concerns"]["text"]
    assert text.startswith("[Person ") and text.endswith("] is ill")


def test_words_lose_the_name_of_who_takes_an_agreement_back(tmp_path, take):
    take(SHEETS)
    assert "Wren Thistledown" in held(tmp_path)["concerns"]["text"][0]
    take({"Persons": [{"Person": "Wren Thistledown", "Agreed to be named": "no"}]}, name="b.xlsx")
    assert "Wren" not in held(tmp_path)["concerns"]["text"][0]


def test_forgetting_a_person_keeps_the_counts(tmp_path, take):
    take(SHEETS)
    before = held(tmp_path)
    key = tmp_path / "key.json"
    old_key = key.read_bytes()
    pseudonyms = {entry.called: entry.pseudonym for entry in KeyRing.open(key)}
    assert forget("WREN  thistledown", key=key, folder=tmp_path / "folder")
    after = held(tmp_path)
    assert "Wren" not in key.read_text()
    assert "Wren" not in str([table.rows() for table in after.values()])
    assert pseudonyms["Wren Thistledown"] not in str([table.rows() for table in after.values()])
    assert {name: table.height for name, table in after.items()} == {
        name: table.height for name, table in before.items()
    }
    assert after["roles"]["person"].n_unique() == 2
    assert pseudonyms["Wilf Oatcake"] in after["roles"]["person"]
    # an old copy of the key leads nowhere
    key.write_bytes(old_key)
    old = {entry.pseudonym for entry in KeyRing.open(key) if entry.called == "Wren Thistledown"}
    assert not old & set(after["persons"]["id"])
    assert not forget("Nobody Known", key=key, folder=tmp_path / "folder")


def test_the_key_lies_apart_and_is_for_its_owner(tmp_path, register, take):
    take(SHEETS)
    assert stat.S_IMODE((tmp_path / "key.json").stat().st_mode) == 0o600
    path = tmp_path / "ours.xlsx"
    inside = tmp_path / "folder" / "sub" / ".." / "key.json"
    with pytest.raises(UsageError, match="in the folder of the data"):
        import_fieldbook(path, tmp_path / "folder", register=register, key=inside)
    with pytest.raises(UsageError, match="no key"):
        import_fieldbook(path, tmp_path / "other", register=register, key=None)
    (tmp_path / "damaged.json").write_text('{"persons": "Wilf Oatcake"}')
    with pytest.raises(DataError) as error:
        import_fieldbook(path, tmp_path / "other", register=register, key=tmp_path / "damaged.json")
    assert "Wilf" not in str(error.value)


def test_a_file_named_after_a_person_is_refused(tmp_path, take):
    with pytest.raises(UsageError, match="name of a person"):
        take(SHEETS, name="Wilf Oatcake.xlsx")
    with pytest.raises(UsageError, match="name of a person"):
        take(SHEETS, name="wilf_oatcake_2022.xlsx")


@pytest.mark.parametrize("form", ["workbook", "csv"])
def test_an_export_imports_as_what_it_was(tmp_path, take, form):
    take(SHEETS)
    take({"Meetings": [{"Forum": "Heads", "Day": "2022-01-01"}]}, name="b.xlsx")
    first = read_fieldbook(tmp_path / "folder")
    out = tmp_path / ("out.xlsx" if form == "workbook" else "out")
    write = write_workbook if form == "workbook" else write_csv_folder
    write(first.tables, out, sources=first.sources)
    import_fieldbook(out, tmp_path / "second", register=None, key=tmp_path / "other-key.json")
    second = read_fieldbook(tmp_path / "second")
    same(second.tables, first.tables)
    assert set(second.sources) == set(first.sources)
    assert len(second.faults) == 0


def limited() -> None:
    """Let this process write no file larger than 3 kB: as if the disk filled up meanwhile."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))


def test_an_import_is_whole_or_not_at_all(tmp_path, take):
    take(SHEETS)
    before = held(tmp_path)
    everything = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    command = [sys.executable, "-m", "hedgerow", "fieldbook", "import", str(tmp_path / "ours.xlsx")]
    options = ["--into", str(tmp_path / "folder"), "--key", str(tmp_path / "key.json")]
    ended = subprocess.run(
        [*command, *options, "--replace"], preexec_fn=limited, capture_output=True, text=True
    )
    assert ended.returncode == 2
    assert "cannot be written" in ended.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == everything
    same(held(tmp_path), before)


def test_a_folder_of_csv_files_is_there_whole_or_not_at_all(tmp_path, take):
    many = [
        {"School": 900001, "Activity": "Talk", "First day": f"20{y}-10-01"} for y in range(10, 90)
    ]
    take(SHEETS | {"Participation": many * 2})
    command = [sys.executable, "-m", "hedgerow", "fieldbook", "export", str(tmp_path / "folder")]
    ended = subprocess.run(
        [*command, str(tmp_path / "out")], preexec_fn=limited, capture_output=True, text=True
    )
    assert ended.returncode == 2
    assert "participation.csv cannot be written" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_refused_import_makes_no_folder(tmp_path, register):
    path = filled(tmp_path / "ours.xlsx", SHEETS)
    with pytest.raises(UsageError, match="no key"):
        import_fieldbook(path, tmp_path / "folder", register=register, key=None)
    assert not (tmp_path / "folder").exists()


def test_a_damaged_folder_and_one_of_another_format(tmp_path, take):
    take(SHEETS)
    package = tmp_path / "folder" / "fieldbook.json"
    whole = json.loads(package.read_text())
    package.write_text(json.dumps(whole | {"hedgerow": whole["hedgerow"] | {"format": 99}}))
    with pytest.raises(DataError, match="format 99"):
        read_fieldbook(tmp_path / "folder")
    package.write_text(json.dumps(whole))
    next((tmp_path / "folder").glob("tables-*/roles.parquet")).write_bytes(b"PAR1")
    with pytest.raises(DataError, match="damaged"):
        read_fieldbook(tmp_path / "folder")


def test_evidence_is_laid_over_a_register(tmp_path, take, register):
    take(SHEETS)
    landscape = open_fieldbook(tmp_path / "folder", register)
    assert landscape.table("participation").height == 3
    assert landscape.ties.filter(kind="member_of")["from_id"].is_in(["urn:900001"]).any()
    straight = open_fieldbook(tmp_path / "ours.xlsx", register)
    assert straight.table("participation").equals(landscape.table("participation"))
    assert {source.id for source in straight.sources} >= {"made-up", "fieldbook-ours"}


def test_what_tells_nothing_is_no_fieldbook(tmp_path, register):
    path = tmp_path / "other.csv"
    path.write_text("Name,Number\nBeech,1\n")
    with pytest.raises(DataError, match=r"other\.csv tells nothing.*\n.*fieldbook check"):
        open_fieldbook(path, register)


def test_an_organisation_stands_where_its_postcode_is(tmp_path, take, register):
    vale = {"Name": "Vale Books", "Kind": "company", "Postcode": "zz9 9zz"}
    take({"Organisations": [vale, {"Name": "Elsewhere", "Kind": "company", "Postcode": "AB1 1AA"}]})
    organisations = open_fieldbook(tmp_path / "folder", register).organisations
    found = organisations.filter(kind="company").sort("name", descending=True)
    assert found.select("easting", "northing", "position_from").rows() == [
        (402_000.0, 300_000.0, "postcode"),
        (None, None, None),
    ]


def test_what_was_set_aside_shows_in_the_source(tmp_path, take, register):
    broken = SHEETS | {"Meetings": [{"Forum": "Heads", "Day": "soon"}]}
    take(broken)
    landscape = open_fieldbook(tmp_path / "folder", register)
    assert any("1 row set aside" in source.title for source in landscape.sources)
