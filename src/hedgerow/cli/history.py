"""``hedgerow history``: one place through time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from hedgerow.cli.asking import (
    Day,
    asked,
    has_come,
    json_text,
    options_without,
    say,
    terminal_width,
)

if TYPE_CHECKING:
    from hedgerow.localities.days_of_history import Every
    from hedgerow.localities.through_time import History


@click.command()
@click.argument("place")
@click.option("--from", "first", type=Day(), required=True, metavar="DATE", help="The first day.")
@click.option(
    "--to", "last", type=Day(), metavar="DATE", help="The last day; the register's own otherwise."
)
@click.option(
    "--every",
    type=click.Choice(["year", "term"]),
    default="year",
    show_default=True,
    help="The days in between: that day of each year, or the first of each school term.",
)
@click.option(
    "--indicator",
    "indicators",
    multiple=True,
    metavar="NAME",
    help="A figure to follow, as `hedgerow indicators` names it; may be given several times.",
)
@options_without("--on", "--pdf")
def command(
    place: str,
    first: date,
    last: date | None,
    every: Every,
    indicators: tuple[str, ...],
    **given: Any,
) -> None:
    """Follow one place through time: figures, changes, and what could explain them.

    PLACE as in `hedgerow profile --help`. A change is marked when it is more than noise. What
    happened in between to the same schools is set beside it: that it could explain the change, not
    that it does.
    """
    wanted = asked(given)
    landscape = wanted.open()
    has_come(last, landscape)
    from hedgerow.cli.places import place_from
    from hedgerow.localities.days_of_history import regular_days
    from hedgerow.localities.through_time import history

    last = last or landscape.as_of or date.today()
    found = history(
        landscape,
        place_from(landscape, place),
        regular_days(first, last, every),
        indicators=indicators,
        phase=wanted.phase,
    )
    if wanted.as_json:
        click.echo(json_text(found.to_json()), nl=False)
    if wanted.is_for_reading:
        from hedgerow.reporting.history_forms import history_text

        say(
            history_text(
                found, today=date.today(), width=terminal_width(), is_terminal=sys.stdout.isatty()
            )
        )
    wanted.write(makers(found, date.today()))


def makers(found: History, today: date) -> dict[str, Callable[[], bytes]]:
    """Give what makes each kind of file; nothing is imported before its kind is asked for."""

    def html() -> bytes:
        from hedgerow.reporting.history_forms import history_page

        return history_page(found, today=today).encode()

    def xlsx() -> bytes:
        from hedgerow.reporting.history_forms import history_workbook

        return history_workbook(found, today=today)

    return {"html": html, "xlsx": xlsx}
