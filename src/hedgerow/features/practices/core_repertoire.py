"""What nearly all schools of the place use: the ground that they share."""

from __future__ import annotations

import numpy as np

from hedgerow.features.practices.repertoire import MISSING_RULE, repertoire
from hedgerow.features.readings import DRAWS, SCHOOL_BOOTSTRAP, generator
from hedgerow.features.resting import rests_on
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import SMALLEST_DENOMINATOR, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import percentile_interval, resampled_weights

MOST = 2 / 3
"""An item belongs to the core where at least this share of the schools asked use it."""

NAMED = 6
"""How many items of the core a caveat names."""


@indicator(
    id="practices.core_repertoire_share",
    label="Items that two schools in three use",
    question="How much of what schools use do nearly all of them use?",
    why="What most schools share is what they can build on together, whatever their trusts.",
    unit="share",
    units="items",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + f" Items that fewer than {SMALLEST_DENOMINATOR} schools were asked "
    "about are left out and counted.",
    caveat="Of the practices, tools and routines that schools were asked about and that any of "
    "them uses, the share that at least two in three use. It depends on what was asked: a list of "
    "rare things has no core. The interval says how far it hangs on single schools.",
    formula="Items that two in three or more of the schools asked about them use ÷ items in use "
    f"that {SMALLEST_DENOMINATOR} schools or more were asked about. {SCHOOL_BOOTSTRAP}",
    needs=("adoptions.is_used",),
    references=("greany2022", "efron1993"),
)
@rests_on(tables=("adoptions",))
def core_repertoire_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of items in use that two thirds or more of the schools asked use."""
    found = repertoire(here)
    if isinstance(found, NotMeasured):
        return found
    asked = ~np.isnan(found.used)
    uses = np.where(asked, found.used, 0.0)
    enough = asked.sum(axis=0) >= SMALLEST_DENOMINATOR
    in_use = enough & (uses.sum(axis=0) > 0)
    if not in_use.any():
        return NotMeasured(
            reason="No item that five schools or more were asked about is in use.",
            would_tell="Answers from more schools.",
            n=0,
            missing=int(np.sum(~enough)),
        )
    uses, asked = uses[:, in_use], asked[:, in_use].astype(float)
    share = uses.sum(axis=0) / asked.sum(axis=0)
    is_core = share >= MOST - 1e-9  # two of three is two thirds, whatever the rounding
    interval = None
    if len(uses) > 1:
        draws = []
        for times in resampled_weights(len(uses), generator(here, "core"), draws=DRAWS):
            of = times @ asked
            drawn = np.divide(times @ uses, of, out=np.zeros_like(of), where=of > 0)
            draws.append((drawn >= MOST - 1e-9).mean(axis=1))
        ends = percentile_interval(float(is_core.mean()), np.concatenate(draws), 0.95, len(uses))
        interval = Interval(low=ends.low, high=ends.high, method="school bootstrap")
    items = found.items["item"].to_numpy()[in_use]
    first = [str(item) for item in items[np.argsort(-share, kind="stable")][: is_core.sum()]]
    listed = ", ".join(first[:NAMED]) + (" and others" if len(first) > NAMED else "")
    says = f"They are: {listed}." if first else ""
    return Reading(
        value=float(is_core.mean()),
        n=int(is_core.size),
        missing=int(np.sum(~enough)),
        interval=interval,
        caveat=" ".join(part for part in (says, found.caveat) if part),
    )
