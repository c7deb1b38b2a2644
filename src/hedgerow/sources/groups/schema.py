"""Layouts of the group records.

Not named here, hence never read: the heads of groups, and addresses but for postcodes.
"""

from __future__ import annotations

from hedgerow.sources.tabular import Release

SOURCE = "GIAS group records"
OPTION = "--groups"
TITLE = "Get Information about Schools: all group records"

ALL_GROUPS = Release(
    id="groups-2022",
    title="all group records, allgroupsdataYYYYMMDD.csv",
    columns={
        "uid": "Group UID",
        "name": "Group Name",
        "type": "Group Type",
        "status": "Group Status",
    },
    optional={
        "group_id": "Group ID",
        "opened": "Open date",
        "incorporated": "Incorporated on (open date)",
        "closed": "Closed Date",
        "postcode": "Group Postcode",
        "companies_house": "Companies House Number",
        "ukprn": "UKPRN",
    },
    absent=("URN", "Joined date"),
)

RELEASES = (ALL_GROUPS,)
