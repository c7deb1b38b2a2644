"""What a study gathers: who is named, what interviews say, what tests of knowledge show."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from hedgerow.landscape.measures import MATTERS, SCORED_LEVELS
from hedgerow.landscape.tables.choices import one_of

INTERVIEW_GROUPS = ("system leader", "headteacher", "maths lead", "class teacher")


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


class Accounts(dy.Schema):
    """What one person said in an interview of one matter, as one coder judged it.

    Supports: what people themselves call local, from where they see it built up, and how far
    professional learning hangs together for them.
    Does not hold: the interview, or what was never asked. A matter on which a person has no row was
    not coded; that is no answer.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the judgement"})
    person = dy.String(metadata={"description": "Who was interviewed, under a pseudonym"})
    organisation = dy.String(
        nullable=True, metadata={"description": "The school or other organisation they work in"}
    )
    group = one_of(INTERVIEW_GROUPS, "Which of the four groups they belong to", nullable=True)
    matter = one_of(
        tuple(MATTERS),
        "What it is about: what is local, how it is built, how far it hangs together",
    )
    said = one_of(
        tuple(code for codes in MATTERS.values() for code in codes), "The code of what was said"
    )
    passages = dy.Int32(
        nullable=True,
        min=1,
        metadata={"description": "How many passages say so; empty for one", "unit": "passages"},
    )
    date = dy.Date(metadata={"description": "Day of the interview"})
    coder = dy.String(nullable=True, metadata={"description": "Who judged"})
    source = dy.String(metadata={"description": "Identifier of the source"})

    @dy.rule()
    def code_fits_matter(cls) -> pl.Expr:
        """The code is one of its matter's."""
        return pl.any_horizontal(
            (pl.col("matter") == matter) & pl.col("said").is_in(list(codes))
            for matter, codes in MATTERS.items()
        )


class Scores(dy.Schema):
    """A score on one instrument at one level of a cascade: expert, maths lead, staff, classroom.

    Supports: how much of what experts bring is still there at each hand-over, where the same
    instrument was used on both sides.
    Does not hold: single people's scores; several people of one school and level go in as their
    mean.
    """

    id = dy.String(primary_key=True, metadata={"description": "Identifier of the record"})
    activity = dy.String(metadata={"description": "What was handed on: the activity"})
    organisation = dy.String(
        metadata={"description": "The school; for the experts, the organisation that provides it"}
    )
    level = one_of(SCORED_LEVELS, "At which level of the cascade")
    instrument = dy.String(
        metadata={"description": "What was scored with", "example": "reasoning test"}
    )
    score = dy.Float64(min=0, metadata={"description": "Mean score, 0 for nothing known"})
    people = dy.Int32(
        nullable=True, min=1, metadata={"description": "People scored", "unit": "people"}
    )
    date = dy.Date(metadata={"description": "When it was scored"})
    source = dy.String(metadata={"description": "Identifier of the source"})
