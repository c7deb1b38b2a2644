"""No file, however broken, brings the reader down or costs a row that is sound."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.fieldbook.fieldbooks import read_fieldbook
from hedgerow.fieldbook.opening import open_raw
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.workbook import write_template
from hedgerow.landscape.errors import HedgerowError
from tests.property.fieldbook.made_up_tables import TEXT
from tests.unit.fieldbook.filling_in import csv_sheet

ENDINGS = st.sampled_from([".xlsx", ".ods", ".csv", ".xls", ""])
STARTS = st.sampled_from(
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"Forum,Day\n", b'"']
)


def read_or_refuse(path: Path) -> None:
    try:
        found = read_fieldbook(path)
    except HedgerowError as fault:
        assert fault.message
    else:
        assert found.faults.table().height >= 0


@given(STARTS, st.binary(max_size=300), ENDINGS)
def test_any_bytes(start, rest, ending):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{ending}"
        path.write_bytes(start + rest)
        read_or_refuse(path)


def template_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        write_template(Path(folder) / "t.xlsx")
        return (Path(folder) / "t.xlsx").read_bytes()


TEMPLATE = template_bytes()


@given(st.integers(0, len(TEMPLATE)), st.binary(max_size=40), st.integers(0, 60))
@settings(max_examples=40)
def test_a_workbook_damaged_on_its_way(place, noise, lost):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged.xlsx"
        path.write_bytes(TEMPLATE[:place] + noise + TEMPLATE[place + lost :])
        read_or_refuse(path)


@given(st.data())
@settings(max_examples=40)
def test_a_workbook_whose_parts_are_damaged(data):
    """The archive is whole, what is in it is not."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as archive, zipfile.ZipFile(content, "w") as out:
        parts = {name: archive.read(name) for name in archive.namelist()}
        names = [name for name in sorted(parts) if name.startswith("xl/")]
        broken = data.draw(st.sampled_from(names))
        whole = parts[broken]
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, len(whole)))
        noise = data.draw(st.sampled_from([b"", b"<v>", b"</c>", b'r="ZZZ9"', b"&#1;", b"\xff"]))
        parts[broken] = whole[:start] + noise + whole[end:]
        for name, held in parts.items():
            out.writestr(name, held)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged.xlsx"
        path.write_bytes(content.getvalue())
        read_or_refuse(path)


HEADINGS = ["School", "Practice, tool or routine", "Which of the three", "First day", "In use"]


@given(
    st.lists(st.lists(st.sampled_from(range(len(HEADINGS))), max_size=3), min_size=1, max_size=12),
    st.data(),
)
def test_junk_in_some_rows_costs_no_other_row(spoilt, data):
    rows = []
    for number, places in enumerate(spoilt):
        row = [f"urn:{900001 + number}", f"item {number}", "tool", "2020-09-01", "yes"]
        for place in places:
            row[place] = data.draw(TEXT)
        rows.append(row)
    with tempfile.TemporaryDirectory() as folder:
        path = csv_sheet(Path(folder) / "adoptions.csv", [HEADINGS, *rows])
        found = read_fieldbook(path)
    kept = set()
    if "adoptions" in found.tables:
        kept = set(found.tables["adoptions"].select("school", "item").iter_rows())
    for places, row in zip(spoilt, rows, strict=True):
        if not places:
            assert (row[0], row[1]) in kept
    height = sum(table.height for table in found.tables.values())
    repeated = sum(fault.kind == "same row twice" for fault in found.faults)
    assert height + found.set_aside.height == len(rows)
    assert repeated <= found.set_aside.height


@given(st.lists(st.lists(TEXT, max_size=6), max_size=8), st.sampled_from(SHEETS))
def test_any_table_under_any_name(rows, spec):
    with tempfile.TemporaryDirectory() as folder:
        raw = open_raw(csv_sheet(Path(folder) / f"{spec.slug}.csv", [["x", "y"], *rows]))
        assert len(raw.sheets) == 1
        read_or_refuse(raw.path)
