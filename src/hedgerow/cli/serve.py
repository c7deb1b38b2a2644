"""``hedgerow serve``: opens the site."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from hedgerow.landscape.errors import UsageError


@click.command()
@click.option("--demo", is_flag=True, help="Open it on the made-up City, Town and Shire.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the site's registers, keys and database: HEDGEROW_HOME, else “site”, or "
    "“site-demo” with --demo.",
)
def command(demo: bool, port: int, host: str, home: Path | None) -> None:
    """Open the site, until Ctrl-C closes it.

    It serves the registers in the folder “register” of its home. Settings are read from variables
    of the environment; docs/reference/site-settings.md lists them.
    """
    if find_spec("django") is None:
        raise UsageError(
            "The site needs more than the command line does.",
            advice="Install it with `pip install hedgerow[site]`.",
        )
    from hedgerow.fieldbook.made_up.plan import STUDY_DAY

    told = dict(os.environ)
    if home is not None:
        told["HEDGEROW_HOME"] = str(home)
    if demo:
        told["HEDGEROW_DEMO"] = "1"
        told.setdefault("HEDGEROW_HOME", "site-demo")
        told.setdefault("HEDGEROW_ON", STUDY_DAY.isoformat())
    serving = [sys.executable, "-m", "hedgerow.web.serving", "--port", str(port), "--host", host]
    with subprocess.Popen(serving, env=told) as site:
        try:
            code = site.wait()
        except KeyboardInterrupt:
            # it has heard the same Ctrl-C, but not what ended this process alone
            site.terminate()
            site.wait()
            code = 0
    if code:
        click.get_current_context().exit(code)
