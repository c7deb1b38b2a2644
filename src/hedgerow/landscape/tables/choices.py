"""Columns whose values come from a closed list."""

from __future__ import annotations

from collections.abc import Sequence

import dataframely as dy
import polars as pl


def one_of(
    choices: Sequence[str], description: str, *, nullable: bool = False, primary_key: bool = False
) -> dy.String:
    """Give a text column that takes only certain values.

    Parameters
    ----------
    choices : sequence of str
        The values, in the order in which they are shown.
    description : str
        What the column says.
    nullable, primary_key : bool
        As for any column.
    """
    allowed = tuple(choices)

    def among_choices(column: pl.Expr) -> pl.Expr:
        return column.is_in(allowed)

    return dy.String(
        nullable=nullable,
        primary_key=primary_key,
        check=among_choices,
        metadata={"description": description, "choices": allowed},
    )
