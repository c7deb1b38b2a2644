"""What is written is read back as it was, whatever it says."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings

from hedgerow.fieldbook.csv_folder import write_csv_folder
from hedgerow.fieldbook.fieldbooks import read_fieldbook
from hedgerow.fieldbook.importing import import_fieldbook
from hedgerow.fieldbook.workbook import write_workbook
from tests.property.fieldbook.made_up_tables import tables


def same(found, wanted):
    assert set(found) == set(wanted)
    for name, table in wanted.items():
        assert found[name].rows() == table.rows(), name


@given(tables())
@settings(max_examples=40)
def test_a_folder_of_csv_files(wanted):
    with tempfile.TemporaryDirectory() as folder:
        write_csv_folder(wanted, Path(folder) / "out")
        found = read_fieldbook(Path(folder) / "out")
    assert [str(fault) for fault in found.faults] == []
    same(found.tables, wanted)


@given(tables())
@settings(max_examples=20)
def test_a_workbook(wanted):
    with tempfile.TemporaryDirectory() as folder:
        write_workbook(wanted, Path(folder) / "out.xlsx")
        found = read_fieldbook(Path(folder) / "out.xlsx")
    assert [str(fault) for fault in found.faults] == []
    same(found.tables, wanted)


@given(tables())
@settings(max_examples=15)
def test_importing_and_exporting_in_turn(wanted):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_csv_folder(wanted, folder / "first")
        for out, into in (("first", "a"), ("second", "b")):
            import_fieldbook(folder / out, folder / into, register=None, key=folder / "key.json")
            held = read_fieldbook(folder / into)
            same(held.tables, wanted)
            write_csv_folder(held.tables, folder / "second", sources=held.sources)
        import_fieldbook(folder / "second", folder / "b", register=None, key=folder / "key.json")
        same(read_fieldbook(folder / "b").tables, wanted)
