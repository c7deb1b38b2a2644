"""The report of a place: what a page and a printed document both say, in one order, before either
is set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from hedgerow import __version__
from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.entries import Entry, entry, source_titles
from hedgerow.reporting.pictures.gallery import gallery
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.profile_tables import profile_tables
from hedgerow.reporting.six_features_words import (
    SixFeatures,
    setting_table,
    six_features_said,
)
from hedgerow.reporting.table import Table
from hedgerow.reporting.unknowns import Unknown, unknowns
from hedgerow.reporting.unusual_words import unusual_table
from hedgerow.reporting.wording import age_text, day_text, feature_heading, is_old

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import LocalLandscape
    from hedgerow.landscape.provenance import Source
    from hedgerow.localities.overview import Statement
    from hedgerow.localities.profile import Profile

LONGEST = 500
"""A longer table is cut in page and document, and says where all of it is."""

PHASE_WORDS = {"primary": "primary schools", "secondary": "secondary schools", "all": "schools"}


@dataclass(frozen=True)
class Sentence:
    """A sentence of the overview, with the anchors and labels of the findings that it rests on."""

    text: str
    rests_on: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class StandingOut:
    """What stands out of a place, with what it was compared, and every figure that was compared."""

    sentences: tuple[Sentence, ...]
    basis: tuple[str, ...]
    table: Table


@dataclass(frozen=True)
class Gap:
    """Something that is not known: what it is, what is needed to know it, and how to come by
    that."""

    what: str
    needed: str
    how: str


@dataclass(frozen=True)
class Section:
    """A feature or theme: its heading, its findings in words, and the pictures that show them."""

    id: str
    heading: str
    entries: tuple[Entry, ...]
    pictures: tuple[Picture, ...]

    @property
    def measured(self) -> tuple[Entry, ...]:
        """The findings that have a value."""
        return tuple(one for one in self.entries if one.is_measured)

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """Those that have none, by the reason why; see `unknowns`."""
        return unknowns(self.entries)


@dataclass(frozen=True)
class Kind:
    """What kind of place it is: its sentences, and what the typology cannot say."""

    sentences: tuple[Sentence, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Report:
    """What a page or a document says of a place.

    Attributes
    ----------
    title : str
        The place and the schools that it is about.
    place, phase, on, register : str
    made_on : str
        The day on which it was made.
    notes : tuple of str
        What the lens could not tell or left out.
    overview : tuple of Sentence
    setting : Table
        The place at a glance.
    six_features : SixFeatures
        What can be said of each feature.
    unusual : StandingOut or None
        What stands out; None where there was nothing to compare with.
    kind : Kind or None
        What kind of place it is among all; None where no typology is kept.
    map : Picture or None
    sections : tuple of Section
    not_known : tuple of Gap
        What local evidence would tell.
    tables : tuple of Table
        Those that stand beside no picture, or only in part.
    sources : tuple of Source
    version : str
        Of Hedgerow.
    """

    title: str
    place: str
    phase: str
    on: str
    register: str
    made_on: str
    age: str
    is_old: bool
    notes: tuple[str, ...]
    overview: tuple[Sentence, ...]
    setting: Table
    six_features: SixFeatures
    unusual: StandingOut | None
    kind: Kind | None
    map: Picture | None
    sections: tuple[Section, ...]
    not_known: tuple[Gap, ...]
    tables: tuple[Table, ...]
    sources: tuple[Source, ...]
    version: str

    def pictures(self) -> list[Picture]:
        """Give all pictures in the order in which they are shown."""
        first = [self.map] if self.map else []
        return [*first, *(picture for section in self.sections for picture in section.pictures)]


def report_of(profile: Profile, *, today: date) -> Report:
    """Set out what is said of a place.

    Parameters
    ----------
    profile : Profile
    today : datetime.date
        The day on which the report is made; ages are reckoned from it.
    """
    here = profile.here
    titles = source_titles(here.whole.sources)
    pictures = gallery(profile)
    sections = []
    for feature, findings in groupby(profile.findings, lambda finding: finding.indicator.feature):
        entries = tuple(
            entry(finding, england=profile.england.get(finding.id), titles=titles, today=today)
            for finding in findings
        )
        sections.append(
            Section(
                id=feature.replace("_", "-"),
                heading=feature_heading(feature),
                entries=entries,
                pictures=tuple(pictures.get(feature, ())),
            )
        )
    labels = {finding.id: finding.indicator.label for finding in profile.findings}
    anchors = {one.id: one.anchor for section in sections for one in section.entries}

    def said(statements: Sequence[Statement]) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(
                statement.text,
                tuple((anchors[one], labels[one]) for one in statement.findings if one in anchors),
            )
            for statement in statements
        )

    out = profile.unusual
    place_map = next(iter(pictures.get("map", ())), None)
    as_of = here.whole.as_of or profile.on
    return Report(
        title=f"{shown_name(profile.place)}: {PHASE_WORDS[profile.phase]}",
        place=profile.place,
        phase=PHASE_WORDS[profile.phase],
        on=day_text(profile.on),
        register=profile.register,
        made_on=day_text(today),
        age=age_text(as_of, today),
        is_old=is_old(as_of, today),
        notes=lens_notes(here),
        overview=said(profile.overview),
        setting=setting_table([profile], [shown_name(profile.place)]),
        six_features=six_features_said([profile], [shown_name(profile.place)]),
        unusual=None
        if out is None
        else StandingOut(said(out.statements), out.basis, unusual_table(out)),
        kind=None
        if profile.kind is None
        else Kind(said(profile.kind.statements), profile.kind.basis),
        map=place_map,
        sections=tuple(sections),
        not_known=tuple(_not_known(profile)),
        tables=tuple(_tables_without_picture(profile, pictures)),
        sources=here.whole.sources,
        version=__version__,
    )


def _not_known(profile: Profile) -> Iterator[Gap]:
    """Yield what local evidence would tell; figures that could not be measured say so in their
    section."""
    said = {one.indicator.label for one in profile.findings if not one.is_measured}
    for what, needed, how in profile.tables["not_known"].iter_rows():
        if what not in said:
            yield Gap(what, needed, how)


def _tables_without_picture(
    profile: Profile, pictures: Mapping[str, tuple[Picture, ...]]
) -> Iterator[Table]:
    beside = {one.table.id: one.table for group in pictures.values() for one in group}
    whole = {"schools": "map", "trusts": "trusts", "governance": "governance"}
    whole["conversions"] = "conversions"
    for table in profile_tables(profile):
        if table.id == "not-known":
            continue
        picture = beside.get(whole.get(table.id, ""))
        if picture is None or picture.height < table.height:
            yield table.head(
                LONGEST, f"The first {LONGEST:,} of {table.height:,}; the spreadsheet has all."
            )


def lens_notes(here: LocalLandscape) -> tuple[str, ...]:
    """Say what stands between the question and the answer.

    Another day than the register's, schools that the lens could not place, listed ones that are not
    there on the day.
    """
    notes = []
    as_of = here.whole.as_of
    if as_of is not None and as_of != here.on:
        notes.append(
            f"The register describes {day_text(as_of)}. For {day_text(here.on)} it tells who "
            f"governed which school; what a school is like is as on {day_text(as_of)}, and schools "
            "that closed in between are there only if the register lists them."
        )
    undecided = sorted(here.undecided)
    if undecided:
        named = _named(here, undecided)
        notes.append(f"Whether these belong here is not known, and they are left out: {named}.")
    absent = getattr(here.lens, "absent", None)
    missing = absent(here.whole) if absent else ()
    if missing:
        notes.append(
            f"Listed, but not open on {day_text(here.on)}, and left out: {', '.join(missing)}."
        )
    return tuple(notes)


def _named(here: LocalLandscape, identifiers: Sequence[str], most: int = 12) -> str:
    names = here.whole.names()
    said = ", ".join(names.get(one, one) for one in identifiers[:most])
    more = len(identifiers) - most
    return said + (f" and {more:,} more" if more > 0 else "")
