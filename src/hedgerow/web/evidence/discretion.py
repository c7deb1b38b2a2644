"""Keeping to oneself what other organisations told: a check may use it, and does not suggest it."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from hedgerow.fieldbook.evidence import FieldbookEvidence
from hedgerow.landscape.faults import Faults
from hedgerow.web.access.audience import Audience, Role
from hedgerow.web.access.seeing import seen
from hedgerow.web.evidence.tables import OWNER, told
from hedgerow.web.partnerships.models import Partnership
from hedgerow.web.registers import register_on

POINTED_AT = ("organisations", "persons", "activities", "meetings", "concerns")
"""Tables with what cells may point at."""
_IDENTIFIER = re.compile(r"\(([a-z][a-z_\-]*:[^\s()]+)\)")
_SUGGESTING = re.compile(r"^(?:Did you mean .*\? |It may be .*\. (?=Write the one))", re.DOTALL)


def seen_by_name(partnership: Partnership, organisation: str) -> set[str]:
    """Give the identifiers of what an organisation's people see by name, their own among it.

    Parameters
    ----------
    partnership : Partnership
    organisation : str
        Identifier; empty for the partnership itself.
    """
    audience = Audience(
        partnership=partnership.slug,
        role=Role.CONTRIBUTOR if organisation else Role.STEWARD,
        organisation=organisation or None,
    )
    records = seen(audience).records()
    return {one for name in POINTED_AT if name in records for one in records[name]["id"]}


def discreet(
    evidence: FieldbookEvidence, partnership: Partnership, organisation: str
) -> FieldbookEvidence:
    """Give what was read without suggestions of what its people do not see by name.

    A cell may still name such a thing exactly: whoever writes that knows of it.
    """
    faults = evidence.faults.table()
    suggested = {
        identifier
        for advice in faults["advice"].unique()
        for identifier in _IDENTIFIER.findall(advice or "")
    }
    if not suggested:
        return evidence
    tables = told(partnership, only=POINTED_AT)
    others = {
        one for rows in tables.values() for one in rows.filter(pl.col(OWNER) != organisation)["id"]
    }
    hidden = (suggested & others) - set(register_on().organisations["id"])
    if hidden:
        hidden -= seen_by_name(partnership, organisation)
    if not hidden:
        return evidence
    advice = [
        _SUGGESTING.sub("", text) if hidden & set(_IDENTIFIER.findall(text or "")) else text
        for text in faults["advice"]
    ]
    kept = faults.with_columns(pl.Series("advice", advice, dtype=pl.String))
    return replace(evidence, faults=Faults.of(kept))
