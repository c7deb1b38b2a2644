"""How far what schools take part in is made as good professional learning is."""

from __future__ import annotations

import polars as pl

from hedgerow.features.professional_learning.records import LEARNING_NEEDED, lower_bound
from hedgerow.features.readings import generator
from hedgerow.features.resting import rests_on
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_mean
from hedgerow.themes.quality.designs import (
    DESIGN_NEEDED,
    DESIGN_SCORE,
    ELEMENTS,
    MISSING,
    SHOWN,
    designed,
)

_WHY = (
    "Learning that changes teaching takes time, a subject, something to try out in class and "
    "colleagues to try it with; a single afternoon has none of these."
)
_WHEN = "Over entries (a school's part in an activity) of the twelve months up to the day."
_ENTRIES = (
    f"an entry is a school's part in one activity, and {DESIGN_SCORE}. Interval: the schools drawn "
    "anew with replacement, with all their entries, the middle 95 per cent "
    "(`hedgerow.methods.bootstrap.bootstrap_mean`)."
)
_REFERENCES = ("heck2019", "dfe2016", "equalls2022", "efron1993")


def _score(here: LocalLandscape, is_external: bool) -> Reading | NotMeasured:
    records = designed(here)
    if isinstance(records, NotMeasured):
        return records
    entries = records.filter(pl.col("is_external") == is_external).unique(
        ["school", "activity"], maintain_order=True
    )
    known = entries.drop_nulls("design").sort("school", "activity")
    missing = entries.height - known.height
    if known["school"].n_unique() < 2:
        return NotMeasured(
            reason="How activities are made is on record for those of fewer than two schools here.",
            would_tell="For each activity its sessions, its subject, whether there is work between "
            "sessions, and how collective it is.",
            n=known.height,
            missing=missing,
        )
    found = bootstrap_mean(
        known["design"].to_numpy(),
        generator(here, f"design {is_external}"),
        known["school"].to_list(),
    )
    averages = known.select(pl.col(ELEMENTS).mean()).row(0)
    means = ", ".join(
        f"{name} {mean:.2f}"
        for name, mean in zip(ELEMENTS, averages, strict=True)
        if mean is not None
    )
    return Reading(
        value=found.value,
        n=known.height,
        missing=missing,
        interval=Interval(low=found.low, high=found.high, method="school bootstrap"),
        caveat=" ".join(
            one
            for one in (f"By element: {means}.", lower_bound(here, is_external=is_external))
            if one
        ),
    )


@indicator(
    id="quality.external_design_score",
    label="Design of outside learning, as far as recorded",
    question="Is what schools here take part in with others made as good professional learning is?",
    why=_WHY,
    unit="score",
    units="entries",
    direction="more",
    tier="E",
    grade="D",
    missing_rule=MISSING,
    caveat=f"{_WHEN} {SHOWN} It is how things are made on paper, not how good they are.",
    formula="Mean of the design scores of entries with providers beyond school and trust; "
    f"{_ENTRIES}",
    needs=(*LEARNING_NEEDED, *DESIGN_NEEDED),
    references=_REFERENCES,
)
@rests_on(tables=("activities", "participation"))
def external_design_score(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean design score of entries with providers beyond school and trust."""
    return _score(here, is_external=True)


@indicator(
    id="quality.internal_design_score",
    label="Design of learning in school and trust, as far as recorded",
    question="Is what schools and trusts here do among themselves made as good professional "
    "learning is?",
    why=_WHY,
    unit="score",
    units="entries",
    direction="more",
    tier="E",
    grade="D",
    missing_rule=MISSING,
    caveat=f"{_WHEN} {SHOWN} Schools record least what they do every week: the best of it may be "
    "missing.",
    formula=f"Mean of the design scores of entries with the own school or trust; {_ENTRIES}",
    needs=(*LEARNING_NEEDED, *DESIGN_NEEDED),
    references=_REFERENCES,
)
@rests_on(tables=("activities", "participation"))
def internal_design_score(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean design score of entries with the own school or trust."""
    return _score(here, is_external=False)
