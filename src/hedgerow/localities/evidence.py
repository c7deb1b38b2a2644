"""What is not known of a place: what local evidence would tell, and how to come by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from hedgerow.features.designated_hubs import hubs_here
from hedgerow.features.linked_systems.trusts import trusts_here
from hedgerow.landscape.finding import Finding
from hedgerow.landscape.landscape import Landscape, LocalLandscape


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A kind of local evidence.

    Parameters
    ----------
    features : tuple of str
        Features and themes whose figures rest on it.
    table : str
        The table of a landscape that holds it.
    column : str
        The column of that table which says about whom it is.
    would_tell : str
        The question that it would answer.
    needed : str
        What has to be written down.
    how : str
        How to come by it.
    kinds : tuple of str
        Of a table of ties, which kinds count; all unless given.
    """

    features: tuple[str, ...]
    table: str
    column: str
    would_tell: str
    needed: str
    how: str
    kinds: tuple[str, ...] = ()

    def is_held_anywhere(self, whole: Landscape) -> bool:
        """Say whether the landscape holds any of it, of whatever place."""
        if not self.kinds:
            return whole.has(self.table)
        ties = whole.table(self.table)
        # memberships of groups on record, such as umbrella trusts, come with open data
        told = ties.filter(
            pl.col("kind").is_in(self.kinds), ~pl.col("to_id").str.starts_with("uid:")
        )
        return not told.is_empty()

    def is_held(self, here: LocalLandscape) -> bool:
        """Say whether the landscape holds any of it about the place."""
        if not here.whole.has(self.table):
            return False
        rows = here.whole.table(self.table)
        if self.kinds:
            rows = rows.filter(pl.col("kind").is_in(self.kinds))
        near = here.members | set(trusts_here(here)["trust"]) | set(hubs_here(here)["hub"])
        near |= set(here.schools["authority"].drop_nulls()) | set(
            here.schools["district"].drop_nulls()
        )
        return bool(rows[self.column].is_in(pl.Series(sorted(near)).implode()).any())


KINDS = (
    Evidence(
        features=("professional_learning", "quality", "equity", "coherence"),
        table="participation",
        column="school",
        would_tell="Which schools take part in professional learning, with whom, and which are "
        "not reached",
        needed="for each activity: provider, school, role and number of staff, dates, sessions "
        "attended",
        how="attendance lists that hubs, trusts and the authority already keep, copied into the "
        "fieldbook",
    ),
    Evidence(
        features=("bridging", "linked_systems", "leadership"),
        table="roles",
        column="organisation",
        would_tell="Who sits on several boards, and what would come apart if one person left",
        needed="for each board or steering group: its members' roles, from when to when, under "
        "pseudonyms",
        how="published governance pages and an hour with two or three people who know the place",
    ),
    Evidence(
        features=("linked_systems", "quality", "coherence"),
        table="activities",
        column="provider",
        would_tell="Where what providers offer overlaps, and for whom there is nothing",
        needed="for each offer: provider, subject, audience, sessions, cost, who may take part",
        how="providers' programmes for the year, one row an offer",
    ),
    Evidence(
        features=("local_lens", "bridging", "equity"),
        table="ties",
        column="from_id",
        kinds=("collaborates", "turns_to", "visits", "peer_review", "advises"),
        would_tell="Whom schools turn to, and whether ties cross from one trust to another",
        needed="for each school: whom its mathematics lead turned to in the last year",
        how="one question in a survey of all schools; figures are held back below three fifths "
        "answering",
    ),
    Evidence(
        features=("local_lens", "linked_systems", "equity"),
        table="ties",
        column="from_id",
        kinds=("member_of",),
        would_tell="Whether clusters of schools and heads' associations hold together while "
        "schools change hands",
        needed="for each cluster or association: its member schools, from when to when",
        how="their own lists, and what two or three heads who have long been here remember",
    ),
    Evidence(
        features=("practices",),
        table="adoptions",
        column="school",
        would_tell="Which practices, tools and routines schools share, within trusts and across "
        "them",
        needed="for each school: which of a list it uses, since when, adopted or adapted, and "
        "which it does not",
        how="a checklist filled in at a network meeting, blanks kept apart from a plain no",
    ),
    Evidence(
        features=("bridging",),
        table="policies",
        column="organisation",
        would_tell="How open trusts are to what others offer, and how far they standardise",
        needed="for each trust: its stance on its boundary, on standardisation and on sharing, "
        "with the source",
        how="trusts' own documents read by two people, or interviews",
    ),
    Evidence(
        features=("sense_making",),
        table="attendance",
        column="organisation",
        would_tell="Whether the place makes sense of its challenges together, and acts on it",
        needed="for each forum: meetings, who was there, what was agreed, what became of it",
        how="agendas and minutes of the last three years",
    ),
    Evidence(
        features=("local_lens", "coherence"),
        table="accounts",
        column="organisation",
        would_tell="What people themselves call local, and whether professional learning hangs "
        "together for them",
        needed="interviews with system leaders, heads, mathematics leads and teachers, coded by "
        "two people",
        how="six or seven schools of different kinds, as the study did",
    ),
    Evidence(
        features=("leadership",),
        table="nominations",
        column="to_id",
        would_tell="Whom people look to, whether or not they have a title",
        needed="whom each person interviewed names as influential, in answer to what, under "
        "pseudonyms",
        how="one question at the end of an interview or survey, of some twenty people",
    ),
    Evidence(
        features=("sense_making",),
        table="oversight",
        column="place",
        would_tell="Whether anybody has it as their task to look across the place",
        needed="for each of six tasks of oversight: the organisation that has it, or that nobody "
        "has",
        how="an hour with the authority, a hub and an association",
    ),
    Evidence(
        features=("professional_learning",),
        table="scores",
        column="organisation",
        would_tell="How much of what experts bring reaches classrooms",
        needed="scores on one instrument of experts, maths leads, staff and classrooms of one "
        "course",
        how="a short task given at the end of a course and, later, in five schools or more that "
        "took part",
    ),
)
"""The kinds of local evidence, the most telling first."""


def gaps(here: LocalLandscape, findings: Sequence[Finding]) -> pl.DataFrame:
    """Give what is not known, and what would tell.

    Local evidence that the landscape does not hold comes first, then each figure that could not be
    measured or would rest on too few, with its reason. Figures from local evidence are among them
    only where another figure of the same feature could be measured from it.

    Returns
    -------
    polars.DataFrame
        Columns ``not_known``, ``why``, ``what_would_tell``.
    """
    rows = [
        (one.would_tell, f"needs {one.needed}", one.how) for one in KINDS if not one.is_held(here)
    ]
    told = {one.indicator.feature for one in findings if _is_local(one) and _is_known_of(one)}
    rows += [
        (one.indicator.label, one.reason, one.would_tell)
        for one in findings
        # where nothing is known from local evidence the rows above say all that there is to say
        if not one.is_measured and (not _is_local(one) or one.indicator.feature in told)
    ]
    return pl.DataFrame(
        rows,
        schema={"not_known": pl.String, "why": pl.String, "what_would_tell": pl.String},
        orient="row",
    )


def _is_local(finding: Finding) -> bool:
    return finding.indicator.tier == "E"


def _is_known_of(finding: Finding) -> bool:
    return finding.status != "not measured"
