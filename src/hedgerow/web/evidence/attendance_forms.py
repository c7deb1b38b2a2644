"""Which column of an attendance file is what, as a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from hedgerow.fieldbook.attendance.guessing import GuessedMapping
from hedgerow.fieldbook.attendance.heading_words import FIELDS, NAMES, is_session
from hedgerow.fieldbook.attendance.importing import PROVIDER_KINDS
from hedgerow.fieldbook.attendance.layout import SheetLayout
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.sheets import in_words

SESSION = "session"
"""Choice of a column that holds the marks of one session."""
COURSES = {
    "column": "In a column of their own",
    "section": "On lines above the rows that they are about",
    "sheet": "As the names of the sheets",
    "title": "In the title above the headings",
    "text": "One title for all, written below",
}
DATES = {
    "runs": "Runs of the course: each day is an offer of its own",
    "sessions": "Sessions of one course",
}
LONGEST_EXAMPLE = 40


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def column_choices() -> list[tuple[str, str]]:
    """Give what a column may be, in words."""
    named = [
        (name, _capital(words) + (" (never kept)" if name in NAMES else ""))
        for name, words in FIELDS.items()
    ]
    return [("", "Not read"), *named, (SESSION, "Marks of one session")]


class ColumnsForm(forms.Form):
    """What each column is, who provided the courses, and when.

    Parameters
    ----------
    guessed : GuessedMapping
        With the columns of the file.
    mapping : AttendanceMapping
        To begin with.
    layouts : sequence of SheetLayout
    is_pseudonymising : bool
    """

    course_from = forms.ChoiceField(
        label="Where are the titles of courses?", choices=list(COURSES.items())
    )
    course = forms.CharField(label="The one title for all", required=False, max_length=200)
    dates_are = forms.ChoiceField(
        label="Rows of one course with different days are", choices=list(DATES.items())
    )
    several_schools = forms.BooleanField(
        label="One cell may list several schools, with semicolons between them", required=False
    )
    provider = forms.CharField(
        label="Who provided the courses",
        required=False,
        max_length=200,
        help_text="Name or identifier. Empty where a column names it.",
    )
    provider_kind = forms.ChoiceField(
        label="What kind of organisation that is",
        required=False,
        choices=[
            ("", "It is known already"),
            *((kind, _capital(in_words(kind))) for kind in PROVIDER_KINDS),
        ],
        help_text="Only for one that no register and nobody’s evidence knows: it is then taken up.",
    )
    start = forms.DateField(
        label="First day, for courses without a date",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    end = forms.DateField(
        label="Last day, for courses without a date",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    names = forms.ChoiceField(
        label="Names of delegates",
        choices=[
            ("count", "Count them by role, and forget them"),
            ("pseudonymise", "Keep each as a person under a pseudonym"),
        ],
        widget=forms.RadioSelect,
        help_text="Names themselves are kept in neither case.",
    )

    def __init__(
        self,
        *args: Any,
        guessed: GuessedMapping,
        mapping: AttendanceMapping,
        layouts: Sequence[SheetLayout],
        is_pseudonymising: bool,
        **kwargs: Any,
    ) -> None:
        self._guessed, self._mapping, self._layouts = guessed, mapping, layouts
        super().__init__(
            *args,
            initial={
                "course_from": mapping.course_from,
                "course": mapping.course,
                "dates_are": mapping.dates_are,
                "several_schools": mapping.several_schools,
                "provider": mapping.provider,
                "provider_kind": mapping.provider_kind,
                "start": mapping.start,
                "end": mapping.end,
                "names": "pseudonymise" if is_pseudonymising else "count",
            },
            **kwargs,
        )
        for at, column in enumerate(guessed.columns):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=column.heading,
                required=False,
                choices=column_choices(),
                initial=self._now(column.heading),
            )

    def _now(self, heading: str) -> str:
        plain = fold(heading)
        for name, written in self._mapping.columns.items():
            if plain in map(fold, written):
                return name
        sessions = self._mapping.sessions
        is_marked = is_session(heading) if sessions is None else plain in map(fold, sessions)
        return SESSION if is_marked else ""

    def columns(self) -> list[tuple[forms.BoundField, tuple[str, ...]]]:
        """Give the field of each column with examples of what stands beneath it.

        Of what may be somebody's name or address only its length is shown.
        """
        listed = []
        for at, column in enumerate(self._guessed.columns):
            bound = self[f"column_{at}"]
            is_name = self._now(column.heading) in NAMES
            shown = [
                "•" * min(12, len(one)) if is_name or "@" in one else _short(one)
                for one in column.samples
            ]
            listed.append((bound, tuple(shown)))
        return listed

    def rest(self) -> list[forms.BoundField]:
        """Give the fields that are about no column."""
        return [bound for bound in self if not bound.name.startswith("column_")]

    def clean(self) -> dict[str, Any]:
        """Look at what no field says alone."""
        given: dict[str, Any] = super().clean() or {}
        chosen = self._chosen(given)
        if not {"school", "urn"} & set(chosen):
            self.add_error(None, "Say which column holds the school, by name or by URN.")
        for name, headings in chosen.items():
            for layout in self._layouts:
                for block in layout.blocks:
                    if len([one for one in block.headings if one in headings]) > 1:
                        self.add_error(
                            None,
                            f"Two columns of one table cannot both be the {FIELDS[name]}: "
                            f"{' and '.join(headings)}.",
                        )
                        return given
        if given.get("course_from") == "column" and "course" not in chosen:
            self.add_error("course_from", "Say which column holds the titles, or where they are.")
        if given.get("course_from") == "text" and not given.get("course"):
            self.add_error("course", "Write the title.")
        start, end = given.get("start"), given.get("end")
        if start and end and end < start:
            self.add_error("end", "The last day is before the first.")
        return given

    def _chosen(self, given: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        chosen: dict[str, tuple[str, ...]] = {}
        for at, column in enumerate(self._guessed.columns):
            name = given.get(f"column_{at}", "")
            if name and name != SESSION:
                chosen[name] = (*chosen.get(name, ()), column.heading)
        return {name: chosen[name] for name in FIELDS if name in chosen}

    def mapping(self) -> AttendanceMapping:
        """Give the mapping that was sent; what was decided of names before stays."""
        given = self.cleaned_data
        chosen = self._chosen(given)
        headings = [column.heading for column in self._guessed.columns]
        marked = [
            heading for at, heading in enumerate(headings) if given[f"column_{at}"] == SESSION
        ]
        taken = {one for written in chosen.values() for one in written}
        usual = [one for one in headings if is_session(one) and one not in taken]
        return replace(
            self._mapping,
            columns=chosen,
            # the days of next term's sessions are others: as long as all are read, look for them
            sessions=None if marked and marked == usual else tuple(marked),
            headings=self._guessed.mapping.headings,
            **{
                name: given[name]
                for name in (
                    "course_from",
                    "course",
                    "dates_are",
                    "several_schools",
                    "provider",
                    "provider_kind",
                    "start",
                    "end",
                )
            },
        )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_EXAMPLE else f"{line[: LONGEST_EXAMPLE - 1]}…"
