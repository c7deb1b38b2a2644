"""Fetching from a server that serves the official paths: well, slowly, in part, and wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hedgerow.cli import main
from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.sources.fetch import fetch_inputs
from hedgerow.sources.fetch.addresses import BASE_URL, FILES
from tests.unit.fetch.official_server import Answer, Official, official_server
from tests.unit.register.made_up_files import files_of_a_day, gias

DAY = date(2022, 4, 25)
FIRST = "edubasealldata20220425.csv"


@pytest.fixture
def official() -> Iterator[Official]:
    with official_server() as server:
        for name, content in files_of_a_day().items():
            server.serve(name, Answer(content))
        yield server


def fetch(official: Official, folder: Path, **options):
    return fetch_inputs(folder, base_url=official.url, timeout=0.3, pause=0.0, **options)


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_names_and_address_are_the_published_ones():
    assert BASE_URL == "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public/"
    assert [published.name(DAY) for published in FILES] == [
        "edubasealldata20220425.csv",
        "allgroupsdata20220425.csv",
        "alllinksdata20220425.csv",
        "links_edubasealldata20220425.csv",
    ]


def test_all_files_of_a_day(official, tmp_path):
    told = {}
    inputs = fetch(
        official, tmp_path, day=DAY, on_bytes=lambda file, so_far, _: told.update({file: so_far})
    )
    assert {path.name: path.read_bytes() for path in inputs.paths()} == files_of_a_day()
    assert left(tmp_path) == set(files_of_a_day())
    assert told == {name: len(content) for name, content in files_of_a_day().items()}


def test_what_is_there_is_not_fetched_again(official, tmp_path):
    fetch(official, tmp_path, day=DAY)
    official.asked.clear()
    fetch(official, tmp_path, day=DAY)
    assert official.asked == []


def test_yesterdays_files_where_todays_are_not_all_there(official, tmp_path):
    official.serve("edubasealldata20220426.csv", Answer(gias()))
    inputs = fetch(official, tmp_path, today=date(2022, 4, 26))
    assert all("20220425" in path.name for path in inputs.paths())


def test_no_files_today_nor_yesterday(official, tmp_path):
    with pytest.raises(DataError, match="20220501") as found:
        fetch(official, tmp_path, today=date(2022, 5, 1))
    assert "20220430" in found.value.message
    assert "--day" in found.value.advice


def test_a_day_asked_for_is_not_replaced_by_another(official, tmp_path):
    with pytest.raises(DataError, match="20220426"):
        fetch(official, tmp_path, day=date(2022, 4, 26))


def test_a_slow_server_is_given_up_and_leaves_nothing(official, tmp_path):
    official.serve(FIRST, Answer(gias(), wait=1.0))
    with pytest.raises(DataError, match=r"0\.3 seconds.*3 attempts"):
        fetch(official, tmp_path, day=DAY)
    assert left(tmp_path) == set()


def test_slow_once_and_then_well(official, tmp_path):
    official.serve(FIRST, Answer(gias(), wait=1.0), Answer(gias()))
    assert fetch(official, tmp_path, day=DAY).gias.read_bytes() == gias()


def test_busy_once_and_then_well(official, tmp_path):
    official.serve(FIRST, Answer(b"busy", status=503), Answer(gias()))
    assert fetch(official, tmp_path, day=DAY).gias.read_bytes() == gias()


def test_a_file_that_breaks_off_is_not_accepted(official, tmp_path):
    official.serve(FIRST, Answer(gias()[:400], length=len(gias())))
    with pytest.raises(DataError, match=rf"broke off after 400 of {len(gias()):,} bytes"):
        fetch(official, tmp_path, day=DAY)
    assert left(tmp_path) == set()


def test_a_broken_download_is_taken_up_where_it_broke(official, tmp_path):
    official.serve(
        FIRST,
        Answer(gias()[:400], length=len(gias()), etag='"a"'),
        Answer(gias(), etag='"a"'),
    )
    assert fetch(official, tmp_path, day=DAY).gias.read_bytes() == gias()
    assert official.asked[:2] == [(FIRST, None), (FIRST, "bytes=400-")]


def test_a_file_changed_in_between_is_fetched_from_the_start(official, tmp_path):
    other = gias([{"URN": "900009", "EstablishmentName": "Elder Primary School"}])
    official.serve(
        FIRST,
        Answer(gias()[:400], length=len(gias()), etag='"a"'),
        Answer(other, etag='"b"'),
    )
    assert fetch(official, tmp_path, day=DAY).gias.read_bytes() == other


def test_a_page_instead_of_the_file(official, tmp_path):
    official.serve(FIRST, Answer(b"<!DOCTYPE html><html><body>Sorry</body></html>"))
    with pytest.raises(DataError, match="looks like a web page") as found:
        fetch(official, tmp_path, day=DAY)
    assert official.url in found.value.message
    assert left(tmp_path) == set()


def test_the_wrong_file(official, tmp_path):
    official.serve(FIRST, Answer(files_of_a_day()["alllinksdata20220425.csv"]))
    with pytest.raises(DataError, match="looks like GIAS group link records"):
        fetch(official, tmp_path, day=DAY)
    assert left(tmp_path) == set()


def test_an_empty_file(official, tmp_path):
    official.serve(FIRST, Answer(b""))
    with pytest.raises(DataError, match="is empty"):
        fetch(official, tmp_path, day=DAY)


def test_refused(official, tmp_path):
    official.serve(FIRST, Answer(b"no", status=403))
    with pytest.raises(DataError, match="answers 403"):
        fetch(official, tmp_path, day=DAY)
    assert official.asked == [(FIRST, None)]


def test_no_server(tmp_path):
    with official_server() as official:
        url = official.url
    with pytest.raises(DataError, match="cannot be reached"):
        fetch_inputs(tmp_path, day=DAY, base_url=url, timeout=0.3, pause=0.0)


def test_a_path_is_no_address(tmp_path):
    with pytest.raises(UsageError, match="no address"):
        fetch_inputs(tmp_path, base_url="file:///etc/")


def test_the_command_fetches_and_builds(official, tmp_path, capsys):
    out = tmp_path / "registers"
    code = main(
        ["register", "fetch", "--out", str(out), "--day", "2022-04-25", "--base-url", official.url]
    )
    assert code == 0
    assert "Register of 25 April 2022" in capsys.readouterr().out
    assert left(out) == {"2022-04-25", "downloads"}
