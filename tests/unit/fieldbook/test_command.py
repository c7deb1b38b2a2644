"""`hedgerow fieldbook`, as a person types it."""

from __future__ import annotations

import json

import openpyxl
import pytest

from hedgerow.cli import main
from tests.unit.fieldbook.filling_in import filled

BAD = {
    "Meetings": [{"Forum": "Heads", "Day": "soon"}, {"Forum": "Heads", "Day": "2022-01-01"}],
    "Roles and seats": [{"Person": "Wilf Oatcake", "Organisation": "urn:900001", "Role": "head"}],
}


@pytest.fixture
def bad(tmp_path):
    return filled(tmp_path / "bad.xlsx", BAD)


def test_the_whole_way(tmp_path, capsys):
    book = tmp_path / "ours.xlsx"
    into, key, out = tmp_path / "folder", tmp_path / "key.json", tmp_path / "out.xlsx"
    assert main(["fieldbook", "template", str(book)]) == 0
    assert main(["fieldbook", "check", str(book)]) == 3
    assert "Nothing is filled in yet." in capsys.readouterr().out
    filled(book, BAD | {"Meetings": BAD["Meetings"][1:]})
    assert main(["fieldbook", "check", str(book)]) == 0
    assert "2 rows can be used" not in capsys.readouterr().out  # with the person it is three
    given = ["--into", str(into), "--key", str(key)]
    assert main(["fieldbook", "import", str(book), *given]) == 0
    assert "Imported “ours”" in capsys.readouterr().out
    assert main(["fieldbook", "import", str(book), *given]) == 0
    assert "in place of 3 rows" in capsys.readouterr().out
    assert main(["fieldbook", "export", str(into), str(out)]) == 0
    assert openpyxl.load_workbook(out)["Meetings"]["B2"].value == "Heads"
    assert main(["fieldbook", "export", str(into), str(tmp_path / "csv")]) == 0
    assert (tmp_path / "csv" / "meetings.csv").exists()
    forget = ["fieldbook", "forget", "Wilf Oatcake", "--key", str(key), "--fieldbook", str(into)]
    assert main(forget) == 0
    assert main(forget) == 2
    assert "Oatcake" not in key.read_text()


def test_check_lists_marks_and_ends_with_bad_data(bad, tmp_path, capsys):
    assert main(["fieldbook", "check", str(bad)]) == 3
    said = capsys.readouterr().out
    assert "Meetings\n  row 4, Day: no day, set aside\n    found soon; expected a day" in said
    assert "3 rows can be used, 1 cannot." in said
    assert (tmp_path / "bad-checked.xlsx").exists()
    assert main(["fieldbook", "check", str(bad), "--no-copy", "--json"]) == 3
    held = json.loads(capsys.readouterr().out)
    assert held["tables"] == {"persons": 1, "roles": 1, "meetings": 1}
    assert held["set_aside"] == 1
    assert held["faults"][0]["row"] == 4
    assert held["marked"] is None
    assert main(["fieldbook", "check", str(bad), "--out", str(tmp_path / "m.xlsx")]) == 3
    assert (tmp_path / "m.xlsx").exists()


def test_wrong_use_and_what_is_no_fieldbook(tmp_path, bad, capsys):
    assert main(["fieldbook", "check", str(tmp_path / "nothing.xlsx")]) == 2
    (tmp_path / "empty.xlsx").write_bytes(b"")
    assert main(["fieldbook", "check", str(tmp_path / "empty.xlsx")]) == 3
    assert main(["fieldbook", "import", str(bad), "--into", str(tmp_path / "f")]) == 2
    assert "--key" in capsys.readouterr().err
    before = bad.read_bytes()
    assert main(["fieldbook", "template", str(bad)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert bad.read_bytes() == before
    assert main(["fieldbook", "template", str(tmp_path / "no" / "t.xlsx")]) == 2
    assert main(["fieldbook", "template", str(tmp_path / "t.xlsx"), "--place", "x"]) == 2
