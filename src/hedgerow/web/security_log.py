"""What the site writes down while it runs: when, and no secret that an address carries."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.http import HttpRequest


def name_of(request: HttpRequest) -> str:
    """Give the name of the page that a request is for; of what is no page the first folder.

    Addresses themselves carry secrets: of invitations, of forgotten passwords, of messages.
    """
    found = request.resolver_match
    if found is None:
        first = request.path.strip("/").partition("/")[0]
        return f"/{first[:40]}/…".encode("unicode_escape").decode()
    return str(found.view_name or found.route)


class WithoutAddresses(logging.Filter):
    """Puts the name of a page where Django would write its address down."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, changed."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            plain = request.path.encode("unicode_escape").decode("ascii")
            name = name_of(request)
            record.args = tuple(
                name if one in (request.path, plain) else one for one in record.args
            )
        return True


class InUniversalTime(logging.Formatter):
    """Says when in universal time, so that logs of several machines can be laid side by side."""

    converter = time.gmtime  # type: ignore[assignment]  # as Python's own pages say
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> Any:
        """Write one record; what follows its first line is set in, so that it cannot pass for
        another record."""
        return super().format(record).replace("\n", "\n    ")
