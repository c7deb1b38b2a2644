"""A network as people collect it: nodes, ties between them, and no format's peculiarities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from hedgerow.fieldbook.networks.values import UNPRINTABLE, folded, plain
from hedgerow.landscape.errors import DataError

NODE_COLUMNS: dict[str, type[pl.DataType]] = {
    "id": pl.String,
    "kind": pl.String,
    "label": pl.String,
}
"""What every node has; further columns are attributes, all text."""

TIE_COLUMNS: dict[str, type[pl.DataType]] = {
    "from_id": pl.String,
    "to_id": pl.String,
    "kind": pl.String,
    "number": pl.Int32,
    "start": pl.Date,
    "end": pl.Date,
    "start_censored": pl.Boolean,
    "end_censored": pl.Boolean,
    "weight": pl.Float64,
    "carrier": pl.String,
    "is_directed": pl.Boolean,
}
"""What every tie has, named as in the landscape's ties; further columns are attributes of text."""

TIE_KEY = ("from_id", "to_id", "kind", "number")
UNNAMED_KIND = "tie"
"""The kind of a tie of which a file says no kind."""

NODE_SPELLINGS: dict[str, tuple[str, ...]] = {
    "id": ("id", "nodeid", "identifier"),
    "label": ("label", "name", "title"),
    "kind": ("kind", "networkcanvastype", "type", "nodetype", "elementtype"),
}
TIE_SPELLINGS: dict[str, tuple[str, ...]] = {
    # an edge's own identifier says nothing: ties are known by their ends, kind and number
    "id": ("id", "edgeid"),
    "from_id": ("fromid", "from", "source", "sourceid", "sender", "nominator"),
    "to_id": ("toid", "to", "target", "targetid", "receiver", "nominee"),
    "kind": ("kind", "networkcanvastype", "relation", "relationship", "tietype", "edgetype"),
    "type": ("type",),
    "number": ("number",),
    "start": ("start", "startdate", "startday", "since"),
    "end": ("end", "enddate", "endday", "until"),
    "start_censored": ("startcensored",),
    "end_censored": ("endcensored",),
    "weight": ("weight", "strength", "value"),
    "carrier": ("carrier", "carriedby"),
    "is_directed": ("isdirected", "directed", "direction"),
}
"""Headings, folded, by what they give, the surest first. No attribute may bear one of them."""

RESERVED = {
    "nodes": {name for names in NODE_SPELLINGS.values() for name in names},
    "ties": {name for names in TIE_SPELLINGS.values() for name in names},
}


def is_reserved(which: str, name: str) -> bool:
    """Say whether a heading of ``"nodes"`` or ``"ties"`` names more than an attribute."""
    return folded(name) in RESERVED[which] or folded(name).startswith("networkcanvas")


@dataclass(frozen=True, eq=False)
class Network:
    """Nodes and the dated ties between them.

    Attributes
    ----------
    nodes : polars.DataFrame
        `NODE_COLUMNS` and attributes. ``id`` is unique; ``label`` is never empty (the id where
        nothing better is known); ``kind`` may be empty.
    ties : polars.DataFrame
        `TIE_COLUMNS` and attributes, unique by `TIE_KEY`. ``end`` is the first day on which the tie
        no longer held. ``is_directed`` is false where the source draws no difference between the
        two ends.
    told : tuple of str
        What the file said of itself, or could not say, that a reader of the figures should know.

    Raises
    ------
    DataError
        If it is built wrong: see `Network.of` for what takes loose tables.
    """

    nodes: pl.DataFrame
    ties: pl.DataFrame
    told: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_columns("nodes", self.nodes, NODE_COLUMNS)
        _check_columns("ties", self.ties, TIE_COLUMNS)
        faults = [
            ("nodes without an id or a label", self.nodes["id"].null_count()),
            ("nodes without a label", self.nodes["label"].null_count()),
            ("nodes with an id that another has", int(self.nodes["id"].is_duplicated().sum())),
            *(
                (f"ties without {name}", self.ties[name].null_count())
                for name in (*TIE_KEY, "start_censored", "end_censored", "is_directed")
            ),
            (
                "ties that another equals in both ends, kind and number",
                int(self.ties.select(TIE_KEY).is_duplicated().sum()),
            ),
            (
                "ties that end before they start",
                self.ties.filter(pl.col("end") < pl.col("start")).height,
            ),
            ("ties with a negative number", self.ties.filter(pl.col("number") < 0).height),
            (
                "ties whose weight is no number",
                self.ties.filter(~pl.col("weight").is_finite()).height,
            ),
            *(
                (
                    f"ties whose {name} is no node",
                    self.ties.join(self.nodes, left_on=name, right_on="id", how="anti").height,
                )
                for name in ("from_id", "to_id")
            ),
        ]
        for what, count in faults:
            if count:
                raise DataError(f"A network cannot hold {what}: found {count}.")

    @classmethod
    def of(
        cls,
        nodes: Iterable[Mapping[str, Any]],
        ties: Iterable[Mapping[str, Any]],
        *,
        told: Sequence[str] = (),
    ) -> Network:
        """Build a network from rows, in normal form.

        Text loses blanks at its ends, empty text is nothing, a missing label is the id, a missing
        kind of tie is `UNNAMED_KIND`, missing yes-or-no columns are no, except ``is_directed``,
        which is yes. Attributes are text; those that no row has are left out.
        """
        node_rows = [{name: plain(value) for name, value in row.items()} for row in nodes]
        for row in node_rows:
            row["label"] = row.get("label") or row.get("id")
        tie_rows = [_normal_tie(row) for row in ties]
        return cls(
            nodes=_frame(node_rows, NODE_COLUMNS),
            ties=_frame(tie_rows, TIE_COLUMNS),
            told=tuple(told),
        )

    @property
    def node_attributes(self) -> list[str]:
        """Names of the nodes' attributes, in order of name."""
        return sorted(set(self.nodes.columns) - set(NODE_COLUMNS))

    @property
    def tie_attributes(self) -> list[str]:
        """Names of the ties' attributes, in order of name."""
        return sorted(set(self.ties.columns) - set(TIE_COLUMNS))

    def in_order(self) -> Network:
        """Give the same network with rows in order of key and attributes in order of name."""
        return Network(
            nodes=self.nodes[[*NODE_COLUMNS, *self.node_attributes]].sort("id"),
            ties=self.ties[[*TIE_COLUMNS, *self.tie_attributes]].sort(TIE_KEY),
            told=self.told,
        )

    def __eq__(self, other: object) -> bool:
        """Whether both have the same nodes, ties and attributes, in whatever order."""
        if not isinstance(other, Network):
            return NotImplemented
        mine, its = self.in_order(), other.in_order()
        return mine.nodes.equals(its.nodes) and mine.ties.equals(its.ties)

    __hash__ = None  # type: ignore[assignment]  # two tables have no cheap hash


def _normal_tie(row: Mapping[str, Any]) -> dict[str, Any]:
    tie = {
        name: value if name in TIE_COLUMNS and TIE_COLUMNS[name] is not pl.String else plain(value)
        for name, value in row.items()
    }
    tie["kind"] = tie.get("kind") or UNNAMED_KIND
    for name, default in (("number", 0), ("start_censored", False), ("end_censored", False)):
        tie[name] = default if tie.get(name) is None else tie[name]
    tie["is_directed"] = True if tie.get("is_directed") is None else tie["is_directed"]
    return tie


def _frame(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, type[pl.DataType]]
) -> pl.DataFrame:
    named: dict[str, None] = {}
    for row in rows:
        named.update((name, None) for name, value in row.items() if value is not None)
    schema: dict[str, type[pl.DataType]] = {**columns}
    schema |= {name: pl.String for name in named if name not in columns}
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in schema}, schema=schema, strict=True
    )


def _check_columns(
    which: str, table: pl.DataFrame, columns: Mapping[str, type[pl.DataType]]
) -> None:
    for name, kind in columns.items():
        if table.schema.get(name) != kind:
            raise DataError(
                f"The {which} of a network need a column “{name}” of type {kind.__name__}; "
                f"found {table.schema.get(name)}."
            )
    for name in table.columns:
        if name not in columns and (
            table.schema[name] != pl.String
            or name != plain(name)
            or is_reserved(which, name)
            or UNPRINTABLE.search(name)
        ):
            raise DataError(
                f"“{name}” cannot be the name of an attribute of {which}: text of a name that no "
                "column of Hedgerow's bears was expected."
            )
        if table.schema[name] == pl.String:
            _check_text(which, name, table[name])


def _check_text(which: str, name: str, texts: pl.Series) -> None:
    given = texts.drop_nulls().unique()
    for text in given:
        if text != plain(text) or UNPRINTABLE.search(text):
            raise DataError(
                f"The text {text!r} in “{name}” of the {which} has blanks at its ends, is empty, "
                "or has characters that cannot be printed.",
                advice="Build the network with Network.of, which brings text to its normal form.",
            )
