"""What the code imports is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from tests.architecture.conftest import SourceFile

PROJECT = Path(__file__).resolve().parents[2]


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the top package of every import, wherever in the module it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def distributions(files: list[SourceFile]) -> set[str]:
    """The distributions that provide what the files import, our own code left out."""
    packages = {name for file in files for name in imported(file.tree)}
    packages -= sys.stdlib_module_names | {"bench", "hedgerow", "tests", "tools"}
    providers = packages_distributions()
    return {canonicalize_name(provider) for name in packages for provider in providers[name]}


def declared(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


def test_the_library_imports_what_it_declares_and_nothing_else(library):
    metadata = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    used, needed = distributions(library), declared(metadata["dependencies"])
    extras = metadata["optional-dependencies"]
    on_request = {one for name in extras if name != "dev" for one in declared(extras[name])}
    assert used - needed - on_request == set(), "declare these in pyproject.toml, then `make lock`"
    assert needed - used == set(), "nothing imports these"


def test_tests_and_tools_import_what_is_declared(project):
    metadata = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*metadata["dependencies"], *chain(*metadata["optional-dependencies"].values())]
    assert distributions(project) - declared(lines) == set()
