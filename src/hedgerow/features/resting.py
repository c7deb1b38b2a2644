"""Which sources a figure rests on: those of the schools and of the kinds of tie that it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

import polars as pl

from hedgerow.features.state_schools import all_state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.landscape import Landscape, LocalLandscape

Calculation = Callable[[LocalLandscape], Reading | NotMeasured]


def rests_on(*kinds: str, tables: tuple[str, ...] = ()) -> Callable[[Calculation], Calculation]:
    """Name the sources of a reading that does not name its own.

    Parameters
    ----------
    kinds : str
        Kinds of tie that the calculation reads besides the schools themselves.
    tables : tuple of str
        Tables of local evidence that it reads.
    """

    def naming(calculation: Calculation) -> Calculation:
        @wraps(calculation)
        def named(here: LocalLandscape) -> Reading | NotMeasured:
            found = calculation(here)
            if isinstance(found, NotMeasured) or found.sources:
                return found
            return replace(found, sources=sources_of(here.whole, *kinds, tables=tables))

        return named

    return naming


def sources_of(whole: Landscape, *kinds: str, tables: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the sources of the state schools, of ties of some kinds in force and of whole tables of
    evidence, in order of name.

    Hubs that cover areas bring in the source that says what districts the areas are made of.
    """

    def collect() -> tuple[str, ...]:
        found = set(all_state_schools(whole)["source"].unique())
        found |= set(whole.ties.filter(pl.col("kind").is_in(kinds))["source"].unique())
        if "covers" in kinds:
            found |= set(whole.table("area_parts")["source"].unique())
        for name in tables:
            found |= set(whole.table(name)["source"].unique())
        return tuple(sorted(found))

    return whole.worked_out(("sources of", kinds, tables), collect)
