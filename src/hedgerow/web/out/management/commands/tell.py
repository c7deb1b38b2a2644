"""``tell``: sends the messages of what changed to those whose time has come; run it once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hedgerow.web.out.watching import tell_all


class Command(BaseCommand):
    """Sends what is due."""

    help = "Send the messages of what changed to those whose time has come."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what it takes."""
        parser.add_argument(
            "--site", default="http://localhost:8000", help="address at which the site is reached"
        )

    def handle(self, *args: Any, site: str, **_: Any) -> None:
        """Send them, and say how many."""
        self.stdout.write(f"{tell_all(site)} messages sent.")
