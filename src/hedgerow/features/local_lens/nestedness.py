"""Whether one local lies within another: trusts in authorities, authorities in the areas of
hubs."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.designated_hubs import HUB_NAMES, designated
from hedgerow.features.readings import DRAWS, chance_of, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import Chance, NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.labelling import encode
from hedgerow.methods.partitions import adjusted_mutual_information, nestedness
from hedgerow.methods.permutation import NullDistribution, null_distribution

MANY, DRAWS_WITH_MANY = 2_000, 99
"""Schools from which fewer draws are made, and how many."""

CELLS_AT_ONCE = 200_000
"""Schools times draws that are dealt together."""

PARTITIONS = {
    "trust": "trust",
    "district": "district",
    "authority": "authority",
    "region": "region",
    "teaching_school_hub": "Teaching School Hub area",
    "maths_hub": "Maths Hub area",
}
"""Divisions of the schools, and what each is called."""

_NEEDED = {
    "trust": ("ties.governs",),
    "district": ("organisations.district",),
    "authority": ("organisations.authority",),
    "region": ("organisations.region",),
    "teaching_school_hub": ("ties.covers", "area_parts"),
    "maths_hub": ("ties.covers",),
}

PAIRS = (
    ("trust", "district"),
    ("trust", "authority"),
    ("trust", "region"),
    ("trust", "teaching_school_hub"),
    ("district", "teaching_school_hub"),
    ("authority", "teaching_school_hub"),
    ("trust", "maths_hub"),
    ("authority", "maths_hub"),
    ("teaching_school_hub", "maths_hub"),
)
"""Which division is asked to lie within which."""

AGREEING = (
    ("trust", "district"),
    ("trust", "teaching_school_hub"),
    ("trust", "maths_hub"),
    ("district", "teaching_school_hub"),
    ("teaching_school_hub", "maths_hub"),
)
"""Of which divisions it is asked how far they agree, either way round."""


def divisions(here: LocalLandscape) -> pl.DataFrame:
    """Give every state school of the place with the class that it has in each division.

    Returns
    -------
    polars.DataFrame
        Columns ``id`` and the names of `PARTITIONS`; a maintained school's class among trusts is
        null, and so is the hub of a school that lies in no known footprint, or in more than one. In
        order of ``id``.
    """
    return here.worked_out("divisions", lambda: _divisions(here))


def _divisions(here: LocalLandscape) -> pl.DataFrame:
    found = state_schools(here).select(
        "id",
        pl.when(pl.col("trust_size").is_not_null()).then(pl.col("body")).alias("trust"),
        "district",
        "authority",
        "region",
    )
    for kind in HUB_NAMES.keys() & PARTITIONS.keys():
        single = (
            designated(here)
            .filter(pl.col("hub_kind") == kind)
            .filter(pl.len().over("school") == 1)
            .select(pl.col("school").alias("id"), pl.col("hub").alias(kind))
        )
        found = found.join(single, on="id", how="left")
    return found.sort("id")


def nestedness_by_chance(
    inner: list[object], outer: list[object], within: list[object], rng: np.random.Generator
) -> NullDistribution | None:
    """Set the nestedness of two divisions against the outer classes dealt anew within strata.

    Parameters
    ----------
    inner, outer, within : lists of length n
        Classes of the same units, none missing; ``within`` is the stratum in which outer classes
        are dealt.
    rng : numpy.random.Generator

    Returns
    -------
    NullDistribution or None
        None where ``outer`` has a single class.
    """
    observed = nestedness(inner, outer)
    if observed is None:
        return None
    a, b = encode(inner)[0], encode(outer)[0]
    strata = np.array([str(one) for one in within])
    order = np.argsort(strata, kind="stable")
    a, b, ranks = a[order], b[order], np.unique(strata[order], return_inverse=True)[1]
    whole = _entropies(np.sort(b)[None])[0]
    inner_entropy = _entropies(np.sort(a)[None])[0]
    draws = DRAWS if a.size < MANY else DRAWS_WITH_MANY
    null = np.empty(draws)
    step = max(1, CELLS_AT_ONCE // a.size)
    for start in range(0, draws, step):
        # random keys sorted within strata: a permutation of each stratum
        keys = ranks + rng.random((min(step, draws - start), a.size))
        joint = np.sort(a * (b.max() + 1) + b[np.argsort(keys, axis=1)], axis=1)
        null[start : start + step] = 1 - (_entropies(joint) - inner_entropy) / whole
    return null_distribution(observed, np.clip(null, 0, 1))


def _entropies(ordered: NDArray[np.int64]) -> NDArray[np.float64]:
    """Entropy of each row of classes in order, shape (rows, n), in nats."""
    rows, size = ordered.shape
    is_first = np.ones((rows, size), dtype=bool)
    is_first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    counts = np.diff(np.flatnonzero(is_first), append=rows * size)
    shares = np.arange(1, size + 1) / size
    terms = (shares * np.log(shares))[counts - 1]
    ends = np.cumsum(is_first.sum(axis=1)).tolist()
    return np.array(
        [-terms[start:end].sum() for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    )


def _nested(here: LocalLandscape, inner: str, outer: str) -> Reading | NotMeasured:
    if state_schools(here).is_empty():
        return no_schools(here)
    every = divisions(here)
    # a maintained school has no trust: it is not missing but outside the question
    asked = every.filter(pl.col("trust").is_not_null()) if inner == "trust" else every
    known = asked.filter(pl.col(inner).is_not_null(), pl.col(outer).is_not_null())
    missing = asked.height - known.height
    if known.is_empty():
        return NotMeasured(
            reason=f"Of no school here are both its {PARTITIONS[inner]} and its "
            f"{PARTITIONS[outer]} known.",
            would_tell="A register with both.",
            missing=missing,
        )
    null = nestedness_by_chance(
        known[inner].to_list(),
        known[outer].to_list(),
        [None] * known.height if outer == "region" else known["region"].to_list(),
        generator(here, f"nestedness {inner} {outer}"),
    )
    if null is None:
        return NotMeasured(
            reason=f"All these schools have the same {PARTITIONS[outer]}, so there is nothing to "
            "tell.",
            would_tell="A wider lens.",
            n=known.height,
            missing=missing,
        )
    among = "here" if outer == "region" else "of its region"
    return Reading(
        value=null.observed,
        n=known.height,
        missing=missing,
        chance=chance_of(
            null, f"each school's {PARTITIONS[outer]} dealt anew among the schools {among}"
        ),
    )


def _declare(inner: str, outer: str) -> Indicator:
    inner_name, outer_name = PARTITIONS[inner], PARTITIONS[outer]

    @indicator(
        id=f"local_lens.nestedness_{inner}_{outer}",
        label=f"{inner_name[0].upper()}{inner_name[1:]} within {outer_name}",
        question=f"Does knowing a school's {inner_name} tell its {outer_name}?",
        why="Once every local lay within a larger one, like Russian dolls; the study finds that "
        "they now overlap.",
        unit="index",
        missing_rule="Schools whose class in either division is not known, or that may belong to "
        "several, are left out and counted; maintained schools are outside what is asked of "
        "trusts.",
        caveat="1 means that every one of the smaller units lies whole within one of the larger, "
        "0 that knowing one tells nothing of the other. Many small units nest by arithmetic "
        "alone: compare with chance.",
        formula=f"1 − H({outer_name} given {inner_name}) ÷ H({outer_name}), where H is Shannon's "
        "entropy of the schools over the classes (`hedgerow.methods.partitions.nestedness`). "
        f"Chance: each school's {outer_name} is dealt anew, mostly within its region, 999 times "
        f"(99 times for {MANY:,} schools or more).",
        needs=(*_NEEDED[inner], *_NEEDED[outer]),
        references=("vinh2010", "equalls2022"),
    )
    @rests_on("governs", "covers")
    def nested(here: LocalLandscape) -> Reading | NotMeasured:
        return _nested(here, inner, outer)

    return nested


NESTEDNESS = tuple(_declare(inner, outer) for inner, outer in PAIRS)


def agreement(known: pl.DataFrame, first: str, second: str, missing: int) -> Reading | NotMeasured:
    """Give how far two divisions of the same schools agree beyond chance.

    Parameters
    ----------
    known : polars.DataFrame
        Columns ``first`` and ``second``: the class of each school, none missing.
    first, second : str
        What a class of each is called.
    missing : int
        Schools left out.
    """
    if known.is_empty():
        return NotMeasured(
            reason=f"Of no school here are both its {first} and its {second} known.",
            would_tell="A register, or a fieldbook, with both.",
            missing=missing,
        )
    found = adjusted_mutual_information(known["first"].to_list(), known["second"].to_list())
    if found is None:
        single = second if known["second"].n_unique() == 1 else first
        return NotMeasured(
            reason=f"All these schools have the same {single}, so there is nothing to tell."
            if min(known["first"].n_unique(), known["second"].n_unique()) == 1
            else f"Each of these schools has a {first} and a {second} of its own.",
            would_tell="A wider lens.",
            n=known.height,
            missing=missing,
        )
    return Reading(
        value=found,
        n=known.height,
        missing=missing,
        chance=Chance(expected=0.0, method="exact, over divisions into classes of the same sizes"),
    )


AGREEMENT_CAVEAT = (
    "1 where both divide the schools alike, 0 as much as chance gives, below 0 less: classes of "
    "the same sizes dealt at random are taken off, so that many small ones do not pass for "
    "agreement."
)


def agreement_formula(first: str, second: str) -> str:
    """Say how `agreement` is worked out."""
    return (
        f"(I − E[I]) ÷ ((H({first}) + H({second})) ÷ 2 − E[I]), where I is the mutual information "
        "of the two divisions, H Shannon's entropy and E[I] the mean of I over divisions into "
        "classes of the same sizes "
        "(`hedgerow.methods.partitions.adjusted_mutual_information`). Chance: 0, as E[I] is taken "
        "off."
    )


def _declare_agreement(first: str, second: str) -> Indicator:
    first_name, second_name = PARTITIONS[first], PARTITIONS[second]

    @indicator(
        id=f"local_lens.agreement_{first}_{second}",
        label=f"Agreement of {first_name} and {second_name}",
        question=f"Do {first_name} and {second_name} draw the same lines between schools?",
        why="Where the locals that a school lives in draw the same lines, its people meet the same "
        "colleagues in each; where they do not, every one of them is another map.",
        unit="index",
        missing_rule="Schools whose class in either division is not known, or that may belong to "
        "several, are left out and counted; maintained schools are outside what is asked of "
        "trusts.",
        caveat=AGREEMENT_CAVEAT,
        formula=agreement_formula(first_name, second_name),
        needs=(*_NEEDED[first], *_NEEDED[second]),
        references=("vinh2010", "equalls2022"),
    )
    @rests_on("governs", "covers")
    def agreeing(here: LocalLandscape) -> Reading | NotMeasured:
        if state_schools(here).is_empty():
            return no_schools(here)
        every = divisions(here)
        asked = every.filter(pl.col("trust").is_not_null()) if first == "trust" else every
        known = asked.select(first=pl.col(first), second=pl.col(second)).drop_nulls()
        return agreement(known, first_name, second_name, asked.height - known.height)

    return agreeing


AGREEMENT = tuple(_declare_agreement(first, second) for first, second in AGREEING)
