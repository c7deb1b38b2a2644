"""How much well-made learning with others there is for the size of the schools, for those who have
least of it, and for class teachers at the end of a cascade.
"""

from __future__ import annotations

import polars as pl

from hedgerow.features.professional_learning.cascade import PRIOR, teachers_by_depth
from hedgerow.features.professional_learning.records import lower_bound
from hedgerow.features.readings import SCHOOL_BOOTSTRAP, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_ratio
from hedgerow.methods.dilution import expected_loss
from hedgerow.themes.quality.designs import DESIGN_SCORE, SHOWN
from hedgerow.themes.quality.doses import DOSES_NEEDED, uncounted, weighted_doses

FEWEST = 20
"""Schools below which a tenth of them says nothing."""

_MISSING = (
    "Schools whose number of pupils is not known are left out and counted. A school without a "
    "record counts with nought, so that this is a lower bound: providers that gave no records are "
    "named beside the figure."
)
_CAVEAT = (
    "Staff sessions with others, each times its design score, for every 100 pupils in the twelve "
    "months up to the day; the register knows pupils, not teachers. "
)
_TABLES = ("activities", "participation")
_REFERENCES = ("heck2019", "dfe2016", "equalls2022", "efron1993")


def _said(here: LocalLandscape) -> str:
    parts = (uncounted(here), lower_bound(here, is_external=True))
    return " ".join(part for part in parts if part)


def _dose(here: LocalLandscape) -> Reading | NotMeasured:
    doses = weighted_doses(here)
    if isinstance(doses, NotMeasured):
        return doses
    found = bootstrap_ratio(
        (doses["weighted"] * 100).to_numpy(), doses["roll"].to_numpy(), generator(here, "dose")
    )
    return Reading(
        value=found.value,
        n=doses.height,
        missing=state_schools(here).height - doses.height,
        interval=Interval(low=found.low, high=found.high, method="school bootstrap"),
        caveat=_said(here),
    )


@indicator(
    id="quality.weighted_dose",
    label="Well-made learning with others, for every 100 pupils",
    question="How much learning with others is there for the size of the schools, if what is well "
    "made counts in full and the rest in part?",
    why="A day course and a year's work group are both a record: dose and design belong together.",
    unit="ratio",
    direction="more",
    tier="E",
    grade="D",
    missing_rule=_MISSING,
    caveat=_CAVEAT + SHOWN,
    formula="100 × sum over outside records in the twelve months up to the day of (staff × "
    "sessions attended × design score) ÷ pupils of the schools whose number is known; "
    f"{DESIGN_SCORE}. {SCHOOL_BOOTSTRAP}",
    needs=DOSES_NEEDED,
    references=_REFERENCES,
)
@rests_on(tables=_TABLES)
def weighted_dose(here: LocalLandscape) -> Reading | NotMeasured:
    """Give design-weighted staff sessions with others over pupils, times 100."""
    return _dose(here)


def _declare_tenth(tenth: str, at: float) -> Indicator:
    words = "a tenth of the schools have less" if at < 0.5 else "a tenth of the schools have more"

    @indicator(
        id=f"quality.weighted_dose_{tenth}_tenth",
        label=f"Well-made learning of which {words}",
        question=f"How much well-made learning with others is there at the {tenth} tenth of the "
        "schools?",
        why="A mean hides who has least: the two tenths side by side show how far schools lie "
        "apart.",
        unit="ratio",
        direction="more",
        tier="E",
        grade="D",
        missing_rule=_MISSING,
        caveat=_CAVEAT + SHOWN,
        formula=f"The {at:.0%} point of the schools' doses, between two schools in proportion: a "
        "dose is 100 × sum over outside records in the twelve months up to the day of (staff × "
        f"sessions attended × design score) ÷ pupils; {DESIGN_SCORE}.",
        needs=DOSES_NEEDED,
        references=("heck2019", "dfe2016", "equalls2022"),
    )
    @rests_on(tables=_TABLES)
    def found(here: LocalLandscape) -> Reading | NotMeasured:
        doses = weighted_doses(here)
        if isinstance(doses, NotMeasured):
            return doses
        missing = state_schools(here).height - doses.height
        if doses.height < FEWEST:
            return NotMeasured(
                reason=f"It takes {FEWEST} schools to speak of a tenth of them.",
                would_tell="A wider lens.",
                n=doses.height,
                missing=missing,
            )
        value = doses.select(pl.col("dose").quantile(at, interpolation="linear")).item()
        return Reading(value=value, n=doses.height, missing=missing, caveat=_said(here))

    return found


TENTHS = tuple(_declare_tenth(tenth, at) for tenth, at in (("lowest", 0.1), ("highest", 0.9)))


@indicator(
    id="quality.diluted_dose",
    label="Well-made learning that would reach class teachers (assumed)",
    question="How much of it would reach class teachers, after what a cascade loses?",
    why="What the mathematics lead hears and what a class teacher makes of it are two things: this "
    "puts the length of the cascade into the dose.",
    unit="ratio",
    direction="more",
    tier="E",
    grade="D",
    missing_rule=_MISSING + " Class teachers' places that no way from outside is on record for are "
    "left out.",
    caveat="An assumption, not a measurement: the weighted dose less what would be lost if each "
    "hand-over kept 60 per cent on average (Beta(6, 4)). The band is the spread of that assumption "
    "alone.",
    formula="Weighted dose × (1 − expected loss), the loss being the mean, over class teachers' "
    "places by number of hand-overs, of 1 − 0.6 to the power of that number "
    f"(`hedgerow.methods.dilution.expected_loss`); 0.6 is the mean of Beta({PRIOR[0]:g}, "
    f"{PRIOR[1]:g}), an assumption. Interval: the spread of that assumption, not of data.",
    needs=(
        *DOSES_NEEDED,
        "participation.role",
        "activities.formality",
    ),
    references=("millett2004", "heck2019", "equalls2022"),
)
@rests_on(tables=_TABLES)
def diluted_dose(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the weighted dose times what a cascade of the recorded depth would keep."""
    dose, found = _dose(here), teachers_by_depth(here)
    if isinstance(dose, NotMeasured):
        return dose
    if isinstance(found, NotMeasured):
        return found
    placed, _ = found
    depths = range(1, int(max(placed["depth"].to_list())) + 1)
    weights = [int(placed.filter(pl.col("depth") == depth)["places"].sum()) for depth in depths]
    loss = expected_loss(weights, *PRIOR, generator(here, "diluted dose"))
    return Reading(
        value=dose.value * (1 - loss.expected),
        n=dose.n,
        missing=dose.missing,
        interval=Interval(
            low=dose.value * (1 - loss.high),
            high=dose.value * (1 - loss.low),
            level=loss.level,
            method="band of the prior Beta(6, 4)",
        ),
        caveat=dose.caveat,
    )
