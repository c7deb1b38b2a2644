"""However a table is written, reading gives back what it holds, or says what was wrong with it."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.delimited import DelimitedText
from hedgerow.sources.tabular import RawTable, Release, read_table

HEADINGS = ["Number", "Name", "Note", "Length"]
LAYOUT = Release(
    id="plain",
    title="plain",
    columns={"number": "Number", "name": "Name"},
    optional={"length": "Length"},
)
TEXT = st.text(st.sampled_from("aé’ ,;\t\"'\n|0"), max_size=6)
ROWS = st.lists(st.tuples(st.integers(1, 99).map(str), TEXT, TEXT, TEXT), min_size=1, max_size=8)


def read(content: bytes, faults: Faults) -> RawTable:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content)
        return read_table(path, source="things", option="--t", releases=[LAYOUT], faults=faults)


def written(rows, delimiter: str, end: str, quoting: int) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return text.getvalue()


@given(
    rows=ROWS,
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_a_table_comes_back_as_it_was_written(rows, delimiter, end, quoting, encoding):
    faults = Faults()
    table = read(written(rows, delimiter, end, quoting).encode(encoding), faults)
    assert table.rows.select("row", "number", "name", "length").rows() == [
        (number, first, name.strip() or None, length.strip() or None)
        for number, (first, name, _, length) in enumerate(rows, start=2)
    ]
    assert table.set_aside.is_empty()
    assert len(faults) == 0


@given(rows=ROWS, cut=st.integers(1, 400), quoting=st.sampled_from([0, 1]))
def test_a_cut_table_is_refused_or_every_row_left_is_one_that_was_written(rows, cut, quoting):
    rows = [(number, name.replace("\n", ""), "", "x" + length) for number, name, _, length in rows]
    whole = written(rows, ",", "\n", quoting)
    faults = Faults()
    try:
        table = read(whole[: max(len(whole) - cut, 30)].encode(), faults)
    except DataError:
        return
    found = table.rows.select("number", "name").rows()
    assert found == [(number, name.strip() or None) for number, name, *_ in rows[: len(found)]]
    assert table.set_aside.is_empty()


@given(
    rows=st.lists(
        st.lists(st.text(st.sampled_from('ab ",'), max_size=4), min_size=1, max_size=6),
        min_size=1,
        max_size=8,
    )
)
def test_every_row_is_used_or_set_aside(rows):
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(["7", *row] for row in rows)
    faults = Faults()
    table = read(text.getvalue().encode(), faults)
    assert sorted([*table.rows["row"], *table.set_aside["row"]]) == list(range(2, len(rows) + 2))


@given(rows=ROWS)
def test_the_fast_way_and_the_slow_way_agree(rows):
    content = DelimitedText(written(rows, ",", "\n", csv.QUOTE_MINIMAL).encode())
    fast = content.body(0, 4, [0, 1, 3], spills=False).rows
    # a row of another length sends the whole file the slow way
    ragged = written([*rows, ("1", "2", "3", "4", "5")], ",", "\n", csv.QUOTE_MINIMAL)
    slow = DelimitedText(ragged.encode()).body(0, 4, [0, 1, 3], spills=False)
    assert slow.ragged.height == 1
    assert fast.fill_null("").equals(slow.rows)
