"""Layouts of postcode directories."""

from __future__ import annotations

from hedgerow.sources.tabular import Release

SOURCE = "postcodes with positions"
OPTION = "--postcodes"
PUBLISHER = "Office for National Statistics"
LICENCE = "Open Government Licence v3.0; contains Royal Mail and OS data"

EXTRACT = Release(
    id="postcodes-extract",
    title="ONS postcode directory, a few columns (pcd, laua)",
    columns={
        "postcode": "pcd",
        "district": "laua",
        "easting": "oseast1m",
        "northing": "osnrth1m",
    },
)
DIRECTORY = Release(
    id="onspd",
    title="ONS postcode directory (pcds, oslaua)",
    columns={**EXTRACT.columns, "postcode": "pcds", "district": "oslaua"},
)
DIRECTORY_2025 = Release(
    id="onspd-2025",
    title="ONS postcode directory of 2025 (pcds, lad25cd)",
    columns={
        "postcode": "pcds",
        "district": "lad25cd",
        "easting": "east1m",
        "northing": "north1m",
    },
)
CODE_POINT_OPEN = Release(
    id="code-point-open",
    title="OS Code-Point Open, with its row of headings",
    columns={
        "postcode": "Postcode",
        "district": "Admin_district_code",
        "easting": "Eastings",
        "northing": "Northings",
    },
)
RELEASES = (EXTRACT, DIRECTORY, DIRECTORY_2025, CODE_POINT_OPEN)
