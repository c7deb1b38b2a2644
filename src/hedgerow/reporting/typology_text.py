"""A typology for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hedgerow.reporting.terminal import console_for, written
from hedgerow.reporting.typology_report import consensus_in_words, second_in_words
from hedgerow.reporting.typology_tables import (
    evidence_table,
    movers_table,
    multiverse_table,
    resemblance_choices_table,
    resemblance_table,
    transitions_table,
)
from hedgerow.reporting.wording import day_text

if TYPE_CHECKING:
    from rich.console import Console

    from hedgerow.localities.typology.answer import Answer
    from hedgerow.reporting.table import Table


def typology_text(answer: Answer, *, width: int | None, is_terminal: bool) -> str:
    """Write a typology out for a terminal or a pipe; parameters as in `profile_text`."""
    from rich.text import Text

    from hedgerow.localities.typology.answer import CANNOT_SAY

    console = console_for(width, is_terminal)
    console.print(Text("What kinds of locality there are", style="bold"))
    places = len(answer.typology.entered.rows)
    console.print(
        Text(
            f"{places} {answer.units_in_words} as on {day_text(answer.on)}. "
            f"Register {answer.register}."
        )
    )
    console.print()
    console.print(Text(answer.verdict_in_words))
    console.print(Text(answer.sureness_in_words))
    console.print()
    console.print(Text("What open data cannot say", style="bold"))
    for words in CANNOT_SAY:
        console.print(Text(words))
    for row in answer.types().iter_rows(named=True):
        console.print()
        console.print(
            Text(f"{answer.word.capitalize()} {row['type']}: {row['words']}", style="bold")
        )
        console.print(Text(_shares(answer, row)))
    for table in (
        evidence_table(answer),
        *(transitions_table(answer, one) for one in answer.transitions),
        movers_table(answer),
        resemblance_table(answer),
        resemblance_choices_table(answer),
        multiverse_table(answer),
    ):
        if table is not None and table.height:
            _table(console, table)
    console.print()
    for words in (second_in_words(answer), consensus_in_words(answer), *answer.notes):
        if words:
            console.print(Text(words))
    console.print(
        Text("Every place, portraits and pictures: --html, --xlsx or --json.", style="dim")
    )
    return written(console)


def _shares(answer: Answer, row: dict[str, object]) -> str:
    parts = []
    for name, words in (
        ("localities", f"of {answer.units_in_words}"),
        ("schools", "of schools"),
        ("pupils", "of pupils"),
    ):
        share, low, high = (row[key] for key in (f"share_of_{name}", f"{name}_low", f"{name}_high"))
        if share is not None:
            between = "" if low is None else f" ({low:.0%} to {high:.0%} over draws)"
            parts.append(f"{share:.0%} {words}{between}")
    back = f"It came back in {row['came_back']:.0%} of draws."
    return f"{'; '.join(parts)}. {back} Most typical: {row['medoid']}."


def _table(console: Console, table: Table) -> None:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    console.print()
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in table.columns:
        grid.add_column(Text(column.heading), justify="right" if column.is_number else "left")
    for cells in table.cells():
        grid.add_row(*(Text(cell) for cell in cells))
    console.print(Text(table.caption, style="bold"))
    console.print(grid)
    if table.note:
        console.print(Text(table.note, style="dim"))
