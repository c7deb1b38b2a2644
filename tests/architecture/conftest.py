"""The source of Hedgerow and of its tests, parsed once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class SourceFile:
    """One Python file of the project; `name` is its path from the project's root."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(PROJECT).as_posix()

    @property
    def room(self) -> str:
        """First package below hedgerow, or an empty text outside the rooms."""
        parts = self.path.relative_to(PROJECT).parts
        return parts[2] if parts[:2] == ("src", "hedgerow") and len(parts) > 3 else ""

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.name)


@pytest.fixture(scope="session")
def library() -> list[SourceFile]:
    """Every module of src/hedgerow."""
    return [SourceFile(path) for path in sorted((PROJECT / "src" / "hedgerow").rglob("*.py"))]


@pytest.fixture(scope="session")
def project(library: list[SourceFile]) -> list[SourceFile]:
    """Every Python file of the project."""
    folders = ("tests", "tools", "bench")
    rest = [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]
    return [*library, *map(SourceFile, rest)]
