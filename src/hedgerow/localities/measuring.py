"""Measuring all that is declared, or saying at once why local evidence tells nothing."""

from __future__ import annotations

from hedgerow.landscape.finding import Finding, NotMeasured
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.localities.declared import load
from hedgerow.localities.evidence import KINDS


def has_local_evidence(whole: Landscape) -> bool:
    """Say whether a landscape holds local evidence of any kind, of whatever place."""
    return whole.worked_out(
        "has local evidence", lambda: any(kind.is_held_anywhere(whole) for kind in KINDS)
    )


def measured(here: LocalLandscape) -> tuple[Finding, ...]:
    """Measure every indicator, in order of feature and theme, then of declaration.

    Where open data are all there is, figures from local evidence are not tried one by one: none of
    them can be measured, and each says what would tell.
    """
    if has_local_evidence(here.whole.all_days):
        return tuple(indicator.measure(here) for indicator in load())
    return tuple(
        indicator.not_measured(here, _without_evidence(indicator.feature))
        if indicator.tier == "E"
        else indicator.measure(here)
        for indicator in load()
    )


def _without_evidence(feature: str) -> NotMeasured:
    kinds = [kind.needed for kind in KINDS if feature in kind.features]
    needed = "; ".join(kinds) or "a fieldbook"
    return NotMeasured(
        reason="Open data do not tell, and no local evidence is laid over the register.",
        would_tell=f"{needed[0].upper()}{needed[1:]}.",
    )
