"""``hedgerow register``: build, show, fetch."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hedgerow.cli.asking import Day

if TYPE_CHECKING:
    from hedgerow.landscape.phases import Phase
    from hedgerow.sources.register import RegisterSummary


class ManyValues(click.Command):
    """A command without arguments, whose options may take several values: ``--links A B C``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give every bare word to the option before it, where that may be given several times.

        Raises
        ------
        click.BadOptionUsage
            If an option without its value stands before another one, which would be taken for it.
        """
        repeatable = {
            name
            for option in self.params
            if isinstance(option, click.Option) and option.multiple
            for name in option.opts
        }
        valued = {
            name
            for option in self.params
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        spread: list[str] = []
        option, has_value = "", True
        for number, word in enumerate([*args, "--"]):
            if word.startswith("--") and not has_value and option in valued:
                raise click.BadOptionUsage(
                    option, f"Option '{option}' requires a file or another value.", ctx
                )
            if number == len(args):
                break
            if word.startswith("-") and word != "-":
                option, has_value = word.partition("=")[0], "=" in word
            elif has_value and option in repeatable:
                spread.append(option)
            else:
                has_value = True
            spread.append(word)
        return super().parse_args(ctx, spread)


@click.group()
def command() -> None:
    """Build, show or fetch a register of England's schools."""


FILE = click.Path(path_type=Path)
FILES: dict[str, Any] = {"type": FILE, "multiple": True, "metavar": "FILE"}
OUT = click.option(
    "--out",
    type=FILE,
    required=True,
    metavar="DIR",
    help="Folder of registers; each gets a subfolder named after its day.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@command.command(cls=ManyValues)
@click.option("--gias", type=FILE, required=True, metavar="FILE", help="The establishment extract.")
@click.option("--groups", type=FILE, metavar="FILE", help="All group records.")
@click.option("--links", **FILES, help="Group link records; several days give a history.")
@click.option("--successors", type=FILE, metavar="FILE", help="Links between establishments.")
@click.option("--ks2", **FILES, help="Key stage 2 results.")
@click.option("--census", **FILES, help="School census, of either kind.")
@click.option("--imd", **FILES, help="Indices of deprivation.")
@click.option("--lsoa", type=FILE, metavar="FILE", help="Centroids of the areas of 2011.")
@click.option("--ofsted", **FILES, help="Inspection outcomes.")
@click.option("--hubs", **FILES, help="Hubs, their areas, their districts.")
@click.option("--boundaries", type=FILE, metavar="FILE", help="Outlines of districts (GeoJSON).")
@click.option("--postcodes", type=FILE, metavar="FILE", help="Positions of postcodes.")
@OUT
@AS_JSON
def build(out: Path, as_json: bool, **files: Any) -> None:
    """Read, check and join files of open data into a register.

    Only --gias is needed. FILE may be followed by the day that it describes, as in
    file.csv@2022-04-25, where its name does not tell it.
    """
    from hedgerow.cli.progress import steps
    from hedgerow.sources.register import RegisterInputs
    from hedgerow.sources.register import build as build_register

    inputs = RegisterInputs(**files)
    with steps() as on_progress:
        summary = build_register(inputs, out, on_progress=on_progress)
    _print_summary(summary, as_json=as_json)


@command.command()
@click.argument("register", type=FILE, metavar="DIR")
@click.option("--on", "day", metavar="DATE", help="The vintage in force on a day; else the newest.")
@click.option("--faults", "list_faults", is_flag=True, help="List every fault.")
@click.option(
    "--set-aside", "list_set_aside", is_flag=True, help="List every row that could not be used."
)
@AS_JSON
def show(
    register: Path, day: str | None, list_faults: bool, list_set_aside: bool, as_json: bool
) -> None:
    """Say what a register holds, where it comes from, and what was wrong with the files."""
    from hedgerow.sources.register import describe
    from hedgerow.sources.register.opening import must_be_day

    summary = describe(register, on=must_be_day(day, "--on") if day else None)
    if not (list_faults or list_set_aside):
        _print_summary(summary, as_json=as_json)
        return
    lists = {}
    if list_faults:
        lists["faults"] = summary.faults
    if list_set_aside:
        lists["set_aside"] = summary.set_aside
    if as_json:
        _print_json({name: table.to_dicts() for name, table in lists.items()})
        return
    for table in lists.values():
        click.echo(table.write_csv(), nl=False)


@command.command()
@click.argument("register", type=FILE, metavar="DIR")
@click.option("--on", "day", type=Day(), metavar="DATE", help="The day; else the register's own.")
@click.option(
    "--phase",
    type=click.Choice(["primary", "secondary", "all"]),
    default="primary",
    show_default=True,
    help="Which schools the figures are about.",
)
@AS_JSON
def figures(register: Path, day: date | None, phase: Phase, as_json: bool) -> None:
    """Measure every authority, so that a profile can say what is unusual about a place.

    Takes about ten seconds for England, once for a register, day and phase. The figures lie beside
    the register, and go when it is built again.
    """
    from hedgerow.cli.progress import counting
    from hedgerow.reporting.kept_figures import keep_figures, measured_figures
    from hedgerow.sources.register import open_register

    day = day or date.fromisoformat(open_register(register).label)
    with counting("Measuring authorities") as on_progress:
        found = measured_figures(register, day, phase, on_progress=on_progress)
    path = keep_figures(register, day, phase, found)
    places = found["place"].n_unique()
    if as_json:
        _print_json({"file": str(path), "authorities": places, "figures": found.height})
    else:
        click.echo(f"{found.height:,} figures of {places} authorities are in {path}")


@command.command()
@OUT
@click.option("--day", metavar="DATE", help="Files of this day; else today's, or yesterday's.")
@click.option("--base-url", metavar="URL", help="Another address that serves the same files.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds to wait for an answer.",
)
@AS_JSON
def fetch(out: Path, day: str | None, base_url: str | None, timeout: float, as_json: bool) -> None:
    """Download the official files of a day and build a register of them (needs the internet)."""
    from hedgerow.cli.progress import downloads, steps
    from hedgerow.sources.fetch import fetch_inputs
    from hedgerow.sources.fetch.addresses import BASE_URL
    from hedgerow.sources.register import build as build_register
    from hedgerow.sources.register.opening import must_be_day

    with downloads() as on_bytes:
        inputs = fetch_inputs(
            out / "downloads",
            day=must_be_day(day, "--day") if day else None,
            base_url=base_url or BASE_URL,
            timeout=timeout,
            on_bytes=on_bytes,
        )
    with steps() as on_progress:
        summary = build_register(inputs, out, on_progress=on_progress)
    _print_summary(summary, as_json=as_json)


def _print_json(value: object) -> None:
    # polars writes dates as dates: JSON has none
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    click.echo()


def _print_summary(summary: RegisterSummary, *, as_json: bool) -> None:
    if as_json:
        _print_json(summary.to_json())
        return
    for line in summary.lines():
        click.echo(line)
