"""What a site is told by its surroundings: the one place that reads the environment.

Every setting has a name that starts with ``HEDGEROW_`` and a default that suits one person's own
machine. ``docs/reference/site-settings.md`` lists them from here.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hedgerow.landscape.errors import UsageError

DEFAULT_HOME = Path("site")
SHORTEST_SECRET = 50
FEWEST_SIGNS = 5
"""How many different signs a secret has at least."""
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """What a site is told.

    Attributes
    ----------
    home : pathlib.Path
        ``HEDGEROW_HOME``: the folder with registers, keys, uploads and, unless told otherwise, the
        database.
    database_url : str
        ``HEDGEROW_DATABASE_URL``: such as ``postgres://hedgerow:secret@localhost/hedgerow``; a
        SQLite file in the home unless given.
    hosts : tuple of str
        ``HEDGEROW_HOSTS``: names under which the site is reached, with commas between them.
    is_public : bool
        Whether the site is reached from elsewhere, through HTTPS: true as soon as hosts are named.
    proxies : int
        ``HEDGEROW_PROXIES``: how many servers of one's own a request passes through before it gets
        here; one for a public site unless given. So many entries of ``X-Forwarded-For``, counted
        from its end, are believed.
    secret : str
        ``HEDGEROW_SECRET``, of at least `SHORTEST_SECRET` characters, or one that is drawn once and
        kept in the home.
    email_url : str
        ``HEDGEROW_EMAIL``: ``console:`` (the default), ``file:`` (into the home) or
        ``smtp://user:secret@host:587``.
    email_from : str
        ``HEDGEROW_EMAIL_FROM``.
    is_demo : bool
        ``HEDGEROW_DEMO``: whether the site shows the made-up region and says so on every page.
    usual_day : datetime.date or None
        ``HEDGEROW_ON``: the day that pages show unless they are asked for another; the register's
        own unless given.
    """

    home: Path
    database_url: str
    hosts: tuple[str, ...] = LOCAL_HOSTS
    is_public: bool = False
    proxies: int = 0
    secret: str = field(repr=False)
    email_url: str = "console:"
    email_from: str = "hedgerow@localhost"
    is_demo: bool = False
    usual_day: date | None = None

    @property
    def registers(self) -> Path:
        """Folder of registers: one folder a vintage."""
        return self.home / "register"

    @property
    def keys(self) -> Path:
        """Folder of the keys to pseudonyms, apart from all data."""
        return self.home / "keys"

    @property
    def uploads(self) -> Path:
        """Folder of files that are being looked at, before they are imported."""
        return self.home / "uploads"

    @property
    def outbox(self) -> Path:
        """Folder of messages that would have been sent, where messages go to files."""
        return self.home / "outbox"


def configuration(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Read what the site is told.

    Raises
    ------
    UsageError
        If the home cannot be made, or a variable holds what it cannot.
    """
    home = Path(environment.get("HEDGEROW_HOME") or DEFAULT_HOME).resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageError(
            f"The folder {home} cannot be made: {fault.strerror}.",
            advice="Name another with HEDGEROW_HOME.",
        ) from fault
    named = tuple(
        host.strip() for host in environment.get("HEDGEROW_HOSTS", "").split(",") if host.strip()
    )
    is_demo = environment.get("HEDGEROW_DEMO") == "1"
    if is_demo and named:
        raise UsageError(
            "The demo is for one's own machine: everybody knows the passwords of its people.",
            advice="Leave HEDGEROW_HOSTS out, or HEDGEROW_DEMO.",
        )
    return Configuration(
        home=home,
        database_url=environment.get("HEDGEROW_DATABASE_URL") or f"sqlite:///{home / 'site.db'}",
        hosts=named or LOCAL_HOSTS,
        is_public=bool(named),
        proxies=_proxies(environment.get("HEDGEROW_PROXIES", ""), is_public=bool(named)),
        secret=_given_secret(environment) or _kept_secret(home / "secret"),
        email_url=environment.get("HEDGEROW_EMAIL") or "console:",
        email_from=environment.get("HEDGEROW_EMAIL_FROM") or "hedgerow@localhost",
        is_demo=is_demo,
        usual_day=_day(environment.get("HEDGEROW_ON", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise UsageError(
            f"HEDGEROW_ON holds “{text}”, which is no day.", advice="Write it as 2022-04-25."
        ) from fault


def _proxies(text: str, *, is_public: bool) -> int:
    if not text:
        return int(is_public)
    if not (text.isascii() and text.isdecimal()):
        raise UsageError(
            f"HEDGEROW_PROXIES holds “{text}”, which is no number of servers.",
            advice="Write 1 where one server stands before the site, and 0 where none does.",
        )
    return int(text)


def _given_secret(environment: Mapping[str, str]) -> str:
    given = environment.get("HEDGEROW_SECRET", "")
    if given and (len(given) < SHORTEST_SECRET or len(set(given)) < FEWEST_SIGNS):
        raise UsageError(
            "HEDGEROW_SECRET is too easily guessed.",
            advice=f"Give one of at least {SHORTEST_SECRET} drawn characters, or none: the site "
            "then draws its own and keeps it in its home.",
        )
    return given


def _kept_secret(path: Path) -> str:
    """Give the secret in a file that its owner alone can read, drawn at the first use."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    drawn = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(drawn)
    return drawn
