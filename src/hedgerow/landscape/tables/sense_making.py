"""Meetings, who was there, concerns, priorities, actions, and who looks across the place."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from hedgerow.landscape.measures import OVERSIGHT_TASKS
from hedgerow.landscape.tables.choices import one_of

CONCERN_STAGES = (
    "raised",
    "evidence examined",
    "cause discussed",
    "action agreed",
    "reviewed",
    "dropped",
)


class Meetings(dy.Schema):
    """A meeting of a forum: a steering group, a heads' association, an improvement partnership.

    Supports: how often, and under whom, people come together to make sense of things.
    Does not hold: who was there (see `Attendance`) or what was said.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the meeting"})
    forum = dy.String(metadata={"description": "The forum, by name"})
    convenor = dy.String(
        nullable=True, metadata={"description": "The organisation that convenes it"}
    )
    date = dy.Date(metadata={"description": "Day of the meeting"})
    purpose = dy.String(nullable=True, metadata={"description": "What it was for"})
    source = dy.String(metadata={"description": "Identifier of the source"})


class Attendance(dy.Schema):
    """Who was in the room: an organisation, with the person where known.

    Supports: whose voices were present, and whose were not.
    Does not hold: who was invited, or who spoke.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the record"})
    meeting = dy.String(metadata={"description": "Which meeting"})
    organisation = dy.String(metadata={"description": "Which organisation was represented"})
    person = dy.String(nullable=True, metadata={"description": "By whom, under a pseudonym"})
    role = dy.String(
        nullable=True, metadata={"description": "In which role", "example": "headteacher"}
    )
    source = dy.String(metadata={"description": "Identifier of the source"})


class Concerns(dy.Schema):
    """Something a forum worries about, and how far it got from evidence to review.

    Supports: following a concern through its stages.
    Does not hold: each stage's day, only that of the stage it has now reached.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the concern"})
    forum = dy.String(metadata={"description": "The forum in which it was raised"})
    text = dy.String(metadata={"description": "The concern in a sentence"})
    stage = one_of(CONCERN_STAGES, "How far it got")
    raised = dy.Date(metadata={"description": "When it was raised"})
    stage_since = dy.Date(nullable=True, metadata={"description": "When it reached its stage"})
    evidence = dy.String(
        nullable=True, metadata={"description": "The figures or accounts looked at"}
    )
    cause = dy.String(nullable=True, metadata={"description": "The cause discussed"})
    source = dy.String(metadata={"description": "Identifier of the source"})


class Priorities(dy.Schema):
    """One organisation's or person's ranking of a priority at a meeting; ties are allowed.

    Supports: agreement between those who ranked the same priorities at the same meeting.
    Does not hold: what someone absent would have said. A priority left unranked has no row.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the record"})
    meeting = dy.String(metadata={"description": "Where it was ranked"})
    judge = dy.String(metadata={"description": "Who ranked: organisation or person"})
    group = dy.String(
        nullable=True, metadata={"description": "Group of the judge", "example": "headteacher"}
    )
    priority = dy.String(metadata={"description": "The priority"})
    rank = dy.Float64(min=1, metadata={"description": "1 most important"})
    source = dy.String(metadata={"description": "Identifier of the source"})


class Actions(dy.Schema):
    """What was agreed to be done about a concern, by whom, by when, and what came of it.

    Supports: whether what is agreed gets done and is reviewed.
    Does not hold: whether it worked; a review looks at that with data.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the action"})
    concern = dy.String(nullable=True, metadata={"description": "About which concern"})
    text = dy.String(metadata={"description": "The action in a sentence"})
    owner = dy.String(nullable=True, metadata={"description": "Organisation or person who owns it"})
    agreed = dy.Date(metadata={"description": "When it was agreed"})
    due = dy.Date(nullable=True, metadata={"description": "When it is due"})
    done = dy.Date(nullable=True, metadata={"description": "When it was done"})
    reviewed = dy.Date(
        nullable=True, metadata={"description": "When its effect was reviewed with data"}
    )
    source = dy.String(metadata={"description": "Identifier of the source"})

    @dy.rule()
    def done_after_agreed(cls) -> pl.Expr:
        """It is not done before it is agreed."""
        return (pl.col("done") >= pl.col("agreed")).fill_null(True)


class Oversight(dy.Schema):
    """Who has one of the tasks of looking across a place, or that nobody has it.

    Supports: telling a task that nobody has from one that was never asked about.
    Does not hold: whether the task is done, or done well. A task without a row was not asked about.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the record"})
    place = dy.String(metadata={"description": "The authority or district that it is about"})
    task = one_of(OVERSIGHT_TASKS, "Which task")
    is_held = dy.Bool(metadata={"description": "False where asked and nobody has it"})
    holder = dy.String(
        nullable=True, metadata={"description": "The organisation or person that has it"}
    )
    date = dy.Date(metadata={"description": "When it was asked"})
    source = dy.String(metadata={"description": "Identifier of the source"})

    @dy.rule()
    def held_by_whoever_holds(cls) -> pl.Expr:
        """A task that somebody has is held."""
        return pl.col("is_held") | pl.col("holder").is_null()
