"""How far an organisation shares its records, and the kinds of record that it decides about."""

from __future__ import annotations

from enum import Enum


class Level(Enum):
    """How far records are shared, from the closest to the most open."""

    PRIVATE = "private"
    AGGREGATE = "aggregate"
    NAMED = "named"

    @property
    def label(self) -> str:
        """In words, for a form."""
        return {
            Level.PRIVATE: "Private: only your own organisation sees it, and no figure counts it",
            Level.AGGREGATE: "In aggregate: figures of larger places count it, nothing shows it",
            Level.NAMED: "By name: the partnership sees the records themselves",
        }[self]

    @property
    def openness(self) -> int:
        """0 for private, 1 in aggregate, 2 by name."""
        return list(Level).index(self)


DEFAULT_LEVEL = Level.AGGREGATE
"""What holds until an organisation decides."""


class RecordKind(Enum):
    """A kind of record, by what people call it; which tables it covers is in `tables`."""

    LEARNING = "learning"
    PRACTICE = "practice"
    PEOPLE = "people"
    LINKS = "links"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        """In words, for a form."""
        return {
            RecordKind.LEARNING: "Professional learning: what is offered and who took part",
            RecordKind.PRACTICE: "Practices, tools, routines and policies",
            RecordKind.PEOPLE: "People, their roles and board seats",
            RecordKind.LINKS: "Links: clusters, advice, working together, signposting",
            RecordKind.MEETING: "Meetings, concerns, priorities and actions",
        }[self]

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of a landscape whose rows are of this kind."""
        return {
            RecordKind.LEARNING: ("activities", "participation", "scores"),
            RecordKind.PRACTICE: ("adoptions", "policies", "observations"),
            RecordKind.PEOPLE: ("persons", "roles", "nominations", "accounts"),
            RecordKind.LINKS: ("organisations", "ties"),
            RecordKind.MEETING: (
                "meetings",
                "attendance",
                "concerns",
                "priorities",
                "actions",
                "oversight",
            ),
        }[self]
