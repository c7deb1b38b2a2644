"""Run a command beside a PostgreSQL server of its own: started for it, and gone after it.

Usage: python tools/with_postgres.py [--if-there] COMMAND [ARGUMENT ...]

The command finds the server in ``HEDGEROW_DATABASE_URL``. Exits as the command does. Where
PostgreSQL is not installed it exits with 3; with ``--if-there`` it says that the command was
skipped, which is a failure where skips are forbidden (``HEDGEROW_FORBID_SKIPS=1``).
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ABSENT = 3
IF_THERE = "--if-there"
NOBODY = "nobody"
DEBIAN = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """Return the folder with PostgreSQL's own programs, the newest of several; None without."""
    found = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    named = shutil.which("initdb")
    return Path(named).parent if named else None


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server in the programs' folder given, and yield the address of its database."""
    # PostgreSQL refuses to run as root
    account = pwd.getpwnam(NOBODY) if os.geteuid() == 0 else None
    who: dict[str, Any] = {"user": account.pw_uid, "group": account.pw_gid} if account else {}
    place = Path(tempfile.mkdtemp(prefix="hedgerow-postgres-"))
    if account:
        os.chown(place, account.pw_uid, account.pw_gid)
    data, port = place / "data", free_port()
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "check": True, "cwd": place}
    subprocess.run(
        [folder / "initdb", "-D", data, "-U", "hedgerow", "-A", "trust", "--no-sync", "-E", "UTF8"],
        **quiet,
        **who,
    )
    options = f"-p {port} -h 127.0.0.1 -k {place} -F"
    control: list[str | Path] = [folder / "pg_ctl", "-D", data, "-w", "-l", place / "log"]
    subprocess.run([*control, "-o", options, "start"], **quiet, **who)
    try:
        yield f"postgres://hedgerow@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet, **who)
        shutil.rmtree(place, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command; return its exit code."""
    is_asked = command[0] == IF_THERE
    command = command[is_asked:]
    folder = programs()
    if folder is None:
        print(
            f"Skipped: {' '.join(command)}: PostgreSQL is not installed (on Debian, apt-get "
            "install postgresql)",
            file=sys.stderr,
        )
        may_be_absent = is_asked and os.environ.get("HEDGEROW_FORBID_SKIPS") != "1"
        return 0 if may_be_absent else ABSENT
    with server(folder) as address:
        told = {**os.environ, "HEDGEROW_DATABASE_URL": address}
        return subprocess.run(command, env=told, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
