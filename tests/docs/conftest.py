"""The pages of the project, and what its list of references holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.reference.literature import entries

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def project() -> Path:
    """Root of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Every page by its path from the project's root."""
    paths = [*sorted(PROJECT.glob("*.md")), *sorted((PROJECT / "docs").rglob("*.md"))]
    return {path.relative_to(PROJECT).as_posix(): path.read_text("utf-8") for path in paths}


@pytest.fixture(scope="session")
def bibliography() -> dict[str, dict[str, str]]:
    """Fields of every entry of docs/references.bib, by key."""
    return entries()
