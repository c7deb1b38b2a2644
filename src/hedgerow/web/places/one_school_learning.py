"""Professional learning as one school sees it: what is on offer to it, what it took part in, and
what schools like it use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.phases import OFFICIAL, Phase
from hedgerow.landscape.shown_names import shown_name
from hedgerow.localities.declared import load
from hedgerow.localities.school_offers import offers_to, taken_part
from hedgerow.reporting.entries import Entry, entry, source_titles
from hedgerow.reporting.report import PHASE_WORDS
from hedgerow.reporting.school_tables import offers_table, taken_table
from hedgerow.reporting.table import Table
from hedgerow.reporting.wording import day_text, unknown_text
from hedgerow.web.access.seeing import Seen, counted_for
from hedgerow.web.places.address import Address
from hedgerow.web.places.searched import short_references

FIGURES = (
    "professional_learning.external_reach",
    "professional_learning.maths_hub_reach",
    "professional_learning.breadth",
    "coherence.career_new_teachers_share",
    "coherence.career_subject_leads_share",
    "coherence.career_qualifications_share",
)
"""What is told of schools like one: how many learn with others, with whom, and for whom."""


@dataclass(frozen=True, eq=False)
class Alike:
    """What schools like one use, as far as figures tell.

    Attributes
    ----------
    words : str
        Which schools those are.
    address : Address
        Of the place that they lie in.
    known, unknown : tuple of Entry
        Figures that are measured for them, and those that are not.
    """

    words: str
    address: Address
    known: tuple[Entry, ...]
    unknown: tuple[Entry, ...]


@dataclass(frozen=True, eq=False)
class Learning:
    """Professional learning as one school sees it.

    Attributes
    ----------
    offers, taken : Table or None
    why_no_offers, why_none_taken : str
        Why there is no table, where that is so.
    alike : Alike or None
        None where the register does not tell in which authority it lies.
    """

    offers: Table | None
    why_no_offers: str
    taken: Table | None
    why_none_taken: str
    alike: Alike | None

    @property
    def tables(self) -> tuple[Table, ...]:
        """Those that there are."""
        return tuple(one for one in (self.offers, self.taken) if one is not None)


def learning_of(seen: Seen, urn: int, day: date, partnership: str | None) -> Learning:
    """Give the professional learning of a school that the register has.

    What is listed may be shown by name; what is shared in aggregate alone is in the figures of
    the schools of its authority, as on every page of that place.

    Parameters
    ----------
    seen : Seen
    urn : int
    day : datetime.date
    partnership : str or None
        Under whose address the page stands.
    """
    whole = seen.named
    today = whole.on(day)
    row = whole.schools.filter(pl.col("urn") == urn).row(0, named=True)
    school, authority = row["id"], row["authority"]
    is_there = not today.schools.filter(pl.col("id") == school).is_empty()
    area = shown_name(whole.names().get(authority, "its authority"))
    offers, why_no_offers = _offers(today, school, area, is_there=is_there)
    taken, why_none_taken = _taken(today, school)
    place = short_references(whole).get(("authority", str(authority)))
    return Learning(
        offers=offers,
        why_no_offers=why_no_offers,
        taken=taken,
        why_none_taken=why_none_taken,
        alike=None
        if place is None
        else _alike(
            seen,
            authority,
            area,
            Address(place=place, on=day, phase=_phase(row["phase"]), partnership=partnership),
        ),
    )


def _phase(official: str | None) -> Phase:
    return next((name for name, held in OFFICIAL.items() if official in held), "all")


def _offers(
    today: Landscape, school: str, area: str, *, is_there: bool
) -> tuple[Table | None, str]:
    if not is_there:
        return None, "It is not open on this day, so nothing is on offer to it."
    found = offers_to(today, school)
    if isinstance(found, NotMeasured):
        return None, unknown_text(found)
    if found.is_empty():
        return None, (
            "None of the offers on record is open to this school: none is of a hub in whose area "
            "it lies, of its authority or trust, or of a group that it is a member of, within a "
            "year of the day. Providers may have told nothing of theirs, or not by name."
        )
    return offers_table(found, area), ""


def _taken(today: Landscape, school: str) -> tuple[Table | None, str]:
    found = taken_part(today, school)
    if isinstance(found, NotMeasured):
        return None, unknown_text(found)
    if found.is_empty():
        return None, (
            "No record up to this day that may be shown by name speaks of this school. That is "
            "not to say that nobody took part."
        )
    return taken_table(found), ""


def _alike(seen: Seen, authority: str, area: str, address: Address) -> Alike:
    lens = Lens.authority(authority)
    assert address.on is not None  # a school is shown as on a day
    here = counted_for(seen, lens).through(lens, on=address.on, phase=address.phase)
    titles, today = source_titles(here.whole.sources), date.today()
    declared = {one.id: one for one in load()}
    entries = [
        entry(declared[one].measure(here), england=None, titles=titles, today=today)
        for one in FIGURES
    ]
    return Alike(
        words=f"{PHASE_WORDS[address.phase]} in {area}, in the twelve months to "
        f"{day_text(address.on)}",
        address=address,
        known=tuple(one for one in entries if one.is_measured),
        unknown=tuple(one for one in entries if not one.is_measured),
    )
