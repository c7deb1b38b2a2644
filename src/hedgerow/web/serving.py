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

THREADS = 8
"""Requests answered at once: pages are mostly kept, and figures are worked out without Python's
lock."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the site until it is stopped."""
    asked = argparse.ArgumentParser(description="Open the Hedgerow site.")
    asked.add_argument("--port", type=int, default=8000)
    asked.add_argument("--host", default="127.0.0.1")
    given = asked.parse_args(arguments)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hedgerow.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from waitress.server import create_server

    call_command("migrate", verbosity=0)
    if settings.SITE.is_demo:
        from hedgerow.web.demo import make_demo

        make_demo(say)
    from hedgerow.web.jobs.working import start_worker
    from hedgerow.web.places.measuring_all import ask_for_missing
    from hedgerow.web.wsgi import application

    if settings.SITE.registers.exists():
        ask_for_missing()

    try:
        server = create_server(
            application,
            host=given.host,
            port=given.port,
            threads=THREADS,
            max_request_body_size=2 * settings.MOST_UPLOADED,
            ident=None,
            # whether they are believed is said once, in the settings, for every server alike
            clear_untrusted_proxy_headers=not settings.SITE.is_public,
        )
    except OSError as fault:
        sys.stderr.write(
            f"hedgerow: port {given.port} cannot be used ({fault.strerror}): "
            "name another with --port\n"
        )
        return 2
    start_worker()
    say(f"The site is open at http://localhost:{server.effective_port}/  (Ctrl-C closes it)")
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
    return 0


def say(words: str) -> None:
    """Tell whoever started the site something, at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
