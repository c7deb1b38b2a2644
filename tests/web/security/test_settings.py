"""A site that is told what cannot be does not open: it says what is wrong and what to do."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.web.configuration import configuration

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "site-settings.md"

WRONG = [
    ("HEDGEROW_HOME", "{here}/file/site", "cannot be made or written"),
    ("HEDGEROW_HOME", "{here}/file", "is a file, not a folder"),
    ("HEDGEROW_HOME", "/proc", "The folder /proc cannot be"),
    ("HEDGEROW_DATABASE_URL", "nonsense", "does not say what kind"),
    ("HEDGEROW_DATABASE_URL", "mongo://me:hushhush@host/name", "kind of database that is unknown"),
    ("HEDGEROW_DATABASE_URL", "postgres://me:hush#hush@host/name", "port is no number"),
    ("HEDGEROW_DATABASE_URL", "postgres://me:hushhush@host:many/name", "port is no number"),
    ("HEDGEROW_DATABASE_URL", "postgres://me:hushhush@host", "names no database"),
    ("HEDGEROW_DATABASE_URL", "postgres://me:hushhush@127.0.0.1:9/name", "cannot be reached"),
    ("HEDGEROW_DATABASE_URL", "sqlite:////no/such/folder/site.db", "cannot be reached"),
    ("HEDGEROW_DATABASE_URL", "sqlite:///{here}/file", "cannot be reached"),
    ("HEDGEROW_HOSTS", "https://site.example.org", "no host's name"),
    ("HEDGEROW_HOSTS", "site.example.org:8000", "no host's name"),
    ("HEDGEROW_HOSTS", "*", "no host's name"),
    ("HEDGEROW_HOSTS", ",", "no host's name"),
    ("HEDGEROW_PROXIES", "one", "no number of servers"),
    ("HEDGEROW_SECRET", "", "is there, and empty"),
    ("HEDGEROW_SECRET", "x" * 60, "too easily guessed"),
    ("HEDGEROW_EMAIL", "pigeon:loft", "way to send messages that is unknown: “pigeon”"),
    ("HEDGEROW_EMAIL", "mail.example.org", "does not say how messages are sent"),
    ("HEDGEROW_EMAIL", "smtp:mail.example.org", "names no mail server"),
    ("HEDGEROW_EMAIL", "smtp://me:hushhush@mail.example.org:many", "port is no number"),
    ("HEDGEROW_EMAIL", "file:/var/mail", "which nothing reads"),
    ("HEDGEROW_EMAIL_FROM", "the partnership", "no e-mail address"),
    ("HEDGEROW_SECOND_FACTOR", "on", "neither yes nor no"),
    ("HEDGEROW_DEMO", "yes", "neither yes nor no"),
    ("HEDGEROW_ON", "yesterday", "no day"),
]
OPENING = {"cannot be reached"}
"""What is found only when the site opens; all else is found when its settings are read."""


def opening(tmp_path: Path, *arguments: str, **told: str) -> subprocess.CompletedProcess[str]:
    """Try to open a site that has no register; give how that ended."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HEDGEROW_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", *(arguments or ("hedgerow.web.serving", "--port", "0"))],
        env={**environment, "HEDGEROW_HOME": str(tmp_path / "site"), **told},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=tmp_path,
    )


def assert_is_told(run: subprocess.CompletedProcess[str], words: str, *, code: int = 2) -> None:
    assert run.returncode == code, run.stderr
    first, *advice = run.stderr.strip().splitlines()
    assert first.startswith("Error: "), run.stderr
    assert words in first
    assert advice, "nothing says what to do"
    assert "Traceback" not in run.stderr
    assert "hush" not in run.stderr


def test_every_setting_has_a_wrong_value_here():
    listed = re.findall(r"^\| `(HEDGEROW_\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(listed) == {name for name, _, _ in WRONG}


@pytest.mark.parametrize(("name", "value", "words"), WRONG, ids=lambda one: one[:40])
def test_what_cannot_be_is_said_in_words(tmp_path, name, value, words):
    (tmp_path / "file").write_text("no database, and no folder " * 40)
    told = {name: value.format(here=tmp_path)}
    if words in OPENING:
        assert_is_told(opening(tmp_path, **told), words)
        return
    with pytest.raises(UsageError) as said:
        configuration({"HEDGEROW_HOME": str(tmp_path / "site"), **told})
    assert words in said.value.message
    assert said.value.advice
    assert "hush" not in str(said.value)


@pytest.mark.parametrize(
    "arguments",
    [
        ("hedgerow.web.serving", "--port", "0"),
        ("hedgerow", "serve"),
        ("hedgerow.web", "migrate"),
    ],
    ids=" ".join,
)
def test_every_way_in_says_the_same_without_a_trace(tmp_path, arguments):
    run = opening(tmp_path, *arguments, HEDGEROW_EMAIL="pigeon:loft")
    assert_is_told(run, "way to send messages that is unknown")


def test_a_site_without_a_register_does_not_open(tmp_path):
    assert_is_told(opening(tmp_path), "There is no register", code=3)


@pytest.mark.parametrize(
    ("host", "why"), [("127.0.0.1", "in use"), ("no.such.host.invalid", "cannot be used")]
)
def test_a_port_that_is_taken_is_said_before_the_database_is_touched(tmp_path, host, why):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = opening(tmp_path, "hedgerow.web.serving", "--port", port, "--host", host)
    assert_is_told(run, why)
    assert not (tmp_path / "site" / "site.db").exists()


@pytest.mark.parametrize("kept", ["", "short", "€" * 60])
def test_a_kept_secret_that_was_cut_short_is_not_used(tmp_path, kept):
    (tmp_path / "secret").write_text(kept, encoding="utf-8")
    with pytest.raises(UsageError, match="secret") as said:
        configuration({"HEDGEROW_HOME": str(tmp_path)})
    assert "delete it" in said.value.advice


def test_what_can_be_is_taken(tmp_path):
    told = {
        "HEDGEROW_HOME": str(tmp_path),
        "HEDGEROW_HOSTS": "site.example.org, .example.net,[::1]",
        "HEDGEROW_EMAIL": "smtp://me%40here:a%3Ab@mail.example.org:465",
        "HEDGEROW_EMAIL_FROM": "Hedgerow <landscape@example.org>",
        "HEDGEROW_DEMO": "0",
    }
    found = configuration(told)
    assert found.hosts == ("site.example.org", ".example.net", "[::1]")
    assert (found.mail.host, found.mail.port) == ("mail.example.org", 465)
    assert (found.mail.user, found.mail.secret) == ("me@here", "a:b")
    assert not found.is_demo
    assert "a:b" not in repr(found)
