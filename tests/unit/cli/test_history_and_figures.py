"""`hedgerow history` and `register figures`: what they print, write and refuse."""

from __future__ import annotations

import json

import polars as pl
import pytest

from hedgerow.cli import main
from hedgerow.landscape.errors import UsageError
from hedgerow.reporting import kept_figures
from tests.unit.register.made_up_files import SCHOOLS, TRUST, files_of_a_day, gias, links, written

# thirty authorities of eleven schools each; in the last all are academies in one trust
ALIKE = [
    {
        "URN": str(910_000 + place * 20 + one),
        "EstablishmentName": f"Bramble {place} {one}",
        "LA (code)": str(800 + place),
        "LA (name)": f"Sloe {place}",
        "Easting": str(400_000 + one * 1000),
        "Northing": str(300_000 + place * 1000),
    }
    for place in range(30)
    for one in range(11)
]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    files = files_of_a_day() | {"edubasealldata20220425.csv": gias([*SCHOOLS, *ALIKE])}
    paths = written(folder, files)
    extract, groups, tied = (
        str(paths[f"{name}20220425.csv"])
        for name in ("edubasealldata", "allgroupsdata", "alllinksdata")
    )
    out = folder / "registers"
    arguments = ["--gias", extract, "--groups", groups, "--links", tied, "--out", str(out)]
    assert main(["register", "build", *arguments]) == 0
    return out


@pytest.fixture(scope="module")
def with_figures(register):
    assert main(["register", "figures", str(register)]) == 0
    return register


def test_a_profile_without_figures_says_how_to_come_by_them(register, capsys):
    assert main(["profile", "authority:Sloe 3", "--register", str(register), "--phase", "all"]) == 0
    assert "`hedgerow register figures DIR`" in capsys.readouterr().out


def test_figures_lie_beside_the_register_and_a_profile_takes_them(with_figures, capsys):
    kept = with_figures / "2022-04-25" / "figures" / "2022-04-25-primary.parquet"
    assert pl.read_parquet(kept)["place"].n_unique() >= 30
    capsys.readouterr()
    assert main(["profile", "authority:Sloe 3", "--register", str(with_figures), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["unusual"]
    assert any(one["id"] == "linked_systems.maintained_share" for one in said["compared"])
    assert main(["profile", "authority:Sloe 3", "--register", str(with_figures)]) == 0
    printed = capsys.readouterr().out
    assert "What is unusual here\n" in printed
    assert "register figures" not in printed


def test_figures_of_another_phase_or_day_are_not_taken(with_figures, capsys):
    asked = ["profile", "authority:Sloe 3", "--register", str(with_figures), "--json"]
    for more in (["--phase", "all"], ["--on", "2022-04-26"]):
        assert main([*asked, *more]) == 0
        assert json.loads(capsys.readouterr().out)["unusual"] is None


def test_figures_that_were_made_from_something_else_are_not_taken(with_figures, monkeypatch):
    day = pl.Series(["2022-04-25"]).str.to_date()[0]
    assert kept_figures.kept_figures(with_figures, day, "primary") is not None
    monkeypatch.setattr("hedgerow.__version__", "another")
    assert kept_figures.kept_figures(with_figures, day, "primary") is None


def test_damaged_figures_are_as_good_as_none(with_figures):
    day = pl.Series(["2022-04-25"]).str.to_date()[0]
    figures = kept_figures.kept_figures(with_figures, day, "primary")
    path = kept_figures.keep_figures(with_figures, day, "primary", figures)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert kept_figures.kept_figures(with_figures, day, "primary") is None
    path.write_bytes(whole)
    assert kept_figures.kept_figures(with_figures, day, "primary").equals(figures)


def test_processes_of_their_own_measure_the_same(with_figures):
    day = pl.Series(["2022-04-25"]).str.to_date()[0]
    told = []

    def measured(processes):
        return kept_figures.measured_figures(
            with_figures,
            day,
            "primary",
            on_progress=lambda done, of: told.append((done, of)),
            processes=processes,
        )

    assert measured(2).equals(measured(1))
    assert told[-1][0] == told[-1][1]


def test_a_folder_that_cannot_be_written_in_is_told(with_figures, tmp_path, monkeypatch):
    day = pl.Series(["2022-04-25"]).str.to_date()[0]
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setattr(kept_figures, "FOLDER", in_the_way / "figures")
    with pytest.raises(UsageError, match="cannot be made"):
        kept_figures.keep_figures(with_figures, day, "primary", pl.DataFrame())


def test_a_history_for_the_terminal_and_as_json(register, capsys):
    asked = ["history", "authority:Sloe 3", "--register", str(register), "--from", "2022-04-25"]
    assert main([*asked, "--to", "2022-04-25"]) == 2
    assert "is no period" in capsys.readouterr().err
    assert main([*asked[:-1], "1999-01-01"]) == 2
    assert "the register begins on" in capsys.readouterr().err


@pytest.fixture(scope="module")
def two_days(tmp_path_factory):
    """A register with link records of two days, whose history has a beginning."""
    folder = tmp_path_factory.mktemp("two days")
    first = links({**TRUST, "URN": "900002", "Joined date": "2016-09-01"})
    paths = written(folder, files_of_a_day() | {"alllinksdata20200425.csv": first})
    out = str(folder / "registers")
    extract, groups, later, earlier = (
        str(paths[f"{name}.csv"])
        for name in (
            "edubasealldata20220425",
            "allgroupsdata20220425",
            "alllinksdata20220425",
            "alllinksdata20200425",
        )
    )
    arguments = ["--gias", extract, "--groups", groups, "--out", out]
    assert main(["register", "build", *arguments, "--links", later, earlier]) == 0
    return out


def test_a_history_in_every_form(two_days, tmp_path, capsys):
    asked = ["history", "authority:Brambleford", "--register", two_days, "--from", "2020-04-25"]
    capsys.readouterr()
    assert main([*asked, "--every", "term", "--indicator", "context.schools"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Brambleford through time: primary schools\n")
    assert "Changes beyond noise" in printed
    paths = {kind: tmp_path / f"place.{kind}" for kind in ("html", "xlsx")}
    files = [word for kind, path in paths.items() for word in (f"--{kind}", str(path))]
    assert main([*asked, "--json", *files]) == 0
    told = capsys.readouterr()
    said = json.loads(told.out)
    assert said["days"] == ["2020-04-25", "2021-04-25", "2022-04-25"]
    assert told.err.splitlines() == [f"Wrote {path}" for path in paths.values()]
    assert paths["html"].read_text("utf-8").startswith("<!DOCTYPE html>")
    assert paths["xlsx"].read_bytes()[:2] == b"PK"


def test_a_figure_that_is_not_there(two_days, capsys):
    asked = ["history", "authority:Brambleford", "--register", two_days, "--from", "2020-04-25"]
    assert main([*asked, "--indicator", "context.joy"]) == 2
    assert "There is no figure “context.joy”" in capsys.readouterr().err
