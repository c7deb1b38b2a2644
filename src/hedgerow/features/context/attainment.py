"""Attainment in mathematics at the end of primary school, which the study set beside its
localities."""

from __future__ import annotations

from hedgerow.features.observed import WHICH_DAY, Observed, observed
from hedgerow.features.readings import BY_SCHOOL
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.ratio_interval import clustered_share_interval, ratio_interval

_WOULD_TELL = "Key stage 2 results by school (`--ks2`)."
_MISSING_RULE = (
    "Schools without a published value, or without the number of pupils behind it, are left out; "
    "`missing` counts schools, `n` pupils."
)
_CAVEAT = (
    "It describes pupils, not teaching or professional learning. No results by school were "
    "published for 2020 and 2021."
)
_SHARE_REACHING = (
    "Sum over schools of (share reaching × eligible pupils) ÷ sum of eligible pupils. A school "
    "without results of its own has those of the one school that it succeeded. "
    f"{WHICH_DAY} {BY_SCHOOL}"
)


def _weighed(found: Observed) -> tuple[Observed, int] | NotMeasured:
    """Keep the schools with a known number of pupils behind their value; give them with the number
    missing."""
    rows = found.rows.filter(
        found.rows["denominator"].is_not_null() & (found.rows["denominator"] > 0)
    )
    missing = found.missing + found.rows.height - rows.height
    if rows.is_empty():
        return NotMeasured(
            reason="The results held say for no school here how many pupils they rest on.",
            would_tell="The full key stage 2 file, which has the number of eligible pupils.",
            missing=missing,
        )
    return Observed(rows=rows, day=found.day, missing=missing, sources=found.sources), missing


def _share_reaching(here: LocalLandscape, measure: str) -> Reading | NotMeasured:
    found = observed(here, measure, inherits=True, would_tell=_WOULD_TELL)
    weighed = found if isinstance(found, NotMeasured) else _weighed(found)
    if isinstance(weighed, NotMeasured):
        return weighed
    kept, missing = weighed
    every = kept.rows["denominator"].to_numpy()
    reaching = kept.rows["value"].to_numpy() * every
    interval = None
    if kept.rows.height > 1:
        low, high = clustered_share_interval(reaching, every)
        interval = Interval(
            low=low,
            high=high,
            method="Wilson on the effective number of pupils, who come in schools",
        )
    return kept.put_to(
        Reading(
            value=float(reaching.sum() / every.sum()),
            n=int(every.sum()),
            missing=missing,
            interval=interval,
        )
    )


@indicator(
    id="context.ks2_maths_expected",
    label="Pupils at the expected standard in mathematics",
    question="How many of the pupils reach the expected standard in mathematics at the end of key "
    "stage 2?",
    why="The study was of mathematics in primary schools, and set this figure beside each "
    "locality.",
    unit="share",
    units="pupils",
    missing_rule=_MISSING_RULE,
    caveat=f"Schools' shares weighted by their eligible pupils. {_CAVEAT}",
    formula=_SHARE_REACHING,
    needs=("observations.ks2_maths_expected", "ties.succeeds"),
    references=("greany2022", "kish1965"),
    is_compared=True,
)
def ks2_maths_expected(here: LocalLandscape) -> Reading | NotMeasured:
    """Weigh the schools' shares by their pupils."""
    return _share_reaching(here, "ks2_maths_expected")


@indicator(
    id="context.ks2_maths_high",
    label="Pupils at the higher standard in mathematics",
    question="How many of the pupils reach the higher standard in mathematics at the end of key "
    "stage 2?",
    why="In two of the study's localities fewer did than elsewhere, though as many reached the "
    "expected standard.",
    unit="share",
    units="pupils",
    missing_rule=_MISSING_RULE,
    caveat=f"Schools' shares weighted by their eligible pupils. {_CAVEAT}",
    formula=_SHARE_REACHING,
    needs=("observations.ks2_maths_high", "ties.succeeds"),
    references=("greany2022", "kish1965"),
    is_compared=True,
)
def ks2_maths_high(here: LocalLandscape) -> Reading | NotMeasured:
    """Weigh the schools' shares by their pupils."""
    return _share_reaching(here, "ks2_maths_high")


@indicator(
    id="context.ks2_maths_progress",
    label="Progress in mathematics",
    question="How far do pupils come in mathematics from key stage 1 to key stage 2, set against "
    "pupils who began alike?",
    why="Progress takes account of where pupils began, as the share at a standard does not.",
    unit="score",
    units="schools",
    missing_rule="Schools without a published score are left out and counted.",
    caveat="The mean of the schools' scores, each school alike unless the number of pupils is "
    f"known for all; 0 is the national mean. {_CAVEAT}",
    formula="Sum over schools of (progress score × pupils behind it) ÷ sum of those pupils, "
    "where the pupils are known for every school; else the plain mean of the scores. A school "
    f"without a score of its own has that of the one school that it succeeded. {WHICH_DAY} "
    "Interval: linearised, schools as units (`hedgerow.methods.ratio_interval.ratio_interval`).",
    needs=("observations.ks2_maths_progress", "ties.succeeds"),
    references=("greany2022", "kish1965"),
    is_compared=True,
)
def ks2_maths_progress(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean progress score, weighted by pupils where all their numbers are known."""
    found = observed(here, "ks2_maths_progress", inherits=True, would_tell=_WOULD_TELL)
    if isinstance(found, NotMeasured):
        return found
    scores = found.rows["value"].to_numpy()
    pupils = found.rows["denominator"]
    is_weighted = pupils.null_count() == 0 and float(pupils.sum()) > 0
    weights = pupils.to_numpy() if is_weighted else scores * 0 + 1
    interval = None
    if scores.size > 1:
        low, high = ratio_interval(scores * weights, weights)
        interval = Interval(low=low, high=high, method="linearised, schools as units")
    return found.put_to(
        Reading(
            value=float((scores * weights).sum() / weights.sum()),
            n=scores.size,
            missing=found.missing,
            interval=interval,
            caveat=""
            if is_weighted
            else "Each school counts alike: pupil numbers are not known for all.",
        )
    )
