"""Opens the site: brings the database up to date, starts the worker, and serves pages.

``hedgerow serve`` runs it; ``python -m hedgerow.web.serving`` does the same. One process is a whole
site. Behind a server of one's own use `hedgerow.web.wsgi`, and ``python -m hedgerow.web db_worker``
for long work.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any

from hedgerow.landscape.errors import HedgerowError, UsageError

THREADS = 8
"""Requests answered at once: pages are mostly kept, and figures are worked out without Python's
lock."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the site until it is stopped.

    Returns
    -------
    int
        0 closed, 2 told what cannot be, 3 no register that can be read.
    """
    asked = argparse.ArgumentParser(description="Open the Hedgerow site.")
    asked.add_argument("--port", type=int, default=8000)
    asked.add_argument("--host", default="127.0.0.1")
    given = asked.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hedgerow.web.settings")
    try:
        server = _prepared(given.host, given.port)
    except HedgerowError as fault:
        sys.stderr.write(f"Error: {fault}\n")
        return fault.exit_code
    say(f"The site is open at http://localhost:{server.effective_port}/  (Ctrl-C closes it)")
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
    return 0


def _prepared(host: str, port: int) -> Any:
    """Make everything ready, and give the server.

    The port is taken first, so that a second start changes nothing in the database of the first.
    """
    import django

    django.setup()
    from django.conf import settings

    server = _listening(host, port)
    _bring_up_to_date()
    if settings.SITE.is_demo:
        from hedgerow.web.demo import make_demo

        make_demo(say)
    from hedgerow.web.jobs.working import start_worker
    from hedgerow.web.places.measuring_all import ask_for_missing
    from hedgerow.web.registers import register_on

    register_on()
    ask_for_missing()
    start_worker()
    return server


def _listening(host: str, port: int) -> Any:
    from django.conf import settings
    from waitress.server import create_server

    from hedgerow.web.wsgi import application

    try:
        return create_server(
            application,
            host=host,
            port=port,
            threads=THREADS,
            max_request_body_size=2 * settings.MOST_UPLOADED,
            ident=None,
            # whether they are believed is said once, in the settings, for every server alike
            clear_untrusted_proxy_headers=not settings.SITE.is_public,
        )
    except (OSError, ValueError, OverflowError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise UsageError(
            f"Port {port} of {host} cannot be used ({why}).",
            advice="Name another port with --port, or an address of this machine with --host.",
        ) from fault


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import Error

    try:
        call_command("migrate", verbosity=0)
    except Error as fault:
        why = " ".join(str(fault).split())
        raise UsageError(
            f"The database cannot be reached or brought up to date: {why}",
            advice="See whether it runs and whether HEDGEROW_DATABASE_URL names it, with a user "
            "who may make tables there.",
        ) from fault


def say(words: str) -> None:
    """Tell whoever started the site something, at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
