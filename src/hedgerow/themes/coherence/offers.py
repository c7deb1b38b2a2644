"""What providers offer to the same schools: where it overlaps, and what there is elsewhere and not
here.

Each offer stands in a cell: a subject for an audience, in the words that providers use.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.professional_learning.records import (
    all_learning,
    falls_within,
    twelve_months,
)
from hedgerow.features.readings import DRAWS, SCHOOL_BOOTSTRAP, chance_of, generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.features.school_ties import ties_in_force
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.succession import under_present_identifiers
from hedgerow.methods.bootstrap import bootstrap_mean
from hedgerow.methods.profile_overlap import profile_overlap_test

MOST_PROVIDERS = 300
"""More providers than this are no one place's offer."""

GENERAL = "no one subject"
"""Subject of offers that name none."""

_NEEDED = (
    "Providers' programmes for the year: for each offer its provider, subject and audience, one "
    "row an offer."
)
_OFFERS_NEEDED = (
    *("activities.subject", "activities.audience", "activities.provider", "participation"),
    *("ties.covers", "area_parts", "ties.governs", "ties.member_of"),
)
_OPEN_TO = (
    "An offer is taken to be open to the schools in its provider's footprint, authority or trust, "
    "or to its members; that of a provider without any of these to all schools here if one of them "
    "took part in anything of it."
)


@dataclass(frozen=True, eq=False)
class Offers:
    """Offers of the twelve months up to the day.

    Attributes
    ----------
    offers : polars.DataFrame
        Columns ``provider``, ``offer``, ``subject``, ``audience``, ``cell``, each programme of a
        provider once for each cell; of all providers in the landscape.
    serves : array of bool, shape (providers, schools)
        Which provider's offers are open to which state school of the place.
    providers : tuple of str
        Those that serve a school here, in order.
    unplaced : int
        Offers without an audience, which are left out.
    """

    offers: pl.DataFrame
    serves: NDArray[np.bool_]
    providers: tuple[str, ...]
    unplaced: int

    def here(self) -> pl.DataFrame:
        """Give the offers of providers that serve a school here."""
        return self.offers.filter(pl.col("provider").is_in(list(self.providers)))


def offers(here: LocalLandscape) -> Offers | NotMeasured:
    """Give what was on offer in the twelve months, and to which schools of the place."""
    return here.worked_out("offers", lambda: _offers(here))


def _offers(here: LocalLandscape) -> Offers | NotMeasured:
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    whole = here.whole
    kinds = whole.all_days.organisations.select(pl.col("id").alias("provider"), "kind")
    told = (
        under_present_identifiers(whole.table("activities"), whole, "provider")
        .filter(
            pl.col("start").is_null()
            | ((pl.col("start") <= here.on) & falls_within(twelve_months(here.on), here.on))
        )
        .join(kinds, on="provider")
        # what a school does for its own staff is no offer to others
        .filter(pl.col("kind") != "school")
        .select(
            "provider",
            pl.coalesce("programme", "name").alias("offer"),
            _plain(pl.col("subject")).fill_null(GENERAL).alias("subject"),
            _plain(pl.col("audience")).alias("audience"),
        )
        .unique(maintain_order=True)
    )
    placed = told.drop_nulls("audience").with_columns(
        pl.concat_str("subject", "audience", separator=" for ").alias("cell")
    )
    unplaced = told.height - placed.height
    serving = _serving(here, placed["provider"].unique())
    providers = tuple(sorted(serving))
    if not providers:
        return NotMeasured(
            reason="No offer of a provider that serves schools here is on record for the twelve "
            "months to the day.",
            would_tell=_NEEDED,
            missing=schools.height,
        )
    if len(providers) > MOST_PROVIDERS:
        return NotMeasured(
            reason=f"{len(providers):,} providers serve schools here: too wide a view for one "
            "offer.",
            would_tell="A narrower lens.",
            n=len(providers),
        )
    rows = schools["id"].to_list()
    serves = np.array([[school in serving[one] for school in rows] for one in providers])
    return Offers(placed.sort("provider", "cell", "offer"), serves, providers, unplaced)


def _plain(words: pl.Expr) -> pl.Expr:
    text = words.str.to_lowercase().str.strip_chars()
    return pl.when(text != "").then(text)


def _serving(here: LocalLandscape, providers: pl.Series) -> dict[str, set[str]]:
    """Schools of the place that each provider's offers are open to; those that serve none are left
    out."""
    schools = state_schools(here)
    everybody = set(schools["id"])
    open_to: dict[str, set[str]] = {}
    bounds = [
        footprints(here.whole).select(pl.col("hub").alias("provider"), "school"),
        schools.select(pl.col("authority").alias("provider"), pl.col("id").alias("school")),
        schools.select(pl.col("body").alias("provider"), pl.col("id").alias("school")),
        ties_in_force(here, ("member_of",)).select(
            pl.col("to_id").alias("provider"), pl.col("from_id").alias("school")
        ),
    ]
    for provider, school in pl.concat(bounds).drop_nulls().iter_rows():
        open_to.setdefault(provider, set()).add(school)
    bound = here.whole.organisations.filter(
        pl.col("kind").is_in(["authority", "trust", "cluster"])
    )["id"]
    first = twelve_months(here.on)
    known = set(all_learning(here).filter(falls_within(first, here.on))["provider"].drop_nulls())
    found = {}
    for provider in set(providers):
        if provider in open_to or provider in bound:
            served = open_to.get(provider, set()) & everybody
        else:
            served = everybody if provider in known else set()
        if served:
            found[provider] = served
    return found


def _left_out(found: Offers) -> str:
    if not found.unplaced:
        return ""
    named = plural(found.unplaced, "offer that names", "offers that name")
    return f"Left out: {named} no audience."


@indicator(
    id="coherence.offer_duplication",
    label="Overlap of what different providers offer",
    question="Do different providers offer the same things to the same schools?",
    why="Providers that do not plan together offer twice what is easy to offer; heads then have to "
    "choose among what is much alike.",
    unit="index",
    units="providers",
    tier="E",
    grade="C",
    missing_rule="Offers that name no audience are left out. Providers whose offers nobody wrote "
    "down are not there.",
    caveat="How much any two providers offer the same subjects to the same audiences, in the "
    "twelve months up to the day; pairs that serve more schools in common count more: 0 where no "
    f"two offer for the same, 1 where all offer the same. {_OPEN_TO} Subject and audience as "
    "providers word them: the finer the words, the less overlap.",
    formula="Sum over pairs of providers of w × cosine of their offers over cells ÷ sum of w, "
    "where w is the number of schools here that both serve; an offer stands in a cell, a subject "
    "for an audience (`hedgerow.methods.profile_overlap.mean_cosine`). Chance: the cells are "
    f"dealt anew to the offers {DRAWS} times, each provider keeping its number.",
    needs=_OFFERS_NEEDED,
    references=("greany2022", "salton1975", "phipson2010"),
)
@rests_on("covers", "governs", "member_of", tables=("activities", "participation"))
def offer_duplication(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean cosine of offers of pairs of providers, weighted by schools in common."""
    found = offers(here)
    if isinstance(found, NotMeasured):
        return found
    together = found.serves.astype(float) @ found.serves.T.astype(float)
    row_of = {provider: row for row, provider in enumerate(found.providers)}
    own = found.here()
    cells = {cell: number for number, cell in enumerate(own["cell"].unique().sort())}
    null = profile_overlap_test(
        [row_of[one] for one in own["provider"]],
        [cells[one] for one in own["cell"]],
        together,
        generator(here, "offer duplication"),
        DRAWS,
    )
    if null is None:
        return NotMeasured(
            reason="No school here is served by two providers whose offers are on record.",
            would_tell=_NEEDED,
            n=len(found.providers),
        )
    return Reading(
        value=null.observed,
        n=len(found.providers),
        chance=chance_of(
            null, "offers' subjects and audiences dealt anew, each provider keeping its number"
        ),
        caveat=_left_out(found),
    )


@indicator(
    id="coherence.offer_gaps",
    label="Offers that there are, and none for the school",
    question="Of what is offered anywhere, for whom and in which subject, how much is not open to "
    "a school here?",
    why="A gap is what other schools have and this one cannot get, for want of a provider that "
    "serves it.",
    unit="share",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="Offers that name no audience are left out. Providers whose offers nobody wrote "
    "down are not there: what looks like a gap may be met by them.",
    caveat="Of all pairs of a subject and an audience that any provider in the landscape offers in "
    "the twelve months up to the day, the share that no provider offers to the school; the mean "
    f"over schools. {_OPEN_TO} Where records are from this place alone nothing elsewhere is known.",
    formula="Mean over schools of 1 − cells with an offer open to the school ÷ cells with an "
    "offer of any provider in the landscape, in the twelve months up to the day; an offer stands "
    f"in a cell, a subject for an audience. {SCHOOL_BOOTSTRAP}",
    needs=_OFFERS_NEEDED,
    references=("greany2022", "efron1993"),
)
@rests_on("covers", "governs", "member_of", tables=("activities", "participation"))
def offer_gaps(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean over schools of the share of cells without an offer open to the school."""
    found = offers(here)
    if isinstance(found, NotMeasured):
        return found
    cells = {cell: number for number, cell in enumerate(found.offers["cell"].unique().sort())}
    row_of = {provider: row for row, provider in enumerate(found.providers)}
    has = np.zeros((len(found.providers), len(cells)), dtype=bool)
    for provider, cell in found.here().select("provider", "cell").iter_rows():
        has[row_of[provider], cells[cell]] = True
    is_open = found.serves.T.astype(int) @ has.astype(int) > 0
    missing = 1 - is_open.mean(axis=1)
    interval = None
    if missing.size > 1:
        drawn = bootstrap_mean(missing, generator(here, "offer gaps"))
        interval = Interval(low=drawn.low, high=drawn.high, method="school bootstrap")
    return Reading(
        value=float(missing.mean()), n=missing.size, interval=interval, caveat=_left_out(found)
    )
