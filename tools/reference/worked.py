"""The cases worked by hand, as the tests of the features state them.

A test says which indicators it works with ``@pytest.mark.works("context.pupils")``; a star stands
for any part of a name, for families of indicators. Its page shows the test as it is written, with
what the test module gives it to work on. The tests are read, not run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CASES = PROJECT / "tests" / "spec" / "features"

MADE_UP = "tests.made_up"
"""Every case is built with it: it is linked to, not quoted."""

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True)
class Case:
    """A test that works indicators by hand.

    Attributes
    ----------
    path : str
        Its module, from the project's root.
    name : str
    indicators : tuple of str
        Names, or patterns with a star, as the test's marker gives them.
    about : str
        The module's own words where they are more than a line: often the table worked on.
    place : str
        Source of what the test works on: functions and values that it uses, in the order in which
        they stand.
    source : str
        The test itself, without its marker.
    """

    path: str
    name: str
    indicators: tuple[str, ...]
    about: str
    place: str
    source: str

    def works(self, identifier: str) -> bool:
        """Whether it works an indicator."""
        return any(fnmatchcase(identifier, pattern) for pattern in self.indicators)


@dataclass(frozen=True)
class Module:
    """A module of tests, read.

    Attributes
    ----------
    path : pathlib.Path
    lines : tuple of str
    about : str
    definitions : dict
        Functions, classes and values that stand at its top, by name.
    imported : dict
        Names that come from other modules of tests, each with the module's name.
    """

    path: Path
    lines: tuple[str, ...]
    about: str
    definitions: dict[str, Definition]
    imported: dict[str, str]

    def source(self, node: Definition) -> str:
        """Give the source of a definition with its decorators, the comment above it and the string
        below it, and without what it says it works."""
        first = min(node.lineno, *(one.lineno for one in (node, *_decorators(node))))
        last = node.end_lineno or node.lineno
        while first > 1 and self.lines[first - 2].startswith("#"):
            first -= 1
        following = "\n".join(self.lines[last:])
        if isinstance(node, ast.Assign | ast.AnnAssign) and following.startswith('"""'):
            last += following[: following.index('"""', 3)].count("\n") + 1
        hidden = {
            number
            for marker in _markers(node)
            for number in range(marker.lineno, (marker.end_lineno or marker.lineno) + 1)
        }
        kept = [number for number in range(first, last + 1) if number not in hidden]
        return "\n".join(self.lines[number - 1] for number in kept)


def _decorators(node: Definition) -> list[ast.expr]:
    return [] if isinstance(node, ast.Assign | ast.AnnAssign) else node.decorator_list


def _markers(node: Definition) -> list[ast.Call]:
    return [
        one
        for one in _decorators(node)
        if isinstance(one, ast.Call) and ast.unparse(one.func) == "pytest.mark.works"
    ]


@cache
def module(path: Path) -> Module:
    """Read a module of tests."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    definitions: dict[str, Definition] = {}
    imported: dict[str, str] = {}
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                definitions[name] = node
            case ast.Assign(targets=targets):
                for target in targets:
                    names = [one for one in ast.walk(target) if isinstance(one, ast.Name)]
                    definitions |= {one.id: node for one in names}
            case ast.AnnAssign(target=ast.Name(id=name)):
                definitions[name] = node
            case ast.ImportFrom(module=str(origin), names=names) if (
                origin.startswith("tests.") and origin != MADE_UP
            ):
                imported |= {one.name: origin for one in names}
    return Module(
        path, tuple(text.splitlines()), ast.get_docstring(tree) or "", definitions, imported
    )


def used_by(read: Module, node: Definition) -> list[tuple[Module, Definition]]:
    """Give what a definition uses of the modules of tests, directly or not, in the order of those
    modules and of their lines; itself left out."""
    found: dict[tuple[Path, int], tuple[Module, Definition]] = {}
    waiting: list[tuple[Module, Definition]] = [(read, node)]
    while waiting:
        origin, one = waiting.pop()
        if (origin.path, one.lineno) in found:
            continue
        found[origin.path, one.lineno] = (origin, one)
        for name in _names(origin, one):
            if name in origin.definitions:
                waiting.append((origin, origin.definitions[name]))
            elif name in origin.imported:
                other = module(PROJECT / f"{origin.imported[name].replace('.', '/')}.py")
                if name in other.definitions:
                    waiting.append((other, other.definitions[name]))
    del found[read.path, node.lineno]
    return [found[key] for key in sorted(found, key=lambda key: (key[0] == read.path, key))]


def _names(read: Module, node: Definition) -> Iterator[str]:
    """Names that a definition takes from its module: those it does not bind itself, and fixtures
    of the module that it asks for."""
    named = [one for one in ast.walk(node) if isinstance(one, ast.Name)]
    asked = {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
    bound = asked | {one.id for one in named if isinstance(one.ctx, ast.Store)}
    if isinstance(node, ast.Assign | ast.AnnAssign):
        bound = set()
    yield from (one.id for one in named if one.id not in bound)
    for name in asked & read.definitions.keys():
        if any("fixture" in ast.unparse(one) for one in _decorators(read.definitions[name])):
            yield name


@cache
def cases() -> tuple[Case, ...]:
    """Give every case that says which indicators it works, in order of path and line."""
    found = []
    for path in sorted(CASES.rglob("test_*.py")):
        read = module(path)
        for node in read.definitions.values():
            if not isinstance(node, ast.FunctionDef):
                continue
            named = tuple(_arguments(node, path))
            if not named:
                continue
            place = _put_together(used_by(read, node))
            found.append(
                Case(
                    path=path.relative_to(PROJECT).as_posix(),
                    name=node.name,
                    indicators=named,
                    about=read.about if "\n\n" in read.about else "",
                    place=place,
                    source=read.source(node),
                )
            )
    return tuple(found)


def _put_together(used: list[tuple[Module, Definition]]) -> str:
    """Sources of definitions one below the other: values close up, functions apart."""
    whole, was_value = "", False
    for origin, one in used:
        source = origin.source(one)
        is_value = isinstance(one, ast.Assign | ast.AnnAssign)
        is_close = is_value and was_value and not source.startswith("#")
        whole += ("\n" if is_close else "\n\n\n") + source
        was_value = is_value
    return whole.lstrip("\n")


def _arguments(node: ast.FunctionDef, path: Path) -> Iterator[str]:
    for marker in _markers(node):
        for argument in marker.args:
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                raise ValueError(
                    f"{path.name}, line {argument.lineno}: say which indicators a case works in "
                    "plain strings, with a star where a family is meant"
                )
            yield argument.value


def cases_of(identifier: str) -> tuple[Case, ...]:
    """Give the cases that work an indicator: those that name it, then those of its family."""
    found = [case for case in cases() if case.works(identifier)]
    return tuple(sorted(found, key=lambda case: identifier not in case.indicators))


def in_words(name: str) -> str:
    """Give the name of a test as a sentence."""
    words = re.sub(r"_s_", "'s ", name.removeprefix("test_")).replace("_", " ")
    return f"{words[0].upper()}{words[1:]}."
