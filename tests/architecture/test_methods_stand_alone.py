"""The room `methods` is general statistics: no word of schools, and few things imported."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

ALLOWED = {"numpy", "scipy", "hedgerow"} | sys.stdlib_module_names
WORDS = re.compile(
    r"\b(schools?|pupils?|teachers?|headteachers?|academ(?:y|ies)|trusts?|urn|urns|ofsted)\b",
    re.IGNORECASE,
)


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and top package of every import, wherever in the module it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or "").split(".")[0]


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of every name that a module binds or takes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_methods_import_numpy_and_scipy_alone(library):
    faults = [
        f"{module.name}:{line}: {package}"
        for module in library
        if module.room == "methods"
        for line, package in imported(module.tree)
        if package not in ALLOWED
    ]
    assert not faults, "\n".join(faults)


def test_methods_name_nothing_of_schools(library):
    faults = [
        f"{module.name}:{line}: {name}"
        for module in library
        if module.room == "methods"
        for line, name in names(module.tree)
        if WORDS.search(name.replace("_", " "))
    ]
    assert not faults, "a word of schools belongs in landscape or above:\n" + "\n".join(faults)


def test_the_rules_see():
    tree = ast.parse("import polars as pl\ndef spread_of_pupils(urn): trusts = 1")
    assert [package for _, package in imported(tree)] == ["polars"]
    assert sum(bool(WORDS.search(name.replace("_", " "))) for _, name in names(tree)) == 3
