"""Who governs the schools: the authority, single-academy trusts, and trusts of three sizes."""

from __future__ import annotations

import polars as pl

from hedgerow.features.readings import WILSON, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import (
    count_of_unknown_trusts,
    no_academies,
    no_schools,
    state_schools,
    state_schools_of_any_phase,
)
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.phases import Phase, is_of_phase

_OF_ALL = (
    "Every maintained school and academy of the phase is in the denominator, academies with no "
    "trust on record too; those are counted as missing."
)
_SIZE = (
    "A trust's size counts all its open schools in the register, of any phase and place; a trust "
    "with one school counts as a single-academy trust, whatever its articles say."
)
_BANDS_WHY = (
    "A trust of this size organises professional learning in its own way: the larger it is, the "
    "more of it can stay inside."
)


def _band_share(here: LocalLandscape, *bands: str) -> Reading | NotMeasured:
    found = state_schools(here)["band"]
    return share(
        int(found.is_in(bands).sum()),
        found.len(),
        missing=count_of_unknown_trusts(here),
        nothing=no_schools(here),
    )


@indicator(
    id="linked_systems.maintained_share",
    label="Maintained by the authority",
    question="How many of the schools does the local authority still maintain?",
    why="Where it is high the authority can reach schools itself; where it is low it needs trusts "
    "to work with it.",
    unit="share",
    missing_rule="The register gives the status of every school, so none is missing.",
    caveat="Legal status only: some maintained schools have little to do with their authority, and "
    "some academies buy its services.",
    formula=f"Schools that an authority maintains ÷ schools. {WILSON}",
    needs=("schools.status",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def maintained_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools maintained by an authority."""
    found = state_schools(here)["band"]
    return share(int((found == "maintained").sum()), found.len(), nothing=no_schools(here))


def _count_of_trusts(here: LocalLandscape, is_so: pl.Expr) -> Reading | NotMeasured:
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    unknown = count_of_unknown_trusts(here)
    if unknown == schools.height:
        return no_academies(here)
    found = schools.filter(pl.col("trust_size").is_not_null(), is_so)
    return Reading(value=found["body"].n_unique(), n=schools.height - unknown, missing=unknown)


@indicator(
    id="linked_systems.single_academy_trusts",
    label="Single-academy trusts",
    question="How many trusts with a single school are there here?",
    why="Each is a governing body of its own, free to work with anyone and with nobody to work "
    "with by default.",
    unit="count",
    missing_rule="Academies with no trust on record are left out and counted.",
    caveat=_SIZE,
    formula="The number of trusts with a school of the phase here that have one open school in "
    "all.",
    needs=("ties.governs",),
    references=("greany2022",),
)
@rests_on("governs")
def single_academy_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the trusts of size one with a school of the phase here."""
    return _count_of_trusts(here, pl.col("trust_size") == 1)


@indicator(
    id="linked_systems.multi_academy_trusts",
    label="Multi-academy trusts",
    question="How many trusts with two or more schools work here?",
    why="Each is a system of its own with its own idea of what is local; the more there are, the "
    "more have to be linked.",
    unit="count",
    missing_rule="Academies with no trust on record are left out and counted.",
    caveat=f"Trusts with at least one school of the phase here. {_SIZE}",
    formula="The number of trusts with a school of the phase here that have two open schools or "
    "more, of any phase, anywhere.",
    needs=("ties.governs",),
    references=("greany2022",),
)
@rests_on("governs")
def multi_academy_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the trusts of size two or more with a school of the phase here."""
    return _count_of_trusts(here, pl.col("trust_size") >= 2)


@indicator(
    id="linked_systems.share_in_single_academy_trusts",
    label="In single-academy trusts",
    question="How many of the schools stand alone in a trust of their own?",
    why="They share no trust's training with others, and depend on what the place offers.",
    unit="share",
    missing_rule=_OF_ALL,
    caveat=_SIZE,
    formula="Schools in a trust of one open school ÷ schools. Academies with no trust on record "
    f"stay below the line. {WILSON}",
    needs=("ties.governs",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def share_in_single_academy_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools in trusts of size one."""
    return _band_share(here, "single")


@indicator(
    id="linked_systems.share_in_trusts_2_5",
    label="In trusts of 2 to 5 schools",
    question="How many of the schools are in small trusts?",
    why=_BANDS_WHY,
    unit="share",
    missing_rule=_OF_ALL,
    caveat=_SIZE,
    formula="Schools in a trust of 2 to 5 open schools ÷ schools. Academies with no trust on "
    f"record stay below the line. {WILSON}",
    needs=("ties.governs",),
    references=("equalls2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def share_in_trusts_2_5(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools in trusts of two to five."""
    return _band_share(here, "2-5")


@indicator(
    id="linked_systems.share_in_trusts_6_15",
    label="In trusts of 6 to 15 schools",
    question="How many of the schools are in medium trusts?",
    why=_BANDS_WHY,
    unit="share",
    missing_rule=_OF_ALL,
    caveat=_SIZE,
    formula="Schools in a trust of 6 to 15 open schools ÷ schools. Academies with no trust on "
    f"record stay below the line. {WILSON}",
    needs=("ties.governs",),
    references=("equalls2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def share_in_trusts_6_15(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools in trusts of six to fifteen."""
    return _band_share(here, "6-15")


@indicator(
    id="linked_systems.share_in_trusts_16_plus",
    label="In trusts of 16 or more schools",
    question="How many of the schools are in large trusts?",
    why=_BANDS_WHY,
    unit="share",
    missing_rule=_OF_ALL,
    caveat=_SIZE,
    formula="Schools in a trust of 16 open schools or more ÷ schools. Academies with no trust "
    f"on record stay below the line. {WILSON}",
    needs=("ties.governs",),
    references=("equalls2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def share_in_trusts_16_plus(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools in trusts of sixteen or more."""
    return _band_share(here, "16+")


@indicator(
    id="linked_systems.share_in_trusts_6_plus",
    label="In trusts of 6 or more schools",
    question="How many of the schools are in medium or large trusts?",
    why="The study told its localities apart by it: in one more than two fifths of the primary "
    "schools were, in another less than half as many.",
    unit="share",
    missing_rule=_OF_ALL,
    caveat=_SIZE,
    formula="Schools in a trust of 6 open schools or more ÷ schools. Academies with no trust on "
    f"record stay below the line. {WILSON}",
    needs=("ties.governs",),
    references=("equalls2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def share_in_trusts_6_plus(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools in trusts of six or more."""
    return _band_share(here, "6-15", "16+")


def _academies_among(here: LocalLandscape, phase: Phase) -> Reading | NotMeasured:
    found = state_schools_of_any_phase(here).filter(is_of_phase(phase))["status"]
    nothing = NotMeasured(
        reason=f"No {phase} school lies in this place on that date.", would_tell="A wider lens."
    )
    return share(int((found == "academy").sum()), found.len(), nothing=nothing)


@indicator(
    id="linked_systems.academies_among_primaries",
    label="Primary schools that are academies",
    question="How many of the primary schools are academies?",
    why="The report sets out from it: more than a third of England's primary schools in 2022.",
    unit="share",
    units="primary schools",
    missing_rule="The register gives the status of every school, so none is missing.",
    caveat="Always of primary schools, middle schools deemed primary included, whatever phase the "
    "rest of the profile is about. Free schools count as academies.",
    formula="Primary schools that are academies ÷ primary schools that an authority maintains "
    f"or a trust runs. {WILSON}",
    needs=("schools.status",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def academies_among_primaries(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of primary schools that are academies, whatever phase is asked for."""
    return _academies_among(here, "primary")


@indicator(
    id="linked_systems.academies_among_secondaries",
    label="Secondary schools that are academies",
    question="How many of the secondary schools are academies?",
    why="Secondary schools became academies earlier, and many trusts grew around one.",
    unit="share",
    units="secondary schools",
    missing_rule="The register gives the status of every school, so none is missing.",
    caveat="Always of secondary schools, middle schools deemed secondary included and all-through "
    "schools not, whatever phase the rest of the profile is about. Free schools count as "
    "academies.",
    formula="Secondary schools that are academies ÷ secondary schools that an authority "
    f"maintains or a trust runs. {WILSON}",
    needs=("schools.status",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def academies_among_secondaries(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of secondary schools that are academies, whatever phase is asked for."""
    return _academies_among(here, "secondary")
