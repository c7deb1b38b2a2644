"""``hedgerow typology``: what kinds of locality there are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hedgerow.cli.asking import json_text, say, terminal_width
from hedgerow.landscape.errors import UsageError

if TYPE_CHECKING:
    from hedgerow.cli.typing_setting import Wanted
    from hedgerow.localities.typology.answer import Answer

FILE = click.Path(path_type=Path)


class Days(click.ParamType):
    """Dates written as 2019-06-01,2022-04-25."""

    name = "dates"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, ...]:
        """Read dates, earliest first, or say how they are written."""
        if isinstance(value, tuple):
            return value
        try:
            days = [date.fromisoformat(one.strip()) for one in str(value).split(",")]
        except ValueError:
            self.fail(f"“{value}” are no dates. Write them as 2019-06-01,2022-04-25.", param, ctx)
        if len(set(days)) < len(days):
            self.fail(f"“{value}” names a date twice.", param, ctx)
        return tuple(sorted(days))


@click.command()
@click.option(
    "--register",
    "registers",
    type=FILE,
    required=True,
    multiple=True,
    metavar="DIR",
    envvar="HEDGEROW_REGISTER",
    help="Folder of a register; may be given several times, each date is seen in the one nearest.",
)
@click.option(
    "--on",
    "days",
    type=Days(),
    metavar="DATE[,DATE]",
    help="Types are those of the last date; moves are told from each earlier one. The register's "
    "own date otherwise.",
)
@click.option(
    "--unit",
    type=click.Choice(["authority", "locality"]),
    default="authority",
    show_default=True,
    help="Every authority, or localities of 60 to 100 schools made inside each.",
)
@click.option("--across", is_flag=True, help="Make localities across the borders of authorities.")
@click.option(
    "--places",
    type=FILE,
    metavar="FILE",
    help="Type these places instead, one a line, as `hedgerow profile` takes them.",
)
@click.option(
    "--phase",
    type=click.Choice(["primary", "secondary", "all"]),
    default="primary",
    show_default=True,
    help="Which schools it is about.",
)
@click.option(
    "--draws",
    type=click.IntRange(min=20),
    default=500,
    show_default=True,
    help="How often to type them again with other schools and choices.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of all chance."
)
@click.option(
    "--multiverse/--no-multiverse",
    default=True,
    show_default=True,
    help="Try every choice that could have been made otherwise; takes a few minutes.",
)
@click.option(
    "--resume",
    type=FILE,
    metavar="FILE",
    help="Keep draws in this file, and go on from those that are in it.",
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Address of a Dask scheduler to spread the work by."
)
@click.option(
    "--keep",
    is_flag=True,
    help="Keep what is said of each authority beside the register, for profiles to tell.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--html", type=FILE, metavar="FILE", help="Write a web page that needs nothing else.")
@click.option("--xlsx", type=FILE, metavar="FILE", help="Write a workbook, a sheet a table.")
def command(
    registers: tuple[Path, ...],
    days: tuple[date, ...] | None,
    keep: bool,
    as_json: bool,
    html: Path | None,
    xlsx: Path | None,
    **given: Any,
) -> None:
    """Say what kinds of locality there are, how places got there, and how sure that is.

    That there are no kinds, but a continuum, is among the answers. Open data know structure: they
    do not say whether people find a place coherent, take part, or make sense of it together.

    Stopped with Ctrl-C, it goes on where it was when asked again with the same --resume FILE.
    """
    from hedgerow.cli.typing_places import typed
    from hedgerow.cli.typing_setting import Wanted
    from hedgerow.reporting.writing import check_target

    files = {"html": html, "xlsx": xlsx}
    targets = {kind: path for kind, path in files.items() if path is not None}
    for path in [*targets.values(), *([given["resume"]] if given["resume"] else [])]:
        check_target(path)
    _check(keep, given)
    wanted = Wanted(registers=registers, days=days, **given)
    answer = typed(wanted)
    if keep:
        _keep(wanted, answer)
    if as_json:
        click.echo(json_text(answer.to_json()), nl=False)
    if not as_json and not targets:
        from hedgerow.reporting.typology_text import typology_text

        width = terminal_width()
        say(typology_text(answer, width=width, is_terminal=sys.stdout.isatty()))
    made = makers(answer, date.today())
    from hedgerow.reporting.writing import write_file

    for kind, path in targets.items():
        write_file(path, made[kind]())
        click.echo(f"Wrote {path}", err=True)


def _check(keep: bool, given: dict[str, Any]) -> None:
    if given["places"] and (given["across"] or given["unit"] != "authority"):
        raise UsageError(
            "Places of your own and localities that are made were both asked for.",
            advice="Give --places, or --unit locality.",
        )
    if given["across"] and given["unit"] != "locality":
        raise UsageError("Authorities are not made across borders.", advice="Add --unit locality.")
    if keep and (given["places"] or given["unit"] != "authority"):
        raise UsageError(
            "Profiles tell what kind of authority a place is.",
            advice="Leave --keep out, or type authorities.",
        )


def _keep(wanted: Wanted, answer: Answer) -> None:
    from hedgerow.localities.typology.kept import KeptTypology
    from hedgerow.reporting.kept_typology import keep_typology

    kept = KeptTypology(
        answer.on,
        answer.verdict_in_words,
        answer.sure.draws.height,
        answer.word,
        answer.places(),
    )
    path = keep_typology(wanted.registers[-1], answer.on, wanted.phase, kept)
    click.echo(f"Kept {path}", err=True)


def makers(answer: Answer, today: date) -> dict[str, Callable[[], bytes]]:
    """Give what makes each kind of file; nothing is imported before its kind is asked for."""

    def html() -> bytes:
        from hedgerow.reporting.typology_forms import typology_page

        return typology_page(answer, today=today).encode()

    def xlsx() -> bytes:
        from hedgerow.reporting.typology_forms import typology_workbook

        return typology_workbook(answer, today=today)

    return {"html": html, "xlsx": xlsx}
