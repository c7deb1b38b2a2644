"""`hedgerow typology`: what it prints, writes, keeps, takes up again and refuses."""

from __future__ import annotations

import json

import fastexcel
import polars as pl
import pytest

from hedgerow.cli import main
from hedgerow.cli.kept_draws import write_draws
from tests.unit.register.made_up_files import SCHOOLS, files_of_a_day, gias, written

# twenty-four authorities of eleven schools each: towns and far-flung places, more or less
PLACES = 24
DRAWN = [
    {
        "URN": str(910_000 + place * 20 + one),
        "EstablishmentName": f"Bramble {place} {one}",
        "LA (code)": str(800 + place),
        "LA (name)": f"Sloe {place}",
        "Easting": str(300_000 + place * 9_000 + one * (400 + 90 * (place * 7 % 11))),
        "Northing": str(300_000 + (place * 5 % 7) * 20_000 + (one * one) % 7 * 150),
        "NumberOfPupils": str(60 + (place * 37 + one * 53) % 300),
        "UrbanRural (name)": "(England/Wales) Rural village"
        if (place + one) % (2 + place % 3) == 0
        else "(England/Wales) Urban city and town",
    }
    for place in range(PLACES)
    for one in range(11)
]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    files = files_of_a_day() | {"edubasealldata20220425.csv": gias([*SCHOOLS, *DRAWN])}
    paths = written(folder, files)
    extract, groups, tied = (
        str(paths[f"{name}20220425.csv"])
        for name in ("edubasealldata", "allgroupsdata", "alllinksdata")
    )
    out = folder / "registers"
    arguments = ["--gias", extract, "--groups", groups, "--links", tied, "--out", str(out)]
    assert main(["register", "build", *arguments]) == 0
    return out


def asked(register, *more: str) -> list[str]:
    return ["typology", "--register", str(register), "--no-multiverse", "--draws", "20", *more]


@pytest.fixture(scope="module")
def answered(register, tmp_path_factory):
    """One run that writes everything, with its JSON."""
    folder = tmp_path_factory.mktemp("answer")
    files = ["--html", str(folder / "page.html"), "--xlsx", str(folder / "book.xlsx")]
    assert main(asked(register, *files, "--keep", "--resume", str(folder / "draws"))) == 0
    return folder


@pytest.mark.slow
def test_the_page_says_the_answer_with_what_it_cannot_say_and_how_sure(answered) -> None:
    page = (answered / "page.html").read_text(encoding="utf-8")
    assert page.index("What open data cannot say") < page.index("The continuum</h2>")
    for heading in ("The answer", "How sure are we", "How places got there", "Every place"):
        assert f">{heading}</h2>" in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "Sloe 7" in page


@pytest.mark.slow
def test_the_workbook_has_a_sheet_a_table(answered) -> None:
    book = fastexcel.read_excel(answered / "book.xlsx")
    assert {"About", "Places", "Number of types", "Continuum", "Sources"} <= set(book.sheet_names)
    places = book.load_sheet("Places").to_polars()
    assert places.height >= PLACES


@pytest.mark.slow
def test_the_same_seed_gives_the_same_answer_taken_up_again_or_not(
    register, answered, capsys, tmp_path
) -> None:
    capsys.readouterr()
    assert main(asked(register, "--json")) == 0
    whole = capsys.readouterr().out
    held = pl.read_parquet(answered / "draws")
    # as if stopped after seven draws: what is in the file is taken, the rest is made
    mark = pl.read_parquet_metadata(answered / "draws")["hedgerow"]
    write_draws(tmp_path / "draws", held.filter(pl.col("draw") % 3 == 0), mark)
    assert main(asked(register, "--json", "--resume", str(tmp_path / "draws"))) == 0
    assert capsys.readouterr().out == whole
    assert pl.read_parquet(tmp_path / "draws").sort("draw").equals(held.sort("draw"))
    said = json.loads(whole)
    assert said["draws"] == 20 and len(said["places"]) >= PLACES
    assert said["multiverse"] is None


@pytest.mark.slow
def test_draws_of_another_seed_are_not_taken_up(register, answered, capsys) -> None:
    given = asked(register, "--json", "--seed", "9", "--resume", str(answered / "draws"))
    assert main(given) == 2
    assert "made from another" in capsys.readouterr().err


@pytest.mark.slow
def test_a_profile_tells_what_is_kept(register, answered, capsys) -> None:
    capsys.readouterr()
    assert main(["profile", "authority:Sloe 3", "--register", str(register), "--json"]) == 0
    kind = json.loads(capsys.readouterr().out)["kind"]
    assert kind["place"]["name"] == "Sloe 3"
    assert kind["statements"] and "structure" in kind["basis"][0]
    assert len(kind["place"]["neighbours"]) == 5
    assert main(["profile", "authority:Sloe 3", "--register", str(register)]) == 0
    assert "What kind of place it is" in capsys.readouterr().out
    given = ["profile", "authority:Sloe 3", "--register", str(register), "--phase", "all", "--json"]
    assert main(given) == 0
    assert json.loads(capsys.readouterr().out)["kind"] is None


@pytest.mark.slow
def test_few_places_are_described_and_said_to_be_too_few(register, capsys, tmp_path) -> None:
    named = tmp_path / "places.txt"
    named.write_text("authority:Sloe 1\n\nauthority:Sloe 2\nauthority:Sloe 3\n")
    assert main(asked(register, "--places", str(named))) == 0
    said = capsys.readouterr().out
    assert "3 places are too few to look for types" in said
    assert "What open data cannot say" in said


@pytest.mark.slow
def test_of_places_of_ones_own_it_is_not_told_how_many_are_like_the_three(
    register, capsys, tmp_path
) -> None:
    named = tmp_path / "places.txt"
    named.write_text("".join(f"authority:Sloe {one}\n" for one in range(1, PLACES)))
    capsys.readouterr()
    assert main(asked(register, "--json", "--places", str(named))) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["resemblance"] is None and said["resemblance_otherwise"] == []
    assert "all places of a register together" in said["why_no_resemblance"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--on", "2022"], "are no dates"),
        (["--on", "2022-04-25,2022-04-25"], "names a date twice"),
        (["--across"], "--unit locality"),
        (["--unit", "locality", "--keep"], "Leave --keep out"),
        (["--places", "x", "--unit", "locality"], "Give --places, or"),
        (["--places", "no-such-file"], "There is no file"),
        (["--draws", "3"], "20"),
        (["--html", "no-such-folder/page.html"], "cannot be written"),
        (["--on", "1999-01-01"], "Nothing is known"),
        (["--on", "3000-01-01"], "that day has not come"),
    ],
)
def test_wrong_use_is_said_and_ends_with_2(register, capsys, more, words) -> None:
    assert main(["typology", "--register", str(register), *more]) == 2
    assert words in capsys.readouterr().err


def test_a_file_of_something_else_is_no_draws(register, tmp_path, capsys) -> None:
    other = tmp_path / "draws"
    other.write_text("not draws")
    assert main(asked(register, "--resume", str(other))) == 2
    assert "no draws that can be read" in capsys.readouterr().err


def test_every_line_that_is_no_place_is_told(register, tmp_path, capsys) -> None:
    named = tmp_path / "places.txt"
    named.write_text("authority:Sloe 1\nSloe Nowhere\n\nauthority:Élsewhere\n", "cp1252")
    assert main(asked(register, "--places", str(named))) == 2
    said = capsys.readouterr().err
    assert "line 2: There is no place called “Sloe Nowhere”" in said
    assert "line 4: There is no place called “authority:Élsewhere”" in said


def test_a_place_named_twice_is_said(register, tmp_path, capsys) -> None:
    named = tmp_path / "places.txt"
    named.write_text("authority:Sloe 1\nauthority:Sloe 1\n")
    assert main(asked(register, "--places", str(named))) == 2
    assert "names a place twice" in capsys.readouterr().err
