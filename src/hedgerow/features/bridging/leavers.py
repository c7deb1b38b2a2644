"""What went with those who left, and how near schools were to providers term by term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from hedgerow.features.bridging.knowledge_paths import (
    PATHS_NEEDED,
    knowledge_paths,
    losses_of,
    paths_as_on,
)
from hedgerow.features.bridging.people_here import all_roles, hats, persons_here
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape

LEFT_WITHIN = timedelta(days=3 * 365)
"""How far back those who left are looked at."""


@dataclass(frozen=True)
class Leaver:
    """One who left: the last day here, and what went with them by the paths of that day."""

    person: str
    last_day: date
    closeness_lost: float


def leavers(here: LocalLandscape) -> list[Leaver]:
    """Give those who left the place within three years of the day, with what went with them.

    One leaves when the last of several roles in its organisations ends, or when the only one above
    schools does. What would be lost is reckoned on the last day on which they held all.
    """
    return here.worked_out("leavers", lambda: _leavers(here))


def _leavers(here: LocalLandscape) -> list[Leaver]:
    since = here.on - LEFT_WITHIN
    if here.whole.earliest is not None:
        since = max(since, here.whole.earliest)
    held = hats(here)
    still = set() if isinstance(held, NotMeasured) else set(persons_here(held))
    above = here.whole.all_days.organisations.filter(pl.col("kind") != "school")["id"].implode()
    gone = (
        all_roles(here)
        .filter(~pl.col("person").is_in(sorted(still)), pl.col("end") <= here.on)
        .group_by("person")
        .agg(
            pl.col("end").max(),
            pl.col("organisation").n_unique().alias("organisations"),
            pl.col("organisation").is_in(above).any().alias("is_above"),
        )
        .filter(pl.col("end") > since, pl.col("is_above") | (pl.col("organisations") > 1))
        .sort("end", "person")
    )
    found = []
    for day, group in gone.group_by("end", maintain_order=True):
        end = day[0]
        assert isinstance(end, date)  # the column holds dates
        last = end - timedelta(days=1)
        then = here.on_earlier(last) if last >= since else None
        paths = None if then is None else paths_as_on(then)
        if paths is None or isinstance(paths, NotMeasured):
            continue
        lost = losses_of(paths).closeness_lost
        number_of = {person: number for number, person in enumerate(paths.persons)}
        found += [
            Leaver(person, last, float(lost[number_of[person]]))
            for person in group["person"]
            if person in number_of
        ]
    return found


@indicator(
    id="bridging.lost_with_a_leaver",
    label="What went with the weightiest leaver of three years",
    question="Of those who left in the last three years, how much nearness to providers went with "
    "the one who carried most?",
    why="The study tells of a place where an alliance closed, its leader moved away, and the glue "
    "went with them.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Only people whose roles, with their end, are on record are looked at: who left "
    "unrecorded is not there.",
    caveat="As the paths were on the last day of each; what others have taken up since is not "
    "counted. Ties between schools that ended before anybody asked are not on record, so the paths "
    "of that day may have been more than these. Counted are people of several organisations and of "
    "those above schools.",
    formula="Largest, over those who left within three years up to the day, of 1 − closeness "
    "without them ÷ closeness on the last day on which they held all their roles; closeness = "
    "mean over pairs of a provider and a school of 1 ÷ steps on the shortest path from the one to "
    "the other, 0 without a path (`hedgerow.methods.carried_paths.reach`).",
    needs=(*PATHS_NEEDED, "roles.end"),
    references=("borgatti2006", "greany2022"),
)
def lost_with_a_leaver(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the greatest share of closeness that went with one who left within three years."""
    now = knowledge_paths(here)
    if isinstance(now, NotMeasured):
        return now
    found = leavers(here)
    if not found:
        return NotMeasured(
            reason="Nobody on record with a role above schools, or in several organisations, left "
            "in the last three years.",
            would_tell="Roles that have ended, with the day on which they did.",
        )
    greatest = max(found, key=lambda one: one.closeness_lost)
    return Reading(
        value=greatest.closeness_lost,
        n=now.schools.size,
        sources=now.sources,
    )


def closeness_by_term(here: LocalLandscape, terms: int = 12) -> pl.DataFrame:
    """Give how near schools were to providers at the end of each school term before the day.

    Ties between schools are left out: those that ended before anybody asked are not on record, so
    earlier terms would look poorer than they were. Providers are those of each day: a hub that
    opens and leads nowhere yet lowers the mean.

    Returns
    -------
    polars.DataFrame
        Columns ``day`` (last day of the term) and ``closeness``, earliest first.
    """
    rows = []
    for day in _ends_of_terms(here.on, terms):
        then = here.on_earlier(day)
        paths = None if then is None else paths_as_on(then)
        if paths is None or isinstance(paths, NotMeasured):
            continue
        leads_on = ~np.asarray(np.isin(paths.arcs, paths.schools).all(axis=1))
        rows.append((day, float(paths.reached(leads_on[None]).closeness[0])))
    return pl.DataFrame(rows, schema={"day": pl.Date, "closeness": pl.Float64}, orient="row")


def _ends_of_terms(last: date, terms: int) -> list[date]:
    ends = [
        date(year, month, day)
        for year in range(last.year - terms // 3 - 1, last.year + 1)
        for month, day in ((3, 31), (7, 15), (12, 15))
    ]
    return [day for day in ends if day <= last][-terms:]
