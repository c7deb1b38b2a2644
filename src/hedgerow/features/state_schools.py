"""The schools that figures are about: those paid for by the state, each with who governs it."""

from __future__ import annotations

import polars as pl

from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.phases import Phase

IN_WORDS: dict[Phase, str] = {
    "primary": "primary schools",
    "secondary": "secondary schools",
    "all": "schools",
}
"""What the schools of a phase are called in a sentence."""


def state_schools(here: LocalLandscape) -> pl.DataFrame:
    """Give the place's maintained schools and academies of the phase.

    Returns
    -------
    polars.DataFrame
        Columns of `Landscape.schools`, with ``body``, ``band``, ``trust_size`` and ``joined`` of
        `governing_bodies`, one school a row in order of identifier. Independent schools and
        colleges are left out.
    """
    return here.worked_out(
        "state schools",
        # the place's schools are in order already
        lambda: here.schools.join(
            governing_bodies(here.whole), on="id", how="inner", maintain_order="left"
        ),
    )


def all_state_schools(whole: Landscape) -> pl.DataFrame:
    """Give every maintained school and academy of a landscape, of any phase, columns as
    `state_schools`."""
    return whole.worked_out(
        "all state schools",
        lambda: _in_order(
            whole.schools.join(governing_bodies(whole), on="id", how="inner", maintain_order="left")
        ),
    )


def _in_order(schools: pl.DataFrame) -> pl.DataFrame:
    """Sort by identifier; a register keeps them so, and all columns need not be moved again."""
    return schools if schools["id"].is_sorted() else schools.sort("id")


def state_schools_of_any_phase(here: LocalLandscape) -> pl.DataFrame:
    """Give the place's maintained schools and academies whatever the phase, columns as
    `state_schools`."""
    return here.worked_out(
        "state schools of any phase",
        lambda: all_state_schools(here.whole).filter(pl.col("id").is_in(here.member_ids)),
    )


def academies(here: LocalLandscape) -> pl.DataFrame:
    """Give the place's academies of the phase whose trust is known, columns as `state_schools`."""
    return state_schools(here).filter(pl.col("trust_size").is_not_null())


def count_of_unknown_trusts(here: LocalLandscape) -> int:
    """Count the place's academies of the phase with no trust on record."""
    return int((state_schools(here)["band"] == "unknown").sum())


def no_schools(here: LocalLandscape) -> NotMeasured:
    """Say that the place has no school of the phase."""
    return NotMeasured(
        reason=f"No {IN_WORDS[here.phase]} maintained by an authority or run by a trust lie in "
        "this place on that date.",
        would_tell="Another phase, a wider lens or another date.",
    )


def no_academies(here: LocalLandscape) -> NotMeasured:
    """Say that the place has no academy of the phase whose trust is known, or no school at all."""
    if state_schools(here).is_empty():
        return no_schools(here)
    unknown = count_of_unknown_trusts(here)
    if unknown:
        return NotMeasured(
            reason="No academy here has a trust on record.",
            would_tell="Group link records in the register.",
            missing=unknown,
        )
    return NotMeasured(
        reason=f"None of the {IN_WORDS[here.phase]} here is an academy.",
        would_tell="Another phase, a wider lens or another date.",
    )
