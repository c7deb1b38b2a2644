"""From evidence to action: how far what a forum worries about gets, and how long that takes."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from hedgerow.features.readings import WILSON, plural, share
from hedgerow.features.resting import rests_on
from hedgerow.features.sense_making.forums import FORUMS_NEEDED, forums
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.incidence import Curve, aalen_johansen

WITHIN_DAYS = 730
"""Days within which a concern ought to have come to a review: two years."""

RIPE_DAYS = 365
"""A concern this old has had time to get from one stage to the next."""

CHAIN = ("raised", "evidence examined", "cause discussed", "action agreed", "reviewed")
"""The stages in order."""

STEPS = {
    "evidence": ("Concerns of which the evidence is looked at", "had the evidence looked at"),
    "cause": ("Concerns of which a cause is discussed", "had a cause discussed"),
    "action": ("Concerns on which action is agreed", "had action agreed"),
    "review": ("Concerns of which the outcome is reviewed", "had what was done reviewed"),
}
"""Each step of the chain after raising a concern: its label, and what was reached, in words."""

_TABLES = ("meetings", "attendance", "concerns", "actions")
_WOULD_TELL = (
    "What each forum worried about, when it was raised, how far it got and since when: minutes "
    "have it."
)


def concerns(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give the concerns raised by the day in forums of the place, as they then stood.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``raised``, ``reached`` (number of the stage in `CHAIN`; null where a later
        stage than the day's is all that is known), ``days`` (from raising to review, dropping or
        the day; null where reviewed or dropped on an unknown day), ``end`` (1 reviewed, 2 dropped,
        0 neither by the day).
    """
    return here.worked_out("concerns", lambda: _concerns(here))


def _concerns(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    found = forums(here)
    if isinstance(found, NotMeasured):
        return found
    whole, day = here.whole, here.on
    rows = whole.table("concerns").filter(
        pl.col("forum").is_in(found.meetings["forum"].unique().implode()), pl.col("raised") <= day
    )
    if rows.is_empty():
        return NotMeasured(
            reason="No concern raised in a forum of the place is on record.",
            would_tell=_WOULD_TELL,
        )
    actions = (
        whole.table("actions")
        .filter(pl.col("agreed") <= day)
        .group_by(pl.col("concern").alias("id"))
        .agg(pl.col("reviewed").filter(pl.col("reviewed") <= day).min())
        .with_columns(pl.lit(True).alias("has_action"))
    )
    stage = pl.col("stage").replace_strict(
        {name: number for number, name in enumerate(CHAIN)} | {"dropped": -1},
        return_dtype=pl.Int64,
    )
    is_later = (pl.col("stage_since") > day).fill_null(False)
    review_day = pl.min_horizontal(
        pl.when(pl.col("stage") == CHAIN[-1], ~is_later).then("stage_since"), "reviewed"
    )
    is_reviewed = ((pl.col("stage") == CHAIN[-1]) & ~is_later) | pl.col("reviewed").is_not_null()
    is_dropped = (pl.col("stage") == "dropped") & ~is_later & ~is_reviewed
    told = (
        pl.when(pl.col("cause").is_not_null())
        .then(2)
        .when(pl.col("evidence").is_not_null())
        .then(1)
        .otherwise(0)
    )
    by_action = pl.when(is_reviewed).then(4).when("has_action").then(3)
    # an undated note of evidence or cause tells nothing of the day if the record is of a later one
    reached = pl.max_horizontal(pl.when(~is_later).then(pl.max_horizontal(stage, told)), by_action)
    last = pl.when(is_reviewed).then(review_day).when(is_dropped).then("stage_since").otherwise(day)
    return (
        rows.join(actions, on="id", how="left")
        .with_columns(pl.col("has_action").fill_null(False))
        .select(
            "id",
            "raised",
            reached.alias("reached"),
            (last - pl.col("raised")).dt.total_days().clip(0).alias("days"),
            pl.when(is_reviewed).then(1).when(is_dropped).then(2).otherwise(0).alias("end"),
        )
        .sort("raised", "id")
    )


def _curve(here: LocalLandscape) -> tuple[Curve, pl.DataFrame, int] | NotMeasured:
    """Incidence of review, the concerns that it rests on, and how many ended on an unknown day."""
    found = concerns(here)
    if isinstance(found, NotMeasured):
        return found
    known = found.filter(pl.col("days").is_not_null())
    missing = found.height - known.height
    if known.is_empty():
        return NotMeasured(
            reason="Of no concern is it known when it was reviewed or dropped.",
            would_tell=_WOULD_TELL,
            missing=missing,
        )
    return aalen_johansen(known["days"].to_numpy(), known["end"].to_numpy()), known, missing


@indicator(
    id="sense_making.loop_closure",
    label="Concerns that come to a review within two years",
    question="When a forum raises a concern, does it come back to see whether what was done "
    "helped?",
    why="Sense making is more than sharing news: evidence, cause, action, and a look at what came "
    "of it. The study found little of it in any locality.",
    unit="share",
    units="concerns",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Concerns that were still open on the day count for as long as they have been "
    "followed; dropped ones can no longer be reviewed. Those that ended on an unknown day are left "
    "out and counted.",
    caveat="Over all concerns on record that were raised by the day in forums to which a school "
    "here or its authority came. What was never written down is "
    "not there: a forum with few concerns on record may talk of many.",
    formula=f"Sum over days t up to {WITHIN_DAYS} of (share neither reviewed nor dropped just "
    "before t × concerns reviewed after t days ÷ concerns still followed at t): Aalen and "
    "Johansen's estimate with dropping as the other end "
    "(`hedgerow.methods.incidence.aalen_johansen`), over concerns raised by the day in forums to "
    "which a school of the place or its authority came. Interval: on the scale log(−log).",
    needs=(*FORUMS_NEEDED, "concerns", "actions"),
    references=("greany2022", "aalen1978", "allignol2010"),
)
@rests_on(tables=_TABLES)
def loop_closure(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the incidence of review at two years, with dropping as the competing event."""
    found = _curve(here)
    if isinstance(found, NotMeasured):
        return found
    curve, known, missing = found
    low, high = curve.interval_at(WITHIN_DAYS)
    value = curve.at(WITHIN_DAYS)
    longest = max(known["days"].to_list())
    return Reading(
        value=value,
        n=known.height,
        missing=missing,
        interval=Interval(low=low, high=high, method="Aalen-Johansen, log(-log)")
        if 0 < value < 1
        else None,
        caveat=f"None was followed for longer than {plural(longest, 'day')}."
        if longest < WITHIN_DAYS
        else "",
    )


@indicator(
    id="sense_making.days_to_review",
    label="Days until half of the concerns are reviewed",
    question="How long does it take from raising a concern to looking at what came of it?",
    why="What is reviewed years later can no longer be mended.",
    unit="days",
    units="concerns",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="As for the share that come to a review.",
    caveat="The day by which half of all concerns raised had come to a review, dropped and open "
    "ones included: not the time of those that did.",
    formula="The smallest number of days by which the estimated share of concerns raised by the "
    "day in forums to which a school of the place or its authority came that came to a review is "
    "one half or more; the share is Aalen and Johansen's, with dropping as the other end "
    "(`hedgerow.methods.incidence.aalen_johansen`).",
    needs=(*FORUMS_NEEDED, "concerns", "actions"),
    references=("aalen1978",),
)
@rests_on(tables=_TABLES)
def days_to_review(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the time at which the incidence of review reaches one half."""
    found = _curve(here)
    if isinstance(found, NotMeasured):
        return found
    curve, known, missing = found
    median = curve.time_to(0.5)
    if median is None:
        return NotMeasured(
            reason="Fewer than half of the concerns had come to a review when last looked at.",
            would_tell="Time, and minutes that say what came of what was agreed.",
            n=known.height,
            missing=missing,
        )
    return Reading(value=median, n=known.height, missing=missing)


def _declare(number: int, step: str) -> Indicator:
    label, reached = STEPS[step]

    @indicator(
        id=f"sense_making.share_reaching_{step}",
        label=label,
        question=f"Of the concerns that were raised, how many {reached}?",
        why="Side by side these show at which step a forum's work breaks off.",
        unit="share",
        units="concerns",
        direction="more",
        tier="E",
        grade="C",
        missing_rule="Concerns of which the record tells only a stage later than the day are left "
        "out and counted.",
        caveat=f"Of concerns raised {RIPE_DAYS} days or more before the day, so that they had time "
        "to get on; each step counts those that got further too. Over the share of the step before "
        "it is the share that went on from there. A dropped concern counts as far as evidence, "
        "cause or action were noted.",
        formula=f"Concerns that {reached}, or got further, by the day ÷ concerns raised by the "
        "day in forums to which a school of the place or its authority came and at least "
        f"{RIPE_DAYS} days before it, of which it is known how far they had got. {WILSON}",
        needs=(*FORUMS_NEEDED, "concerns", "actions"),
        references=("greany2022", "wilson1927"),
    )
    @rests_on(tables=_TABLES)
    def found(here: LocalLandscape) -> Reading | NotMeasured:
        rows = concerns(here)
        if isinstance(rows, NotMeasured):
            return rows
        ripe = rows.filter(pl.col("raised") <= here.on - timedelta(days=RIPE_DAYS))
        known = ripe["reached"].drop_nulls()
        return share(
            int((known >= number).sum()),
            known.len(),
            missing=ripe.height - known.len(),
            nothing=NotMeasured(
                reason=f"Of no concern raised {RIPE_DAYS} days or more before the day is it known "
                "how far it had got.",
                would_tell=_WOULD_TELL,
                missing=ripe.height,
            ),
        )

    return found


STEPS_OF_THE_CHAIN = tuple(_declare(number, step) for number, step in enumerate(STEPS, start=1))


@indicator(
    id="sense_making.actions_done_share",
    label="Agreed actions that are done when due",
    question="Is what the forums agree on done by the day on which it is due?",
    why="A forum whose actions are done is one that people come back to.",
    unit="share",
    units="actions",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Actions without a day on which they are due are left out and counted.",
    caveat="Of actions due by the day, about concerns of forums to which a school here or its "
    "authority came. An action without a day of completion counts as not done.",
    formula="Actions done by the day on which they were due ÷ actions due by the day asked for, "
    "about concerns raised by the day in forums to which a school of the place or its authority "
    f"came. {WILSON}",
    needs=(*FORUMS_NEEDED, "concerns", "actions", "actions.due", "actions.done"),
    references=("greany2022", "wilson1927"),
)
@rests_on(tables=_TABLES)
def actions_done_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of actions due by the day that were done by their day."""
    rows = concerns(here)
    if isinstance(rows, NotMeasured):
        return rows
    own = (
        here.whole.table("actions")
        .filter(pl.col("agreed") <= here.on)
        .join(rows.select(pl.col("id").alias("concern")), on="concern", how="semi")
    )
    due = own.filter(pl.col("due") <= here.on)
    undated = own["due"].null_count()
    return share(
        int((due["done"] <= due["due"]).sum()),
        due.height,
        missing=undated,
        nothing=NotMeasured(
            reason="No action agreed in a forum of the place was due by the day.",
            would_tell="Actions with their owners and the days on which they are due.",
            missing=undated,
        ),
    )
