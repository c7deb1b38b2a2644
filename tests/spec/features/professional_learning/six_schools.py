"""Six schools and three providers, for offers and records of a year of professional learning."""

from __future__ import annotations

from tests.learning_records import took_part
from tests.made_up import MadeUp


def activity(place: MadeUp, identifier: str, provider: str, mode: str, **values: object) -> None:
    """Add an activity of a provider, called after its form."""
    place.add("activities", id=identifier, provider=provider, name=mode, mode=mode, **values)


def sent(
    place: MadeUp,
    number: int,
    activity: str,
    role: str | None,
    staff: int | None,
    sessions: float | None = 1,
    **values: object,
) -> None:
    """Add staff of one role whom a school sent, in autumn unless said otherwise."""
    took_part(place, f"urn:{number}", activity, staff, sessions, role=role, **values)


def schools_only() -> MadeUp:
    """Give the schools, their trusts and the providers, without any record."""
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001", "Thorn Trust")
    place.trust("uid:90002", "Single Stem Trust")
    for number in (900001, 900002, 900003):
        place.school(number, trust="uid:90001", authority="la:001", pupils=100)
    place.school(900004, trust="uid:90002", authority="la:001", pupils=100)
    place.school(900005, authority="la:001", pupils=100)
    place.school(900006, authority="la:001", pupils=100)
    place.hub("mh:001", "maths_hub", "Hawthorn Maths Hub", covers=["la:001"])
    place.organisation("co:1", "company", "Fern Books")
    return place
