"""The package says which version it is, in one place, and starts lightly."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import hedgerow

PROJECT = Path(__file__).resolve().parents[2]


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert hedgerow.__version__ == project["version"]
    citation = (PROJECT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {project['version']}\n" in citation


def test_other_names_are_refused():
    with pytest.raises(AttributeError, match="no attribute 'nonesuch'"):
        _ = hedgerow.nonesuch


SLOW = {"fastexcel", "jinja2", "pyproj", "scipy", "typst", "xlsxwriter"}
IMPORT_ALL = """
import pkgutil, sys, {room}
for module in pkgutil.walk_packages({room}.__path__, "{room}."):
    __import__(module.name)
print(*sorted({slow} & set(sys.modules)))
"""


@pytest.mark.parametrize("room", ["methods", "landscape"])
def test_slow_libraries_wait_until_they_are_needed(room):
    code = IMPORT_ALL.format(room=f"hedgerow.{room}", slow=SLOW)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
