"""Layouts of the school census at school level, and what their missing codes mean."""

from __future__ import annotations

from datetime import date, timedelta

from hedgerow.sources.published_values import CODES, NOT_AVAILABLE
from hedgerow.sources.tabular import Release

SOURCE = "school census"
OPTION = "--census"

PERFORMANCE_TABLES = Release(
    id="census-performance-tables",
    title="school census of the performance tables (england_census)",
    columns={
        "urn": "URN",
        "pupils": "NOR",
        "fsm_eligible": "NUMFSM",
        "eal_pupils": "NUMEAL",
    },
    optional={"school_type": "SCHOOLTYPE"},
)
NATIONAL = Release(
    id="census-national",
    title="schools, pupils and their characteristics, school level underlying data",
    columns={
        "urn": "urn",
        "pupils": "headcount of pupils",
        "fsm_eligible": "number of pupils known to be eligible for free school meals",
        "eal_pupils": (
            "number of pupils whose first language is known or believed to be other than English"
        ),
    },
    optional={
        "school_type": "phase_type_grouping",
        "time_period": "time_period",
        "level": "geographic_level",
        "academy": "academy_flag",
        "trust_name": "trust",
        "region": "region_name",
        "la_code": "old_la_code",
        "district_code": "district_administrative_code",
        "district_name": "district_administrative_name",
        "ward": "ward_name",
        "urban_rural": "urban_rural",
    },
)
RELEASES = (PERFORMANCE_TABLES, NATIONAL)
"""Neither names the columns of ethnicity, age or sex, so they are never read."""

CENSUS_CODES = {**CODES, "NA": NOT_AVAILABLE}
"""In the census of a state-funded school, ``NA`` is a figure that is missing."""

INDEPENDENT = "Independent school"
"""Independent schools are not asked about free school meals and first language."""

PLACES = ("region", "la_code", "district_code", "district_name", "ward", "urban_rural")
UNKNOWN = ("Unknown", "z", "x", ":", "NA")
"""What stands in a column of names where the publisher does not know."""


def census_day(year: int) -> date:
    """Give the day of the January census: the third Thursday of January."""
    first = date(year, 1, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 14)
