"""Why a place is said to be coupled as it is, in sentences that name their findings."""

from __future__ import annotations

from collections.abc import Mapping

from hedgerow.landscape.finding import Finding
from hedgerow.localities.coupling_axes import AxisPosition, Part, Positions
from hedgerow.localities.coupling_knots import IN_WORDS, MEASURES, STRUCTURE, Axis, Measure
from hedgerow.localities.overview import Statement
from hedgerow.localities.saying import in_per_cent, listed

OF_THE_STUDY = ("strategic", "networked", "balkanised")
"""The types that the report names."""

LIKENESS = "practices.likeness_gap"
"""The finding that tells whether schools of one trust work more alike than others."""

_SUBJECTS: dict[str, str] = {
    "providers": "The organisations that link schools are",
    "schools": "The schools are",
}
_CONDITIONS: dict[str, str] = {
    "providers": "Conditions for links between organisations are",
    "schools": "Conditions for links between schools are",
}


def reasons(
    kind: str | None,
    basis: str,
    found: Positions,
    probabilities: Mapping[str, float],
    findings: Mapping[str, Finding],
) -> tuple[Statement, ...]:
    """Say why: each axis with its measures, the type, who carries the links, what is not known.

    Parameters
    ----------
    kind : str or None
        The type; None where mixed or without evidence.
    basis : {"local evidence", "open data", "none"}
    found : Positions
    probabilities : mapping of str to float
    findings : mapping of str to Finding
        By identifier.
    """
    if basis == "none":
        return (_nothing_known(found),)
    measures = MEASURES if basis == "local evidence" else STRUCTURE
    said = [_axis(axis, found, measures, basis) for axis in ("providers", "schools")]
    said.append(_governance(found, measures))
    said.append(_verdict(kind, basis, found, probabilities))
    if basis == "local evidence":
        said += [_carriers(found, measures), _likeness(findings.get(LIKENESS))]
    return tuple(one for one in said if one is not None)


def _nothing_known(found: Positions) -> Statement:
    missing = sorted({part.finding for part in found.parts if part.position is None})
    return Statement(
        "How the systems of the place are linked cannot be said: neither who sits with whom and "
        "works with whom, nor where the hubs are and to whom schools turn, is known for enough of "
        "it. A fieldbook with boards, joint work and whom schools turn to would tell.",
        tuple(missing),
    )


def _axis(
    axis: Axis, found: Positions, measures: tuple[Measure, ...], basis: str
) -> Statement | None:
    parts = [part for part in found.parts if part.axis == axis]
    measured = [part for part in parts if part.position is not None]
    position = found.axes[axis]
    if basis == "local evidence":
        head = f"{_SUBJECTS[axis]} {_closely(position)} linked"
    else:
        head = f"{_CONDITIONS[axis]} {_favourable(position)}"
    clauses = listed([_clause(part, measures) for part in measured])
    text = f"{head} ({position.value:.2f} on a scale from 0 to 1): {clauses}."
    unknown = [part.name for part in parts if part.position is None]
    if unknown:
        text += f" Not known: {listed(unknown)}."
    return Statement(text, tuple(part.finding for part in measured))


def _clause(part: Part, measures: tuple[Measure, ...]) -> str:
    measure = next(one for one in measures if one.name == part.name)
    assert part.read is not None, "only measured parts are put into words"
    if measure.is_share:
        return measure.says.format(read=in_per_cent(part.read))
    if measure.reading == "beside chance":
        return measure.says.format(read=f"{part.read:+.2f}".replace("-", "−"))
    return measure.says.format(read=f"{part.read:.1f}")


def _closely(position: AxisPosition) -> str:
    for below, word in ((0.25, "hardly"), (0.45, "loosely"), (0.7, "fairly closely")):
        if position.value < below:
            return word
    return "closely"


def _favourable(position: AxisPosition) -> str:
    for below, word in ((0.33, "poor"), (0.67, "middling")):
        if position.value < below:
            return word
    return "good"


def _governance(found: Positions, measures: tuple[Measure, ...]) -> Statement | None:
    part = next((one for one in found.parts if one.axis == "governance"), None)
    if part is None or part.position is None or part.position < 0.5:
        return None
    return Statement(
        f"One body governs most of the schools: {_clause(part, measures)}.", (part.finding,)
    )


def _verdict(
    kind: str | None, basis: str, found: Positions, probabilities: Mapping[str, float]
) -> Statement:
    order = sorted(probabilities, key=lambda name: -probabilities[name])
    if kind is None:
        first, second = order[:2]
        text = (
            f"No one type fits: {first} takes {in_per_cent(probabilities[first])} and {second} "
            f"{in_per_cent(probabilities[second])}."
        )
    else:
        whose = "the study calls" if kind in OF_THE_STUDY else "may be called"
        text = (
            f"Its systems together are nearest to what {whose} {kind}: {IN_WORDS[kind]} "
            f"({in_per_cent(probabilities[kind])} of the likeness, shared out among "
            f"{len(probabilities)} types)."
        )
    if basis == "open data":
        text += (
            " Only the conditions for links are known, from open data, and not the links: it is a "
            "suggestion, and of the lowest grade."
        )
    rests_on = dict.fromkeys(part.finding for part in found.parts if part.position is not None)
    return Statement(text, tuple(rests_on))


def _carriers(found: Positions, measures: tuple[Measure, ...]) -> Statement | None:
    position = found.axes.get("carriers")
    measured = [
        part for part in found.parts if part.axis == "carriers" and part.position is not None
    ]
    if position is None or not measured:
        return None
    if position.value >= 0.6:
        head = "Few people carry the links, which makes them fragile"
    elif position.value >= 0.35:
        head = "Some of the links hang on few people"
    else:
        head = "Many people carry the links"
    clauses = listed([_clause(part, measures) for part in measured])
    return Statement(f"{head}: {clauses}.", tuple(part.finding for part in measured))


def _likeness(finding: Finding | None) -> Statement | None:
    if finding is None or finding.value is None or finding.interval is None:
        return None
    if finding.interval.low <= 0:
        return None
    return Statement(
        "Schools of one governing body work more alike than schools of different ones "
        f"({finding.value:.2f} more on a scale from 0 to 1).",
        (finding.id,),
    )
