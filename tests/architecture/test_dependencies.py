"""What the code imports is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[2]

# Declared for a reason other than an import of ours.
NOT_IMPORTED: dict[str, str] = {}


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the top package of every import, wherever in the module it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def test_the_library_imports_what_it_declares_and_nothing_else(library):
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    packages = {name for module in library for name in imported(module.tree)}
    packages -= sys.stdlib_module_names | {"hedgerow"}
    providers = packages_distributions()
    used = {canonicalize_name(provider) for name in packages for provider in providers[name]}
    assert used - declared == set(), "declare these in pyproject.toml, then `make lock`"
    assert declared - used == set(NOT_IMPORTED), "nothing imports these"
