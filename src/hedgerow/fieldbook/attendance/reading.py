"""An attendance file read with a mapping: schools found, delegates counted, no row lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from hedgerow.fieldbook.attendance.counting import Counted, Entry, count
from hedgerow.fieldbook.attendance.layout import SheetLayout, lay_out
from hedgerow.fieldbook.attendance.line import Line, postcode_of
from hedgerow.fieldbook.attendance.lines import read_lines
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.outcome import (
    AttendanceResult,
    in_order,
    persons_of,
    rows_set_aside,
    source_of,
)
from hedgerow.fieldbook.attendance.places import Asked, Matched, ProviderMatcher, SchoolMatcher
from hedgerow.fieldbook.attendance.review import TO_DECIDE, ReviewRow, status_of
from hedgerow.fieldbook.attendance.roles import VOCABULARY, role_of
from hedgerow.fieldbook.attendance.rows import RowCounts
from hedgerow.fieldbook.attendance.telling import tell
from hedgerow.fieldbook.evidence import FieldbookEvidence
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.names_in_text import NameWatch
from hedgerow.fieldbook.opening import RawBook
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.tables import TABLES


@dataclass
class _Listed:
    """Texts for the review list, in the order in which they are met."""

    rows: dict[tuple[str, str], ReviewRow] = field(default_factory=dict)

    def add(self, what: str, found: str, line: Line, matched: Matched, status: str) -> None:
        known = self.rows.get((what, fold(found)))
        if known is not None:
            self.rows[what, fold(found)] = replace(known, rows=known.rows + 1)
            return
        self.rows[what, fold(found)] = ReviewRow(
            what=what,
            found=found,
            rows=1,
            seen=f"{line.place.sheet}, row {line.place.row}",
            status=status,
            why=matched.reason,
            suggestions=matched.suggestions,
        )


class AttendanceReader:
    """Reads attendance files of one provider against one register.

    Parameters
    ----------
    register : Landscape
        Of all days.
    mapping : AttendanceMapping
    provider : str, optional
        Identifier of the provider of what bears none.
    organisations : polars.DataFrame, optional
        Organisations of the fieldbook, columns as `Organisations`, for providers no register knows.
    """

    def __init__(
        self,
        register: Landscape,
        mapping: AttendanceMapping,
        *,
        provider: str | None = None,
        organisations: pl.DataFrame | None = None,
    ) -> None:
        self._mapping = mapping
        self._provider = provider
        known = [register.organisations, *([] if organisations is None else [organisations])]
        self._providers = ProviderMatcher(
            pl.concat(one.select("id", "name", "kind") for one in known).unique("id"), mapping
        )
        self._schools = SchoolMatcher(register, mapping, [provider] if provider else [])
        self._listed = _Listed()

    def read(
        self, raw: RawBook, *, name: str, ring: KeyRing | None = None, today: date | None = None
    ) -> AttendanceResult:
        """Read a file.

        Parameters
        ----------
        raw : RawBook
        name : str
            What to call the contribution.
        ring : KeyRing, optional
            Gives pseudonyms to delegates; without one they are counted and forgotten.
        today : datetime.date, optional
            The day of reading.

        Raises
        ------
        UsageError
            If the file is called after one of its delegates: its name is kept.
        """
        faults = Faults()
        layouts = lay_out_read(raw, self._mapping)
        counts = {layout.name: RowCounts() for layout in layouts}
        lines = read_lines(layouts, counts, self._mapping, raw.file, faults)
        watch = _watch(lines)
        if watch.without_names(fold(raw.file)) != fold(raw.file):
            raise UsageError(
                "The name of this file holds the name of one of its delegates, and would be kept.",
                advice="Rename the file.",
            )
        entries: list[Entry] = []
        aside: dict[int, str] = {}
        absent = 0
        found_by: Counter[str] = Counter()
        titles: dict[str, str] = {}
        for at, line in enumerate(lines):
            if not line.reason and line.came is False:
                absent += 1  # whose school it is need not be known
                continue
            reason, of_line, how = self._entries(line, watch, titles, faults)
            if reason:
                aside[at] = reason
            else:
                entries += of_line
                found_by[how] += 1
        source = f"attendance-{name}"
        counted = count(entries, dates_are=self._mapping.dates_are, source=source, faults=faults)
        tables = self._tables(counted, ring, source)
        set_aside = rows_set_aside(lines, aside)
        used = len(lines) - len(aside) - absent
        rows = sum(table.height for table in tables.values())
        evidence = FieldbookEvidence(
            tables=tables,
            sources=[source_of(source, name, raw, tables, rows, len(aside), today or date.today())]
            if rows
            else [],
            faults=in_order(faults, [layout.name for layout in layouts]),
            set_aside=set_aside,
        )
        unknown = sum(
            bool(entry.line.role) and entry.role is None and entry.is_alone for entry in entries
        )
        return AttendanceResult(
            evidence=evidence,
            review=tuple(self._listed.rows.values()),
            counts=counts,
            used=used - len(counted.repeated),
            absent=absent,
            repeated=len(counted.repeated),
            set_aside=Counter(aside.values()),
            schools=found_by,
            roles_unknown=unknown,
        )

    def _entries(
        self, line: Line, watch: NameWatch, titles: dict[str, str], faults: Faults
    ) -> tuple[str, list[Entry], str]:
        """Give why a row cannot be used, or its schools with how they were found."""
        if line.reason:
            return line.reason, [], ""
        provider = self._provider_of(line)
        found = [(text, self._school_of(text, line)) for text in self._texts(line)]
        schools = [matched for _, matched in found if matched.id is not None]
        problem = ""
        if not schools:
            told = found[0][1] if found else None
            problem = (
                "school decided to be none"
                if told is not None and told.how == "decided"
                else "school not known yet: see the review list"
            )
        elif provider is None:
            problem = (
                "provider not known yet: see the review list" if line.provider else "no provider"
            )
        elif not re.search(r"\w", line.course):
            problem = "no course"
        elif not line.days.days:
            problem = line.days.note if line.is_own_day and line.days.note else "no day"
        if problem:
            if problem in ("no course", "no day", "no provider"):
                tell(
                    faults,
                    line.place,
                    problem,
                    found="nothing",
                    expected={
                        "no course": "the title of the course",
                        "no day": "a day or a term",
                        "no provider": "who provides it",
                    }[problem],
                    advice={
                        "no course": "Write it into the row, or say in the mapping where it is.",
                        "no day": "Write it into the row or above, or start and end in the "
                        "mapping.",
                        "no provider": "Say it with --provider, or name a column.",
                    }[problem],
                    consequence="set aside",
                )
            return problem, [], ""
        for _, matched in found:
            if matched.id is None:
                tell(
                    faults,
                    line.place,
                    "one of several schools not known yet",
                    found="a school of a list that the review list has",
                    expected="schools that are known",
                    advice="The others of the row were used.",
                    consequence="value left out",
                )
        if line.course not in titles:
            titles[line.course] = watch.without_names(line.course)
            if titles[line.course] != line.course:
                tell(
                    faults,
                    line.place,
                    "name of a delegate in a title",
                    found="a title with a name in it",
                    expected="a title without names",
                    advice="The name was taken out.",
                )
        role = self._role_of(line, watch)
        assert provider is not None  # said above: a row without one was set aside
        entries = [
            Entry(
                line=line,
                school=str(one.id),
                provider=provider,
                course=titles[line.course],
                role=role,
                is_alone=len(found) == 1,
            )
            for one in schools
        ]
        return "", entries, schools[0].how

    def _texts(self, line: Line) -> list[str]:
        if not self._mapping.several_schools:
            return [line.school]
        return [part.strip() for part in re.split(r"[;\n]", line.school) if part.strip()] or [""]

    def _school_of(self, text: str, line: Line) -> Matched:
        is_alone = text == line.school
        asked = Asked(
            text=text,
            urn=line.urn if is_alone else "",
            postcode=(postcode_of(line) or "") if is_alone else "",
            town=line.town if is_alone else "",
            day=line.days.days[0] if line.days.days else None,
        )
        matched = self._schools.find(asked)
        status = status_of(matched)
        if status is not None:
            self._listed.add("school", asked.key, line, matched, status)
        return matched

    def _provider_of(self, line: Line) -> str | None:
        if not line.provider:
            return self._provider
        matched = self._providers.find(line.provider)
        if matched.id is None and matched.how == "open":
            if self._provider is not None and "provider" not in self._mapping.columns:
                return self._provider
            self._listed.add("provider", line.provider, line, matched, TO_DECIDE)
        return matched.id

    def _role_of(self, line: Line, watch: NameWatch) -> str | None:
        if not line.role:
            return None
        decided = self._mapping.alias("roles", line.role)
        if decided is not None:
            return decided if decided in VOCABULARY else None
        role = role_of(line.role)
        if role is None:
            matched = Matched(id=None, how="open", reason="one of: " + ", ".join(VOCABULARY))
            self._listed.add("role", watch.without_names(line.role), line, matched, TO_DECIDE)
        return role

    def _tables(
        self, counted: Counted, ring: KeyRing | None, source: str
    ) -> dict[str, pl.DataFrame]:
        tables = {"activities": counted.activities, "participation": counted.participation}
        if ring is not None:
            tables |= persons_of(counted.seen, ring, source)
        return {name: tables[name] for name in TABLES if name in tables and tables[name].height}


def lay_out_all(raw: RawBook, mapping: AttendanceMapping | None = None) -> list[SheetLayout]:
    """Tell the parts of all sheets apart that hold anything, by a mapping's headings too."""
    known = [] if mapping is None else mapping.known_headings
    return [lay_out(sheet, known) for sheet in raw.sheets if not sheet.cells.is_empty()]


def lay_out_read(raw: RawBook, mapping: AttendanceMapping) -> list[SheetLayout]:
    """Tell the parts apart of those sheets that the mapping does not skip."""
    skipped = {fold(name) for name in mapping.skip}
    return [one for one in lay_out_all(raw, mapping) if fold(one.name) not in skipped]


def _watch(lines: Sequence[Line]) -> NameWatch:
    """Give what looks for the names of delegates in what is kept."""
    return NameWatch({name: "name" for line in lines for name in line.delegates})
