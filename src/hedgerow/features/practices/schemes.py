"""Curriculum schemes: which each school mostly follows, and whether trusts and ties sort them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.features.practices.likeness import asked_of_both
from hedgerow.features.practices.repertoire import (
    MISSING_RULE,
    Repertoire,
    repertoire,
)
from hedgerow.features.readings import DRAWS, SCHOOL_BOOTSTRAP, chance_of, generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.features.school_ties import TIES_NEEDED, school_ties
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.association import cramers_v_test
from hedgerow.methods.bootstrap import percentile_interval, resampled_weights
from hedgerow.methods.homophily import label_assortativity_test
from hedgerow.methods.join_counts import expected_different_share
from hedgerow.methods.labelling import encode

_RULE = (
    " Schools that follow no scheme, or several at once, have no main scheme and are left out and "
    "counted."
)


@dataclass(frozen=True, eq=False)
class MainSchemes:
    """The scheme that each school mostly follows.

    Attributes
    ----------
    found : Repertoire
    schemes : tuple of str or None
        In step with the schools of the repertoire; None where a school follows none or several.
    """

    found: Repertoire
    schemes: tuple[str | None, ...]

    @property
    def n(self) -> int:
        """Schools with one main scheme."""
        return sum(scheme is not None for scheme in self.schemes)

    @property
    def missing(self) -> int:
        """Schools not asked, or without one main scheme."""
        return self.found.missing + len(self.schemes) - self.n

    @property
    def caveat(self) -> str:
        """What to say of coverage and of schools without one scheme."""
        without = len(self.schemes) - self.n
        says = f"{plural(without, 'school')} asked follow none or several." if without else ""
        return " ".join(part for part in (self.found.caveat, says) if part)


def main_schemes(here: LocalLandscape) -> MainSchemes | NotMeasured:
    """Give the main scheme of each school asked, or why that is not known.

    Where a school uses several schemes and took up only one of them as it came, that one is its
    main scheme.
    """
    return here.worked_out("main schemes", lambda: _main_schemes(here))


def _main_schemes(here: LocalLandscape) -> MainSchemes | NotMeasured:
    found = repertoire(here)
    if isinstance(found, NotMeasured):
        return found
    is_scheme = found.items["is_scheme"].fill_null(False).to_numpy()
    if not is_scheme.any():
        return NotMeasured(
            reason="None of the tools that the schools were asked about is marked as a scheme.",
            would_tell="Which of the tools are curriculum schemes.",
            n=len(found.schools),
            missing=found.missing,
        )
    names = found.items["item"].to_numpy()[is_scheme]
    used, whole = found.used[:, is_scheme], found.by_form[:, is_scheme]
    schemes: list[str | None] = []
    for row, as_it_came in zip(used == 1, whole == 1, strict=True):
        several = row.sum() > 1
        chosen = row & as_it_came if several else row
        schemes.append(str(names[chosen][0]) if chosen.sum() == 1 else None)
    if not any(schemes):
        return NotMeasured(
            reason="None of the schools asked follows one scheme.",
            would_tell="Answers from more schools.",
            n=0,
            missing=found.missing + len(found.schools),
        )
    return MainSchemes(found=found, schemes=tuple(schemes))


@indicator(
    id="practices.scheme_concentration",
    label="Two schools with the same main scheme",
    question="How likely are two schools here to follow the same curriculum scheme?",
    why="A scheme in common is the readiest of shared tools: teachers who move or meet know what "
    "the other means.",
    unit="index",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + _RULE,
    caveat="1 where all follow one scheme. The same scheme may be followed closely or loosely.",
    formula="Pairs of schools with the same main scheme ÷ all pairs of schools with a main "
    f"scheme: sum over schemes of n(n − 1) ÷ (N(N − 1)), Simpson's index. {SCHOOL_BOOTSTRAP}",
    needs=("adoptions.is_used", "adoptions.is_scheme", "adoptions.form"),
    references=("greany2022", "efron1993"),
)
@rests_on(tables=("adoptions",))
def scheme_concentration(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the chance that two different schools have the same main scheme."""
    main = main_schemes(here)
    if isinstance(main, NotMeasured):
        return main
    codes, classes = encode([scheme for scheme in main.schemes if scheme is not None])
    different = expected_different_share(codes)
    if different is None:
        return NotMeasured(
            reason="Only one school here has a main scheme on record.",
            would_tell="Answers from more schools.",
            n=main.n,
            missing=main.missing,
        )
    of_each = np.eye(len(classes))[codes]
    draws = []
    for times in resampled_weights(codes.size, generator(here, "schemes"), draws=DRAWS):
        counts = times @ of_each
        # a pair of a school with itself is none: times choose two, less those, over what is left
        same = (counts**2).sum(axis=1) - (times.astype(float) ** 2).sum(axis=1)
        all_pairs = codes.size**2 - (times.astype(float) ** 2).sum(axis=1)
        draws.append(
            np.divide(same, all_pairs, out=np.full(len(same), np.nan), where=all_pairs > 0)
        )
    interval = percentile_interval(1 - different, np.concatenate(draws), 0.95, codes.size)
    return Reading(
        value=1 - different,
        n=main.n,
        missing=main.missing,
        interval=Interval(low=interval.low, high=interval.high, method="school bootstrap"),
        caveat=main.caveat,
    )


@indicator(
    id="practices.scheme_by_trust",
    label="Schemes sorted by trust",
    question="Does a school's trust tell which scheme it follows?",
    why="Trusts that choose one scheme for all have common ground within, and a fence around it.",
    unit="index",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + _RULE + " So are schools that are not in a trust with another "
    "school here.",
    caveat="Over schools in trusts with two or more schools asked here: 0 where the trust tells "
    "nothing, 1 where it tells all. With few schools in each trust it is uncertain: look at "
    "chance.",
    formula="Cramér's V of main scheme and trust, corrected for the size of the table as Bergsma "
    "gives it: √(max(0, χ² ÷ n − (r − 1)(c − 1) ÷ (n − 1)) ÷ (m − 1)) for n schools, r schemes "
    "and c trusts, m being the smaller of r − (r − 1)² ÷ (n − 1) and c − (c − 1)² ÷ (n − 1), over "
    "schools in trusts with two or more schools asked here "
    "(`hedgerow.methods.association.cramers_v`). Chance: the schemes are dealt anew among the "
    "same schools.",
    needs=("adoptions.is_used", "adoptions.is_scheme", "adoptions.form", "ties.governs"),
    references=("bergsma2013", "phipson2010", "greany2022"),
)
@rests_on("governs", tables=("adoptions",))
def scheme_by_trust(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the bias-corrected association of main scheme and trust."""
    main = main_schemes(here)
    if isinstance(main, NotMeasured):
        return main
    pairs = [
        (scheme, body)
        for scheme, body in zip(main.schemes, main.found.bodies, strict=True)
        if scheme is not None and body is not None
    ]
    bodies = [body for _, body in pairs]
    pairs = [(scheme, body) for scheme, body in pairs if bodies.count(body) > 1]
    missing = main.found.missing + len(main.schemes) - len(pairs)
    test = cramers_v_test(
        [scheme for scheme, _ in pairs],
        [body for _, body in pairs],
        generator(here, "scheme by trust"),
    )
    if test is None:
        return NotMeasured(
            reason="Too few trusts have two or more schools here whose main scheme is on record, "
            "or all of them follow one.",
            would_tell="Answers from more schools of the same trusts.",
            n=len(pairs),
            missing=missing,
        )
    return Reading(
        value=test.observed,
        n=len(pairs),
        missing=missing,
        chance=chance_of(test, "schemes dealt anew among the same schools"),
        caveat=main.caveat,
    )


@indicator(
    id="practices.scheme_across_ties",
    label="Schemes sorted along ties",
    question="Do schools turn mostly to schools with the same scheme?",
    why="Where they do, what is learned stays within the circle of one scheme.",
    unit="index",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + _RULE + " So are schools not asked about their ties.",
    caveat="1 where ties join only schools with the same main scheme, 0 "
    "where schemes play no part, below 0 where ties join different ones. Schools of one trust "
    "share both schemes and ties.",
    formula="Newman's assortativity: (share of ties between schools with the same main scheme − "
    "share to be expected) ÷ (1 − share to be expected), the latter being the sum over schemes of "
    "the squared share of all ends of ties (`hedgerow.methods.homophily.label_assortativity`). "
    "Chance: the schemes are dealt anew among the same schools, ties kept.",
    needs=("adoptions.is_used", "adoptions.is_scheme", "adoptions.form", *TIES_NEEDED),
    references=("newman2003", "phipson2010", "greany2022"),
)
@rests_on(tables=("adoptions", "observations"))
def scheme_across_ties(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the assortativity of main scheme across ties between schools."""
    main, ties = main_schemes(here), school_ties(here)
    if isinstance(main, NotMeasured):
        return main
    if isinstance(ties, NotMeasured):
        return ties
    pairs, both = asked_of_both(main.found, ties)
    asked = set(both)
    labels = [
        scheme if school in asked else None
        for school, scheme in zip(main.found.schools, main.schemes, strict=True)
    ]
    test = label_assortativity_test(labels, pairs, generator(here, "scheme across ties"))
    n = sum(label is not None for label in labels)
    missing = len(ties.schools) - n
    if test is None:
        return NotMeasured(
            reason="No two tied schools have a main scheme on record, or all that are tied follow "
            "one.",
            would_tell="More schools asked whom they turn to and what they use.",
            n=n,
            missing=missing,
        )
    return Reading(
        value=test.observed,
        n=n,
        missing=missing,
        chance=chance_of(test, "schemes dealt anew among the same schools, ties kept"),
        caveat=" ".join(part for part in (main.caveat, ties.caveat) if part),
    )
