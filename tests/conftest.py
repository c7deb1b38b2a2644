"""What every test may ask for: the folders of real data and of oracles, and no silent skips."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parents[1]
# the same examples on every run, and no deadline: the first call of a test may load scipy
settings.register_profile("house", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("house")
SKIPS_FORBIDDEN = os.environ.get("HEDGEROW_FORBID_SKIPS") == "1"


def _folder(variable: str, name: str) -> Path:
    """The folder that `variable` names, or the one beside the project; skipped without either."""
    named = os.environ.get(variable)
    folder = Path(named) if named else PROJECT.parent / "shared" / "data" / name
    if not folder.is_dir():
        pytest.skip(f"needs the {name} data: no folder {folder}; set {variable} to name one")
    return folder


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of open data on England's schools (`HEDGEROW_REAL_DATA`)."""
    return _folder("HEDGEROW_REAL_DATA", "real")


@pytest.fixture(scope="session")
def oracle_data() -> Path:
    """Folder of published or independently computed numbers (`HEDGEROW_ORACLE_DATA`)."""
    return _folder("HEDGEROW_ORACLE_DATA", "oracles")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice's command, which opens what we write for spreadsheets."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("needs LibreOffice: on Debian, apt-get install libreoffice-calc-nogui")
    return found


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Chromium's command, which looks at the site's pages as people do."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("needs Chromium: on Debian, apt-get install chromium")
    return found


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure where skips are forbidden, keeping the reason."""
    if SKIPS_FORBIDDEN and report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skips are forbidden here, and this test was skipped. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Refuse skips while a test runs."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Refuse skips of whole modules."""
    report = yield
    _refuse_skip(report)
    return report
