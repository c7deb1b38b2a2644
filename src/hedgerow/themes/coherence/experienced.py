"""Whether professional learning hangs together for those who take part, as they say it."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.interviews import (
    INTERVIEWS_NEEDED,
    MISSING_RULE,
    WOULD_TELL,
    accounts,
    judged,
    mean_of_people,
)
from hedgerow.features.readings import DRAWS, GROUP_BOOTSTRAP, chance_of, generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.measures import MATTERS
from hedgerow.methods.agreement import krippendorff_alpha
from hedgerow.methods.permutation import null_distribution

LEAST_AGREEMENT = 0.667
"""Krippendorff's alpha below which codes are not used."""

LEAST_TWICE = 5
"""People coded by two coders from whom it is told whether coders agree."""

LEAST_OF_GROUP = 3
"""People of a group for it to be set beside others."""

RANKS = {
    code: number / (len(MATTERS["coherence"]) - 1)
    for number, code in enumerate(MATTERS["coherence"])
}
"""0 for fragmented to 1 for coherent, in even steps."""

_STEPS = "fragmented 0, mostly fragmented 1/3, mostly coherent 2/3, coherent 1"


def felt(here: LocalLandscape) -> tuple[pl.DataFrame, int, str] | NotMeasured:
    """Give how coherent each person finds professional learning, where coders agree.

    Returns
    -------
    people : polars.DataFrame
        Columns ``person``, ``organisation``, ``group``, ``is_in_school``, ``value`` (0 to 1).
    missing : int
    caveat : str
        What is known of the coders' agreement.
    """
    return here.worked_out("felt coherence", lambda: _felt(here))


def _felt(here: LocalLandscape) -> tuple[pl.DataFrame, int, str] | NotMeasured:
    found = accounts(here, "coherence")
    if isinstance(found, NotMeasured):
        return found
    shares, missing = found
    twice, alpha = _agreement(judged(here, "coherence"))
    if alpha is not None and alpha < LEAST_AGREEMENT:
        return NotMeasured(
            reason=f"Coders agree too little on it: Krippendorff's alpha is {alpha:.2f} over "
            f"{twice} people, and below {LEAST_AGREEMENT} codes are not used.",
            would_tell="The same interviews coded anew, by a codebook that both have tried.",
            n=twice,
            missing=missing,
        )
    rank = pl.col("said").replace_strict(RANKS, return_dtype=pl.Float64)
    people = shares.group_by(
        "person", "organisation", "group", "is_in_school", maintain_order=True
    ).agg((rank * pl.col("share")).sum().alias("value"))
    if alpha is None:
        said = "Fewer than five people were coded by two coders: whether they agree is not known."
    else:
        said = f"Two coders judged {twice} of the people; Krippendorff's alpha is {alpha:.2f}."
    return people, missing, said


def _agreement(rows: pl.DataFrame) -> tuple[int, float | None]:
    """Give how many people two coders or more judged, and the ordinal agreement over them."""
    rank = pl.col("said").replace_strict(RANKS, return_dtype=pl.Float64)
    by_coder = rows.group_by("person", "coder").agg(
        ((rank * pl.col("passages")).sum() / pl.col("passages").sum()).alias("value")
    )
    several = by_coder.filter(pl.col("coder").n_unique().over("person") > 1)
    twice = several["person"].n_unique()
    if twice < LEAST_TWICE:
        return twice, None
    wide = several.sort("person", "coder").pivot("person", index="coder", values="value")
    codings = [list(row) for row in wide.drop("coder").iter_rows()]
    return twice, krippendorff_alpha(codings, "ordinal")


@indicator(
    id="coherence.experienced_coherence",
    label="Coherence as people experience it",
    question="Do heads, mathematics leads and teachers find that professional learning here hangs "
    "together?",
    why="In all three localities of the study most found it fragmented: structure is not "
    "experience.",
    unit="score",
    units="people interviewed",
    direction="more",
    tier="E",
    grade="B",
    missing_rule=MISSING_RULE
    + f" Where coders agree by less than {LEAST_AGREEMENT} nothing is said either.",
    caveat="From 0, fragmented, to 1, coherent: steps of a scale taken as even. Those interviewed "
    "were mostly chosen, not drawn, and system leaders weigh as much as anyone.",
    references=("greany2022", "krippendorff2011", "efron1993"),
    formula=f"Each code a number ({_STEPS}); for each person the mean over passages, then over "
    "coders; the mean over people. Agreement of coders by "
    f"`hedgerow.methods.agreement.krippendorff_alpha`, ordinal. {GROUP_BOOTSTRAP}",
    needs=(*INTERVIEWS_NEEDED, "accounts.coder"),
)
@rests_on(tables=("accounts",))
def experienced_coherence(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean coherence that people tell of."""
    found = felt(here)
    if isinstance(found, NotMeasured):
        return found
    people, missing, caveat = found
    return mean_of_people(here, people, "experienced coherence", missing, caveat)


def _too_few(people: pl.DataFrame, missing: int, what: str) -> NotMeasured:
    return NotMeasured(
        reason=f"It takes {LEAST_OF_GROUP} people or more of {what}.",
        would_tell=WOULD_TELL,
        n=people.height,
        missing=missing,
    )


@indicator(
    id="coherence.experienced_by_leaders_gap",
    label="Coherence to system leaders, above that to schools",
    question="Do system leaders find that things hang together more than people in schools do?",
    why="Those who plan together may see a whole that schools never meet.",
    unit="index",
    units="people interviewed",
    tier="E",
    grade="B",
    missing_rule=MISSING_RULE + f" Each side takes {LEAST_OF_GROUP} people.",
    caveat="From -1 to 1; 0 where both find it alike. Steps of a scale taken as even.",
    references=("greany2022", "phipson2010"),
    formula=f"Each code a number ({_STEPS}); the mean over people who work in organisations that "
    "are no schools, less the mean over people in schools. Chance: whole schools and organisations "
    "dealt anew to the two sides.",
    needs=(*INTERVIEWS_NEEDED, "accounts.coder"),
)
@rests_on(tables=("accounts",))
def experienced_by_leaders_gap(here: LocalLandscape) -> Reading | NotMeasured:
    """Subtract what people in schools tell of from what system leaders do."""
    found = felt(here)
    if isinstance(found, NotMeasured):
        return found
    people, missing, caveat = found
    sides = people.group_by("organisation", "is_in_school", maintain_order=True).agg(
        pl.col("value").sum().alias("sum"), pl.len().alias("people")
    )
    sizes = people.group_by("is_in_school").len()
    if sizes.height < 2 or int(sizes.select(pl.col("len").min()).item()) < LEAST_OF_GROUP:
        return _too_few(people, missing, "system leaders and as many in schools")
    sums, counts = sides["sum"].to_numpy(), sides["people"].to_numpy().astype(float)
    in_school = sides["is_in_school"].to_numpy()
    rng = generator(here, "leaders gap")
    dealt = np.stack([in_school, *(rng.permutation(in_school) for _ in range(DRAWS))])

    def mean(side: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.asarray((side @ sums) / (side @ counts))

    gaps = mean(~dealt) - mean(dealt)
    null = null_distribution(float(gaps[0]), gaps[1:])
    return Reading(
        value=null.observed,
        n=people.height,
        missing=missing,
        chance=chance_of(null, "whole schools and organisations dealt anew to the two sides"),
        caveat=caveat,
    )


@indicator(
    id="coherence.experienced_gap",
    label="Coherence to people in one school, apart",
    question="Do heads, mathematics leads and class teachers differ in how coherent they find "
    "things?",
    why="A head may see a plan where a teacher sees one course after another.",
    unit="index",
    units="people interviewed",
    direction="less",
    tier="E",
    grade="B",
    missing_rule=MISSING_RULE + f" A group takes {LEAST_OF_GROUP} people; others are left out.",
    caveat="Between the groups with the highest and the lowest mean, from 0 to 1: some difference "
    "comes by chance, so read it against chance. Steps of a scale taken as even.",
    references=("greany2022", "phipson2010"),
    formula=f"Each code a number ({_STEPS}); of the groups of people in schools the highest mean "
    "less the lowest. Chance: groups dealt anew among the people of each school.",
    needs=(*INTERVIEWS_NEEDED, "accounts.coder", "accounts.group"),
)
@rests_on(tables=("accounts",))
def experienced_gap(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the largest difference between groups of people in schools."""
    found = felt(here)
    if isinstance(found, NotMeasured):
        return found
    people, missing, caveat = found
    inside = people.filter("is_in_school", pl.col("group") != "").filter(
        pl.len().over("group") >= LEAST_OF_GROUP
    )
    groups = inside["group"].unique().sort().to_list()
    if len(groups) < 2:
        return _too_few(people, missing, "two groups in schools")
    code = inside["group"].replace_strict(
        {group: number for number, group in enumerate(groups)}, return_dtype=pl.Int64
    )
    member = np.eye(len(groups))[code.to_numpy()]
    sizes = member.sum(axis=0)
    values = inside["value"].to_numpy()
    schools = inside["organisation"].rank("dense").to_numpy()
    rng = generator(here, "group gap")
    # values dealt anew within schools: random keys sorted inside each school
    home = np.argsort(schools, kind="stable")
    keys = rng.random((DRAWS, values.size))
    dealt = np.empty_like(keys)
    dealt[:, home] = values[np.argsort(schools[None, :] + keys, axis=1)]
    means = (np.vstack([values[None, :], dealt]) @ member) / sizes
    spread = means.max(axis=1) - means.min(axis=1)
    null = null_distribution(float(spread[0]), spread[1:])
    return Reading(
        value=null.observed,
        n=inside.height,
        missing=missing + people.filter("is_in_school").height - inside.height,
        chance=chance_of(null, "groups dealt anew among the people of each school"),
        caveat=f"{plural(len(groups), 'group')}. {caveat}",
    )
