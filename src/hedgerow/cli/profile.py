"""``hedgerow profile``: one place on a date."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from hedgerow.cli.asking import asked, json_text, options, say, terminal_width

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile
    from hedgerow.localities.unusual import Beside


@click.command()
@click.argument("place")
@click.option(
    "--beside",
    type=click.Choice(["all", "similar"]),
    default="all",
    show_default=True,
    help="What is unusual is so beside all authorities, or the 40 most similar ones.",
)
@options
def command(place: str, beside: Beside, **given: Any) -> None:
    """Profile one place on a date.

    PLACE is authority:NAME, district:NAME, region:NAME, trust:UID, hub:ID, cluster:ID,
    country:England, radius:POSTCODE,5km, urns:FILE (one URN a line, or a CSV with a column URN),
    polygon:FILE.geojson, or a plain name that only one thing bears. Codes serve as well as names.

    What is unusual about it is said once `hedgerow register figures` has measured every authority;
    what kind of authority it is, once `hedgerow typology --keep` has typed them.
    """
    wanted = asked(given)
    landscape = wanted.open()
    from hedgerow.cli.places import place_from
    from hedgerow.localities.profile import profile
    from hedgerow.reporting.kept_figures import kept_figures
    from hedgerow.reporting.kept_typology import kept_typology

    day = wanted.on or landscape.as_of
    found = profile(
        landscape,
        place_from(landscape, place),
        on=wanted.on,
        phase=wanted.phase,
        figures=None if day is None else kept_figures(wanted.register, day, wanted.phase),
        beside=beside,
        typology=None if day is None else kept_typology(wanted.register, day, wanted.phase),
    )
    if wanted.as_json:
        click.echo(json_text(found.to_json()), nl=False)
    if wanted.is_for_reading:
        from hedgerow.reporting.terminal import profile_text

        text = profile_text(
            found, today=date.today(), width=terminal_width(), is_terminal=sys.stdout.isatty()
        )
        say(text)
    wanted.write(makers(found, date.today()))


def makers(found: Profile, today: date) -> dict[str, Callable[[], bytes]]:
    """Give what makes each kind of file; nothing is imported before its kind is asked for."""

    def html() -> bytes:
        from hedgerow.reporting.page import profile_page

        return profile_page(found, today=today).encode()

    def pdf() -> bytes:
        from hedgerow.reporting.paper import profile_paper

        return profile_paper(found, today=today)

    def xlsx() -> bytes:
        from hedgerow.reporting.workbook import profile_workbook

        return profile_workbook(found, today=today)

    return {"html": html, "pdf": pdf, "xlsx": xlsx}
