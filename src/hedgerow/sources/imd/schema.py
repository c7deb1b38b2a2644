"""Layouts of the English indices of deprivation."""

from __future__ import annotations

from datetime import date

from hedgerow.sources.tabular import Release

SOURCE = "English indices of deprivation"
OPTION = "--imd"
PUBLISHER = "Ministry of Housing, Communities and Local Government"

_RANK = "Index of Multiple Deprivation (IMD) Rank"
_DECILE = "Index of Multiple Deprivation (IMD) Decile"
_MOST = "(where 1 is most deprived)"
_TENTH = "(where 1 is most deprived 10% of LSOAs)"

IMD_2019 = Release(
    id="imd-2019",
    title="indices of deprivation 2019, file 1",
    columns={"lsoa": "LSOA code (2011)", "rank": _RANK, "decile": _DECILE},
)
IMD_2019_ALL = Release(
    id="imd-2019-all",
    title="indices of deprivation 2019, file 7 (all ranks, deciles and scores)",
    columns={**IMD_2019.columns, "rank": f"{_RANK} {_MOST}", "decile": f"{_DECILE} {_TENTH}"},
)
IMD_2025 = Release(
    id="imd-2025",
    title="indices of deprivation 2025, file 1, sheet IMD25",
    # the heading in the workbook lacks its last two characters
    columns={
        "lsoa": "LSOA code (2021)",
        "rank": f"{_RANK} {_MOST}",
        "decile": f"{_DECILE} {_TENTH}".removesuffix("s)"),
    },
    sheet="IMD25",
)
IMD_2025_ALL = Release(
    id="imd-2025-all",
    title="indices of deprivation 2025, file 7 (all ranks, deciles and scores)",
    columns={**IMD_2019_ALL.columns, "lsoa": "LSOA code (2021)"},
)
RELEASES = (IMD_2019, IMD_2019_ALL, IMD_2025, IMD_2025_ALL)

PUBLISHED = {2019: date(2019, 9, 26), 2025: date(2025, 10, 30)}
"""The day on which each edition came out; most of what it measures is some years older."""

AREAS_OF = {2019: 2011, 2025: 2021}
"""Edition of the areas that each edition of the indices is given for."""

AREAS_IN_ALL = {2019: 32_844, 2025: 33_755}
"""How many areas England has in each, which is the worst to the least deprived rank."""


def year_of(release: Release) -> int:
    """Give the edition of the indices in a layout."""
    return int(release.id.split("-")[1])
