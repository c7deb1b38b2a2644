"""What is said of a typology, before it is set as page, workbook or text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hedgerow import __version__
from hedgerow.localities.typology.answer import CANNOT_SAY
from hedgerow.localities.typology.trajectories import DEFINITIONS
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.pictures.typology import (
    continuum_picture,
    portrait_picture,
    sureness_picture,
    types_map,
)
from hedgerow.reporting.report import PHASE_WORDS
from hedgerow.reporting.table import Table
from hedgerow.reporting.typology_tables import (
    evidence_table,
    left_out_table,
    movers_table,
    multiverse_table,
    places_table,
    resemblance_choices_table,
    resemblance_table,
    short_types_table,
    transitions_table,
)
from hedgerow.reporting.wording import age_text, day_text, is_old

if TYPE_CHECKING:
    from hedgerow.landscape.provenance import Source
    from hedgerow.localities.typology.answer import Answer

METHOD: tuple[str, ...] = (
    "Each place is described from open data in four blocks: who governs the schools, how local "
    "the trusts are, how and when schools became academies, and place and hubs. Features are "
    "brought to one scale by their median and median deviation; those of a block that say "
    "nearly the same share their weight; each block has an equal say in the distance between "
    "two places.",
    "Types are groups around typical places (k-medoids). Whether there are any is asked first: "
    "the same is done to made-up places that lie in one continuum with the same correlations "
    "and with each feature single-peaked, and types must be further apart than those. Then half"
    " of the places must foretell the types of the other half (prediction strength), and types "
    "must come back when places are drawn anew (Jaccard stability). Groups that come back "
    "without being foretold are called patterns; where there are none, it is said that there "
    "are no types.",
    "How sure it is of a place: schools are drawn anew in every place, blocks weighed "
    "otherwise, a feature left out, another number of types taken, a day near by looked at. A "
    "place's share is of the draws in which it lies in its type; a type that has not come back "
    "counts for none.",
)


@dataclass(frozen=True, eq=False)
class TypologyReport:
    """What a page says of a typology; attributes as in `Report` where they share a name.

    Attributes
    ----------
    word : str
        What a group is called: "type" or "pattern".
    verdict, sureness : str
        The answer, and how surely places are of their types.
    kinds : tuple of (str, str)
        Each type with its most typical place, and what sets it apart.
    cannot_say : tuple of str
        What open data cannot say, beside the answer.
    second : str
        What the mixture says.
    portraits : tuple of Picture
    tables : mapping of str to Table or None
    """

    title: str
    on: str
    register: str
    made_on: str
    age: str
    is_old: bool
    word: str
    verdict: str
    sureness: str
    second: str
    consensus: str
    extremes: str
    cannot_say: tuple[str, ...]
    method: tuple[str, ...]
    notes: tuple[str, ...]
    map: Picture | None
    continuum: Picture
    portraits: tuple[Picture, ...]
    sure_picture: Picture | None
    kinds: tuple[tuple[str, str], ...]
    types: Table
    evidence: Table
    places: Table
    multiverse: Table | None
    resemblance: Table | None
    resemblance_note: str
    resemblance_choices: Table | None
    movers: Table
    definitions: tuple[tuple[str, str], ...]
    moves: tuple[Table, ...]
    left_out: Table
    sources: tuple[Source, ...]
    version: str


def typology_report(answer: Answer, *, today: date) -> TypologyReport:
    """Set out what is said of a typology.

    Parameters
    ----------
    answer : Answer
    today : datetime.date
        The day on which the report is made.
    """
    typology = answer.typology
    return TypologyReport(
        title=f"What kinds of {_kinds_of(answer)} there are: {PHASE_WORDS[typology.table.phase]}",
        on=day_text(answer.on),
        register=answer.register,
        made_on=day_text(today),
        age=age_text(answer.on, today),
        is_old=is_old(answer.on, today),
        word=answer.word,
        verdict=answer.verdict_in_words,
        sureness=answer.sureness_in_words,
        second=second_in_words(answer),
        consensus=consensus_in_words(answer),
        extremes=extremes_in_words(answer),
        cannot_say=CANNOT_SAY,
        method=METHOD,
        notes=answer.notes,
        map=types_map(answer),
        continuum=continuum_picture(answer),
        portraits=tuple(portrait_picture(answer, one) for one in typology.types),
        sure_picture=sureness_picture(answer),
        kinds=tuple(
            (
                f"{answer.word.capitalize()} {one.letter}, such as "
                f"{typology.table.units[one.medoid].name}",
                one.in_words,
            )
            for one in typology.types
        ),
        types=short_types_table(answer),
        evidence=evidence_table(answer),
        places=places_table(answer),
        multiverse=multiverse_table(answer),
        resemblance=resemblance_table(answer),
        resemblance_note=answer.why_no_resemblance,
        resemblance_choices=resemblance_choices_table(answer),
        movers=movers_table(answer),
        definitions=tuple((str(kind), words) for kind, words in DEFINITIONS.items()),
        moves=tuple(transitions_table(answer, one) for one in answer.transitions),
        left_out=left_out_table(answer),
        sources=answer.sources,
        version=__version__,
    )


def _kinds_of(answer: Answer) -> str:
    return "authority" if answer.unit == "authority" else "locality"


def second_in_words(answer: Answer) -> str:
    """What a mixture of clouds says, in a sentence."""
    second = answer.typology.second
    if second.clouds == 1:
        return "A second method, a mixture of clouds chosen by BIC, finds one cloud: no types."
    text = (
        f"A second method, a mixture of clouds on the {second.components} directions beyond noise, "
        f"chosen by BIC, finds {second.clouds} clouds"
    )
    if second.agreement is None:
        return f"{text}."
    return (
        f"{text}; its agreement with the {answer.word}s is {second.agreement:.2f} (1 the same, 0 "
        "chance)."
    )


def consensus_in_words(answer: Answer) -> str:
    """How far draws agree with the types, in a sentence; empty without types."""
    import numpy as np

    found = answer.sure.agreement[~np.isnan(answer.sure.agreement)]
    if not found.size or answer.sure.agreement_of_consensus is None:
        return ""
    low, middle, high = np.quantile(found, [0.025, 0.5, 0.975])
    return (
        f"The agreement of a draw with the {answer.word}s is {middle:.2f} in the middle "
        f"({low:.2f} to {high:.2f}); that of the places most often together, taken over all draws, "
        f"{answer.sure.agreement_of_consensus:.2f}."
    )


def extremes_in_words(answer: Answer) -> str:
    """Which places lie far from all others, in the order of their names."""
    typology = answer.typology
    names = []
    for row in typology.extremes:
        label = int(typology.labels[row])
        of = f" ({typology.types[label].letter})" if label >= 0 else ""
        names.append(f"{typology.table.units[row].name}{of}")
    told = f" with the {answer.word} that each is nearest to," if typology.types else ""
    return (
        f"The extremes, furthest from any others,{told} in the order of their names: "
        f"{'; '.join(sorted(names))}."
    )
