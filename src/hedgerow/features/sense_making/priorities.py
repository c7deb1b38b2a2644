"""Whether those who sit in the place's forums see the same priorities, and where their groups part.

Each judge's latest ranking of the twelve months counts once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.professional_learning.records import twelve_months
from hedgerow.features.readings import chance_of, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.sense_making.forums import FORUMS_NEEDED, forums
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.periods import in_words
from hedgerow.landscape.succession import under_present_identifiers
from hedgerow.methods.concordance import group_rank_gap_test, kendall_w_test, mean_overlap_test

FEWEST = 3
"""Judges that it takes to speak of agreement, and in each group to speak of its view."""

PERSISTENCE = 0.9
"""How far down a list weight reaches: the first ten items carry 86 per cent of it."""

_WOULD_TELL = "Rankings of the same priorities by three or more of those who sit in a forum."
_WHEN = "Rankings given at forums in the twelve months up to the day, each judge's latest."


@dataclass(frozen=True, eq=False)
class Rankings:
    """Rankings of priorities, one row a judge.

    Attributes
    ----------
    ranks : array of shape (judges, priorities)
        1 most important; NaN where a judge did not rank a priority.
    groups : tuple of str or None
        Group of each judge.
    """

    ranks: NDArray[np.float64]
    groups: tuple[str | None, ...]

    def alike(self) -> tuple[Rankings, int]:
        """Keep the judges who ranked the same priorities: the largest such set, and how many others
        there are."""
        sets = [tuple(~np.isnan(row)) for row in self.ranks]
        counted = Counter(sets)
        # of two sets as large the longer list says more
        asked = max(counted, key=lambda one: (counted[one], sum(one), one))
        rows = [number for number, one in enumerate(sets) if one == asked]
        kept = Rankings(
            self.ranks[rows][:, np.array(asked)],
            tuple(self.groups[row] for row in rows),
        )
        return kept, len(sets) - len(rows)


def rankings(here: LocalLandscape) -> Rankings | NotMeasured:
    """Give each judge's latest ranking at a forum of the place in the twelve months."""
    return here.worked_out("rankings", lambda: _rankings(here))


def _rankings(here: LocalLandscape) -> Rankings | NotMeasured:
    found = forums(here)
    if isinstance(found, NotMeasured):
        return found
    given = (
        under_present_identifiers(here.whole.table("priorities"), here.whole, "judge")
        .join(found.meetings.select(pl.col("id").alias("meeting"), "date"), on="meeting")
        .sort("date", "meeting", "id")
    )
    recent = given.filter(pl.col("date") >= twelve_months(here.on))
    if recent.is_empty():
        dates: list[date] = given["date"].to_list()
        when = f"; the last was on {in_words(dates[-1])}" if dates else ""
        return NotMeasured(
            reason="No ranking of priorities was given at a forum of the place in the twelve "
            f"months to {in_words(here.on)}{when}.",
            would_tell=_WOULD_TELL,
        )
    latest = recent.group_by("judge").agg(pl.col("meeting").last())
    rows = recent.join(latest, on=["judge", "meeting"], how="semi").unique(
        ["judge", "priority"], keep="last", maintain_order=True
    )
    table = rows.pivot("priority", index="judge", values="rank", sort_columns=True).sort("judge")
    groups = rows.group_by("judge").agg(pl.col("group").drop_nulls().last()).sort("judge")
    return Rankings(
        table.drop("judge").fill_null(np.nan).to_numpy().astype(float), tuple(groups["group"])
    )


def _few(judges: int, missing: int = 0) -> NotMeasured:
    return NotMeasured(
        reason=f"Fewer than {FEWEST} people or organisations ranked the same priorities.",
        would_tell=_WOULD_TELL,
        n=judges,
        missing=missing,
    )


@indicator(
    id="sense_making.priority_agreement",
    label="Agreement on priorities",
    question="Do those who sit in the forums put the same things first?",
    why="Shared action needs a shared view of what matters most.",
    unit="index",
    units="judges",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Judges who ranked other priorities than most did are left out and counted.",
    caveat=f"{_WHEN} 0 where there is no agreement, 1 where all "
    "give one order. With few judges chance alone gives about one over their number, so compare "
    "with chance. Agreement among those present says nothing of those who stayed away.",
    formula="Kendall's W = 12 S ÷ (m² (k³ − k) − m T), for m judges and k priorities: S is the "
    "sum of squared deviations of the priorities' rank sums from their mean, T the sum of t³ − t "
    "over each judge's groups of t tied priorities (`hedgerow.methods.concordance.kendall_w`). "
    "Chance: each judge's ranks are dealt anew to the priorities.",
    needs=("priorities", *FORUMS_NEEDED),
    references=("kendall1939", "phipson2010"),
)
@rests_on(tables=("meetings", "attendance", "priorities"))
def priority_agreement(here: LocalLandscape) -> Reading | NotMeasured:
    """Give Kendall's W of the largest set of judges who ranked the same priorities."""
    found = rankings(here)
    if isinstance(found, NotMeasured):
        return found
    alike, others = found.alike()
    if len(alike.ranks) < FEWEST or alike.ranks.shape[1] < 2:
        return _few(len(alike.ranks), others)
    null = kendall_w_test(alike.ranks, generator(here, "priority agreement"))
    if null is None:
        return NotMeasured(
            reason="Every judge gave all priorities the same rank.",
            would_tell="Rankings that put some priorities before others.",
            n=len(alike.ranks),
        )
    return Reading(
        value=null.observed,
        n=len(alike.ranks),
        missing=others,
        chance=chance_of(null, "each judge's ranks dealt anew to the priorities"),
    )


@indicator(
    id="sense_making.priority_overlap",
    label="Overlap of what is put first",
    question="How far do two people's lists of priorities overlap, above all at the top?",
    why="Lists are often short, and what stands at the top is what gets done.",
    unit="index",
    units="judges",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="All judges with a ranking count; a priority left unranked stands below those "
    "that were ranked.",
    caveat=f"{_WHEN} Rank-biased overlap (p = {PERSISTENCE:g}), the mean over all pairs of judges, "
    "down to the length of the shortest list: 0 nothing in common, 1 the same lists. With a "
    "short list to choose from it is high by chance alone, so compare with chance.",
    formula="Mean over pairs of judges of rank-biased overlap: (1 − p) × sum over depths d of p "
    f"to the power of d − 1 × (priorities in the first d of both ÷ d), p being {PERSISTENCE:g}, "
    "carried on from the last depth that both have "
    "(`hedgerow.methods.concordance.rank_biased_overlap`). Chance: each judge's ranks are dealt "
    "anew to the priorities.",
    needs=("priorities", *FORUMS_NEEDED),
    references=("webber2010", "phipson2010"),
)
@rests_on(tables=("meetings", "attendance", "priorities"))
def priority_overlap(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean rank-biased overlap of all pairs of judges."""
    found = rankings(here)
    if isinstance(found, NotMeasured):
        return found
    if len(found.ranks) < FEWEST:
        return _few(len(found.ranks))
    null = mean_overlap_test(found.ranks, generator(here, "priority overlap"), PERSISTENCE)
    return Reading(
        value=null.observed,
        n=len(found.ranks),
        chance=chance_of(null, "each judge's ranks dealt anew to the priorities"),
    )


@indicator(
    id="sense_making.priority_gap",
    label="How far groups' priorities lie apart",
    question="Do headteachers, system leaders and teachers put different things first?",
    why="A group that sees another order than those who decide is easily planned past.",
    unit="index",
    units="judges",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="Judges who ranked other priorities than most did, whose group is not known, or "
    f"whose group has fewer than {FEWEST}, are left out and counted.",
    caveat=f"{_WHEN} Places in the ranking: the difference of a priority's mean rank between two "
    "groups, averaged over priorities and pairs of groups. Small groups lie apart by chance "
    "alone, so compare with chance.",
    formula="Mean over priorities and over pairs of groups of |mean rank in the one group − "
    f"mean rank in the other|, groups of {FEWEST} judges or more who ranked the same priorities "
    "(`hedgerow.methods.concordance.group_rank_gap_test`). Chance: the groups are dealt anew to "
    "the judges, each keeping its number.",
    needs=("priorities", "priorities.group", *FORUMS_NEEDED),
    references=("greany2022", "phipson2010"),
)
@rests_on(tables=("meetings", "attendance", "priorities"))
def priority_gap(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean difference of mean ranks between groups of judges."""
    found = rankings(here)
    if isinstance(found, NotMeasured):
        return found
    alike, _ = found.alike()
    sizes = Counter(group for group in alike.groups if group is not None)
    rows = [row for row, one in enumerate(alike.groups) if one and sizes[one] >= FEWEST]
    groups = [alike.groups[row] for row in rows]
    if len(set(groups)) < 2:
        return NotMeasured(
            reason=f"Fewer than two groups with {FEWEST} judges or more ranked the same "
            "priorities.",
            would_tell="Rankings with the group of each judge: headteacher, system leader, "
            "teacher.",
            n=len(rows),
            missing=len(found.ranks) - len(rows),
        )
    null = group_rank_gap_test(alike.ranks[rows], groups, generator(here, "priority gap"))
    return Reading(
        value=null.observed,
        n=len(rows),
        missing=len(found.ranks) - len(rows),
        chance=chance_of(null, "the groups dealt anew to the judges, each keeping its number"),
    )
