"""How the schools were graded when last inspected."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from hedgerow.features.observed import LEAST_COVERAGE, last_grades
from hedgerow.features.readings import WILSON, share
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape

GOOD = 2
"""Grades: 1 outstanding, 2 good, 3 requires improvement, 4 inadequate."""


@indicator(
    id="context.inspection_good_or_better",
    label="Schools graded good or outstanding",
    question="How many of the schools were graded good or outstanding at their last graded "
    "inspection?",
    why="The study chose schools of different grades, and found trusts growing by taking in "
    "schools graded low.",
    unit="share",
    missing_rule="Schools with no graded inspection on record by the day are left out and "
    "counted: academies new since then are often among them.",
    caveat="Each school's last graded inspection up to the day, some of them many years old. "
    "Overall grades of state schools ended in September 2024.",
    formula=f"Schools whose last graded inspection up to the day gave {GOOD} (good) or 1 "
    "(outstanding) ÷ schools with a graded inspection up to the day. Nothing is said where fewer "
    f"than half of the schools have one. {WILSON}",
    needs=("observations.inspection_grade",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
def inspection_good_or_better(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools whose last grade up to the day is 1 or 2."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    last = last_grades(here, schools)
    if last.is_empty():
        return NotMeasured(
            reason="The register holds no graded inspection of a school here up to that date.",
            would_tell="Inspection outcomes (`--ofsted`), or a register extract that has grades.",
            missing=schools.height,
        )
    if last.height < LEAST_COVERAGE * schools.height:
        return NotMeasured(
            reason=f"Only {last.height:,} of the {schools.height:,} schools have a graded "
            "inspection on record, too few to stand for all.",
            would_tell="Inspection outcomes (`--ofsted`), or a register extract that has grades.",
            n=last.height,
            missing=schools.height - last.height,
        )
    reading = share(
        last.filter(pl.col("value") <= GOOD).height,
        last.height,
        missing=schools.height - last.height,
        nothing=no_schools(here),
        caveat=_ages(last),
    )
    sources = tuple(sorted(last["source"].unique()))
    return reading if isinstance(reading, NotMeasured) else replace(reading, sources=sources)


def _ages(last: pl.DataFrame) -> str:
    days = last["date"].sort()
    return f"Half of these inspections were before {days[days.len() // 2]:%B %Y}."
