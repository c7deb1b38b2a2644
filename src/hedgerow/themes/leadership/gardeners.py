"""The gardeners of a landscape: who alone joins organisations, or is looked to from several
sides."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hedgerow.features.bridging.many_hats import exclusive_pairs, hats_worn
from hedgerow.features.bridging.people_here import PEOPLE_NEEDED, ROLES_RULE
from hedgerow.features.readings import WILSON, share
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.rate_interval import rate_interval
from hedgerow.themes.leadership.naming import (
    WOULD_TELL,
    has_left,
    independent_namings,
    namings,
    without_a_role,
)

TOP_SHARE = 0.05
"""Of the people on record, the share with most pairs of organisations that they alone join."""

LEAST_NAMINGS = 3
"""Organisations from which a person must be named."""

PER_SCHOOLS = 100


@dataclass(frozen=True)
class Gardeners:
    """The gardeners of a place.

    Attributes
    ----------
    persons : tuple of str
        In order of identifier.
    on_record : int
        People with a role in the place.
    are_asked : bool
        Whether enough people were asked whom they hold to be influential.
    caveat : str
    sources : tuple of str
    """

    persons: tuple[str, ...]
    on_record: int
    are_asked: bool
    caveat: str
    sources: tuple[str, ...]


def gardeners_here(here: LocalLandscape) -> Gardeners | NotMeasured:
    """Give the gardeners of a place, or why nothing is known of anybody.

    A gardener is among the twentieth of the people on record with most pairs of organisations that
    they alone join, with one such pair at least, or is named as influential from three
    organisations other than their own. Somebody whose roles are on record, but none of them here on
    the day, such as one who has left, is no gardener of the place.
    """
    return here.worked_out("gardeners", lambda: _gardeners_here(here))


def _gardeners_here(here: LocalLandscape) -> Gardeners | NotMeasured:
    worn, alone = hats_worn(here), exclusive_pairs(here)
    if isinstance(worn, NotMeasured):
        return worn
    assert not isinstance(alone, NotMeasured)  # it rests on who wears which hats
    most = max(1, round(TOP_SHARE * len(worn.persons)))
    least = max(1, int(np.sort(alone)[::-1][most - 1]))
    found = {person for person, many in zip(worn.persons, alone, strict=True) if many >= least}
    counts, named = independent_namings(here), namings(here)
    sources = set(worn.sources)
    if not isinstance(counts, NotMeasured) and not isinstance(named, NotMeasured):
        found |= {person for person, many in counts.items() if many >= LEAST_NAMINGS}
        sources |= set(named["source"])
    return Gardeners(
        persons=tuple(sorted(found - without_a_role(here))),
        on_record=len(worn.persons),
        are_asked=not isinstance(counts, NotMeasured),
        caveat=worn.caveat,
        sources=tuple(sorted(sources)),
    )


@indicator(
    id="leadership.gardeners_per_100_schools",
    label="Landscape gardeners, for every 100 schools",
    question="How many people tend the landscape, joining what would not be joined without them or "
    "looked to from several sides?",
    why="The report closes with them: system leaders whose work shapes the place, who hold no one "
    "post and are easily overlooked.",
    unit="ratio",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=ROLES_RULE + " Where fewer than three people were asked whom they hold to be "
    "influential, people who are looked to but sit on no board are missing.",
    caveat="Counted are the twentieth of the people on record with most pairs of organisations "
    "that they alone join, and those whom three organisations other than their own name. A "
    "twentieth grows with the number of people on record, so compare places whose records were "
    "made alike.",
    formula=f"{PER_SCHOOLS} × gardeners ÷ schools. A gardener is among the twentieth of the "
    "people on record with most pairs of organisations that they alone join (one at least), or "
    "is named from three organisations that are not theirs, and has a role here. Interval: of a "
    "Poisson rate, with Jeffreys' prior (`hedgerow.methods.rate_interval.rate_interval`).",
    needs=(*PEOPLE_NEEDED, "nominations"),
    references=("greany2022", "jasny2015", "jeffreys1946"),
)
def gardeners_per_100_schools(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the gardeners over the schools, times 100."""
    schools = state_schools(here).height
    if not schools:
        return no_schools(here)
    found = gardeners_here(here)
    if isinstance(found, NotMeasured):
        return found
    low, high = rate_interval(len(found.persons), schools / PER_SCHOOLS)
    value = len(found.persons) * PER_SCHOOLS / schools
    caveat = found.caveat
    if not found.are_asked:
        caveat = f"Nobody's naming is on record: boards alone count. {caveat}".strip()
    return Reading(
        value=value,
        n=schools,
        interval=Interval(low=min(low, value), high=high, method="Poisson, Jeffreys' prior"),
        caveat=caveat,
        sources=found.sources,
    )


@indicator(
    id="leadership.named_but_gone",
    label="Namings of people who have left",
    question="When people say who is influential here, how often do they name somebody who has "
    "left?",
    why="Who is still looked to after leaving has not been replaced.",
    unit="share",
    units="namings",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="Somebody who is named but whose roles are not on record counts as still here.",
    caveat="Namings by people of the place in the three years up to the day; each pair once. One "
    "has left when a role is on record as ended and none is held in the place on the day. Whoever "
    "was named before leaving counts too.",
    formula="Namings of somebody with a role that has ended and none in the place on the day ÷ "
    f"namings by people of the place in the three years up to the day, each pair once. {WILSON}",
    needs=("nominations", *PEOPLE_NEEDED, "roles.end"),
    references=("greany2022", "wilson1927"),
)
def named_but_gone(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of namings that name somebody who has left."""
    found = namings(here)
    if isinstance(found, NotMeasured):
        return found
    gone = found["named"].is_in(sorted(has_left(here)))
    result = share(
        int(gone.sum()),
        found.height,
        nothing=NotMeasured(reason="Nobody was named.", would_tell=WOULD_TELL),
    )
    if isinstance(result, NotMeasured):
        return result
    return replace(result, sources=tuple(sorted(found["source"].unique())))
