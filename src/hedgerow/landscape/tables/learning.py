"""Offers of professional learning, who took part, practices taken up, and stances."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from hedgerow.landscape.measures import ITEM_KINDS
from hedgerow.landscape.tables.choices import one_of

COST_BASES = ("free", "subsidised", "charged")
DELIVERY = ("in person", "online", "blended")
ADOPTION_FORMS = ("adopted", "adapted", "blended", "abandoned")
POLICY_DIMENSIONS = ("boundary", "standardisation", "sharing")


class Activities(dy.Schema):
    """An offer or activity of professional learning, placed on the two dimensions of figure 5.1.

    Supports: what is on offer, from whom, for whom, in what form, how long and at what price.
    Does not hold: who took part (see `Participation`), how good it was, or offers nobody entered.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the activity"})
    provider = dy.String(metadata={"description": "The organisation that provides it"})
    name = dy.String(metadata={"description": "Its title"})
    programme = dy.String(
        nullable=True, metadata={"description": "The programme that it belongs to"}
    )
    subject = dy.String(
        nullable=True, metadata={"description": "Subject", "example": "mathematics"}
    )
    formality = dy.Float64(
        nullable=True,
        min=0,
        max=1,
        metadata={"description": "0 informal to 1 formal (figure 5.1)", "unit": "0 to 1"},
    )
    collectivity = dy.Float64(
        nullable=True,
        min=0,
        max=1,
        metadata={"description": "0 individual to 1 collective (figure 5.1)", "unit": "0 to 1"},
    )
    mode = dy.String(
        nullable=True, metadata={"description": "Form it takes", "example": "work group"}
    )
    delivery = one_of(DELIVERY, "How it is given", nullable=True)
    sessions = dy.Int32(
        nullable=True, min=1, metadata={"description": "Number of sessions", "unit": "sessions"}
    )
    has_intersession_tasks = dy.Bool(
        nullable=True, metadata={"description": "Whether there is work between sessions"}
    )
    audience = dy.String(
        nullable=True, metadata={"description": "For whom", "example": "maths leads"}
    )
    eligibility = dy.String(
        nullable=True, metadata={"description": "Who may take part, as the provider says it"}
    )
    cost_basis = one_of(COST_BASES, "Who pays", nullable=True)
    cost = dy.Float64(
        nullable=True, min=0, metadata={"description": "Price a place", "unit": "pounds"}
    )
    places = dy.Int32(
        nullable=True, min=0, metadata={"description": "Places on offer", "unit": "places"}
    )
    start = dy.Date(nullable=True, metadata={"description": "First session"})
    end = dy.Date(nullable=True, metadata={"description": "Day after the last session"})
    source = dy.String(metadata={"description": "Identifier of the source"})


class Participation(dy.Schema):
    """Staff of one school, in one role, taking part in one activity: numbers, never names.

    Supports: reach and take-up by school, role, provider and time.
    Does not hold: persons, or schools about which a provider told nothing. A school without a row
    is unknown, not nought, unless the provider's records are complete.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the record"})
    school = dy.String(metadata={"description": "Whose staff"})
    activity = dy.String(metadata={"description": "In which activity"})
    role = dy.String(
        nullable=True,
        metadata={"description": "Role of the staff who took part", "example": "class teacher"},
    )
    staff = dy.Int32(
        nullable=True, min=0, metadata={"description": "Number of staff", "unit": "people"}
    )
    sessions_attended = dy.Float64(
        nullable=True,
        min=0,
        metadata={"description": "Sessions attended, on average", "unit": "sessions"},
    )
    start = dy.Date(metadata={"description": "First day"})
    end = dy.Date(nullable=True, metadata={"description": "Day after the last"})
    source = dy.String(metadata={"description": "Identifier of the source"})

    @dy.rule()
    def ends_after_start(cls) -> pl.Expr:
        """It does not end before it starts."""
        return (pl.col("end") >= pl.col("start")).fill_null(True)


class Adoptions(dy.Schema):
    """A school's use of a practice, tool or routine, or the fact that it does not use it.

    Supports: which schools share a practice, and through whom it came.
    Does not hold: items never asked about. Those have no row; one asked about and not used has
    ``is_used`` false.
    """

    school = dy.String(primary_key=True, metadata={"description": "Which school"})
    item = dy.String(
        primary_key=True,
        metadata={"description": "Which practice, tool or routine", "example": "lesson study"},
    )
    number = dy.Int32(
        primary_key=True, min=0, metadata={"description": "0, or a running number of spells"}
    )
    item_kind = one_of(ITEM_KINDS, "Practice, tool or routine (figure 5.2)")
    is_scheme = dy.Bool(
        nullable=True,
        metadata={
            "description": "Whether the tool is a curriculum scheme, of which a school mostly "
            "follows one; empty where nobody said"
        },
    )
    is_used = dy.Bool(metadata={"description": "False where asked and not used"})
    form = one_of(ADOPTION_FORMS, "How it was taken up", nullable=True)
    start = dy.Date(nullable=True, metadata={"description": "Since when; empty where unknown"})
    end = dy.Date(nullable=True, metadata={"description": "Day on which it was no longer used"})
    through = dy.String(
        nullable=True, metadata={"description": "The person or organisation through whom it came"}
    )
    source = dy.String(metadata={"description": "Identifier of the source"})

    @dy.rule()
    def schemes_are_tools(cls) -> pl.Expr:
        """Only a tool can be a scheme."""
        return ~pl.col("is_scheme").fill_null(False) | (pl.col("item_kind") == "tool")


class Policies(dy.Schema):
    """An organisation's stance on its boundary, standardisation or sharing, as a coder judged it.

    Supports: setting stated or observed policy beside what the ties show.
    Does not hold: what the organisation does in practice, or a stance that nobody coded.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the judgement"})
    organisation = dy.String(metadata={"description": "Whose stance"})
    dimension = one_of(POLICY_DIMENSIONS, "Boundary, standardisation or sharing")
    level = dy.Float64(
        min=0,
        max=1,
        metadata={
            "description": "0 open, organic, shares freely; 1 closed, standardised, sells or keeps"
        },
    )
    date = dy.Date(metadata={"description": "When it held"})
    evidence = dy.String(nullable=True, metadata={"description": "What the judgement rests on"})
    coder = dy.String(nullable=True, metadata={"description": "Who judged"})
    source = dy.String(metadata={"description": "Identifier of the source"})
