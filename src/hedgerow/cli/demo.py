"""``hedgerow demo``: the made-up region, its register, fieldbook and pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from hedgerow.fieldbook.made_up.seed import DEFAULT_SEED


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("demo"))
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=DEFAULT_SEED,
    show_default=True,
    help="The same seed makes the same region.",
)
@click.option("--pages/--no-pages", default=True, help="Write a page for each locality as well.")
def command(folder: Path, seed: int, pages: bool) -> None:
    """Make up a region with a City, a Town and a Shire in it, in the same files as a real one.

    DIR gets the open-data files and the register built from them, a fieldbook of what is known
    there and in no open data, as a workbook and imported, and a page for each of the three. Nothing
    in it is real.
    """
    is_new = not folder.exists()
    try:
        _make(folder, seed, pages)
    except BaseException:  # Ctrl-C too: nothing half made stays
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _make(folder: Path, seed: int, pages: bool) -> None:
    from hedgerow.fieldbook.calling import called_by_name
    from hedgerow.fieldbook.importing import import_fieldbook
    from hedgerow.fieldbook.made_up.open_files import write_open_files
    from hedgerow.fieldbook.made_up.region import make_region
    from hedgerow.fieldbook.workbook import write_workbook
    from hedgerow.sources.register import RegisterInputs, build, open_register

    region = make_region(seed)
    files = write_open_files(region, folder / "open-data")
    click.echo(f"Open data  {folder / 'open-data'}")
    build(RegisterInputs(**vars(files)), folder / "register")
    click.echo(f"Register   {folder / 'register'}")
    workbook = folder / "fieldbook.xlsx"
    write_workbook(called_by_name(region.evidence), workbook)
    import_fieldbook(
        workbook,
        folder / "fieldbook",
        register=open_register(folder / "register"),
        key=folder / "fieldbook-key.json",
        is_replacing=True,
    )
    click.echo(f"Fieldbook  {workbook}, imported into {folder / 'fieldbook'}")
    if pages:
        for page in _pages(folder):
            click.echo(f"Page       {page}")


def _pages(folder: Path) -> Iterator[Path]:
    """Write the profile of each locality, and the three side by side, as on the study's day."""
    from hedgerow.fieldbook.fieldbooks import open_fieldbook
    from hedgerow.fieldbook.made_up.plan import CITY, SHIRE, STUDY_DAY, TOWN
    from hedgerow.landscape.lens import Lens
    from hedgerow.localities.comparison import compare
    from hedgerow.localities.profile import profile
    from hedgerow.reporting.page import comparison_page, profile_page
    from hedgerow.reporting.writing import write_file
    from hedgerow.sources.register import open_register

    landscape = open_fieldbook(folder / "fieldbook", open_register(folder / "register"))
    today = date.today()
    profiles = [
        profile(landscape, Lens.authority(f"la:{plan.code}"), on=STUDY_DAY)
        for plan in (CITY, TOWN, SHIRE)
    ]
    for found in profiles:
        path = folder / f"{found.place.lower()}.html"
        write_file(path, profile_page(found, today=today).encode())
        yield path
    path = folder / "side-by-side.html"
    write_file(path, comparison_page(compare(profiles), today=today).encode())
    yield path
