"""What a site is told by its surroundings: the one place that reads the environment.

Every setting has a name that starts with ``HEDGEROW_`` and a default that suits one person's own
machine. ``docs/reference/site-settings.md`` lists them from here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hedgerow.web import configured

DEFAULT_HOME = Path("site")
FROM = "hedgerow@localhost"
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
        ``HEDGEROW_SECRET``, of at least 50 characters, or one that is drawn once and
        kept in the home.
    mail : Mail
        ``HEDGEROW_EMAIL``: ``console:`` (the default), ``file:`` (into the home) or
        ``smtp://user:secret@host:587``.
    email_from : str
        ``HEDGEROW_EMAIL_FROM``.
    is_demo : bool
        ``HEDGEROW_DEMO``: whether the site shows the made-up region and says so on every page.
    needs_second_factor : bool
        ``HEDGEROW_SECOND_FACTOR``: whether stewards are no more than members until they have one.
    usual_day : datetime.date or None
        ``HEDGEROW_ON``: the day that pages show unless they are asked for another; the register's
        own unless given.
    """

    home: Path
    database_url: str = field(repr=False)
    hosts: tuple[str, ...] = LOCAL_HOSTS
    is_public: bool = False
    proxies: int = 0
    secret: str = field(repr=False)
    mail: configured.Mail = field(default_factory=configured.Mail)
    email_from: str = FROM
    is_demo: bool = False
    needs_second_factor: bool = False
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
        If the home cannot be made or written, or a variable holds what it cannot.
    """
    home = configured.home(environment.get("HEDGEROW_HOME", ""), DEFAULT_HOME)
    named = configured.hosts(environment.get("HEDGEROW_HOSTS", ""))
    return Configuration(
        home=home,
        database_url=configured.database(
            environment.get("HEDGEROW_DATABASE_URL", ""), home / "site.db"
        ),
        hosts=named or LOCAL_HOSTS,
        is_public=bool(named),
        proxies=configured.proxies(environment.get("HEDGEROW_PROXIES", ""), is_public=bool(named)),
        secret=configured.secret(environment.get("HEDGEROW_SECRET"), home / "secret"),
        mail=configured.mail(environment.get("HEDGEROW_EMAIL", "")),
        email_from=configured.sender(environment.get("HEDGEROW_EMAIL_FROM") or FROM),
        is_demo=configured.is_demo(environment.get("HEDGEROW_DEMO", ""), named),
        needs_second_factor=configured.switch(
            "HEDGEROW_SECOND_FACTOR", environment.get("HEDGEROW_SECOND_FACTOR", "")
        ),
        usual_day=configured.day(environment.get("HEDGEROW_ON", "")),
    )
