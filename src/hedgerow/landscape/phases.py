"""Phases of schooling: the official names, and the groups that a person asks for."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from hedgerow.landscape.errors import UsageError

Phase = Literal["primary", "secondary", "all"]
"""Which schools a figure is about."""

OFFICIAL: dict[Phase, frozenset[str]] = {
    "primary": frozenset({"Primary", "Middle deemed primary"}),
    "secondary": frozenset({"Secondary", "Middle deemed secondary"}),
}
"""Official phases in each group; "all" is every school, all-through schools included."""


def is_of_phase(phase: Phase) -> pl.Expr:
    """Say for each school whether it is of the phase, from its official phase in column ``phase``.

    Raises
    ------
    UsageError
        If the phase is none of "primary", "secondary", "all".
    """
    if phase == "all":
        return pl.lit(True)
    if phase not in OFFICIAL:
        raise UsageError(
            f"There is no phase “{phase}”.", advice=f"Known phases: {', '.join(get_args(Phase))}."
        )
    return pl.col("phase").is_in(sorted(OFFICIAL[phase]))
