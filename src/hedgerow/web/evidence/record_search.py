"""Finding records by words that stand in their cells, among tens of thousands."""

from __future__ import annotations

from typing import Any

import polars as pl

from hedgerow.fieldbook.asked.who import BODY_KIND
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.sheets import ColumnSpec, SheetSpec
from hedgerow.web.evidence.record_sheets import Words, cells_listed, cells_shown
from hedgerow.web.evidence.tables import rows_by_table


def holding(records: Any, spec: SheetSpec, words: Words, search: str) -> list[int]:
    """Give the numbers of those of a query's records that hold all words of a search.

    A word may be part of a longer one. Each different value of a column is looked at once.
    """
    held = rows_by_table(records, "pk")
    if spec.table not in held:
        return []
    rows = held[spec.table]
    asked = fold(search).split()
    found = [pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True) for _ in asked]
    for column in spec.columns:
        if column.name == BODY_KIND:
            continue
        values = rows[column.name].drop_nulls().unique()
        texts = folded(_shown(column, values, words))
        for at, word in enumerate(asked):
            hits = values.filter(texts.str.contains(word, literal=True))
            if len(hits):
                found[at] |= rows[column.name].is_in(hits.implode()).fill_null(value=False)
    for is_held in found[1:]:
        found[0] &= is_held
    return rows["pk"].filter(found[0]).to_list()


def _shown(column: ColumnSpec, values: pl.Series, words: Words) -> pl.Series:
    if column.kind in ("text", "code"):
        return values  # they are shown as they stand
    texts = cells_shown(column, values.to_list(), words)
    if column.kind in ("day", "last day"):  # as a form has them, and as a list has them
        said = cells_listed(column, values.to_list(), words)
        texts = [f"{one} {other}" for one, other in zip(texts, said, strict=True)]
    return pl.Series(texts, dtype=pl.String)


def folded(texts: pl.Series) -> pl.Series:
    """Give what `fold` gives of each text; plain ones all at once."""
    plain = (
        texts.str.replace_all("&", " and ", literal=True)
        .str.replace_all("['`]", "")
        .str.to_lowercase()
        .str.replace_all(r"[\W_]+", " ")
        .str.strip_chars(" ")
    )
    is_odd = (texts.str.len_bytes() != texts.str.len_chars()) | (plain == "")
    return pl.Series(
        [
            fold(text) if odd else quick
            for text, quick, odd in zip(texts, plain, is_odd, strict=True)
        ],
        dtype=pl.String,
    )
