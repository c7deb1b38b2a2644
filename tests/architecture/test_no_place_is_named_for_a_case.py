"""The study's localities are anonymised: nothing public leads from one of them to real places.

Seen from the outside: what functions take and give, and what the command line offers. That nothing
of a place can be reached from the answer itself is tried in tests/unit/localities.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator

import click

from hedgerow.cli import hedgerow as whole_command
from hedgerow.localities.typology import published_facts, resemblance

CASES = {"City", "Town", "Shire"}
TAKEN = {"case", "cases", "prototype", "resembles", "like"}
"""Names of parameters by which a case could be asked for."""
MAY_NAME_THEM = (
    "src/hedgerow/fieldbook/made_up/",  # the made-up localities, which are no real places
    "src/hedgerow/localities/typology/published_facts.py",
    "src/hedgerow/localities/typology/resemblance.py",
)
AGGREGATE = {"resemblance", "published_facts"}
"""The only modules whose functions may have to do with cases."""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Public functions and methods of a module."""
    for node in ast.walk(tree):
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if is_function and not node.name.startswith("_"):
            yield node


def asks_for_a_case(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function takes a case of the study."""
    every = function.args
    for one in [*every.posonlyargs, *every.args, *every.kwonlyargs]:
        annotation = ast.unparse(one.annotation) if one.annotation else ""
        words = set(annotation.replace("[", " ").replace("]", " ").replace(",", " ").split())
        if one.arg in TAKEN or words & ({"Case", "Likeness"} | {f"'{case}'" for case in CASES}):
            return True
    return False


def test_no_public_function_takes_a_case(library):
    faults = [
        f"{module.name}:{function.lineno}: {function.name}"
        for module in library
        for function in functions(module.tree)
        if asks_for_a_case(function)
    ]
    assert not faults, "nothing may be asked of a real place by a case:\n" + "\n".join(faults)


def test_the_rule_sees():
    found = [
        asks_for_a_case(function)
        for source in (
            "def most_like(case): ...",
            "def f(to: Literal['City']): ...",
            "def f(a: Case | None = None): ...",
            "def f(name: str, landscape: Landscape): ...",
        )
        for function in functions(ast.parse(source))
    ]
    assert found == [True, True, True, False]


def test_cases_are_named_only_where_shares_of_all_places_are_reckoned(library):
    faults = [
        f"{module.name}:{node.lineno}: {node.value}"
        for module in library
        if not module.name.startswith(MAY_NAME_THEM)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and node.value in CASES
    ]
    assert not faults, "take them from published_facts or resemblance:\n" + "\n".join(faults)


def test_resemblance_gives_shares_and_nothing_else():
    public = {
        name: one
        for name, one in inspect.getmembers(resemblance, inspect.isfunction)
        if not name.startswith("_") and one.__module__ == resemblance.__name__
    }
    assert set(public) == {"resemblance"}
    assert inspect.signature(public["resemblance"]).return_annotation == "Resemblance"
    kept = {*resemblance.Resemblance.__annotations__, *resemblance.Told.__annotations__}
    assert kept == {
        "places", "like", "figures_used", "wording", "tolerance", "draws", "on",
        "share", "low", "high", "schools", "pupils",
    }  # fmt: skip  # one set
    given = inspect.getmembers(published_facts, inspect.isfunction)
    assert {
        inspect.signature(one).return_annotation
        for name, one in given
        if not name.startswith("_") and one.__module__ == published_facts.__name__
    } == {"tuple[PublishedFact, ...]"}


def test_what_is_said_of_one_place_knows_nothing_of_cases(library):
    # these write counts of all places; whatever else wants the answer has to be thought about first
    of_all_places = {
        "src/hedgerow/cli/typing_places.py",
        "src/hedgerow/localities/typology/answer.py",
        "src/hedgerow/localities/typology/resemblance.py",
    }
    takers = {
        module.name
        for module in library
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        and {(node.module or "").rpartition(".")[2], *(alias.name for alias in node.names)}
        & AGGREGATE
        and (node.module or "").startswith("hedgerow.localities.typology")
    }
    assert takers <= of_all_places


def test_nobody_reaches_past_what_it_gives(library):
    faults = [
        f"{module.name}:{node.lineno}"
        for module in library
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").rpartition(".")[2] in AGGREGATE
        and any(alias.name.startswith("_") for alias in node.names)
    ]
    assert not faults, "\n".join(faults)


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command of the command line by its full name."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for one in command.list_commands(context):
            inner = command.get_command(context, one)
            if inner is not None:
                yield from commands(inner, f"{name} {one}")


def test_no_command_offers_a_case():
    seen = dict(commands(whole_command, "hedgerow"))
    assert len(seen) > 10
    for name, command in seen.items():
        for one in command.params:
            offered = set(getattr(one.type, "choices", ()))
            assert not (offered & CASES or (one.name or "") in TAKEN), f"{name}: {one.name}"
