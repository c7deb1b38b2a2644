"""What interviews say of who matters: nominations. The rest of the study's tables come with the study room."""

from __future__ import annotations

import dataframely as dy


class Nominations(dy.Schema):
    """One person naming another, or an organisation, as influential, in an interview or a survey."""

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the record"})
    from_id = dy.String(metadata={"description": "Who names"})
    to_id = dy.String(metadata={"description": "Who is named"})
    context = dy.String(nullable=True, metadata={"description": "In answer to what"})
    date = dy.Date(metadata={"description": "When"})
    source = dy.String(metadata={"description": "Identifier of the source"})
