"""The tables of a landscape, each a schema class that says what its data can and cannot support.

Validation, workbook template, reference pages and made-up data all come from these classes.
"""

from __future__ import annotations

import dataframely as dy

from hedgerow.landscape.tables.learning import Activities, Adoptions, Participation, Policies
from hedgerow.landscape.tables.observations import Observations
from hedgerow.landscape.tables.organisations import (
    AreaParts,
    Areas,
    Organisations,
    Postcodes,
    Schools,
    Ties,
)
from hedgerow.landscape.tables.people import Persons, Roles
from hedgerow.landscape.tables.sense_making import (
    Actions,
    Attendance,
    Concerns,
    Meetings,
    Oversight,
    Priorities,
)
from hedgerow.landscape.tables.study import Accounts, Nominations, Scores

__all__ = [
    "TABLES",
    "Accounts",
    "Actions",
    "Activities",
    "Adoptions",
    "AreaParts",
    "Areas",
    "Attendance",
    "Concerns",
    "Meetings",
    "Nominations",
    "Observations",
    "Organisations",
    "Oversight",
    "Participation",
    "Persons",
    "Policies",
    "Postcodes",
    "Priorities",
    "Roles",
    "Schools",
    "Scores",
    "Ties",
]

TABLES: dict[str, type[dy.Schema]] = {
    "organisations": Organisations,
    "schools": Schools,
    "areas": Areas,
    "area_parts": AreaParts,
    "postcodes": Postcodes,
    "ties": Ties,
    "persons": Persons,
    "roles": Roles,
    "activities": Activities,
    "participation": Participation,
    "adoptions": Adoptions,
    "policies": Policies,
    "observations": Observations,
    "meetings": Meetings,
    "attendance": Attendance,
    "concerns": Concerns,
    "priorities": Priorities,
    "actions": Actions,
    "oversight": Oversight,
    "nominations": Nominations,
    "accounts": Accounts,
    "scores": Scores,
}
"""Every table of a landscape, by name."""
