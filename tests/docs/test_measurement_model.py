"""The page of the measurement model is what the code declares and the made-up region gives."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from hedgerow.localities.declared import load
from tools.made_up_facts import region_landscape
from tools.measurement_model import PAGE, PLACES, ROWS, measured, page

DESIGN = [
    "L1", "L2", "L3", "L3b", "L4", "F_knn", "L5", "L6", "L7", "K1", "K2", "K3", "K4", "K5", "K6",
    "K7", "K8", "K9", "P1", "P2", "P3", "P4", "P5", "P6", "R1", "R2", "R3", "R4", "R5", "B1",
    "B2", "B3", "B4", "B5", "B6", "B7", "B8", "M1", "M2", "M3", "M4", "M5", "M6", "C1", "C2",
    "C3", "C4", "Q1-3", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "G1", "G2", "G3", "G4",
    "G5", "setting", "England",
]  # fmt: skip  # as many rows a line as fit


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    return measured(region_landscape(tmp_path_factory.mktemp("model")))


def test_every_row_of_the_design_has_its_indicators():
    assert [row.key for row in ROWS] == DESIGN
    every = load()
    for row in ROWS:
        for pattern in row.indicators:
            assert any(fnmatchcase(one.id, pattern) for one in every), (row.key, pattern)
    without = {one.id for one in every} - {one.id for row in ROWS for one in row.declared(every)}
    assert not without, "say in tools/measurement_model.py which row they serve"


def test_every_row_is_measured_in_all_three_places(findings):
    every = load()
    for row in ROWS:
        for place in PLACES:
            told = [findings[one.id, place] for one in row.declared(every)]
            assert any(one.is_measured for one in told), (row.key, place)


def test_what_is_not_measured_says_why(findings):
    missed = [one for one in findings.values() if not one.is_measured]
    assert all(one.reason for one in missed)
    # nine in ten have a value
    assert len(missed) < len(findings) / 10


def test_the_page_is_up_to_date(findings):
    wanted = "run python -m tools.measurement_model"
    assert page(findings) == PAGE.read_text(encoding="utf-8"), wanted
