"""The registers that the site shows: vintages in one folder, each opened once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from hedgerow.landscape.landscape import Landscape
from hedgerow.sources.register.opening import open_register, vintage_folder, vintages

MOST_OPEN = 4


def register_on(day: date | None = None) -> Landscape:
    """Give the register for a day; of several vintages as `open_register` chooses.

    Raises
    ------
    DataError
        If the site has no register.
    """
    return _opened(vintage_folder(settings.SITE.registers, on=day))


def all_registers() -> list[Landscape]:
    """Give the registers of all vintages, the newest first.

    Raises
    ------
    DataError
        If the site has no register.
    """
    newest = register_on()
    earlier = [_opened(folder) for folder in reversed(vintages(settings.SITE.registers))]
    return [newest, *(one for one in earlier if one is not newest)]


@lru_cache(maxsize=MOST_OPEN)
def _opened(folder: Path) -> Landscape:
    return open_register(folder)
