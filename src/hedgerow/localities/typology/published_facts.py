"""What the study publishes of City, Town and Shire that open data can be set beside, as intervals.

The localities are anonymised. The facts tell how common places like them are; they are never to be
used to look for the places, and nothing in Hedgerow does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Case = Literal["City", "Town", "Shire"]
CASES: tuple[Case, ...] = ("City", "Town", "Shire")

Wording = Literal["report", "blog"]
"""Where the two differ on the share maintained: the report of 2022, or the seventh blog post."""

Beside = Literal["a number", "the middle"]


@dataclass(frozen=True)
class Figure:
    """What is read of each place to set beside the facts.

    Attributes
    ----------
    name, label : str
    is_logged : bool
        Whether it varies by ratios, so that differences are taken of its logarithm.
    """

    name: str
    label: str
    is_logged: bool = False


FIGURES: tuple[Figure, ...] = (
    Figure("maintained", "Schools of all phases maintained by the authority"),
    Figure("single_trusts", "Single-academy trusts among the trusts here"),
    Figure("six_or_more", "Primary schools in trusts of six or more"),
    Figure("early", "Primary schools that were academies by 2015"),
    Figure("recent", "Conversions in the last three years"),
    Figure("local_trusts", "Academies in local trusts"),
    Figure("nearest", "Distance to the nearest other primary school", is_logged=True),
    Figure("maths_hub_inside", "Maths Hub hosted here"),
    Figure("teaching_hub_inside", "Teaching School Hub hosted here"),
)
"""Figures of open data, in the order in which they are shown."""


@dataclass(frozen=True)
class PublishedFact:
    """One published fact of one case as an interval of a figure.

    Attributes
    ----------
    case : {"City", "Town", "Shire"}
    figure : str
        Name of one of `FIGURES`.
    low, high : float
        Ends of the interval; infinite where the fact does not say. Where the fact says only "more"
        or "less", the other end is the middle of all places: 0 stands for it.
    beside : {"a number", "the middle"}
        Whether the ends are numbers, or counted from the middle of all places.
    says : str
        The fact in words.
    source : str
    """

    case: Case
    figure: str
    low: float
    high: float
    says: str
    source: str
    beside: Beside = "a number"


_REPORT, _BLOG = "report, section 4", "seventh blog post"
_TABLE = "report, table 1.1"


def _more(case: Case, figure: str, says: str, source: str) -> PublishedFact:
    return PublishedFact(case, figure, 0.0, math.inf, says, source, "the middle")


def _less(case: Case, figure: str, says: str, source: str) -> PublishedFact:
    return PublishedFact(case, figure, -math.inf, 0.0, says, source, "the middle")


def _around(case: Case, singles: int, trusts: int) -> PublishedFact:
    share = singles / trusts
    return PublishedFact(
        case,
        "single_trusts",
        share - 0.08,
        share + 0.08,
        f"{singles} of {trusts} trusts are single-academy trusts",
        _REPORT,
    )


_MAINTAINED: dict[Wording, tuple[PublishedFact, ...]] = {
    "report": (
        PublishedFact("City", "maintained", 0.35, 0.45, "around two fifths", _REPORT),
        PublishedFact("Town", "maintained", 0.25, 0.31, "just over a quarter", _REPORT),
        PublishedFact("Shire", "maintained", 0.35, 0.41, "just under two fifths", _REPORT),
    ),
    "blog": (
        PublishedFact("City", "maintained", 0.45, 0.55, "half of schools academies", _BLOG),
        PublishedFact("Town", "maintained", 0.28, 0.38, "two thirds being academies", _BLOG),
        PublishedFact("Shire", "maintained", 0.35, 0.41, "just under two fifths", _REPORT),
    ),
}

_COMMON: tuple[PublishedFact, ...] = (
    _around("City", 11, 33),
    _around("Town", 7, 26),
    _around("Shire", 18, 39),
    PublishedFact("Town", "six_or_more", 0.40, math.inf, "over 40 per cent", _BLOG),
    PublishedFact("Shire", "six_or_more", -math.inf, 0.25, "less than half of Town's", _BLOG),
    _more("City", "early", "relatively quick to academise", _BLOG),
    _less("City", "recent", "relatively stable since the early shift", _BLOG),
    _more("Town", "recent", "the rate has accelerated", _BLOG),
    _less("Town", "local_trusts", "non-local medium and large trusts", "earlier blog post"),
    _more("Shire", "local_trusts", "trusts are smaller and more locally based", _REPORT),
    _less("City", "nearest", "densely populated with primary schools", _BLOG),
    _more("Shire", "nearest", "clusters separated by sparsely populated zones", _BLOG),
    PublishedFact("City", "maths_hub_inside", 1, math.inf, "based in the locality", _TABLE),
    PublishedFact("Town", "maths_hub_inside", 0, 0, "not based in the locality", _TABLE),
    PublishedFact("Shire", "maths_hub_inside", 0, 0, "not based in the locality", _TABLE),
    PublishedFact("City", "teaching_hub_inside", 1, math.inf, "both hubs inside", _BLOG),
    PublishedFact("Town", "teaching_hub_inside", 0, 0, "hubs remote", _BLOG),
    PublishedFact("Shire", "teaching_hub_inside", 0, 0, "hubs remote", _BLOG),
)


def published_facts(wording: Wording = "report") -> tuple[PublishedFact, ...]:
    """Give the facts of all three cases, by the wording chosen where report and blog differ."""
    return (*_MAINTAINED[wording], *_COMMON)
