"""What measures a landscape neither reads files, nor writes them, nor prints."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

CALCULATE = {"methods", "landscape", "features", "themes", "localities", "scenarios"}
# Rooms at the edge, where evidence comes in or leaves.
READ_OR_WRITE = {"sources", "fieldbook", "study", "directory", "reporting", "web", "cli"}

FUNCTIONS = {"open", "print", "input", "exec", "eval"}
METHODS = re.compile(r"^((read|scan|write|sink)_\w+|open|mkdir|unlink|touch|tofile|fromfile)$")
MODULES = {"sqlite3", "socket", "subprocess", "urllib", "http", "requests", "tempfile", "shutil"}


def outside_world(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and name of everything in a module that reaches beyond its arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
                yield node.lineno, f"{node.func.id}()"
            elif isinstance(node.func, ast.Attribute) and METHODS.match(node.func.attr):
                yield node.lineno, f".{node.func.attr}()"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in MODULES:
                    yield node.lineno, f"import {alias.name}"
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").split(".")[0] in MODULES:
                yield node.lineno, f"from {node.module} import"
        elif isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
            yield node.lineno, f".{node.attr}"


def test_rooms_that_calculate_touch_nothing_outside(library):
    faults = [
        f"{module.name}:{line}: {found}"
        for module in library
        if module.room in CALCULATE
        for line, found in outside_world(module.tree)
    ]
    assert not faults, "read in sources or fieldbook, write in reporting or cli:\n" + "\n".join(
        faults
    )


def test_every_room_is_on_one_side(library):
    rooms = {module.room for module in library} - {""}
    assert rooms <= CALCULATE | READ_OR_WRITE


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("print('x')", "print()"),
        ("with open('x') as f: pass", "open()"),
        ("Path('x').read_text()", ".read_text()"),
        ("pl.scan_parquet('x')", ".scan_parquet()"),
        ("frame.write_csv('x')", ".write_csv()"),
        ("import urllib.request", "import urllib.request"),
        ("from subprocess import run", "from subprocess import"),
        ("os.environ['HOME']", ".environ"),
    ],
)
def test_the_rule_sees(code, found):
    assert [name for _, name in outside_world(ast.parse(code))] == [found]


def test_the_rule_lets_ordinary_code_pass():
    code = "frame.filter(pl.col('reads')).rename({'a': 'b'}); readings = spread(frame)"
    assert not list(outside_world(ast.parse(code)))
