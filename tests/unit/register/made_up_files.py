"""Files in the official layouts about a made-up authority, small enough to reckon by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

GIAS = (
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (name)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "NumberOfPupils",
    "FSM",
    "Trusts (code)",
    "Trusts (name)",
    "GOR (name)",
    "DistrictAdministrative (code)",
    "DistrictAdministrative (name)",
    "UrbanRural (name)",
    "Postcode",
    "Easting",
    "Northing",
    "LSOA (code)",
    "OfstedRating (name)",
    "OfstedLastInsp",
)
LINKS = (
    "URN",
    "Group UID",
    "Group Name",
    "Group Type",
    "Closed Date",
    "Group Status",
    "Joined date",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
)
GROUPS = (
    "Group UID",
    "Group ID",
    "Group Name",
    "Group Type",
    "Closed Date",
    "Open date",
    "Group Status",
    "Group Postcode",
)
SUCCESSORS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
POSTCODES = ("pcd", "laua", "oseast1m", "osnrth1m")

SCHOOL = {
    "LA (code)": "999",
    "LA (name)": "Brambleford",
    "TypeOfEstablishment (code)": "1",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (name)": "Open",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "4",
    "StatutoryHighAge": "11",
    "NumberOfPupils": "200",
    "FSM": "50",
    "GOR (name)": "South West",
    "DistrictAdministrative (code)": "E06000999",
    "DistrictAdministrative (name)": "Brambleford",
    "UrbanRural (name)": "(England/Wales) Rural village",
    "Postcode": "ZZ1 1AA",
    "Easting": "400000",
    "Northing": "200000",
    "OfstedRating (name)": "Good",
    "OfstedLastInsp": "01-02-2020",
}
ACADEMY = {
    "TypeOfEstablishment (code)": "34",
    "TypeOfEstablishment (name)": "Academy converter",
    "Trusts (code)": "5001",
    "Trusts (name)": "Bramble Trust",
}
SCHOOLS: tuple[Mapping[str, str], ...] = (
    {"URN": "900001", "EstablishmentName": "Bramble Lane Primary School"},
    {"URN": "900002", "EstablishmentName": "Hazel Primary Academy", **ACADEMY},
    {"URN": "900003", "EstablishmentName": "Dogwood Primary Academy", **ACADEMY},
)
TRUST = {
    "Group UID": "5001",
    "Group Name": "Bramble Trust",
    "Group Type": "Multi-academy trust",
    "Group Status": "Open",
    "TypeOfEstablishment (code)": "34",
}
OTHER_TRUST = {**TRUST, "Group UID": "5002", "Group Name": "Rowan Trust"}


def table(headings: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """Rows as CSV in the official encoding; what a row does not say stays empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, headings, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("cp1252")


def gias(rows: Sequence[Mapping[str, str]] = SCHOOLS) -> bytes:
    return table(GIAS, [{**SCHOOL, **row} for row in rows])


def links(*rows: Mapping[str, str]) -> bytes:
    return table(LINKS, rows)


def files_of_a_day(day: str = "20220425") -> dict[str, bytes]:
    """The files that are published every day, by name."""
    return {
        f"edubasealldata{day}.csv": gias(),
        f"allgroupsdata{day}.csv": table(
            GROUPS, [{**{k: v for k, v in TRUST.items() if k in GROUPS}, "Open date": "2015-01-01"}]
        ),
        f"alllinksdata{day}.csv": links(
            {**TRUST, "URN": "900002", "Joined date": "2016-09-01"},
            {**TRUST, "URN": "900003", "Joined date": "2018-01-01"},
        ),
        f"links_edubasealldata{day}.csv": table(
            SUCCESSORS,
            [
                {
                    "URN": "900002",
                    "LinkURN": "800002",
                    "LinkName": "Hazel Primary School",
                    "LinkType": "Predecessor",
                    "LinkEstablishedDate": "01-09-2016",
                }
            ],
        ),
    }


def written(folder: Path, files: Mapping[str, bytes]) -> dict[str, Path]:
    """Write files, and give their paths by name."""
    paths = {}
    for name, content in files.items():
        paths[name] = folder / name
        paths[name].write_bytes(content)
    return paths
