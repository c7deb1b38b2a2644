"""Which column of an attendance file is what, kept in a file for next term's."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from hedgerow.fieldbook.attendance.heading_words import FIELDS, is_session
from hedgerow.fieldbook.attendance.layout import is_unnamed
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.writing import write_whole
from hedgerow.landscape.errors import DataError, UsageError

FORMAT = 1
COURSE_FROM = ("column", "section", "sheet", "title", "text")
DATES_ARE = ("runs", "sessions")
FOUND = "found"
NO_SCHOOL = "none"
"""Decision that a text means no school of the register: its rows stay set aside."""
ALIAS_KINDS = ("schools", "providers", "roles")


@dataclass(frozen=True, kw_only=True)
class AttendanceMapping:
    """How the files of one provider are to be read.

    Attributes
    ----------
    columns : mapping of str to tuple of str
        Headings that each of `FIELDS` may stand under; the first that a table has is read.
    sessions : tuple of str or None
        Headings of columns with one session's marks; None to look for days and "Session 1" in each
        file, the empty tuple for none.
    course_from : str
        Where titles of courses are: a column, lines above the rows ("section"), the names of the
        sheets, the title above the headings, or one text for all.
    course : str
        That text.
    dates_are : {"runs", "sessions"}
        Whether rows of one course with different days are different runs of it, or sessions of one.
    fill_down : tuple of str
        Fields whose empty cells mean what stands above.
    several_schools : bool
        Whether one cell may list several schools.
    provider : str
        Identifier or name of the provider, where no column tells it.
    provider_kind : str
        What kind of organisation it is, where it is taken up by its name.
    start, end : datetime.date or None
        First and last day of what bears no day.
    skip : tuple of str
        Sheets that are not read.
    headings : tuple of str
        All headings of the file that it was made for.
    aliases : mapping of str to mapping of str to str
        What was decided of texts: by kind (schools, providers, roles) and text.
    is_draft : bool
        Whether somebody has still to look at it.
    """

    columns: Mapping[str, tuple[str, ...]]
    sessions: tuple[str, ...] | None = None
    course_from: str = "column"
    course: str = ""
    dates_are: str = "runs"
    fill_down: tuple[str, ...] = ()
    several_schools: bool = False
    provider: str = ""
    provider_kind: str = ""
    start: date | None = None
    end: date | None = None
    skip: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_draft: bool = False

    @property
    def known_headings(self) -> list[str]:
        """All headings that it knows, by which a file's own are found."""
        return [
            *self.headings,
            *(one for written in self.columns.values() for one in written),
            *(self.sessions or ()),
        ]

    def alias(self, kind: str, text: str) -> str | None:
        """Give what was decided of a text, or None."""
        plain = fold(text)
        held = self.aliases.get(kind, {})
        return next((meant for said, meant in held.items() if fold(said) == plain), None)

    def with_aliases(self, kind: str, decided: Mapping[str, str]) -> AttendanceMapping:
        """Give the same with more decisions; a newer one about a text stands."""
        newer = {fold(text) for text in decided}
        kept = {
            text: meant
            for text, meant in self.aliases.get(kind, {}).items()
            if fold(text) not in newer
        }
        return replace(self, aliases={**self.aliases, kind: {**kept, **decided}})

    def compared_with(self, headings: Iterable[str]) -> tuple[list[str], list[str]]:
        """Say what changed since it was made.

        Returns
        -------
        list of str
            Headings that it reads and the file lacks.
        list of str
            Headings of the file that are new since.
        """
        now = {fold(heading): heading for heading in headings}
        known = {fold(heading) for heading in self.known_headings}
        missing = [
            written[0]
            for written in self.columns.values()
            if not any(fold(one) in now for one in written)
        ]
        missing += [one for one in self.sessions or () if fold(one) not in now]
        new = [
            heading
            for plain, heading in now.items()
            if plain not in known
            and not is_unnamed(heading)
            and not (self.sessions is None and is_session(heading))
        ]
        return missing, new if self.headings else []


def load_mapping(path: Path) -> AttendanceMapping:
    """Read a mapping file, TOML or JSON.

    Raises
    ------
    UsageError
        If there is none.
    DataError
        If it is none, or says what no mapping says.
    """
    if not path.is_file():
        raise UsageError(
            f"There is no mapping file {path}.",
            advice="Leave --mapping out once: a mapping is then made and written.",
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
        is_json = text.lstrip().startswith("{")
        held = json.loads(text) if is_json else tomllib.loads(text)
    except (OSError, ValueError) as fault:
        raise DataError(
            f"{path} is no mapping file: {fault}.",
            advice="Mend the place named, or leave --mapping out to make a new one.",
        ) from fault
    return _read(held, path)


def save_mapping(mapping: AttendanceMapping, path: Path) -> None:
    """Write a mapping file: JSON if its name ends so, else TOML."""
    held = _written(mapping)
    if path.suffix.lower() == ".json":
        text = json.dumps(held, ensure_ascii=False, indent=1) + "\n"
    else:
        text = _toml(held)
    write_whole(path, text.encode())


def mapping_as_json(mapping: AttendanceMapping) -> dict[str, Any]:
    """Give a mapping as a mapping file in JSON holds it, for whoever keeps it elsewhere."""
    return _written(mapping)


def mapping_from_json(held: Any, *, called: str = "the mapping") -> AttendanceMapping:
    """Read a mapping from what `mapping_as_json` gives.

    Raises
    ------
    DataError
        If it is none.
    """
    return _read(held, Path(called))


def _written(mapping: AttendanceMapping) -> dict[str, Any]:
    held: dict[str, Any] = {"format": FORMAT}
    if mapping.is_draft:
        held["draft"] = True
    held["course_from"] = mapping.course_from
    if mapping.course:
        held["course"] = mapping.course
    held["dates_are"] = mapping.dates_are
    held["sessions"] = FOUND if mapping.sessions is None else list(mapping.sessions)
    if mapping.fill_down:
        held["fill_down"] = list(mapping.fill_down)
    if mapping.several_schools:
        held["several_schools"] = True
    if mapping.provider:
        held["provider"] = mapping.provider
    if mapping.provider_kind:
        held["provider_kind"] = mapping.provider_kind
    for name, day in (("start", mapping.start), ("end", mapping.end)):
        if day is not None:
            held[name] = day.isoformat()
    if mapping.skip:
        held["skip"] = list(mapping.skip)
    held["headings"] = list(mapping.headings)
    held["columns"] = {
        name: written[0] if len(written) == 1 else list(written)
        for name, written in mapping.columns.items()
    }
    for kind in ALIAS_KINDS:
        if mapping.aliases.get(kind):
            held[kind] = dict(sorted(mapping.aliases[kind].items()))
    return held


_SAID = {
    "draft": "Look through this file, then delete the next line: until then nothing is read.",
    "course_from": "Where the titles of courses are: column, section (a line above the rows), "
    'sheet (the sheets\' names), title (above the headings), text (course = "...").',
    "dates_are": "runs: each day is a course of its own. sessions: days of one course are its "
    "sessions.",
    "sessions": "Columns with one session's marks: found (days and “Session 1”), or a list of "
    "headings; [] for none.",
    "headings": "All headings of the file that this was made for, to tell what changes.",
    "columns": "Which heading is what. Fields: " + ", ".join(FIELDS) + ".",
    "schools": "What was decided of names of schools: a URN, or none.",
    "providers": "What was decided of names of providers.",
    "roles": "What was decided of roles.",
}


def _toml(held: Mapping[str, Any]) -> str:
    lines = ["# How Hedgerow reads an attendance file. Made by `hedgerow fieldbook attendance`."]
    for name, value in held.items():
        if isinstance(value, Mapping):
            lines += ["", f"# {_SAID[name]}", f"[{name}]"]
            lines += [f"{_quoted(key)} = {_quoted(one)}" for key, one in value.items()]
            continue
        if name in _SAID:
            lines += ["", f"# {_SAID[name]}"]
        lines.append(f"{name} = {_quoted(value)}")
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_quoted(one) for one in value) + "]"
    # a basic string of TOML is one of JSON, but for the one control character that JSON lets pass
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(held: Any, path: Path) -> AttendanceMapping:
    def wrong(what: str, expected: str) -> DataError:
        return DataError(f"{path}: {what}.", advice=f"Expected: {expected}.")

    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise wrong(
            "no format is given that is known here", f"format = {FORMAT}, as it was written"
        )
    known = {
        "format",
        "draft",
        "course_from",
        "course",
        "dates_are",
        "sessions",
        "fill_down",
        "several_schools",
        "provider",
        "provider_kind",
        "start",
        "end",
        "skip",
        "headings",
        "columns",
        *ALIAS_KINDS,
    }
    if unknown := sorted(set(held) - known):
        raise wrong(
            f"{unknown[0]} is nothing that a mapping says", "one of " + ", ".join(sorted(known))
        )
    columns = held.get("columns", {})
    if not isinstance(columns, dict) or (other := [name for name in columns if name not in FIELDS]):
        named = f"[columns] has {other[0]}" if isinstance(columns, dict) else "columns is no table"
        raise wrong(named, "fields among " + ", ".join(FIELDS))
    course_from = held.get("course_from", "column" if "course" in columns else "sheet")
    if course_from not in COURSE_FROM:
        raise wrong("course_from is none that is known", "one of " + ", ".join(COURSE_FROM))
    dates_are = held.get("dates_are", "runs")
    if dates_are not in DATES_ARE:
        raise wrong("dates_are is none that is known", "runs or sessions")
    sessions = held.get("sessions", FOUND)
    days = {}
    for name in ("start", "end"):
        text = held.get(name)
        try:
            days[name] = date.fromisoformat(str(text)) if text is not None else None
        except ValueError:
            raise wrong(f"{name} is no day", "a day such as 2021-09-01") from None
    aliases = {kind: held.get(kind, {}) for kind in ALIAS_KINDS}
    for kind, decided in aliases.items():
        if not isinstance(decided, dict) or not all(
            isinstance(one, str) for one in decided.values()
        ):
            raise wrong(f"[{kind}] is no table of texts", '"text" = "what is meant"')
    for name in ("course", "provider", "provider_kind"):
        if not isinstance(held.get(name, ""), str):
            raise wrong(f"{name} is no text", "a text in quotes")
    return AttendanceMapping(
        columns={name: _texts(one, name, wrong) for name, one in columns.items() if one},
        sessions=None if sessions == FOUND else _texts(sessions, "sessions", wrong),
        course_from=course_from,
        course=held.get("course", ""),
        dates_are=dates_are,
        fill_down=_texts(held.get("fill_down", []), "fill_down", wrong),
        several_schools=held.get("several_schools", False) is True,
        provider=held.get("provider", ""),
        provider_kind=held.get("provider_kind", ""),
        start=days["start"],
        end=days["end"],
        skip=_texts(held.get("skip", []), "skip", wrong),
        headings=_texts(held.get("headings", []), "headings", wrong),
        aliases=aliases,
        is_draft=held.get("draft", False) is True,
    )


def _texts(value: object, name: str, wrong: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise wrong(f"{name} is neither a text nor a list of texts", "texts in quotes")


def decided_urn(text: str) -> str | None:
    """Give the identifier that a decision names, or None where it is none."""
    found = re.fullmatch(r"(?:urn\s*[:\-]?\s*)?(\d{4,8})", text.strip().casefold())
    return f"urn:{found[1]}" if found else None
