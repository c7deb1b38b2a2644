"""Layouts of centroids of lower layer super output areas, by census edition."""

from __future__ import annotations

from datetime import date

from hedgerow.sources.tabular import Release

SOURCE = "centroids of lower layer super output areas"
OPTION = "--lsoa"
PUBLISHER = "Office for National Statistics"
LICENCE = "Open Government Licence v3.0; contains OS data (c) Crown copyright and database right"

DEGREES = ("lon", "lat")
METRES = ("easting", "northing")

CENTROIDS_2011 = Release(
    id="lsoa-2011-degrees",
    title="LSOA 2011 centroids in degrees (lsoa11_code, lon, lat)",
    columns={"lsoa": "lsoa11_code", "lon": "lon", "lat": "lat"},
)
CENTROIDS_2021 = Release(
    id="lsoa-2021-degrees",
    title="LSOA 2021 centroids in degrees (lsoa21_code, lon, lat)",
    columns={**CENTROIDS_2011.columns, "lsoa": "lsoa21_code"},
)
PORTAL_2011 = Release(
    id="lsoa-2011-portal",
    title="LSOA 2011 population-weighted centroids of the Open Geography portal (LSOA11CD, x, y)",
    columns={"lsoa": "LSOA11CD", "easting": "x", "northing": "y"},
)
PORTAL_2021 = Release(
    id="lsoa-2021-portal",
    title="LSOA 2021 population-weighted centroids of the Open Geography portal (LSOA21CD, x, y)",
    columns={**PORTAL_2011.columns, "lsoa": "LSOA21CD"},
)
RELEASES = (CENTROIDS_2011, CENTROIDS_2021, PORTAL_2011, PORTAL_2021)

CENSUS_DAY = {2011: date(2011, 3, 27), 2021: date(2021, 3, 21)}
"""The day of each census, whose edition of the areas bears its year."""


def edition(release: Release) -> int:
    """Give the census year of the areas in a layout."""
    return 2011 if "2011" in release.id else 2021
