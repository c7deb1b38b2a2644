"""Generated tables of a fieldbook: any text, any days, any numbers that the schemas allow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import dataframely as dy
import polars as pl
from hypothesis import strategies as st

from hedgerow.fieldbook.identities import NUMBERED
from hedgerow.fieldbook.plan import SHEETS, TABLES_OF_A_FIELDBOOK
from hedgerow.fieldbook.pseudonyms import label_of
from hedgerow.landscape.measures import MATTERS
from hedgerow.landscape.tables import TABLES

FIRST, LAST = date(1850, 1, 1), date(2099, 12, 30)
POOL = 4

# any letter but what no XML may hold; cells are kept without blanks around them
TEXT = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)
    | st.sampled_from(["=1+1", "'=x", "-5", "@a", "007", "1e5", "no", "example", "a\nb"])
    | st.sampled_from(["a;b,c\"d", "'", "Ñandú's", "a\tb", "\ufeffx", "x" * 300])
    | st.sampled_from(["2022-04-03", "#N/A", "TRUE", "_x000D_", "n/a", "😀 é ﬁ", "<b>&amp;"])
).map(str.strip).filter(bool)  # fmt: skip  # one value a line would be long

PERSONS = [f"person:{number:016x}" for number in (3, 11, 200, 4_000_000)]
IDS = {
    "activity": [f"act:{number}" for number in range(POOL)],
    "meeting": [f"meet:{number}" for number in range(POOL)],
    "concern": [f"concern:{number}" for number in range(POOL)],
}
ORGANISATIONS = ["urn:900001", "urn:900002", "uid:90001", "cluster:c1", "assoc:a-b"]
AREAS = ["lad:E00000001", "hubarea:HH1"]


def _values(table: str, name: str, column: dy.Column) -> st.SearchStrategy[Any]:
    targets = {
        target
        for spec in SHEETS
        if spec.table == table
        for one in spec.columns
        if one.name == name
        for target in one.targets
    }
    said = column.metadata or {}
    if targets:
        pool = [*ORGANISATIONS] if "organisation" in targets else []
        pool += PERSONS if "person" in targets else []
        pool += AREAS if "area" in targets else []
        for target, ids in IDS.items():
            pool += ids if target in targets else []
        found: st.SearchStrategy[Any] = st.sampled_from(pool)
    elif "choices" in said:
        found = st.sampled_from(list(said["choices"]))
    elif name == "postcode":
        found = st.sampled_from(["AB1 2CD", "ZZ99 9ZZ", "E1W 1AA"])
    elif isinstance(column, dy.Date):
        found = st.dates(FIRST, LAST)
    elif isinstance(column, dy.Bool):
        found = st.booleans()
    elif isinstance(column, dy.Float64):
        low, high = column.min, column.max
        found = st.floats(low, high, allow_nan=False, allow_infinity=False)
    elif isinstance(column, (dy.Int32,)):
        found = st.integers(max(column.min or 0, 0), 2**31 - 1)
    elif name == "coder":
        found = st.sampled_from(["coder A", "coder B", "researcher 2"])
    else:
        found = TEXT
    return found | st.none() if column.nullable else found


def _mended(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """Make a row keep the rules over several cells."""
    if table == "observations":
        has_value = row["status"] in ("observed", "converted")
        row["value"] = (row["value"] or 0.5) if has_value else None
    for first, last in (("start", "end"), ("opened", "closed"), ("agreed", "done")):
        if first in row and row[first] and row[last] and row[last] < row[first]:
            row[last] = row[first] + timedelta(days=1)
    if table == "organisations":
        if row["easting"] is None or row["northing"] is None:
            row["easting"] = row["northing"] = None
        elif row["position_from"] is None:
            row["position_from"] = "given"
    if table == "adoptions" and row["item_kind"] != "tool":
        row["is_scheme"] = False if row["is_scheme"] else row["is_scheme"]
    if table == "oversight" and not row["is_held"]:
        row["holder"] = None
    if table == "accounts" and row["said"] not in MATTERS[row["matter"]]:
        row["said"] = MATTERS[row["matter"]][0]
    if table == "persons":
        row["is_named"] &= row["named_scope"] is not None and row["named_since"] is not None
        if not row["is_named"]:
            row |= {"label": label_of(row["id"]), "named_scope": None, "named_since": None}
    return row


@st.composite
def tables(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """Give the tables of a fieldbook, each valid, what they point at among them."""
    found = {}
    for table in TABLES_OF_A_FIELDBOOK:
        schema = TABLES[table]
        columns = schema.columns()
        pools = {
            "persons": PERSONS,
            "activities": IDS["activity"],
            "meetings": IDS["meeting"],
            "concerns": IDS["concern"],
            "organisations": ["cluster:c1", "assoc:a-b"],
        }
        ids = pools.get(table) or [f"{table[:4]}:{n}" for n in range(draw(st.integers(0, 3)))]
        rows = []
        for identifier in ids:
            row = {name: draw(_values(table, name, column)) for name, column in columns.items()}
            if "id" in columns:
                row["id"] = identifier
            rows.append(_mended(table, row))
        frame = pl.DataFrame(rows, schema=schema.create_empty().schema)
        if table in NUMBERED:
            frame = frame.unique(schema.primary_key(), keep="first", maintain_order=True)
        frame = frame.unique(schema.primary_key(), keep="first", maintain_order=True)
        if frame.height:
            found[table] = frame.sort(schema.primary_key())
    return found
