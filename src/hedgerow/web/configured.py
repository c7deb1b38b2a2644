"""What each setting of a site may hold: anything else is refused before the site opens."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import SplitResult, unquote, urlsplit

from hedgerow.landscape.errors import UsageError

SHORTEST_SECRET = 50
FEWEST_SIGNS = 5
"""How many different signs a secret has at least."""
USUAL_MAIL_PORT = 587
_HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", re.IGNORECASE)
_DATABASES = ("postgres", "postgresql", "sqlite")
_MAIL = ("console", "file", "smtp")
_DRIVERS = ("psycopg", "psycopg2")


@dataclass(frozen=True)
class Mail:
    """Where messages go.

    Attributes
    ----------
    kind : str
        ``console``, ``file`` or ``smtp``.
    host, port, user, secret
        Of the mail server, for ``smtp``.
    """

    kind: str = "console"
    host: str = "localhost"
    port: int = USUAL_MAIL_PORT
    user: str = ""
    secret: str = field(default="", repr=False)


def mail(text: str) -> Mail:
    """Read ``HEDGEROW_EMAIL``; what it holds may be secret and is not said again."""
    if not text:
        return Mail()
    advice = "Write console:, file: or smtp://user:secret@mail.example.org:587."
    parts = _split("HEDGEROW_EMAIL", text, advice)
    if parts.scheme not in _MAIL:
        raise UsageError(
            f"HEDGEROW_EMAIL names a way to send messages that is unknown: “{parts.scheme}”."
            if parts.scheme
            else "HEDGEROW_EMAIL does not say how messages are sent.",
            advice=advice,
        )
    is_smtp = parts.scheme == "smtp"
    if is_smtp and not parts.hostname:
        raise UsageError("HEDGEROW_EMAIL names no mail server.", advice=advice)
    if not is_smtp and text != f"{parts.scheme}:":
        raise UsageError(
            f"HEDGEROW_EMAIL says more after “{parts.scheme}:”, which nothing reads.",
            advice=f"Write {parts.scheme}: alone"
            + ("; messages go into the folder “outbox” of the home." if text[0] == "f" else "."),
        )
    return Mail(
        parts.scheme,
        parts.hostname or "localhost",
        parts.port or USUAL_MAIL_PORT,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def sender(text: str) -> str:
    """Read ``HEDGEROW_EMAIL_FROM``."""
    address = parseaddr(text)[1]
    local, _, host = address.rpartition("@")
    if not (local and host) or "\n" in text or "\r" in text:
        raise UsageError(
            f"HEDGEROW_EMAIL_FROM holds “{text}”, which is no e-mail address.",
            advice="Write it as landscape@example.org.",
        )
    return text


def database(text: str, usual: Path) -> str:
    """Read ``HEDGEROW_DATABASE_URL``; what it holds may be secret and is not said again."""
    if not text:
        return f"sqlite:///{usual}"
    advice = "Write postgres://user:secret@host/database, or leave it out for SQLite in the home."
    parts = _split("HEDGEROW_DATABASE_URL", text, advice)
    if parts.scheme not in _DATABASES:
        raise UsageError(
            f"HEDGEROW_DATABASE_URL names a kind of database that is unknown: “{parts.scheme}”."
            if parts.scheme
            else "HEDGEROW_DATABASE_URL does not say what kind of database it is.",
            advice=advice,
        )
    if len(parts.path) < 2:
        raise UsageError("HEDGEROW_DATABASE_URL names no database.", advice=advice)
    if parts.scheme != "sqlite" and not any(find_spec(one) for one in _DRIVERS):
        raise UsageError(
            "HEDGEROW_DATABASE_URL asks for PostgreSQL, whose driver is not installed.",
            advice="Install it with `pip install hedgerow[site,postgresql]`.",
        )
    return text


def hosts(text: str) -> tuple[str, ...]:
    """Read ``HEDGEROW_HOSTS``; none where it is empty."""
    named = tuple(one.strip() for one in text.split(",") if one.strip())
    wrong = text if text.strip() and not named else next((n for n in named if not _is_host(n)), "")
    if wrong:
        raise UsageError(
            f"HEDGEROW_HOSTS holds “{wrong}”, which is no host's name.",
            advice="Write names alone, as in landscape.example.org, with commas between them: "
            "without https://, port or path, and no * for all.",
        )
    return named


def is_demo(text: str, named: tuple[str, ...]) -> bool:
    """Read ``HEDGEROW_DEMO``; the demo is refused where hosts are named."""
    wanted = switch("HEDGEROW_DEMO", text)
    if wanted and named:
        raise UsageError(
            "The demo is for one's own machine: everybody knows the passwords of its people.",
            advice="Leave HEDGEROW_HOSTS out, or HEDGEROW_DEMO.",
        )
    return wanted


def switch(name: str, text: str) -> bool:
    """Read a variable that is 1 or is left out."""
    if text not in ("", "0", "1"):
        raise UsageError(
            f"{name} holds “{text}”, which says neither yes nor no.",
            advice="Write 1, or leave it out.",
        )
    return text == "1"


def day(text: str) -> date | None:
    """Read ``HEDGEROW_ON``."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise UsageError(
            f"HEDGEROW_ON holds “{text}”, which is no day.", advice="Write it as 2022-04-25."
        ) from fault


def proxies(text: str, *, is_public: bool) -> int:
    """Read ``HEDGEROW_PROXIES``."""
    if not text:
        return int(is_public)
    if not (text.isascii() and text.isdecimal()):
        raise UsageError(
            f"HEDGEROW_PROXIES holds “{text}”, which is no number of servers.",
            advice="Write 1 where one server stands before the site, and 0 where none does.",
        )
    return int(text)


def secret(given: str | None, path: Path) -> str:
    """Read ``HEDGEROW_SECRET``, or the secret that is kept in a file that its owner alone reads.

    It is drawn at the first use. A variable that is there and empty is refused: what was to fill it
    has failed.
    """
    advice = (
        f"Give one of at least {SHORTEST_SECRET} drawn characters, or leave it out: the site then "
        "draws its own and keeps it in its home."
    )
    if given is None:
        return _kept(path)
    if not given.strip():
        raise UsageError("HEDGEROW_SECRET is there, and empty.", advice=advice)
    if _is_guessable(given):
        raise UsageError("HEDGEROW_SECRET is too easily guessed.", advice=advice)
    return given


def _kept(path: Path) -> str:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    drawn = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(drawn)
    return drawn


def _read(path: Path) -> str:
    try:
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            f"The site's secret, {path}, cannot be read.",
            advice="Let the account that runs the site read it, or delete it: another is drawn, "
            "everybody is signed out, and second factors are set up anew.",
        ) from fault
    if _is_guessable(kept):
        raise UsageError(
            f"The site's secret, {path}, was cut short or changed.",
            advice="Put it back, or delete it: another is drawn, everybody is signed out, and "
            "second factors are set up anew.",
        )
    return kept


def home(text: str, usual: Path) -> Path:
    """Read ``HEDGEROW_HOME``, and make the folder where it is not there."""
    place = Path(text or usual).resolve()
    advice = "Name another with HEDGEROW_HOME, or let the account that runs the site write there."
    try:
        place.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=place):
            pass  # rights alone do not tell: the disk may be full, or there to be read only
    except FileExistsError as fault:
        raise UsageError(f"The home {place} is a file, not a folder.", advice=advice) from fault
    except OSError as fault:
        raise UsageError(
            f"The folder {place} cannot be made or written: {fault.strerror}.", advice=advice
        ) from fault
    return place


def _is_host(text: str) -> bool:
    return _HOST.fullmatch(text) is not None and ".." not in text


def _is_guessable(text: str) -> bool:
    return len(text) < SHORTEST_SECRET or len(set(text)) < FEWEST_SIGNS


def _split(name: str, text: str, advice: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # reads the port, which may be no number
    except ValueError as fault:
        raise UsageError(
            f"{name} cannot be read: its port is no number, or a sign in it is out of place.",
            advice=f"{advice} In user and secret write signs such as @, :, / and # as %40, %3A, "
            "%2F and %23.",
        ) from fault
    return parts
