"""The made-up region as somebody's own workbook: some fifty thousand rows, with names in it."""

from __future__ import annotations

import pytest

from hedgerow.fieldbook.calling import called_by_name
from hedgerow.fieldbook.importing import import_fieldbook
from hedgerow.fieldbook.made_up.region import make_region
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.store import read_store
from hedgerow.fieldbook.workbook import write_workbook


@pytest.mark.slow
def test_it_is_written_and_imported_whole_and_without_its_names(tmp_path):
    evidence = make_region().evidence
    write_workbook(called_by_name(evidence), tmp_path / "region.xlsx")
    done = import_fieldbook(
        tmp_path / "region.xlsx", tmp_path / "folder", register=None, key=tmp_path / "key.json"
    )
    assert [str(fault) for fault in done.evidence.faults][:3] == []
    found = read_store(tmp_path / "folder").tables
    assert {name: table.height for name, table in found.items()} == {
        name: table.height for name, table in evidence.items() if table.height
    }
    named = evidence["persons"].filter("is_named")["label"]
    unnamed = set(evidence["persons"]["label"]) - set(named)
    assert len(unnamed) > 1_000
    assert not unnamed & set(found["persons"]["label"])
    same = found["participation"].drop("id").sort("school", "activity", "role", "start")
    assert same.equals(
        evidence["participation"].drop("id").sort("school", "activity", "role", "start")
    )


def test_every_person_it_speaks_of_is_among_its_persons():
    evidence = make_region().evidence
    known = set(evidence["persons"]["id"])
    for spec in SHEETS:
        for column in spec.columns:
            if "person" in column.targets:
                spoken_of = evidence[spec.table][column.name].drop_nulls()
                persons = set(spoken_of.filter(spoken_of.str.starts_with("person:")))
                assert persons <= known, f"{spec.table}.{column.name}"
