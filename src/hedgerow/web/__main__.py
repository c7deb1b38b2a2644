"""``python -m hedgerow.web``: Django's own commands for the site, such as ``migrate``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from hedgerow.landscape.errors import HedgerowError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hedgerow.web.settings")
    try:
        execute_from_command_line(sys.argv)
    except HedgerowError as fault:
        sys.stderr.write(f"Error: {fault}\n")
        sys.exit(fault.exit_code)
