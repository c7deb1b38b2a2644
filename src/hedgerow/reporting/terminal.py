"""A profile for the terminal: coloured where a person looks, plain where a pipe does."""

from __future__ import annotations

import io
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, cast

from hedgerow.landscape.shown_names import shown_name
from hedgerow.localities.typology.kept import HEADING as KIND_HEADING
from hedgerow.reporting.comparison_report import comparison_report
from hedgerow.reporting.entries import Entry, entry, source_titles
from hedgerow.reporting.six_features_words import HEADING as SIX_HEADING
from hedgerow.reporting.six_features_words import (
    SETTING_HEADING,
    setting_table,
    six_features_said,
)
from hedgerow.reporting.unknowns import unknowns
from hedgerow.reporting.unusual_words import HEADING
from hedgerow.reporting.wording import day_text, feature_heading

if TYPE_CHECKING:
    from rich.console import Console

    from hedgerow.localities.comparison import Comparison
    from hedgerow.localities.profile import Profile
    from hedgerow.reporting.table import Table

PLAIN_WIDTH = 100
NARROWEST_TABLE = 76
"""A terminal narrower than this gets one finding beneath another instead of a table."""


def profile_text(profile: Profile, *, today: date, width: int | None, is_terminal: bool) -> str:
    """Write a profile out for a terminal or a pipe.

    Parameters
    ----------
    profile : Profile
    today : datetime.date
        The day from which the age of facts is reckoned.
    width : int or None
        Characters in a line; `PLAIN_WIDTH` unless given.
    is_terminal : bool
        Whether to use colour and bold.
    """
    from rich.text import Text

    console = console_for(width, is_terminal)
    console.print(Text(shown_name(profile.place), style="bold"))
    console.print(
        Text(f"{_schools_of(profile)} as on {day_text(profile.on)}. Register {profile.register}.")
    )
    console.print()
    for statement in profile.overview:
        console.print(Text(statement.text))
    places = [shown_name(profile.place)]
    _words(console, SETTING_HEADING, setting_table([profile], places))
    _words(console, SIX_HEADING, six_features_said([profile], places).table)
    if profile.unusual is not None:
        console.print()
        console.print(Text(HEADING, style="bold"))
        for statement in profile.unusual.statements:
            console.print(Text(statement.text))
        for note in profile.unusual.basis:
            console.print(Text(note, style="dim"))
    if profile.kind is not None:
        console.print()
        console.print(Text(KIND_HEADING, style="bold"))
        for statement in profile.kind.statements:
            console.print(Text(statement.text))
        for note in profile.kind.basis:
            console.print(Text(note, style="dim"))
    titles = source_titles(profile.here.whole.sources)
    for feature, findings in groupby(profile.findings, lambda finding: finding.indicator.feature):
        entries = [
            entry(finding, england=profile.england.get(finding.id), titles=titles, today=today)
            for finding in findings
        ]
        console.print()
        console.print(Text(feature_heading(feature), style="bold"))
        if console.width >= NARROWEST_TABLE:
            _table(console, entries)
        else:
            _list(console, entries)
        _unknown(console, entries)
    console.print()
    if profile.unusual is None:
        console.print(
            Text(
                "What is unusual here is said once `hedgerow register figures DIR` has measured "
                "every authority.",
                style="dim",
            )
        )
    console.print(
        Text(
            "Each figure's question, caveat and method: --html, --pdf, --xlsx or --json.",
            style="dim",
        )
    )
    return written(console)


def comparison_text(
    comparison: Comparison, *, today: date, width: int | None, is_terminal: bool
) -> str:
    """Write profiles side by side for a terminal or a pipe; parameters as in `profile_text`."""
    from rich.text import Text

    report = comparison_report(comparison, today=today)
    console = console_for(width, is_terminal)
    console.print(Text(report.title, style="bold"))
    console.print(Text(f"As on {report.on}. Register {report.register}."))
    for note in report.notes:
        console.print(Text(note))
    _words(console, SETTING_HEADING, report.setting)
    _words(console, SIX_HEADING, report.six_features.table)
    for side in report.sides:
        console.print()
        console.print(Text(side.heading, style="bold"))
        headings = [column.heading for column in side.table.columns[1:]]
        room = 26 + 15 * len(headings)
        if console.width >= room:
            _side_table(console, headings, list(side.table.cells()))
        else:
            _side_list(console, headings, list(side.table.cells()))
    console.print()
    console.print(
        Text("In brackets the interval. In full: --html, --pdf, --xlsx or --json.", style="dim")
    )
    return written(console)


def console_for(width: int | None, is_terminal: bool) -> Console:
    """Give what text is written on, before it is known where it goes."""
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        width=width or PLAIN_WIDTH,
        force_terminal=is_terminal,
        color_system="auto" if is_terminal else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
    )


def written(console: Console) -> str:
    """Give what was written, without spaces at the ends of lines."""
    text = cast(io.StringIO, console.file).getvalue()
    lines = (line.rstrip() for line in text.replace("\N{NO-BREAK SPACE}", " ").splitlines())
    return "\n".join(lines) + "\n"


def _words(console: Console, heading: str, table: Table) -> None:
    """A table of sentences: side by side where each has room, else one beneath another."""
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    console.print()
    console.print(Text(heading, style="bold"))
    places = [column.heading for column in table.columns[1:]]
    if console.width < 20 + 22 * len(places):
        _side_list(console, places, list(table.cells()))
        return
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, show_header=len(places) > 1)
    grid.add_column("", min_width=16)
    for place in places:
        grid.add_column(Text(place), overflow="fold")
    for label, *cells in table.cells():
        grid.add_row(Text(label), *map(Text, cells))
    console.print(grid)


def _side_table(console: Console, headings: list[str], rows: list[tuple[str, ...]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", min_width=20)
    for heading in headings:
        table.add_column(Text(heading), justify="right")
    for label, *cells in rows:
        table.add_row(Text(label), *map(Text, cells))
    console.print(table)


def _side_list(console: Console, headings: list[str], rows: list[tuple[str, ...]]) -> None:
    from rich.text import Text

    for label, *cells in rows:
        console.print(Text(label, style="bold"))
        for heading, said in zip(headings, cells, strict=True):
            console.print(Text(f"  {heading}: {said}"))


def _schools_of(profile: Profile) -> str:
    return {"primary": "Primary schools", "secondary": "Secondary schools", "all": "All schools"}[
        profile.phase
    ]


def _table(console: Console, entries: list[Entry]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    measured = [one for one in entries if one.is_measured]
    if not measured:
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=False)
    table.add_column("", min_width=32 if console.width >= PLAIN_WIDTH else 20)
    for heading in ("here", "interval", "by chance", "England"):
        table.add_column(heading, justify="right", overflow="fold")
    table.add_column("rests on", overflow="fold")
    for one in measured:
        cells = (one.value, one.interval, one.chance, one.england)
        table.add_row(
            Text(one.label), Text(cells[0], style="bold"), *map(Text, cells[1:]), Text(one.rests_on)
        )
    console.print(table)


def _list(console: Console, entries: list[Entry]) -> None:
    from rich.text import Text

    for one in entries:
        if not one.is_measured:
            continue
        console.print(Text.assemble(one.label, ": ", (one.value, "bold")))
        beside = [
            f"interval {one.interval}" if one.interval else "",
            f"by chance {one.chance}" if one.chance else "",
            f"England {one.england}" if one.england else "",
            one.rests_on,
        ]
        console.print(Text("  " + "; ".join(part for part in beside if part)))


def _unknown(console: Console, entries: list[Entry]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    for group in unknowns(entries):
        said = group.words if group.is_folded else f"{group.labels}: {group.words}"
        console.print(Padding(Text(said), (0, 0, 0, 0)))
