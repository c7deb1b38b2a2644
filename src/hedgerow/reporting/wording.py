"""Numbers, dates and states of evidence in words: the same in the terminal, the page, the report
and the spreadsheet."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from hedgerow.landscape.finding import Finding, Grade, NotMeasured
from hedgerow.landscape.indicators import Tier

GRADES: dict[Grade, str] = {
    "A": "administrative record",
    "B": "two independent sources",
    "C": "one source",
    "D": "a stand-in, from open data only",
}
TIERS: dict[Tier, str] = {"O": "open data", "E": "local evidence"}
FEATURES: dict[str, str] = {
    "context": "The schools and their pupils",
    "local_lens": "What counts as local",
    "linked_systems": "Many linked systems",
    "professional_learning": "Professional learning",
    "practices": "Practices, tools and routines",
    "bridging": "Bridging boundaries",
    "sense_making": "Sense making",
    "coherence": "Coherence",
    "quality": "Quality",
    "equity": "Equity",
    "leadership": "Locality leadership",
}
"""Headings for the features and themes, in the order in which they are shown."""

OLD_AFTER_YEARS = 2
"""Facts older than this bear a badge of caution."""

_SUFFIX = {
    "share": "%",
    "km": " km",
    "days": " days",
    "years": " years",
    "per km2": " per km²",
}


def feature_heading(feature: str) -> str:
    """Give the heading of a feature or theme; one not in `FEATURES` is spelt out from its name."""
    return FEATURES.get(feature, feature.replace("_", " ").capitalize())


def day_text(day: date) -> str:
    """Give a day as "25 April 2022"."""
    return f"{day.day} {day:%B %Y}"


def age_text(as_of: date, today: date) -> str:
    """Say how old facts are: "7 months old", "4 years old"; empty under a month."""
    months = (today.year - as_of.year) * 12 + today.month - as_of.month - (today.day < as_of.day)
    if months < 1:
        return ""
    if months < 24:
        return f"{months} month{'s' * (months != 1)} old"
    return f"{months // 12} years old"


def is_old(as_of: date, today: date) -> bool:
    """Whether facts are old enough to bear a badge of caution."""
    return (today - as_of).days > OLD_AFTER_YEARS * 365.25


def sources_text(titles: Sequence[str], most: int = 2) -> str:
    """Say where figures come from, in a sentence; of many, the first are named."""
    if not titles:
        return ""
    if len(titles) <= most + 1:
        return f"{'Source' if len(titles) == 1 else 'Sources'}: {'; '.join(titles)}."
    named = "; ".join(titles[:most])
    return f"Sources: {named}; and {len(titles) - most} more, listed under Sources."


def _decimals(unit: str, value: float, spread: float | None, n: int) -> int:
    """Digits after the point that a value's interval, or failing that the number of units,
    bears."""
    if unit == "share":
        return 1 if (spread is not None and spread < 0.03) or (spread is None and n >= 1000) else 0
    if unit == "count":
        return 0 if value == round(value) or value >= 100 else 1
    if unit in ("km", "years", "decile"):
        return 1 if abs(value) < 100 else 0
    if unit in ("date", "days"):
        return 0
    return 2


def number_text(
    value: float | None, unit: str, *, decimals: int | None = None, n: int = 0, bare: bool = False
) -> str:
    """Give a value in words with its unit; a dash where there is none.

    Parameters
    ----------
    value : float or None
        Shares as fractions of 1; dates as years.
    unit : str
        One of the units of an indicator.
    decimals : int, optional
        Digits after the point; chosen from the unit and ``n`` unless given.
    n : int
        Number of units that the value rests on.
    bare : bool
        Leave out the unit.
    """
    if value is None or math.isnan(value):
        return "–"
    places = _decimals(unit, value, None, n) if decimals is None else decimals
    shown = value * 100 if unit == "share" else value
    if unit == "date":
        return f"{shown:.0f}"
    rounded = round(shown, places) + 0.0  # turns -0.0 into 0.0
    return f"{rounded:,.{places}f}".replace("-", "−") + ("" if bare else _SUFFIX.get(unit, ""))


def _spread(finding: Finding) -> float | None:
    return None if finding.interval is None else finding.interval.high - finding.interval.low


def decimals_of(finding: Finding) -> int:
    """Give the digits after the point that a finding's value is shown with."""
    if finding.value is None:
        return 0
    return _decimals(finding.indicator.unit, finding.value, _spread(finding), finding.n)


def value_text(finding: Finding) -> str:
    """Give a finding's value with its unit; "not known" or "too few to say" where there is none."""
    if finding.status == "not measured":
        return "not known"
    if finding.status == "suppressed":
        return "too few to say"
    return number_text(finding.value, finding.indicator.unit, decimals=decimals_of(finding))


def _between(low: float, high: float, finding: Finding) -> str:
    unit, places = finding.indicator.unit, decimals_of(finding)
    first = number_text(low, unit, decimals=places, bare=True)
    return f"{first} to {number_text(high, unit, decimals=places)}"


def interval_text(finding: Finding) -> str:
    """Give the interval as "36 to 44%"; empty where there is none."""
    if not finding.is_measured or finding.interval is None:
        return ""
    return _between(finding.interval.low, finding.interval.high, finding)


def chance_text(finding: Finding) -> str:
    """Give what chance would give as "0.71 (0.66 to 0.75)"; empty where nothing was expected."""
    if not finding.is_measured or finding.chance is None:
        return ""
    chance = finding.chance
    places = decimals_of(finding)
    text = number_text(chance.expected, finding.indicator.unit, decimals=places)
    if chance.low is not None and chance.high is not None:
        text += f" ({_between(chance.low, chance.high, finding)})"
    return text


def against_chance(finding: Finding) -> str:
    """Say where a value lies beside what chance would give: "more than", "less than", "no more or
    less than"."""
    chance = finding.chance
    if finding.value is None or chance is None:
        return ""
    if chance.low is None or chance.high is None:
        return ""
    if finding.value > chance.high:
        return "more than chance would give"
    if finding.value < chance.low:
        return "less than chance would give"
    return "no more and no less than chance would give"


def _counted(number: int, units: str) -> str:
    """Give a number with what it counts: "1 academy", "138 schools"."""
    if number == 1:
        units = re.sub(r"ies\b", "y", units) if "ies" in units else units.removesuffix("s")
    return f"{number:,} {units}"


def count_text(finding: Finding) -> str:
    """Say what a value rests on: "138 schools, 2 unknown"."""
    text = _counted(finding.n, finding.indicator.units)
    return f"{text}, {finding.missing:,} unknown" if finding.missing else text


def why_none(finding: Finding) -> str:
    """Say in full why there is no value and what would tell; empty for a measured finding."""
    if finding.is_measured:
        return ""
    reason = finding.reason.rstrip(".") or "no evidence was given"
    if finding.status == "suppressed":
        opening = f"Too few to say. {reason}."
    else:
        opening = f"We do not know. {reason}."
    return _and_what_would_tell(opening, finding.would_tell)


def unknown_text(why: NotMeasured) -> str:
    """Say in full why something is not known and what would tell."""
    return _and_what_would_tell(f"We do not know. {why.reason.rstrip('.')}.", why.would_tell)


def _and_what_would_tell(opening: str, would_tell: str) -> str:
    told = would_tell.rstrip(".")
    return f"{opening} What would tell: {told[:1].lower()}{told[1:]}." if told else opening
