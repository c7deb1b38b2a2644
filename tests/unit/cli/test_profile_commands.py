"""`hedgerow profile` and `compare`: what they print, write and refuse."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from hedgerow.cli import main
from tests.unit.register.made_up_files import SCHOOLS, files_of_a_day, gias, written

NEXT_DOOR = {
    "LA (code)": "998",
    "LA (name)": "Sloe Vale",
    "DistrictAdministrative (code)": "E06000998",
    "DistrictAdministrative (name)": "Sloe Vale",
    "Postcode": "ZZ2 2BB",
    "Easting": "410000",
}
MORE = [
    {"URN": f"90010{number}", "EstablishmentName": f"Sloe {number}", **NEXT_DOOR}
    for number in range(6)
]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    files = files_of_a_day() | {"edubasealldata20220425.csv": gias([*SCHOOLS, *MORE])}
    paths = written(folder, files)
    extract, groups, links = (
        str(paths[f"{name}20220425.csv"])
        for name in ("edubasealldata", "allgroupsdata", "alllinksdata")
    )
    out = str(folder / "registers")
    built = main(
        ["register", "build", "--gias", extract, "--groups", groups, "--links", links, "--out", out]
    )
    assert built == 0
    return out


def test_json_is_the_profile_and_nothing_else(register, capsys):
    assert main(["profile", "authority:Sloe Vale", "--register", register, "--json"]) == 0
    printed = capsys.readouterr()
    held = json.loads(printed.out)
    assert (held["place"], held["on"], held["register"]) == (
        "Sloe Vale",
        "2022-04-25",
        "2022-04-25",
    )
    schools = next(one for one in held["findings"] if one["id"] == "context.schools")
    assert schools["value"] == 6
    assert printed.err == ""


def test_the_terminal_gets_plain_text_in_a_pipe(register, capsys):
    assert main(["profile", "authority:Brambleford", "--register", register]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Brambleford\nPrimary schools as on 25 April 2022.")
    assert "\x1b" not in printed


def test_all_files_at_once_and_says_where(register, tmp_path, capsys):
    paths = {kind: tmp_path / f"place.{kind}" for kind in ("html", "pdf", "xlsx")}
    asked = [word for kind, path in paths.items() for word in (f"--{kind}", str(path))]
    assert main(["profile", "authority:Sloe Vale", "--register", register, "--json", *asked]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["place"] == "Sloe Vale"
    assert printed.err.splitlines() == [f"Wrote {path}" for path in paths.values()]
    opening = {kind: path.read_bytes()[:4] for kind, path in paths.items()}
    assert opening == {"html": b"<!DO", "pdf": b"%PDF", "xlsx": b"PK\x03\x04"}


def test_files_alone_print_nothing(register, tmp_path, capsys):
    page = tmp_path / "place.html"
    assert (
        main(["profile", "authority:Sloe Vale", "--register", register, "--html", str(page)]) == 0
    )
    assert capsys.readouterr().out == ""


def test_a_place_that_is_not_there(register, capsys):
    assert main(["profile", "authority:Bramblefrod", "--register", register]) == 2
    assert "authority:Brambleford" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2022-4-25", "25/04/2022", "20220425", "2022-02-30", "soon"])
def test_what_is_no_date(register, capsys, day):
    assert main(["profile", "authority:Sloe Vale", "--register", register, "--on", day]) == 2
    said = capsys.readouterr().err
    assert f"“{day}” is no date" in said
    assert "2022-04-25" in said


def test_a_date_before_anything_is_known(register, capsys):
    assert (
        main(["profile", "authority:Sloe Vale", "--register", register, "--on", "1990-01-01"]) == 2
    )
    assert "begins" in capsys.readouterr().err


def test_a_date_that_has_not_come(register, capsys):
    assert (
        main(["profile", "authority:Sloe Vale", "--register", register, "--on", "3000-01-01"]) == 2
    )
    assert "3000-01-01: that day has not come" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_refused_before_any_work(tmp_path, capsys):
    missing = tmp_path / "nowhere" / "place.html"
    asked = ["profile", "X", "--register", str(tmp_path / "none"), "--html", str(missing)]
    assert main(asked) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_two_formats_do_not_share_a_file(register, tmp_path, capsys):
    path = str(tmp_path / "place")
    asked = [
        "profile",
        "authority:Sloe Vale",
        "--register",
        register,
        "--html",
        path,
        "--pdf",
        path,
    ]
    assert main(asked) == 2
    assert "Two formats" in capsys.readouterr().err


def test_a_register_is_needed_and_may_stand_in_the_environment(register, monkeypatch, capsys):
    assert main(["profile", "authority:Sloe Vale"]) == 2
    assert "--register" in capsys.readouterr().err
    monkeypatch.setenv("HEDGEROW_REGISTER", register)
    assert main(["profile", "authority:Sloe Vale", "--json"]) == 0


def test_no_register(tmp_path, capsys):
    assert main(["profile", "X", "--register", str(tmp_path / "none")]) == 3
    assert "There is no register" in capsys.readouterr().err


def test_listed_schools(register, tmp_path, capsys):
    listed = tmp_path / "our schools.txt"
    listed.write_text("900001\nurn:900100\n", "utf-8")
    assert main(["profile", f"urns:{listed}", "--register", register, "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert held["place"] == "our schools"
    assert next(one for one in held["findings"] if one["id"] == "context.schools")["value"] == 2


def test_places_side_by_side(register, tmp_path, capsys):
    paths = {kind: tmp_path / f"places.{kind}" for kind in ("html", "pdf", "xlsx")}
    asked = [word for kind, path in paths.items() for word in (f"--{kind}", str(path))]
    places = ["compare", "authority:Brambleford", "authority:Sloe Vale", "--register", register]
    assert main([*places, "--json", *asked]) == 0
    held = json.loads(capsys.readouterr().out)
    assert held["places"] == ["Brambleford", "Sloe Vale"]
    assert [one["place"] for one in held["profiles"]] == held["places"]
    assert all(path.stat().st_size > 1_000 for path in paths.values())
    assert main(places) == 0
    assert "Brambleford and Sloe Vale: primary schools" in capsys.readouterr().out


@pytest.mark.parametrize("count", [1, 7])
def test_too_few_or_too_many_places(register, capsys, count):
    assert main(["compare", *(["authority:Sloe Vale"] * count), "--register", register]) == 2
    assert "2 to 6 places" in capsys.readouterr().err


def test_indicators(capsys):
    assert main(["indicators"]) == 0
    assert "linked_systems.maintained_share" in capsys.readouterr().out
    assert main(["indicators", "--json"]) == 0
    declared = json.loads(capsys.readouterr().out)["indicators"]
    one = next(one for one in declared if one["id"] == "linked_systems.maintained_share")
    assert one["question"].endswith("?")
    assert (one["unit"], one["tier"], one["feature"]) == ("share", "O", "linked_systems")
    assert one["formula"].startswith("Schools that an authority maintains ÷ schools.")
    assert one["needs"] == ["schools.status"]


def test_json_imports_nothing_that_only_other_formats_need(register):
    slow = {"altair", "jinja2", "typst", "xlsxwriter", "rich", "scipy.stats", "lxml", "openpyxl"}
    code = (
        "import sys; from hedgerow.cli import main;"
        f"main(['profile', 'authority:Sloe Vale', '--register', {register!r}, '--json']);"
        f"sys.exit(repr(sorted({slow!r} & set(sys.modules))) if {slow!r} & set(sys.modules) else 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
