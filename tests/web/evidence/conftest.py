"""A workbook of the made-up Town's evidence, and a worker that does what is waiting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from hedgerow.fieldbook.calling import called_by_name
from hedgerow.fieldbook.made_up.region import Region
from hedgerow.fieldbook.workbook import write_workbook


@pytest.fixture(scope="session")
def workbook(region: Region, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fieldbook of all that is known in the made-up region."""
    path = tmp_path_factory.mktemp("fieldbooks") / "region.xlsx"
    write_workbook(called_by_name(region.evidence), path)
    return path


@pytest.fixture
def do_what_waits() -> Callable[[], None]:
    """Do the jobs that are waiting, and come back when none is left."""

    def work() -> None:
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)

    return work
