"""How alike schools work, within trusts and between them, and along the ties between schools."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hedgerow.features.practices.repertoire import MISSING_RULE, Repertoire, repertoire
from hedgerow.features.readings import SCHOOL_BOOTSTRAP, chance_of, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.school_ties import TIES_NEEDED, SchoolTies, school_ties
from hedgerow.landscape.finding import Chance, Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.mrqap import network_regression
from hedgerow.methods.similarity import (
    LikenessGap,
    likeness_gap,
    likeness_gap_interval,
    ruzicka_similarity,
)

_GROUPS = (
    "Schools maintained by the authority, and those alone in their trust, are groups of one: pairs "
    "of them count as pairs between."
)
_SCALE = (
    "Of what either of two schools uses, the share that both use: 0 nothing in common, 1 the same."
)
_DEALT = "trusts dealt anew among the schools, keeping the size of each"


def similarity(here: LocalLandscape, *, by_form: bool = False) -> NDArray[np.float64] | NotMeasured:
    """Give the likeness of every pair of schools asked, rows as in `repertoire`; NaN where a pair
    uses nothing that both were asked about."""

    def work() -> NDArray[np.float64] | NotMeasured:
        found = repertoire(here)
        if isinstance(found, NotMeasured):
            return found
        return ruzicka_similarity(found.by_form if by_form else found.used)

    return here.worked_out(("likeness of practice", by_form), work)


def practice_gap(
    here: LocalLandscape, *, by_form: bool = False
) -> tuple[LikenessGap, Repertoire] | NotMeasured:
    """Give the likeness of practice within trusts and between them, set against trusts dealt at
    random, with what it rests on."""
    return here.worked_out(("practice gap", by_form), lambda: _practice_gap(here, by_form))


def _practice_gap(
    here: LocalLandscape, by_form: bool
) -> tuple[LikenessGap, Repertoire] | NotMeasured:
    found, alike = repertoire(here), similarity(here, by_form=by_form)
    if isinstance(found, NotMeasured):
        return found
    if isinstance(alike, NotMeasured):
        return alike
    gap = likeness_gap(alike, list(found.bodies), generator(here, f"practice gap {by_form}"))
    if gap is None:
        return NotMeasured(
            reason="No two schools of one trust, or no two of different ones, were asked about the "
            "same practices here.",
            would_tell="Answers from more schools of the same trusts.",
            n=len(found.schools),
            missing=found.missing,
        )
    return gap, found


def _units(found: Repertoire) -> tuple[int, int]:
    """Schools asked whose group is known, and schools left out."""
    known = sum(body is not None for body in found.bodies)
    return known, found.missing + len(found.bodies) - known


def _level(here: LocalLandscape, *, is_within: bool) -> Reading | NotMeasured:
    result = practice_gap(here)
    if isinstance(result, NotMeasured):
        return result
    gap, found = result
    n, missing = _units(found)
    value = gap.within if is_within else gap.between
    return Reading(value=value, n=n, missing=missing, caveat=found.caveat)


@indicator(
    id="practices.likeness_within_trusts",
    label="Likeness of practice within trusts",
    question="How alike do schools of the same trust work?",
    why="Schools with practices, tools and routines in common can learn from each other without "
    "first explaining everything.",
    unit="index",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE,
    caveat=f"{_SCALE} Mean over pairs of schools of one trust.",
    formula="Mean over pairs of schools of one trust of their likeness; likeness of two schools "
    "= items that both use ÷ items that either uses, of those that both were asked about "
    "(`hedgerow.methods.similarity.ruzicka_similarity`).",
    needs=("adoptions.is_used", "ties.governs"),
    references=("greany2022", "jaccard1912"),
)
@rests_on("governs", tables=("adoptions",))
def likeness_within_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean Jaccard likeness of pairs within trusts."""
    return _level(here, is_within=True)


@indicator(
    id="practices.likeness_between_trusts",
    label="Likeness of practice between trusts",
    question="How alike do schools work that are not of one trust?",
    why="A locality can be a community of knowledge only where schools have something in common "
    "beyond their trusts.",
    unit="index",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE,
    caveat=f"{_SCALE} Mean over pairs of schools of different trusts. {_GROUPS}",
    formula="Mean over pairs of schools not of one trust of their likeness; likeness of two "
    "schools = items that both use ÷ items that either uses, of those that both were asked about "
    "(`hedgerow.methods.similarity.ruzicka_similarity`).",
    needs=("adoptions.is_used", "ties.governs"),
    references=("greany2022", "jaccard1912"),
)
@rests_on("governs", tables=("adoptions",))
def likeness_between_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean Jaccard likeness of pairs between trusts."""
    return _level(here, is_within=False)


def _gap(here: LocalLandscape, *, by_form: bool) -> Reading | NotMeasured:
    result = practice_gap(here, by_form=by_form)
    if isinstance(result, NotMeasured):
        return result
    gap, found = result
    alike = similarity(here, by_form=by_form)
    if isinstance(alike, NotMeasured):
        return alike
    n, missing = _units(found)
    ends = likeness_gap_interval(
        alike, list(found.bodies), generator(here, f"practice gap interval {by_form}")
    )
    return Reading(
        value=gap.gap.observed,
        n=n,
        missing=missing,
        interval=None
        if ends is None
        else Interval(low=ends[0], high=ends[1], method="school bootstrap"),
        chance=chance_of(gap.gap, _DEALT),
        caveat=found.caveat,
    )


@indicator(
    id="practices.likeness_gap",
    label="Likeness of practice within trusts less that between",
    question="Do trusts make their schools alike, and unlike others?",
    why="Where every trust has its own practices, tools and routines, working across trusts needs "
    "constant explaining; the study calls what is shared an epistemic community.",
    unit="index",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE,
    caveat="Mean likeness of pairs within trusts less that of pairs between them; 0 where trusts "
    f"make no difference. {_GROUPS} Schools that were alike before may have sought the same trust.",
    formula="Mean likeness of pairs of schools of one trust − mean likeness of other pairs; "
    "likeness of two schools = items that both use ÷ items that either uses, of those that both "
    f"were asked about (`hedgerow.methods.similarity.ruzicka_similarity`). {SCHOOL_BOOTSTRAP} "
    "Chance: trusts are dealt anew among the schools, keeping the size of each.",
    needs=("adoptions.is_used", "ties.governs"),
    references=("greany2022", "jaccard1912", "mantel1967", "efron1993", "phipson2010"),
)
@rests_on("governs", tables=("adoptions",))
def within_between_gap(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean likeness within trusts less that between, with trusts dealt at random."""
    return _gap(here, by_form=False)


@indicator(
    id="practices.likeness_gap_by_form",
    label="Likeness within trusts less that between, counting how items were taken up",
    question="Does it change when what schools adapted counts for less than what they adopted?",
    why="Two schools may bear the same label on different practices: what was adapted or blended "
    "is no longer quite the same.",
    unit="index",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + " Items in use in an unknown form are not compared.",
    caveat="As the gap above, with half weight for what was adapted or blended; half is a choice. "
    f"{_GROUPS}",
    formula="Mean likeness of pairs of schools of one trust − mean likeness of other pairs; "
    "likeness of two schools = sum over items of the smaller ÷ sum of the larger of their two "
    "weights, 1 for an item adopted, 1/2 for one adapted or blended, 0 for one not in use "
    f"(`hedgerow.methods.similarity.ruzicka_similarity`). {SCHOOL_BOOTSTRAP} Chance: trusts are "
    "dealt anew among the schools, keeping the size of each.",
    needs=("adoptions.is_used", "adoptions.form", "ties.governs"),
    references=("greany2022", "ruzicka1958", "mantel1967", "efron1993"),
)
@rests_on("governs", tables=("adoptions",))
def within_between_gap_by_form(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the gap of Ruzicka's likeness with half weight for adapted and blended items."""
    return _gap(here, by_form=True)


@indicator(
    id="practices.likeness_of_tied_schools",
    label="Likeness of practice that goes with a tie",
    question="Do schools that turn to one another work more alike than others?",
    why="Ties are how practice travels; where tied schools are no more alike, either nothing "
    "travels or all have it already.",
    unit="index",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + " So too for schools not asked about their ties.",
    caveat="Likeness added by a tie (turning to, visiting, reviewing, collaborating) between two "
    "schools, the same trust held constant. It cannot tell whether ties make schools alike or "
    "schools seek their like.",
    formula="The coefficient of “tied” in the least-squares fit, over all pairs of schools asked "
    "both, likeness = a + b × tied + c × same trust "
    "(`hedgerow.methods.mrqap.network_regression`); likeness of two schools = items that both use "
    "÷ items that either uses, of those that both were asked about "
    "(`hedgerow.methods.similarity.ruzicka_similarity`). Chance: the part of “tied” that trusts "
    "do not settle, with the schools renumbered.",
    needs=("adoptions.is_used", *TIES_NEEDED, "ties.governs"),
    references=("greany2022", "dekker2007"),
)
@rests_on("governs", tables=("adoptions", "observations"))
def likeness_of_tied_schools(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the coefficient of a tie in a network regression of likeness, same trust held."""
    found, ties = repertoire(here), school_ties(here)
    if isinstance(found, NotMeasured):
        return found
    if isinstance(ties, NotMeasured):
        return ties
    alike = similarity(here)
    assert not isinstance(alike, NotMeasured)  # there is a repertoire
    pairs, both = asked_of_both(found, ties)
    tied = np.zeros_like(alike)
    tied[pairs[:, 0], pairs[:, 1]] = tied[pairs[:, 1], pairs[:, 0]] = 1.0
    asked = set(both)
    kept = [
        row
        for row, (school, body) in enumerate(zip(found.schools, found.bodies, strict=True))
        if school in asked and body is not None
    ]
    kept = _all_defined(alike, kept)
    bodies = np.array([found.bodies[row] for row in kept], dtype=object)
    same = (bodies[:, None] == bodies[None, :]).astype(float)
    missing = found.missing + len(found.schools) - len(kept)
    predictors = [tied[np.ix_(kept, kept)], same]
    off = ~np.eye(len(kept), dtype=bool)
    design = np.column_stack([np.ones(off.sum()), *(table[off] for table in predictors)])
    if np.linalg.matrix_rank(design) < 2 or not 0 < predictors[0][off].mean() < 1:
        return NotMeasured(
            reason="Too few schools here are tied, or too few are not, to compare them.",
            would_tell="More schools asked whom they turn to and what they use.",
            n=len(kept),
            missing=missing,
        )
    if np.linalg.matrix_rank(design) < design.shape[1]:
        predictors.pop()  # no two schools of one trust, or ties and trusts coincide
        if np.array_equal(tied[np.ix_(kept, kept)][off], same[off]):
            return NotMeasured(
                reason="Ties and trusts coincide here: what goes with a tie cannot be told from "
                "what goes with a trust.",
                would_tell="A wider lens.",
                n=len(kept),
                missing=missing,
            )
    fit = network_regression(
        alike[np.ix_(kept, kept)], predictors, generator(here, "likeness of tied schools")
    )
    test = fit.tests[0]
    return Reading(
        value=float(fit.coefficients[0]),
        n=len(kept),
        missing=missing,
        chance=Chance(
            expected=0.0,
            method="the tie's part that trusts do not settle, with the schools renumbered",
            p=test.p_two_sided,
            draws=test.draws,
        ),
        caveat=" ".join(part for part in (found.caveat, ties.caveat) if part),
    )


def asked_of_both(found: Repertoire, ties: SchoolTies) -> tuple[NDArray[np.int64], list[str]]:
    """Give the tied pairs among schools that were asked both what they use and whom they turn to.

    Returns
    -------
    pairs : array of int, shape (m, 2)
        Rows of the repertoire, each pair once, the lower row first.
    schools : list of str
        The schools asked both.
    """
    told = {school for school, asked in zip(ties.schools, ties.asked, strict=True) if asked}
    row_of = {school: row for row, school in enumerate(found.schools) if school in told}
    pairs = {
        (min(row_of[first], row_of[second]), max(row_of[first], row_of[second]))
        for first, second in ties.ties.select("from_id", "to_id").iter_rows()
        if first in row_of and second in row_of and first != second
    }
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2), list(row_of)


def _all_defined(alike: NDArray[np.float64], rows: list[int]) -> list[int]:
    """Leave out schools until every pair left has a likeness; those with most gaps go first."""
    kept = list(rows)
    while True:
        gaps = np.isnan(alike[np.ix_(kept, kept)])
        np.fill_diagonal(gaps, False)
        if not gaps.any():
            return kept
        kept.pop(int(gaps.sum(axis=1).argmax()))
