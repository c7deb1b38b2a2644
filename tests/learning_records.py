"""Offers of professional learning and who took part, for made-up places."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.made_up import MadeUp

AUTUMN, CHRISTMAS = date(2021, 10, 1), date(2021, 12, 20)
"""A term within the twelve months up to the day of the made-up register."""


def offer(place: MadeUp, provider: str, name: str = "course", **values: Any) -> str:
    """Add an activity of a provider; give its identifier."""
    identifier = f"{provider}/{name}"
    place.add("activities", id=identifier, provider=provider, name=name, **values)
    return identifier


def took_part(
    place: MadeUp,
    school: str,
    activity: str,
    staff: int | None = 1,
    sessions: float | None = 1.0,
    **values: Any,
) -> None:
    """Add staff of a school taking part in an activity, in autumn unless said otherwise."""
    place.add(
        "participation",
        school=school,
        activity=activity,
        staff=staff,
        sessions_attended=sessions,
        **({"start": AUTUMN, "end": CHRISTMAS} | values),
    )
