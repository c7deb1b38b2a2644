"""The made-up region on the site: its register, a partnership with evidence, and people to be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from hedgerow.fieldbook.made_up.open_files import write_open_files
from hedgerow.fieldbook.made_up.region import Region, make_region
from hedgerow.fieldbook.made_up.seed import DEFAULT_SEED
from hedgerow.sources.register import RegisterInputs, build


def make_demo(say: Callable[[str], None]) -> None:
    """Make what is missing of the demo; what is there stays as people left it."""
    home: Path = settings.SITE.home
    if settings.SITE.registers.exists():
        return
    say("Making up City, Town and Shire (once; half a minute)")
    region = make_region(DEFAULT_SEED)
    _build_register(region, home)


def _build_register(region: Region, home: Path) -> None:
    files = write_open_files(region, home / "open-data")
    build(RegisterInputs(**vars(files)), settings.SITE.registers)
