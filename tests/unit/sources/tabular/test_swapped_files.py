"""A file given with the wrong option is told where it belongs."""

from __future__ import annotations

import csv
import importlib
from pathlib import Path

import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.layouts import known_layouts

GIAS_FAMILY = {"--gias": "gias", "--links": "links", "--groups": "groups"}
GIAS_FAMILY["--successors"] = "successors"


def write_layout(folder: Path, option: str) -> Path:
    layouts = {layouts.option: layouts for layouts in known_layouts()}
    headings = list(layouts[option].releases[0].columns.values())
    path = folder / "table20220425.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([headings, ["1"] * len(headings)])
    return path


@pytest.mark.parametrize("right", GIAS_FAMILY)
@pytest.mark.parametrize("wrong", GIAS_FAMILY)
def test_each_file_of_gias_given_for_each_other(tmp_path, right, wrong):
    if right == wrong:
        return
    read = importlib.import_module(f"hedgerow.sources.{GIAS_FAMILY[wrong]}.read").read
    with pytest.raises(DataError) as caught:
        read(write_layout(tmp_path, right), Faults())
    said = str(caught.value)
    assert f"given with {wrong}" in said
    assert f"Give it with {right}." in said


def test_every_layout_has_an_option_and_a_title_of_its_own():
    known = list(known_layouts())
    assert set(GIAS_FAMILY) <= {layouts.option for layouts in known}
    assert len({layouts.option for layouts in known}) == len(known)
    releases = [release for layouts in known for release in layouts.releases]
    assert len({release.id for release in releases}) == len(releases)
    assert all(release.title and release.columns for release in releases)
