"""Whether those who are looked to are those who hold a post."""

from __future__ import annotations

import numpy as np
import polars as pl

from hedgerow.features.bridging.people_here import PEOPLE_NEEDED, hats
from hedgerow.features.bridging.role_scores import percentiles
from hedgerow.features.readings import DRAWS, chance_of, generator
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.permutation import null_distribution
from hedgerow.themes.leadership.gardeners import LEAST_NAMINGS
from hedgerow.themes.leadership.naming import independent_namings, namings

LEAST_LOOKED_TO = 3
"""People looked to from several sides who must be there for a mean of them."""

DAY_IF_UNKNOWN = 1.0
"""Days a week that a post counts whose time is not on record."""


def designation(here: LocalLandscape) -> dict[str, float]:
    """Give the days a week that each person holds in posts above schools; seats count nothing."""
    held = hats(here)
    if isinstance(held, NotMeasured):
        return {}
    days = (
        held.filter(~pl.col("is_school"), ~pl.col("is_seat"))
        .group_by("person")
        .agg(pl.col("days_a_week").fill_null(DAY_IF_UNKNOWN).sum())
    )
    return {str(person): float(number) for person, number in days.iter_rows()}


@indicator(
    id="leadership.visibility_gap",
    label="How far those looked to outrank their posts",
    question="Do the people who are looked to from several sides hold the posts that go with it?",
    why="Many of the leaders whom the study found most impressive held no consistent designation "
    "and could appear invisible from outside: what is not seen is not protected.",
    unit="index",
    units="people",
    direction=None,
    tier="E",
    grade="C",
    missing_rule="People who are named but whose roles are not on record count as holding no post.",
    caveat="Among all who are named or hold a post above schools: the rank by namings less the "
    "rank by days a week in such posts, as shares of the others, the mean over those named from "
    "three organisations or more. They rank high by namings whatever their posts, so it is above 0 "
    "by chance too: the part above chance says that they are looked to more than their posts say. "
    "A post whose time is not on record counts as a day.",
    formula=f"Mean, over people named from {LEAST_NAMINGS} organisations that are not theirs or "
    "more, of rank by number of such organisations − rank by days a week in posts above schools; "
    "a rank is the share of the others with less, ties counting half, among all who are named or "
    f"hold such a post. Chance: the posts are dealt anew among them {DRAWS} times.",
    needs=("nominations", *PEOPLE_NEEDED, "roles.days_a_week", "roles.is_seat"),
    references=("greany2022", "phipson2010"),
)
def visibility_gap(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean rank by namings less the rank by designation, of those most looked to."""
    counts, found = independent_namings(here), namings(here)
    if isinstance(counts, NotMeasured):
        return counts
    assert not isinstance(found, NotMeasured)  # counts rest on it
    posts = designation(here)
    concerned = sorted({*counts, *posts})
    named = np.array([counts.get(one, 0) for one in concerned], dtype=float)
    days = np.array([posts.get(one, 0.0) for one in concerned], dtype=float)
    looked_to = named >= LEAST_NAMINGS
    if looked_to.sum() < LEAST_LOOKED_TO:
        return NotMeasured(
            reason=f"Fewer than {LEAST_LOOKED_TO} people are named from {LEAST_NAMINGS} "
            "organisations or more.",
            would_tell="More people asked whom they hold to be influential.",
            n=int(looked_to.sum()),
        )
    by_naming, by_post = percentiles(named), percentiles(days)
    value = float((by_naming - by_post)[looked_to].mean())
    rng = generator(here, "posts dealt")
    dealt = rng.permuted(np.broadcast_to(by_post, (DRAWS, by_post.size)), axis=1)
    null = (by_naming[looked_to] - dealt[:, looked_to]).mean(axis=1)
    return Reading(
        value=value,
        n=int(looked_to.sum()),
        chance=chance_of(
            null_distribution(value, null), "posts dealt anew among those named or holding one"
        ),
        sources=tuple(sorted(found["source"].unique())),
    )
