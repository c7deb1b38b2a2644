"""Small made-up files in the layouts of GIAS."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

EXTRACT_HEADINGS = (
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (name)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "ReligiousCharacter (name)",
    "SchoolCapacity",
    "NumberOfPupils",
    "PercentageFSM",
    "FSM",
    "TrustSchoolFlag (name)",
    "Trusts (code)",
    "Trusts (name)",
    "OfstedLastInsp",
    "OfstedRating (name)",
    "LastChangedDate",
    "Street",
    "Postcode",
    "TelephoneNum",
    "HeadTitle (name)",
    "HeadFirstName",
    "HeadLastName",
    "GOR (name)",
    "DistrictAdministrative (code)",
    "DistrictAdministrative (name)",
    "UrbanRural (name)",
    "GSSLACode (name)",
    "Easting",
    "Northing",
    "LSOA (code)",
)

NOT_IN_SEARCH = ("TypeOfEstablishment (code)", "Trusts (code)", "Easting", "Northing")
SEARCH_HEADINGS = (
    *(heading for heading in EXTRACT_HEADINGS if heading not in NOT_IN_SEARCH),
    "Links",
)

SCHOOL = {
    "URN": "100001",
    "LA (code)": "999",
    "LA (name)": "Brambleshire",
    "EstablishmentNumber": "2001",
    "EstablishmentName": "Bramble Lane Primary School",
    "TypeOfEstablishment (code)": "1",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "01-09-1999",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "4",
    "StatutoryHighAge": "11",
    "SchoolCapacity": "210",
    "NumberOfPupils": "200",
    "FSM": "40",
    "PercentageFSM": "20.0",
    "TrustSchoolFlag (name)": "Not applicable",
    "OfstedRating (name)": "Good",
    "OfstedLastInsp": "03-05-2019",
    "Postcode": "ZZ1 1AA",
    "TelephoneNum": "01000000000",
    "HeadTitle (name)": "Dr",
    "HeadFirstName": "Petunia",
    "HeadLastName": "Nettlefold",
    "GOR (name)": "Far North",
    "DistrictAdministrative (code)": "E06999999",
    "DistrictAdministrative (name)": "Brambleshire",
    "GSSLACode (name)": "E06999999",
    "Easting": "400000",
    "Northing": "300000",
    "LSOA (code)": "E01999999",
}

ACADEMY = {
    **SCHOOL,
    "URN": "100002",
    "EstablishmentName": "Hawthorn Academy",
    "TypeOfEstablishment (code)": "34",
    "TypeOfEstablishment (name)": "Academy converter",
    "TrustSchoolFlag (name)": "Supported by a multi-academy trust",
    "Trusts (code)": "9001",
    "Trusts (name)": "HEDGE LEARNING TRUST",
}

Write = Callable[..., Path]


def as_csv(headings: Sequence[str], rows: Sequence[Mapping[str, str]], *, end: str = "\r\n") -> str:
    """Write rows as the official extracts are: every field in quotation marks."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerow(headings)
    writer.writerows([row.get(heading, "") for heading in headings] for row in rows)
    return text.getvalue()


@pytest.fixture
def school() -> dict[str, str]:
    """An open community school."""
    return dict(SCHOOL)


@pytest.fixture
def academy() -> dict[str, str]:
    """An open academy in a trust."""
    return dict(ACADEMY)


@pytest.fixture
def extract(tmp_path: Path) -> Write:
    """Write an establishments extract from rows by official heading."""

    def write(
        *rows: Mapping[str, str],
        name: str = "edubasealldata20220425.csv",
        encoding: str = "cp1252",
        without: Sequence[str] = (),
    ) -> Path:
        headings = [heading for heading in EXTRACT_HEADINGS if heading not in without]
        path = tmp_path / name
        path.write_bytes(as_csv(headings, rows).encode(encoding))
        return path

    return write


@pytest.fixture
def search_results(tmp_path: Path) -> Write:
    """Write search results; ``spill`` are fields after the last column of the last row."""

    def write(
        *rows: Mapping[str, str], name: str = "results20220425.csv", spill: Sequence[str] = ()
    ) -> Path:
        text = as_csv(SEARCH_HEADINGS, rows, end="\n")
        if spill:
            text = text.rstrip("\n") + "," + ",".join(spill) + "\n"
        path = tmp_path / name
        path.write_text(text, encoding="utf-8-sig")
        return path

    return write


@pytest.fixture
def table(tmp_path: Path) -> Write:
    """Write any CSV file from its headings and rows."""

    def write(name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows(rows)
        return path

    return write
