"""Whether forums meet in a steady rhythm, and how long nobody met."""

from __future__ import annotations

import numpy as np
import polars as pl

from hedgerow.features.readings import plural
from hedgerow.features.resting import rests_on
from hedgerow.features.sense_making.forums import FORUMS_NEEDED, WOULD_TELL, forums
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.regularity import LEAST, longest_gap, regularity

YEARS = 3
"""How many years up to the day are looked at."""

_WHEN = f"Over the {YEARS} years up to the day, or since the first meeting on record."


def _meetings(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Meetings of the last years: ``forum`` and ``day``, days before the day asked for as negative
    numbers."""
    found = forums(here)
    if isinstance(found, NotMeasured):
        return found
    days = found.meetings.select(
        "forum", (pl.col("date") - here.on).dt.total_days().alias("day")
    ).unique()
    return days.filter(pl.col("day") >= -YEARS * 365.25)


def _too_few(meetings: int) -> NotMeasured:
    return NotMeasured(
        reason=f"It takes {LEAST} meetings of one forum in {YEARS} years; "
        f"{plural(meetings, 'meeting')} in all are on record.",
        would_tell=WOULD_TELL,
        n=meetings,
    )


@indicator(
    id="sense_making.meeting_rhythm",
    label="Rhythm of the forums",
    question="Do the forums meet in a steady rhythm?",
    why="Trust and shared understanding grow where people know when they will meet again; “from "
    "time to time” is how forums fade.",
    unit="index",
    units="forums",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=f"Forums with fewer than {LEAST} meetings on record are left out and counted.",
    caveat=f"{_WHEN} One less the spread of the gaps between meetings over their mean, averaged "
    "over forums: 1 for a fixed interval, 0 for meetings as if by chance. Meetings of which no "
    "record was kept look like gaps. A steady rhythm can be a slow one.",
    formula="Mean over forums of 1 − min(1, standard deviation of the gaps between its meetings "
    f"÷ their mean), over {YEARS} years (`hedgerow.methods.regularity.regularity`).",
    needs=FORUMS_NEEDED,
    references=("goh2008", "greany2022"),
)
@rests_on(tables=("meetings", "attendance"))
def meeting_rhythm(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean regularity of the forums' meetings."""
    rows = _meetings(here)
    if isinstance(rows, NotMeasured):
        return rows
    found = [regularity(days["day"]) for _, days in rows.group_by("forum", maintain_order=True)]
    known = [one for one in found if one is not None]
    if not known:
        return _too_few(rows.height)
    return Reading(value=float(np.mean(known)), n=len(known), missing=len(found) - len(known))


@indicator(
    id="sense_making.longest_gap",
    label="Longest time without a forum meeting",
    question="What is the longest time in which no forum of the place met?",
    why="What is not met about for months is not noticed for months.",
    unit="days",
    units="meetings",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="Meetings that nobody recorded look like gaps.",
    caveat=f"{_WHEN} All forums together, and with the days since the last meeting: one forum that "
    "meets often hides that another has gone quiet.",
    formula="The largest number of days between one day with a meeting of any forum and the "
    f"next, or between the last and the day asked for, over {YEARS} years or since the first "
    "meeting on record (`hedgerow.methods.regularity.longest_gap`).",
    needs=FORUMS_NEEDED,
    references=("greany2022",),
)
@rests_on(tables=("meetings", "attendance"))
def longest_time(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the longest stretch of days without a meeting of any of the forums."""
    rows = _meetings(here)
    if isinstance(rows, NotMeasured):
        return rows
    days = rows["day"].unique().sort()
    if days.len() < LEAST:
        return _too_few(days.len())
    return Reading(value=longest_gap(days, float(days[0]), 0.0), n=days.len())
