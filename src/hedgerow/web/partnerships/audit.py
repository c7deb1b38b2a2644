"""The trail of what was done: one entry for whatever changes data, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hedgerow.web.partnerships.models import AuditEntry, Partnership


def record(
    partnership: Partnership | None,
    actor: Any,
    action: str,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write down that somebody did something.

    Call it in the transaction that changes the data, so that neither is there without the other.

    Parameters
    ----------
    partnership : Partnership or None
        None for what belongs to no partnership, such as an account.
    actor : User or None
        None, or a user who has not signed in, where the site itself did it.
    action : str
        What was done, as a verb in the past: "imported", "decided".
    subject : str
        To what, in words that a steward can read: a file's name, a person's role. It is cut to
        what its field holds.
    detail : mapping
        What else bears on it, as JSON. No contents of records: these stand in the records.

    Raises
    ------
    ValueError
        If no action is named.
    """
    if not action.strip():
        raise ValueError("an entry of the audit trail says what was done")
    length = AuditEntry._meta.get_field("subject").max_length
    return AuditEntry.objects.create(
        partnership=partnership,
        actor=actor if getattr(actor, "is_authenticated", False) else None,
        action=action,
        subject=subject if len(subject) <= length else f"{subject[: length - 1]}…",
        detail=dict(detail or {}),
    )
