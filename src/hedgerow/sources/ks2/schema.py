"""Layouts of the key stage 2 performance tables, and what their missing codes mean.

Each year's file also gives the headline figures of the years before, in columns that end in those
years (``TELIG_18``): by them a file tells its own year, whatever its name.
"""

from __future__ import annotations

from datetime import date

from hedgerow.sources.published_values import CODES, NOT_APPLICABLE, NOT_AVAILABLE
from hedgerow.sources.tabular import Release

SOURCE = "key stage 2 results"
OPTION = "--ks2"

SCORES = Release(
    id="ks2-scores",
    title="key stage 2, progress scores alone (URN, MATPROG)",
    columns={"record": "RECTYPE", "urn": "URN", "maths_progress": "MATPROG"},
)
FULL = Release(
    id="ks2-full",
    title="key stage 2 performance tables (england_ks2final), any year since 2016",
    columns={
        "record": "RECTYPE",
        "urn": "URN",
        "eligible": "TELIG",
        "maths_expected": "PTMAT_EXP",
        "maths_high": "PTMAT_HIGH",
        "rwm_expected": "PTRWM_EXP",
    },
    # no progress was published for 2024 and 2025, whose pupils had no key stage 1 tests
    optional={"maths_progress": "MATPROG", "maths_coverage": "MATCOV"},
)


def _of_year(year: int, before: int) -> Release:
    """Give the layout of one year, which holds the figures of the tables before it."""
    return Release(
        id=f"ks2-{year}",
        title=f"key stage 2 performance tables of {year - 1}/{year % 100}",
        columns={**FULL.columns, "eligible_before": f"TELIG_{before % 100}"},
        optional=FULL.optional,
        absent=(f"TELIG_{year % 100}",),
    )


KS2_2018 = _of_year(2018, 2017)
KS2_2019 = _of_year(2019, 2018)
KS2_2023 = _of_year(2023, 2022)
RELEASES = (KS2_2018, KS2_2019, KS2_2023, FULL, SCORES)

SCHOOLS = ("1", "2")
"""Record types of schools: mainstream and special."""

SUMMARIES = ("3", "4", "5")
"""Record types of an authority, of all schools in England, and of the state-funded ones."""

KS2_CODES = {
    **CODES,
    # a new school without pupils old enough, or a measure that is not for this school
    "NEW": NOT_APPLICABLE,
    "NA": NOT_APPLICABLE,
    # fewer than half of the pupils have the earlier result from which progress is counted
    "LOWCOV": NOT_AVAILABLE,
}

RESULTS_DAY = (5, 31)
"""Month and day that results are dated to: the end of the month in which the tests are taken."""


def year_of(release: Release) -> int | None:
    """Give the year of the tests that a layout tells, None where it fits several years."""
    last = release.id.rpartition("-")[2]
    return int(last) if last.isdigit() else None


def results_day(year: int) -> date:
    """Give the day that the results of a year are dated to."""
    return date(year, *RESULTS_DAY)
