"""Layouts of the group link records: they differ in how they head the group's number."""

from __future__ import annotations

from hedgerow.sources.tabular import Release

SOURCE = "GIAS group link records"
OPTION = "--links"
TITLE = "Get Information about Schools: group link records"

_IN_ALL = {
    "urn": "URN",
    "group_name": "Group Name",
    "group_type": "Group Type",
    "group_status": "Group Status",
    "joined": "Joined date",
}

_WHERE_GIVEN = {
    "group_closed": "Closed Date",
    "companies_house": "Companies House Number",
    "establishment": "EstablishmentName",
    "type_code": "TypeOfEstablishment (code)",
    "phase_code": "PhaseOfEducation (code)",
    "phase": "PhaseOfEducation (name)",
    "la_code": "LA (code)",
    "la_name": "LA (name)",
}

ALL_LINKS = Release(
    id="links-2022",
    title="all group link records, alllinksdataYYYYMMDD.csv",
    columns={**_IN_ALL, "uid": "Group UID"},
    optional={**_WHERE_GIVEN, "group_id": "Group ID"},
)

ACADEMIES_LINKS = Release(
    id="links-2017",
    title="group links of academies, grouplinks_edubaseallacademiesandfreeYYYYMMDD.csv",
    columns={**_IN_ALL, "uid": "Linked UID"},
    optional=_WHERE_GIVEN,
)

RELEASES = (ALL_LINKS, ACADEMIES_LINKS)
