"""What interviews say of who matters: nominations."""

from __future__ import annotations

import dataframely as dy


class Nominations(dy.Schema):
    """One person naming another, or an organisation, as influential in an interview or survey.

    Supports: who is looked to, by whom, in answer to what.
    Does not hold: who was not asked. Counts depend on how many people were interviewed, and where.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the record"})
    from_id = dy.String(metadata={"description": "Who names"})
    to_id = dy.String(metadata={"description": "Who is named"})
    context = dy.String(nullable=True, metadata={"description": "In answer to what"})
    date = dy.Date(metadata={"description": "When"})
    source = dy.String(metadata={"description": "Identifier of the source"})
