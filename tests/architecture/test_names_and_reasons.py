"""No catch-all modules, a reason beside every exception to a rule, nothing left unfinished."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

CATCH_ALL = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "tools"}
EXCEPTION = re.compile(
    r"#\s*(?:noqa|type:\s*ignore|mypy:|ruff:|pragma:|fmt:|pyright:|nosec)"
    r"(?::\s*[\w-]+|\[[^\]]*\]|[^#]*)"
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")


def comments(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every comment."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def lacks_reason(comment: str) -> bool:
    """Whether a comment excepts its line from a rule without saying why, in a second comment."""
    if not EXCEPTION.match(comment):
        return False
    return len(EXCEPTION.sub("", comment).strip("# -:").split()) < 2


def test_no_catch_all_modules(library):
    faults = [
        module.name
        for module in library
        if CATCH_ALL & set(module.name.removesuffix(".py").split("/")[2:])
    ]
    assert not faults, f"say what it is about, in the lowest room that knows the word: {faults}"


def test_every_exception_says_why(project):
    faults = [
        f"{module.name}:{line}: {comment}"
        for module in project
        for line, comment in comments(module.text)
        if lacks_reason(comment)
    ]
    assert not faults, "write the reason after it, as a second comment:\n" + "\n".join(faults)


def test_a_reason_is_seen():
    assert lacks_reason("# noqa: B008")
    assert lacks_reason("# type: ignore[arg-type]")
    assert lacks_reason("# noqa: B008  # ok")
    assert not lacks_reason("# noqa: B008  # click reads the default at import")
    assert not lacks_reason("# type: ignore[arg-type]  # the stubs lag behind polars 2")
    assert not lacks_reason("# an ordinary comment")


def test_nothing_is_left_unfinished(library):
    faults = [
        f"{module.name}:{number}: {line.strip()}"
        for module in library
        for number, line in enumerate(module.text.splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert not faults, "\n".join(faults)


def test_skips_are_asked_for_in_one_place(project):
    asking = {
        module.name
        for module in project
        if re.search(r"pytest\.(skip|importorskip|xfail)\(|mark\.(skip|xfail)", module.text)
    }
    assert asking <= {"tests/conftest.py", "tests/architecture/test_names_and_reasons.py"}
