"""Ties across trusts between schools that share practices, tools and routines alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hedgerow.features.practices.likeness import asked_of_both
from hedgerow.features.practices.repertoire import MISSING_RULE, Repertoire, repertoire
from hedgerow.features.readings import chance_of, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.school_ties import TIES_NEEDED, school_ties
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.measures import ITEM_KINDS
from hedgerow.methods.similarity import tied_mean_test


def shares_of_each_kind(found: Repertoire) -> NDArray[np.float64]:
    """Give, for every pair of schools, whether both use one practice, one tool and one routine.

    Returns
    -------
    array of shape (schools, schools)
        1 or 0; NaN where the two share not one of each kind and were not both asked about an item
        of every kind.
    """
    n = len(found.schools)
    all_shared, all_asked = np.ones((n, n), dtype=bool), np.ones((n, n), dtype=bool)
    kinds = found.items["item_kind"].to_numpy()
    for kind in ITEM_KINDS:
        columns = found.used[:, kinds == kind]
        uses, asked = (columns == 1).astype(float), (~np.isnan(columns)).astype(float)
        all_shared &= uses @ uses.T > 0
        all_asked &= asked @ asked.T > 0
    return np.where(all_asked, all_shared.astype(float), np.nan)


@indicator(
    id="practices.full_ties_across_trusts",
    label="Ties across trusts with all three in common",
    question="When schools of different trusts are tied, do they share practices, tools and "
    "routines?",
    why="A tie carries knowledge best between schools with ideas, tools and occasions in common; "
    "the study takes the three together as the mark of an epistemic community.",
    unit="share",
    units="pairs of schools",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + " Pairs not both asked about all three "
    "kinds are left out and counted.",
    caveat="Of pairs of schools with a tie and not of one trust, those that both use at least one "
    "practice, one tool and one routine. Where a few items are in use nearly everywhere it is near "
    "1 by chance: compare with chance.",
    formula="Pairs of tied schools of different governing groups that both use at least one "
    "practice, one tool and one routine in common ÷ such tied pairs both asked about all three "
    "kinds (`hedgerow.methods.similarity.tied_mean_test`). Chance: what schools use is dealt anew "
    "among them, ties and trusts kept.",
    needs=("adoptions.is_used", "adoptions.item_kind", *TIES_NEEDED, "ties.governs"),
    references=("greany2022", "mantel1967", "phipson2010"),
)
@rests_on("governs", tables=("adoptions", "observations"))
def full_ties_across_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of tied pairs across trusts with an item of each kind in common."""
    found, ties = repertoire(here), school_ties(here)
    if isinstance(found, NotMeasured):
        return found
    if isinstance(ties, NotMeasured):
        return ties
    tied, _ = asked_of_both(found, ties)
    bodies = found.bodies
    across = np.array(
        [
            (a, b)
            for a, b in tied
            if bodies[a] is not None and bodies[b] is not None and bodies[a] != bodies[b]
        ],
        dtype=np.int64,
    ).reshape(-1, 2)
    full = shares_of_each_kind(found)
    test = tied_mean_test(full, across, generator(here, "full ties"))
    if test is None:
        return NotMeasured(
            reason="No two tied schools of different trusts were both asked about practices, tools "
            "and routines.",
            would_tell="More schools asked whom they turn to and what they use.",
            missing=len(across),
        )
    undefined = int(np.isnan(full[across[:, 0], across[:, 1]]).sum())
    return Reading(
        value=test.observed,
        n=len(across) - undefined,
        missing=undefined,
        chance=chance_of(test, "what schools use dealt anew among them, ties and trusts kept"),
        caveat=" ".join(part for part in (found.caveat, ties.caveat) if part),
    )
