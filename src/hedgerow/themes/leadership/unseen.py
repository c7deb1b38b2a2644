"""How many influential people nobody has named yet."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from hedgerow.features.bridging.people_here import PEOPLE_NEEDED
from hedgerow.features.readings import WILSON, share
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.chao import chao_estimate
from hedgerow.themes.leadership.naming import namings


@indicator(
    id="leadership.spanners_unseen",
    label="Influential people not named yet, at least",
    question="How many people who would be named as influential has nobody named so far?",
    why="Asking a few people finds those whom everybody knows; how many were named only once tells "
    "how many were missed.",
    unit="count",
    units="people",
    direction=None,
    tier="E",
    grade="C",
    missing_rule="With fewer than three people asked nothing is said.",
    caveat="There are at least so many, by namings in the three years up to "
    "the day. It takes namings to be independent; people who know one another name the same, and "
    "the bound is then too low.",
    formula="F1 × (f1 − 1) ÷ (2 × (f2 + 1)), where f1 people were named once and f2 twice in the "
    "three years up to the day: Chao's estimate, a lower bound "
    "(`hedgerow.methods.chao.chao_estimate`). Interval: log-normal.",
    needs=("nominations", *PEOPLE_NEEDED),
    references=("chao1984", "chao1987", "greany2022"),
)
def spanners_unseen(here: LocalLandscape) -> Reading | NotMeasured:
    """Give Chao's bias-corrected lower bound of the number of people not yet named."""
    found = namings(here)
    if isinstance(found, NotMeasured):
        return found
    counts = found.group_by("named").len()["len"].to_numpy()
    estimate = chao_estimate(counts)
    return Reading(
        value=estimate.total - estimate.seen,
        n=estimate.seen,
        interval=Interval(
            low=estimate.low - estimate.seen, high=estimate.high - estimate.seen, method="Chao"
        ),
        sources=tuple(sorted(found["source"].unique())),
    )


@indicator(
    id="leadership.snowball_coverage",
    label="Namings of people already known",
    question="If one more person were asked, how likely would they name somebody already named?",
    why="When new names stop coming, enough people have been asked.",
    unit="share",
    units="namings",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="With fewer than three people asked nothing is said.",
    caveat="One less the share of namings of people named only once, in the three "
    "years up to the day. It holds for people like those asked: asking another kind of people may "
    "bring new names.",
    formula="1 − namings of people named once ÷ namings, in the three years up to the day: "
    f"Good's coverage. {WILSON}",
    needs=("nominations", *PEOPLE_NEEDED),
    references=("good1953", "wilson1927"),
)
def snowball_coverage(here: LocalLandscape) -> Reading | NotMeasured:
    """Give one less the share of namings of people named once."""
    found = namings(here)
    if isinstance(found, NotMeasured):
        return found
    again = int(found.select((pl.len().over("named") > 1).sum()).item())
    result = share(again, found.height, nothing=NotMeasured(reason="Nobody was named."))
    if isinstance(result, NotMeasured):
        return result
    return replace(result, sources=tuple(sorted(found["source"].unique())))
