"""How large the trusts with a school here are, and over how many regions they reach: the report's
national facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.features.observed import values_of
from hedgerow.features.readings import WILSON, plural, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import all_state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import Everywhere

SMALL_OR_MEDIUM, LARGE = (2, 10), 20
"""Schools of a small or medium trust, from and to; schools from which a trust counts as large
here."""

_HERE = (
    "Trusts with at least one school here, of any phase; all their schools count, wherever they "
    "lie."
)
_IN_REGISTER = (
    "Sizes count the open schools of the register, so a trust's special schools or nurseries count "
    "only where the register has them."
)
_LINKED = "Sizes as the group link records give them, special schools and others included."
_NO_TRUST = NotMeasured(
    reason="No trust on record has a school here.", would_tell="Group link records in the register."
)


def trusts_here(here: LocalLandscape) -> pl.DataFrame:
    """Give the trusts with a school of any phase in the place.

    Returns
    -------
    polars.DataFrame
        Columns ``trust``, ``schools`` (open schools anywhere), ``schools_here`` (of any phase),
        ``regions`` (number of regions in which its schools lie), in order of ``trust``.
    """
    return here.worked_out("trusts here", lambda: _trusts_here(here))


def _trusts_here(here: LocalLandscape) -> pl.DataFrame:
    local = here.member_ids
    return (
        all_state_schools(here.whole)
        .filter(pl.col("trust_size").is_not_null())
        .select(
            pl.col("body").alias("trust"), pl.col("id").is_in(local).alias("is_local"), "region"
        )
        .group_by("trust")
        .agg(
            pl.len().cast(pl.Int64).alias("schools"),
            pl.col("is_local").sum().cast(pl.Int64).alias("schools_here"),
            pl.col("region").drop_nulls().n_unique().cast(pl.Int64).alias("regions"),
        )
        .filter(pl.col("schools_here") > 0)
        .sort("trust")
    )


@dataclass(frozen=True)
class _Linked:
    """Sizes of trusts in the group link records of one day."""

    sizes: pl.Series
    day: date
    closed: int
    sources: tuple[str, ...]

    def reading(self, value: float, n: int) -> Reading:
        still = "that the group records give as closed and that still has links"
        caveat = f"Counts {plural(self.closed, f'trust {still}', f'trusts {still}')}."
        return Reading(
            value=value,
            n=n,
            as_of=self.day,
            caveat=caveat if self.closed else "",
            sources=self.sources,
        )


def _in_link_records(here: LocalLandscape) -> _Linked | NotMeasured:
    """Give the sizes, in the records nearest to the day, of trusts with a school here.

    For England these are all trusts in the records, also those whose schools the register lacks.
    """
    return here.worked_out("trusts in link records", lambda: _found_in_link_records(here))


def _found_in_link_records(here: LocalLandscape) -> _Linked | NotMeasured:
    recorded = values_of(here.whole, "schools_in_link_records")
    if not isinstance(here.lens, Everywhere):
        local = here.members | set(trusts_here(here)["trust"])
        recorded = recorded.filter(pl.col("organisation").is_in(pl.Series(sorted(local)).implode()))
    if recorded.is_empty():
        return NotMeasured(
            reason="The register holds no group link records of trusts with a school here.",
            would_tell="All group link records (`--links`).",
        )
    day: date = min(recorded["date"].unique(), key=lambda one: (abs((one - here.on).days), one))
    nearest = recorded.filter(pl.col("date") == day).unique("organisation", keep="first")
    gone = nearest.join(here.whole.organisations, left_on="organisation", right_on="id", how="anti")
    sources = tuple(sorted(nearest["source"].unique()))
    return _Linked(nearest["value"], day, gone.height, sources)


@indicator(
    id="linked_systems.trusts_with_two_or_more_schools",
    label="Trusts of two or more schools, any phase",
    question="How many trusts with two or more schools have a school here, of whatever phase?",
    why="The report counts them for England: more than 1,200 in 2022, by another count than this.",
    unit="count",
    units="trusts",
    missing_rule="Academies with no trust on record are in no trust counted.",
    caveat=f"{_HERE} {_IN_REGISTER}",
    formula="The number of trusts with a school of any phase here that have two open schools or "
    "more in the register.",
    needs=("ties.governs",),
    references=("greany2022",),
)
@rests_on("governs")
def trusts_with_two_or_more_schools(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the trusts with a school here and two or more schools in the register."""
    found = trusts_here(here)
    if found.is_empty():
        return _NO_TRUST
    return Reading(value=int((found["schools"] >= 2).sum()), n=found.height)


@indicator(
    id="linked_systems.trusts_with_two_or_more_schools_in_link_records",
    label="Trusts of two or more schools, link records",
    question="How many trusts have two or more schools of any kind in the link records?",
    why="It is the report's denominator: more than 1,200 in England in 2022.",
    unit="count",
    units="trusts",
    missing_rule="Trusts that the link records do not have are left out.",
    caveat=_LINKED,
    formula="The number of trusts with a school here, or for England of all trusts, that have "
    "two establishments or more in the link records of the day nearest to the one asked for.",
    needs=("observations.schools_in_link_records",),
    references=("greany2022",),
)
@rests_on("governs")
def trusts_with_two_or_more_schools_in_link_records(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the trusts with two or more schools in the link records."""
    found = _in_link_records(here)
    if isinstance(found, NotMeasured):
        return found
    return found.reading(int((found.sizes >= 2).sum()), found.sizes.len())


@indicator(
    id="linked_systems.stand_alone_academies",
    label="Trusts of one school, any phase",
    question="How many trusts with a single school are there here, of whatever phase?",
    why="The report counts them for England: around 1,300 in 2022.",
    unit="count",
    units="trusts",
    missing_rule="Academies with no trust on record are in no trust counted.",
    caveat=f"{_HERE} {_IN_REGISTER}",
    formula="The number of trusts with a school of any phase here and no other open school in "
    "the register.",
    needs=("ties.governs",),
    references=("greany2022",),
)
@rests_on("governs")
def stand_alone_academies(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the trusts with a school here and no other in the register."""
    found = trusts_here(here)
    if found.is_empty():
        return _NO_TRUST
    return Reading(value=int((found["schools"] == 1).sum()), n=found.height)


@indicator(
    id="linked_systems.stand_alone_academies_in_link_records",
    label="Trusts of one school, link records",
    question="How many trusts have a single school of any kind in the link records?",
    why="It is the report's denominator: around 1,300 in England in 2022.",
    unit="count",
    units="trusts",
    missing_rule="Trusts that the link records do not have are left out.",
    caveat=_LINKED,
    formula="The number of trusts with a school here, or for England of all trusts, that have "
    "one establishment in the link records of the day nearest to the one asked for.",
    needs=("observations.schools_in_link_records",),
    references=("greany2022",),
)
@rests_on("governs")
def stand_alone_academies_in_link_records(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the trusts with one school in the link records."""
    found = _in_link_records(here)
    if isinstance(found, NotMeasured):
        return found
    return found.reading(int((found.sizes == 1).sum()), found.sizes.len())


_NO_MULTI = NotMeasured(
    reason="No trust with two or more schools has a school here.", would_tell="A wider lens."
)


@indicator(
    id="linked_systems.average_trust_size",
    label="Schools in a trust, on average",
    question="How many schools has a trust that works here, on average?",
    why="The report gives seven for England in 2022.",
    unit="count",
    units="trusts of two or more schools",
    missing_rule="Academies with no trust on record are in no trust counted.",
    caveat=f"The mean over trusts of two or more schools, which a few large ones pull up. {_HERE} "
    f"{_IN_REGISTER}",
    formula="Sum of the open schools of trusts of two schools or more with a school of any phase "
    "here ÷ number of those trusts.",
    needs=("ties.governs",),
    references=("greany2022",),
    is_compared=True,
)
@rests_on("governs")
def average_trust_size(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean size of trusts of two or more schools with a school here."""
    sizes = trusts_here(here).filter(pl.col("schools") >= 2)["schools"]
    if sizes.is_empty():
        return _NO_MULTI
    return Reading(value=float(sizes.sum()) / sizes.len(), n=sizes.len())


@indicator(
    id="linked_systems.average_trust_size_in_link_records",
    label="Schools in a trust, on average, link records",
    question="How many schools of any kind has a trust that works here, on average?",
    why="The report gives seven for England in 2022.",
    unit="count",
    units="trusts of two or more schools",
    missing_rule="Trusts that the link records do not have are left out.",
    caveat=f"The mean over trusts of two or more schools. {_LINKED}",
    formula="Sum of the establishments of trusts of two or more in the link records of the day "
    "nearest to the one asked for ÷ number of those trusts; those with a school here, or for "
    "England all.",
    needs=("observations.schools_in_link_records",),
    references=("greany2022",),
)
@rests_on("governs")
def average_trust_size_in_link_records(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean size in the link records of trusts of two or more schools."""
    found = _in_link_records(here)
    if isinstance(found, NotMeasured):
        return found
    several = found.sizes.filter(found.sizes >= 2)
    if several.is_empty():
        return _NO_MULTI
    return found.reading(float(several.sum()) / several.len(), several.len())


@indicator(
    id="linked_systems.small_trusts_in_one_region_share",
    label="Trusts of 2 to 10 schools that work in one region",
    question="How many of the small and medium trusts with a school here work in one region only?",
    why="The report says that most small and medium trusts work in one region.",
    unit="share",
    units="trusts of 2 to 10 schools",
    missing_rule="A school whose region is not known adds no region to its trust.",
    caveat="Small or medium is 2 to 10 schools, a choice of ours: the report gives no bounds. "
    f"{_HERE}",
    formula=f"Trusts of {SMALL_OR_MEDIUM[0]} to {SMALL_OR_MEDIUM[1]} open schools with a school "
    f"here whose schools lie in one region ÷ such trusts with a school of known region. {WILSON}",
    needs=("ties.governs", "organisations.region"),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def small_trusts_in_one_region_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of trusts of 2 to 10 schools that work in a single region."""
    found = trusts_here(here).filter(pl.col("schools").is_between(*SMALL_OR_MEDIUM))
    known = found.filter(pl.col("regions") > 0)
    return share(
        int((known["regions"] == 1).sum()),
        known.height,
        missing=found.height - known.height,
        nothing=NotMeasured(
            reason="No trust of 2 to 10 schools has a school here.", would_tell="A wider lens."
        ),
    )


def _large_trusts(here: LocalLandscape, regions: pl.Expr) -> Reading | NotMeasured:
    found = trusts_here(here).filter(pl.col("schools") >= LARGE)
    known = found.filter(pl.col("regions") > 0)
    return share(
        known.filter(regions).height,
        known.height,
        missing=found.height - known.height,
        nothing=NotMeasured(
            reason=f"No trust of {LARGE} or more schools has a school here.",
            would_tell="A wider lens.",
        ),
    )


@indicator(
    id="linked_systems.large_trusts_in_two_or_three_regions_share",
    label="Trusts of 20 or more schools that work in two or three regions",
    question="How many of the large trusts with a school here work in two or three regions?",
    why="The report says two thirds of England's large trusts; the register gives fewer, so the "
    "denominator is shown.",
    unit="share",
    units="trusts of 20 or more schools",
    missing_rule="A school whose region is not known adds no region to its trust.",
    caveat=f"{_HERE} {_IN_REGISTER}",
    formula=f"Trusts of {LARGE} open schools or more with a school here whose schools lie in two "
    f"or three regions ÷ such trusts with a school of known region. {WILSON}",
    needs=("ties.governs", "organisations.region"),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def large_trusts_in_two_or_three_regions_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of trusts of 20 or more schools that work in two or three regions."""
    return _large_trusts(here, pl.col("regions").is_between(2, 3))


@indicator(
    id="linked_systems.large_trusts_in_two_or_more_regions_share",
    label="Trusts of 20 or more schools that work in two or more regions",
    question="How many of the large trusts with a school here work in several regions?",
    why="A trust spread over regions has many locals, none of which is the place's own.",
    unit="share",
    units="trusts of 20 or more schools",
    missing_rule="A school whose region is not known adds no region to its trust.",
    caveat=f"{_HERE} {_IN_REGISTER}",
    formula=f"Trusts of {LARGE} open schools or more with a school here whose schools lie in two "
    f"regions or more ÷ such trusts with a school of known region. {WILSON}",
    needs=("ties.governs", "organisations.region"),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def large_trusts_in_two_or_more_regions_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of trusts of 20 or more schools that work in two regions or more."""
    return _large_trusts(here, pl.col("regions") >= 2)


@indicator(
    id="linked_systems.authorities",
    label="Local authorities",
    question="Over how many local authorities do the schools spread?",
    why="Each has duties for every child in its area, whoever governs the school.",
    unit="count",
    missing_rule="Schools whose authority is not known are left out and counted.",
    caveat="Authorities with a school of any phase here.",
    formula="The number of local authorities in which the place's state schools of any phase lie.",
    needs=("organisations.authority",),
    references=("greany2022",),
)
@rests_on("governs")
def authorities(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the authorities in which the schools lie."""
    local = here.member_ids
    found = all_state_schools(here.whole).filter(pl.col("id").is_in(local))["authority"]
    if found.is_empty():
        return NotMeasured(
            reason="No state-funded school lies in this place on that date.",
            would_tell="A wider lens or another date.",
        )
    known = found.drop_nulls()
    if known.is_empty():
        return NotMeasured(
            reason="Of no school here is it known in which authority it lies.",
            would_tell="A register with that column filled.",
            missing=found.len(),
        )
    return Reading(value=known.n_unique(), n=known.len(), missing=found.len() - known.len())
