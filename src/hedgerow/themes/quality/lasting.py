"""Whether schools keep at it: learning with others term after term."""

from __future__ import annotations

from hedgerow.features.professional_learning.records import LEARNING_NEEDED, lower_bound
from hedgerow.features.professional_learning.school_terms import TERMS_A_YEAR
from hedgerow.features.professional_learning.sustained import terms_of_learning
from hedgerow.features.readings import WILSON, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape


@indicator(
    id="quality.every_term_share",
    label="Schools that learn with others in every term",
    question="How many of the schools learned with others in each of the last three terms?",
    why="“Drip, drip, drip”: teachers in the study wanted learning that comes back, not an event.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Schools that were not open in all three terms are left out and counted. A term "
    "without a record counts as one without learning, so that this is a lower bound.",
    caveat="The last three school terms that had gone on for two months or more by the day. It "
    "need not be the same programme, or the same teacher.",
    formula=f"Schools with outside learning in each of the last {TERMS_A_YEAR} terms ÷ schools "
    "that were open in all of them. A term counts when it has gone on for two months by the day. "
    f"{WILSON}",
    needs=(*LEARNING_NEEDED, "participation.start", "participation.end", "organisations.opened"),
    references=("equalls2022", "heck2019", "wilson1927"),
)
@rests_on(tables=("activities", "participation"))
def every_term_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with learning with others in each of the last three terms."""
    terms = terms_of_learning(here)
    if isinstance(terms, NotMeasured):
        return terms
    if terms.engaged.shape[1] < TERMS_A_YEAR:
        return NotMeasured(
            reason=f"Learning with others is on record for fewer than {TERMS_A_YEAR} terms.",
            would_tell="Records of earlier terms.",
            missing=state_schools(here).height,
        )
    there = terms.there[:, -TERMS_A_YEAR:].all(axis=1)
    steady = terms.engaged[there, -TERMS_A_YEAR:].all(axis=1)
    return share(
        int(steady.sum()),
        int(there.sum()),
        missing=int((~there).sum()),
        nothing=no_schools(here),
        caveat=lower_bound(here, is_external=True),
    )
