"""A place small enough to be reckoned by hand: six schools in a ring, a hub, and nine people."""

from __future__ import annotations

from datetime import date

from tests.made_up import MadeUp

ASKED = date(2022, 3, 1)
RING = ((1, 3), (2, 1), (5, 2), (4, 5), (3, 4))
"""Who turns to whom: what is known goes round 1, 2, 5, 4, 3 and back to 1."""


def school(number: int) -> str:
    return f"urn:{900000 + number}"


def ring() -> MadeUp:
    """Schools 1 and 2 in trust A, 3 and 4 in trust B, 5 and 6 maintained; 6 turns to nobody.

    Person n heads school n and carries its tie. Person 1 works a day a week for the Maths Hub,
    person 7 leads the hub, 8 trust A and 9 the authority, and 9 sits on the hub's board.
    """
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001", "Trust A")
    place.trust("uid:90002", "Trust B")
    for number, trust in ((1, "uid:90001"), (2, "uid:90001"), (3, "uid:90002"), (4, "uid:90002")):
        place.school(900000 + number, authority="la:001", trust=trust, joined=date(2016, 9, 1))
    for number in (5, 6):
        place.school(900000 + number, authority="la:001")
        place.tie("la:001", school(number), "maintains")
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    for number in range(1, 7):
        place.observe(school(number), "ties_asked", 1, ASKED)
    for one, other in RING:
        place.tie(school(one), school(other), "turns_to", carrier=f"person:{one}")
    for number in range(1, 10):
        place.add("persons", id=f"person:{number}", label=f"Name {number}")
    for number in range(1, 7):
        role(place, number, school(number), "headteacher", date(2012, 4, 25))
    role(place, 1, "mh:1", "local leader", date(2018, 9, 1), days_a_week=1.0)
    role(place, 7, "mh:1", "lead", date(2014, 9, 1), days_a_week=4.0)
    role(place, 8, "uid:90001", "chief executive", date(2016, 9, 1), days_a_week=5.0)
    role(place, 9, "la:001", "education lead", date(2010, 4, 25), days_a_week=3.0)
    role(place, 9, "mh:1", "board member", date(2017, 9, 1), is_seat=True)
    return place


def role(
    place: MadeUp, number: int, organisation: str, title: str, start: date | None, **values: object
) -> None:
    """Give a person a role."""
    standard: dict[str, object] = {"is_seat": False}
    place.add(
        "roles",
        person=f"person:{number}",
        organisation=organisation,
        role=title,
        start=start,
        **(standard | values),
    )
