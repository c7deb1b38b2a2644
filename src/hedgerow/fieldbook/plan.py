"""The sheets of a fieldbook, in the order in which they stand and are read."""

from __future__ import annotations

from hedgerow.fieldbook.asked.forums import (
    ACTIONS,
    ATTENDANCE,
    CONCERNS,
    MEETINGS,
    OVERSIGHT,
    PRIORITIES,
)
from hedgerow.fieldbook.asked.judged import ACCOUNTS, FIGURES, NOMINATIONS, POLICIES
from hedgerow.fieldbook.asked.learning import ACTIVITIES, ADOPTIONS, PARTICIPATION, SCORES
from hedgerow.fieldbook.asked.who import MEMBERSHIPS, ORGANISATIONS, PERSONS, ROLES, TIES
from hedgerow.fieldbook.sheets import SheetSpec

SHEETS: tuple[SheetSpec, ...] = (
    ORGANISATIONS,
    MEMBERSHIPS,
    PERSONS,
    ROLES,
    TIES,
    ACTIVITIES,
    PARTICIPATION,
    ADOPTIONS,
    POLICIES,
    MEETINGS,
    ATTENDANCE,
    CONCERNS,
    PRIORITIES,
    ACTIONS,
    OVERSIGHT,
    NOMINATIONS,
    ACCOUNTS,
    SCORES,
    FIGURES,
)

TABLES_OF_A_FIELDBOOK: tuple[str, ...] = tuple(dict.fromkeys(sheet.table for sheet in SHEETS))
"""The landscape's tables that a fieldbook may hold."""
