"""``hedgerow compare``: two to six places side by side."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from hedgerow.cli.asking import asked, json_text, options, say, terminal_width

if TYPE_CHECKING:
    from hedgerow.localities.comparison import Comparison


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="PLACE PLACE [PLACE...]")
@options
def command(places: tuple[str, ...], **given: Any) -> None:
    """Set two to six places side by side, in the order given, without rank or verdict.

    PLACE as in `hedgerow profile --help`.
    """
    from hedgerow.localities.comparison import FEWEST, MOST

    if not FEWEST <= len(places) <= MOST:
        raise click.UsageError(f"Name {FEWEST} to {MOST} places; {len(places)} were named.")
    wanted = asked(given)
    landscape = wanted.open()
    from hedgerow.cli.places import place_from
    from hedgerow.localities.comparison import compare
    from hedgerow.localities.profile import profile

    found = compare(
        [
            profile(landscape, place_from(landscape, place), on=wanted.on, phase=wanted.phase)
            for place in places
        ]
    )
    if wanted.as_json:
        click.echo(json_text(found.to_json()), nl=False)
    if wanted.is_for_reading:
        from hedgerow.reporting.terminal import comparison_text

        text = comparison_text(
            found, today=date.today(), width=terminal_width(), is_terminal=sys.stdout.isatty()
        )
        say(text)
    wanted.write(makers(found, date.today()))


def makers(found: Comparison, today: date) -> dict[str, Callable[[], bytes]]:
    """Give what makes each kind of file; nothing is imported before its kind is asked for."""

    def html() -> bytes:
        from hedgerow.reporting.page import comparison_page

        return comparison_page(found, today=today).encode()

    def pdf() -> bytes:
        from hedgerow.reporting.paper import comparison_paper

        return comparison_paper(found, today=today)

    def xlsx() -> bytes:
        from hedgerow.reporting.workbook import comparison_workbook

        return comparison_workbook(found, today=today)

    return {"html": html, "pdf": pdf, "xlsx": xlsx}
