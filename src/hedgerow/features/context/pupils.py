"""Which pupils the schools teach: eligible for free school meals, speaking English as an additional
language."""

from __future__ import annotations

from hedgerow.features.observed import WHICH_DAY, Observed, observed
from hedgerow.features.readings import BY_SCHOOL
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.ratio_interval import clustered_share_interval

_MISSING_RULE = (
    "Schools where either number is not known are left out of both sums; `missing` counts "
    "schools, `n` pupils."
)
_CLUSTERED = "Wilson on the effective number of pupils, who come in schools"


def _share_of_pupils(
    here: LocalLandscape, measure: str, *, inherits: bool, would_tell: str
) -> Reading | NotMeasured:
    counted = observed(here, measure, inherits=inherits, would_tell=would_tell)
    if isinstance(counted, NotMeasured):
        return counted
    return _ratio(here, counted)


def _ratio(here: LocalLandscape, counted: Observed) -> Reading | NotMeasured:
    rows = counted.rows.filter(
        counted.rows["denominator"].is_not_null() & (counted.rows["denominator"] > 0)
    )
    missing = counted.missing + counted.rows.height - rows.height
    if rows.is_empty():
        return NotMeasured(
            reason="The number of all pupils is not known for any school here.",
            would_tell="A census file that gives both numbers.",
            missing=missing,
        )
    some, every = rows["value"].to_numpy(), rows["denominator"].to_numpy()
    interval = None
    if rows.height > 1:
        low, high = clustered_share_interval(some, every)
        interval = Interval(low=low, high=high, method=_CLUSTERED)
    return counted.put_to(
        Reading(
            value=float(some.sum() / every.sum()),
            n=int(every.sum()),
            missing=missing,
            interval=interval,
        )
    )


@indicator(
    id="context.fsm_share",
    label="Pupils eligible for free school meals",
    question="How many of the pupils are eligible for free school meals?",
    why="It tells of poverty among the pupils, and so of what teachers here need to be good at.",
    unit="share",
    units="pupils",
    missing_rule=_MISSING_RULE,
    caveat="Eligible pupils over pupils on roll, all schools together, so large schools weigh "
    "more. Since 2018 children who were eligible once have stayed so, and shares have risen for "
    "that reason too.",
    formula="Sum over schools of the pupils eligible for free school meals ÷ sum of their "
    f"pupils on roll. {WHICH_DAY} {BY_SCHOOL}",
    needs=("observations.fsm_eligible",),
    references=("greany2022", "kish1965"),
    is_compared=True,
)
def fsm_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Divide the eligible pupils of all schools by their pupils."""
    return _share_of_pupils(
        here,
        "fsm_eligible",
        inherits=False,
        would_tell="A register extract, or a school census file, with free school meals.",
    )


@indicator(
    id="context.eal_share",
    label="Pupils with English as an additional language",
    question="How many of the pupils speak English as an additional language?",
    why="It tells of the languages in the classroom, and so of what teachers here need to be good "
    "at.",
    unit="share",
    units="pupils",
    missing_rule=_MISSING_RULE,
    caveat="Pupils whose first language is known or believed to be other than English, over "
    "pupils on roll; it does not say how well they speak English.",
    formula="Sum over schools of the pupils with English as an additional language ÷ sum of "
    "their pupils on roll. A school without a number of its own has that of the one school that "
    f"it succeeded. {WHICH_DAY} {BY_SCHOOL}",
    needs=("observations.eal_pupils", "ties.succeeds"),
    references=("greany2022", "kish1965"),
    is_compared=True,
)
def eal_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Divide the pupils with English as an additional language by all pupils."""
    return _share_of_pupils(
        here,
        "eal_pupils",
        inherits=True,
        would_tell="A school census file (`--census`).",
    )
