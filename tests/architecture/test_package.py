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


@pytest.mark.parametrize("module", ["hedgerow", "hedgerow.methods", "hedgerow.landscape"])
def test_slow_libraries_wait_until_they_are_needed(module):
    slow = "{'scipy', 'altair', 'networkx', 'pandas', 'typst', 'vl_convert', 'openpyxl', 'pyproj'}"
    code = f"import sys, {module}; print(sorted({slow} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
