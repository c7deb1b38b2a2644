"""Persons under pseudonyms, and the dated roles and seats they hold."""

from __future__ import annotations

import dataframely as dy
import polars as pl


class Persons(dy.Schema):
    """A person, known by a pseudonym; a name only where the person agreed to be named.

    Supports: following one person through roles, seats and ties.
    Does not hold: contact details, or the key that ties pseudonyms to names, which lives apart from
    the data.
    """

    id = dy.String(primary_key=True, metadata={"description": "Pseudonym (person:7f3a…)"})
    label = dy.String(
        metadata={"description": "What to show: a pseudonym, or the name where agreed"}
    )
    is_named = dy.Bool(metadata={"description": "Whether the person agreed to be named"})
    named_scope = dy.String(nullable=True, metadata={"description": "For what the agreement holds"})
    named_since = dy.Date(nullable=True, metadata={"description": "Day of the agreement"})
    source = dy.String(metadata={"description": "Identifier of the source"})

    @dy.rule()
    def agreement_is_recorded(cls) -> pl.Expr:
        """A named person has a dated agreement with a scope."""
        return ~pl.col("is_named") | (
            pl.col("named_scope").is_not_null() & pl.col("named_since").is_not_null()
        )


class Roles(dy.Schema):
    """A dated role or board seat of a person in an organisation.

    Supports: who sits in several rooms at once, and what goes when a person goes.
    Does not hold: roles nobody entered. A person with one row may well have other hats.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the role"})
    person = dy.String(metadata={"description": "Whose role"})
    organisation = dy.String(metadata={"description": "In which organisation"})
    role = dy.String(metadata={"description": "Title or function", "example": "maths lead"})
    is_seat = dy.Bool(metadata={"description": "Whether it is a seat on a board or steering group"})
    days_a_week = dy.Float64(
        nullable=True,
        min=0,
        max=7,
        metadata={"description": "Time given to it", "unit": "days a week"},
    )
    start = dy.Date(nullable=True, metadata={"description": "First day; empty where unknown"})
    end = dy.Date(
        nullable=True,
        metadata={"description": "Day on which it no longer held; empty where it still does"},
    )
    source = dy.String(metadata={"description": "Identifier of the source"})

    @dy.rule()
    def ends_after_start(cls) -> pl.Expr:
        """It does not end before it starts."""
        return (pl.col("end") >= pl.col("start")).fill_null(True)
