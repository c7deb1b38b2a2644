"""`hedgerow register`: right files built and shown, wrong ones refused, nothing left behind."""

from __future__ import annotations

import gzip
import json

import pytest

from hedgerow.cli import main
from tests.unit.register.made_up_files import (
    SCHOOLS,
    TRUST,
    files_of_a_day,
    gias,
    links,
    written,
)

EXTRACT = "edubasealldata20220425.csv"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "registers"


def build(tmp_path, out, content=None, *more, name=EXTRACT):
    path = tmp_path / name
    path.write_bytes(gias() if content is None else content)
    return main(["register", "build", "--gias", str(path), *map(str, more), "--out", str(out)])


def test_build_and_show(tmp_path, out, capsys):
    assert build(tmp_path, out) == 0
    assert "Open schools: 3 (2 academy, 1 maintained)" in capsys.readouterr().out
    assert main(["register", "show", str(out)]) == 0
    shown = capsys.readouterr()
    assert "Register of 25 April 2022" in shown.out
    assert shown.err == ""


def test_json(tmp_path, out, capsys):
    assert build(tmp_path, out, None, "--json") == 0
    built = json.loads(capsys.readouterr().out)
    assert main(["register", "show", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == built
    assert built["vintage"] == "2022-04-25"
    assert built["tables"]["schools"] == 3


def test_all_faults_and_rows_set_aside(tmp_path, out, capsys):
    assert build(tmp_path, out, gias([*SCHOOLS, SCHOOLS[0]])) == 0
    assert "duplicate URN" in capsys.readouterr().out
    assert main(["register", "show", str(out), "--faults"]) == 0
    assert f"duplicate URN,{EXTRACT},,5,URN" in capsys.readouterr().out
    assert main(["register", "show", str(out), "--set-aside", "--json"]) == 0
    aside = json.loads(capsys.readouterr().out)["set_aside"]
    assert [(row["file"], row["row"]) for row in aside] == [(EXTRACT, 5)]


@pytest.mark.parametrize("spelling", ["repeated", "several", "equals"])
def test_several_files_of_a_kind(tmp_path, out, capsys, spelling):
    one, two = written(
        tmp_path,
        {
            "links20170101.csv": links({**TRUST, "URN": "900002", "Joined date": "2012-01-01"}),
            "links20190101.csv": links({**TRUST, "URN": "900003", "Joined date": "2018-01-01"}),
        },
    ).values()
    given = {
        "repeated": ["--links", one, "--links", two],
        "several": ["--links", one, two],
        "equals": [f"--links={one}", "--links", two],
    }[spelling]
    assert build(tmp_path, out, None, *given, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert [source["vintage"] for source in said["sources"]][1:] == ["2017-01-01", "2019-01-01"]
    assert said["earliest"] == "2017-01-01"


def test_the_day_may_be_written_after_the_file(tmp_path, out):
    path = tmp_path / "extract.csv"
    path.write_bytes(gias())
    assert main(["register", "build", "--gias", f"{path}@2021-05-01", "--out", str(out)]) == 0
    assert [folder.name for folder in out.iterdir()] == ["2021-05-01"]


def test_a_day_is_needed(tmp_path, out, capsys):
    undated = gias([{"OpenDate": "", "OfstedLastInsp": ""}])
    assert build(tmp_path, out, undated, name="extract.csv") == 3
    assert "@2022-04-25" in capsys.readouterr().err


WRONG = {
    "an empty file": (b"", "is empty"),
    "blank lines": (b"\r\n\r\n", "is empty"),
    "headings alone": (gias([]), "no rows"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "looks like a PDF"),
    "a web page": (b"<!DOCTYPE html><html></html>", "looks like a web page"),
    "cut in the middle of a row": (gias()[:-60], "breaks off"),
    "cut while packed": (gzip.compress(gias())[:-20], "breaks off"),
    "another encoding": (gias().decode().encode("utf-16-le"), "encoding"),
    "bytes of no encoding": (gias().replace(b"Hazel", b"H\x81zel"), "encoding"),
    "another source": (files_of_a_day()["alllinksdata20220425.csv"], "--links"),
    "a column missing": (gias().replace(b"EstablishmentName", b"Something", 1), "EstablishmentN"),
    "some other table": (b"a,b\r\n1,2\r\n", "none of the headings"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_extract(tmp_path, out, capsys, kind):
    content, expected = WRONG[kind]
    assert build(tmp_path, out, content) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert expected in said.err
    assert EXTRACT in said.err
    assert "Traceback" not in said.err
    assert not out.exists()


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_extract_leaves_the_old_register_alone(tmp_path, out, kind):
    build(tmp_path, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert build(tmp_path, out, WRONG[kind][0]) == 3
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_swapped_files(tmp_path, out, capsys):
    path = tmp_path / "alllinksdata20220425.csv"
    path.write_bytes(files_of_a_day()[path.name])
    assert build(tmp_path, out, None, "--groups", path) == 3
    said = capsys.readouterr().err
    assert "--groups" in said
    assert "--links" in said
    assert not out.exists()


def test_a_ragged_row_is_set_aside_and_the_rest_used(tmp_path, out, capsys):
    lines = gias().split(b"\r\n")
    lines[2] = lines[2].rsplit(b",", 3)[0]
    assert build(tmp_path, out, b"\r\n".join(lines)) == 0
    said = capsys.readouterr().out
    assert "Open schools: 2" in said
    assert "ragged row" in said


@pytest.mark.parametrize("more", [["--links", "--out", "x"], ["--out", "x", "--groups"]])
def test_an_option_without_its_file_is_named(tmp_path, capsys, more):
    assert main(["register", "build", "--gias", str(tmp_path / "a.csv"), *more]) == 2
    option = next(word for word in more if word in ("--links", "--groups"))
    assert f"Option '{option}' requires" in capsys.readouterr().err


def test_no_such_file(tmp_path, out, capsys):
    missing = tmp_path / "nothing20220425.csv"
    assert main(["register", "build", "--gias", str(missing), "--out", str(out)]) == 2
    assert missing.name in capsys.readouterr().err


def test_out_is_a_file(tmp_path, out, capsys):
    out.write_text("mine")
    assert build(tmp_path, out) == 3
    assert "is a file" in capsys.readouterr().err
    assert out.read_text() == "mine"


def test_show_what_is_no_register(tmp_path, capsys):
    assert main(["register", "show", str(tmp_path)]) == 3
    assert "is no register" in capsys.readouterr().err
    assert main(["register", "show", str(tmp_path), "--on", "yesterday"]) == 2
    assert "such as 2022-04-25" in capsys.readouterr().err
