"""`hedgerow demo`: a region with its register and its pages, the same on every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedgerow.cli import main

PAGES = ("city.html", "town.html", "shire.html", "side-by-side.html")


def files(folder: Path) -> dict[str, bytes]:
    """Every file but the descriptor, which bears the hour at which it was written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "datapackage.json"
    }


def test_pages_of_the_three_localities(tmp_path, capsys):
    assert main(["demo", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    for page in PAGES:
        assert str(tmp_path / page) in said
        text = (tmp_path / page).read_text("utf-8")
        assert text.lower().startswith("<!doctype html>")
        assert "http://" not in text.replace("http://www.w3.org/", "")
    for page, other in (("city", "town"), ("town", "shire"), ("shire", "city")):
        title = (tmp_path / f"{page}.html").read_text("utf-8").partition("</title>")[0]
        assert page.capitalize() in title
        assert other.capitalize() not in title
    first = files(tmp_path)
    assert main(["demo", str(tmp_path)]) == 0
    assert files(tmp_path) == first


def test_without_pages(tmp_path, capsys):
    assert main(["demo", str(tmp_path), "--no-pages"]) == 0
    assert "Page" not in capsys.readouterr().out
    assert not list(tmp_path.glob("*.html"))


def test_another_seed_makes_another_region(tmp_path, capsys):
    for seed in ("1", "2"):
        assert main(["demo", str(tmp_path / seed), "--no-pages", "--seed", seed]) == 0
    capsys.readouterr()
    names = [sorted(files(tmp_path / seed)) for seed in ("1", "2")]
    assert names[0] == names[1]
    extracts = [
        next(path for path in (tmp_path / seed / "open-data").glob("edubasealldata*")).read_bytes()
        for seed in ("1", "2")
    ]
    assert extracts[0] != extracts[1]


@pytest.mark.parametrize("seed", ["-1", "soon"])
def test_a_seed_is_a_number(tmp_path, capsys, seed):
    assert main(["demo", str(tmp_path), "--seed", seed]) == 2
    assert "--seed" in capsys.readouterr().err
