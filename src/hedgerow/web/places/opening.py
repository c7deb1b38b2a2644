"""What a busy person reads first of a place: three sentences, and what becomes of the others."""

from __future__ import annotations

from dataclasses import dataclass

from hedgerow.localities.profile import Profile
from hedgerow.reporting.report import Report, Sentence

ABOUT = (
    ("context.schools",),
    (
        "linked_systems.maintained_share",
        "linked_systems.governing_bodies",
    ),
    (
        "professional_learning.external_reach",
        "sense_making.forum_coverage",
        "context.fsm_share",
        "context.eal_share",
        "context.share_in_most_deprived_fifth",
        "local_lens.local_trust_share",
        "linked_systems.hubs_serving",
    ),
)
"""What the three sentences are about: how large the place is, who governs its schools, and what
records tell of learning there; failing that its pupils, or how local it is. Of each, the first
figure that a sentence rests on chooses it."""


@dataclass(frozen=True)
class Opening:
    """The overview of a place in three parts.

    Attributes
    ----------
    first : tuple of Sentence
        At most three.
    more : tuple of Sentence
        Others about the place.
    unknown : tuple of Sentence
        Those that say what is not known or not complete.
    bounds : tuple of Sentence
        Those that rest on no figure: what the figures are not.
    """

    first: tuple[Sentence, ...]
    more: tuple[Sentence, ...]
    unknown: tuple[Sentence, ...]
    bounds: tuple[Sentence, ...]


def opening(profile: Profile, report: Report) -> Opening:
    """Part the overview of a place."""
    measured = {one.id for one in profile.findings if one.is_measured}
    pairs = list(zip(profile.overview, report.overview, strict=True))
    rests = [frozenset(statement.findings) for statement, _ in pairs]
    told = [bool(ids) and ids <= measured for ids in rests]
    chosen: list[int] = []
    for wanted in ABOUT:
        for one in wanted:
            place = next((n for n, ids in enumerate(rests) if one in ids and n not in chosen), None)
            if place is not None and (told[place] or not chosen):
                chosen.append(place)
                break
    said = [sentence for _, sentence in pairs]
    rest = [place for place in range(len(pairs)) if place not in chosen]
    return Opening(
        first=tuple(said[place] for place in chosen),
        more=tuple(said[place] for place in rest if told[place]),
        unknown=tuple(said[place] for place in rest if rests[place] and not told[place]),
        bounds=tuple(said[place] for place in rest if not rests[place]),
    )
