"""Findings written out for a reader: each as the words that page, report, terminal and spreadsheet
share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hedgerow.landscape.provenance import Source
from hedgerow.reporting.wording import (
    GRADES,
    TIERS,
    against_chance,
    age_text,
    chance_text,
    count_text,
    day_text,
    interval_text,
    is_old,
    value_text,
    why_none,
)

if TYPE_CHECKING:
    from hedgerow.landscape.finding import Finding

DIRECTIONS = {
    "more": "A higher value means more of it.",
    "less": "A higher value means less of it.",
    None: "It describes; neither high nor low is better.",
}


@dataclass(frozen=True)
class Entry:
    """A finding in words.

    Attributes
    ----------
    id, label, question, why : str
        As the indicator declares them.
    is_measured : bool
    value : str
        With its unit; "not known" or "too few to say" where there is none.
    is_known_of : bool
        Whether it is measured, or would be if it rested on more.
    missing_words : str
        For what was not measured: why, and what would tell; else empty.
    would_tell : str
        For what was not measured: what would tell; else empty.
    interval, interval_method : str
    chance, chance_method, beside_chance : str
        What chance alone would give, under which null, and where the value lies beside it.
    england : str
        The same figure for England, where it is compared.
    rests_on : str
        What was counted, and how many were unknown.
    missing_rule : str
        What was done about what is unknown.
    as_of, age : str
        The day of the facts, and how old that is.
    is_old : bool
    grade, tier, direction : str
        Strength and kind of evidence, and how to read the value, in words.
    is_local : bool
        Whether it takes local evidence.
    caveat : str
    sources : tuple of str
        Titles.
    references : tuple of str
        Short citations.
    """

    id: str
    label: str
    question: str
    why: str
    is_measured: bool
    is_known_of: bool
    value: str
    missing_words: str
    would_tell: str
    interval: str
    interval_method: str
    chance: str
    chance_method: str
    beside_chance: str
    england: str
    rests_on: str
    missing_rule: str
    as_of: str
    age: str
    is_old: bool
    grade: str
    tier: str
    is_local: bool
    direction: str
    caveat: str
    sources: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Name of the place in a page where it stands."""
        return "f-" + self.id.replace(".", "-").replace("_", "-")


def citation(key: str) -> str:
    """Give a reference key as a short citation: "jost2006" as "Jost (2006)"."""
    found = re.fullmatch(r"([a-z]+)(\d{4})([a-z]*)", key)
    if not found:
        return key
    name = (
        found[1].upper() if found[1] in ("dfe", "eef", "ons", "equalls") else found[1].capitalize()
    )
    return f"{name} ({found[2]})"


def entry(
    finding: Finding, *, england: Finding | None, titles: Mapping[str, str], today: date
) -> Entry:
    """Write a finding out.

    Parameters
    ----------
    finding : Finding
    england : Finding or None
        The same indicator for England, where it is compared.
    titles : mapping of str to str
        Titles of sources by identifier.
    today : datetime.date
        The day from which the age of facts is reckoned.
    """
    indicator = finding.indicator
    interval, chance = finding.interval, finding.chance
    level = f"{interval.level:.0%} interval, {interval.method}" if interval else ""
    null = chance.method if chance else ""
    if chance and chance.draws:
        null += f", {chance.draws:,} draws"
    if chance and chance.p is not None:
        null += f", p = {chance.p:.3f}" if chance.p >= 0.001 else ", p < 0.001"
    return Entry(
        id=finding.id,
        label=indicator.label,
        question=indicator.question,
        why=indicator.why,
        is_measured=finding.is_measured,
        is_known_of=finding.status != "not measured",
        value=value_text(finding),
        missing_words=why_none(finding),
        would_tell=finding.would_tell,
        interval=interval_text(finding),
        interval_method=level,
        chance=chance_text(finding),
        chance_method=null,
        beside_chance=against_chance(finding),
        england=value_text(england) if england is not None and england.is_measured else "",
        rests_on=count_text(finding),
        missing_rule=indicator.missing_rule,
        as_of=day_text(finding.as_of),
        age=age_text(finding.as_of, today),
        is_old=is_old(finding.as_of, today),
        grade=GRADES[finding.grade],
        tier=TIERS[indicator.tier],
        is_local=indicator.tier == "E",
        direction=DIRECTIONS[indicator.direction],
        caveat=finding.caveat,
        sources=tuple(titles.get(source, source) for source in finding.sources),
        references=tuple(citation(key) for key in indicator.references),
    )


def source_titles(sources: tuple[Source, ...]) -> dict[str, str]:
    """Give what to call each source, by identifier, with the day that its facts describe."""
    return {source.id: f"{source.title}, {day_text(source.as_of)}" for source in sources}
