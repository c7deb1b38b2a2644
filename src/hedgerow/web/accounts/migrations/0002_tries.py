"""The table of how often somebody tried, which all processes of a site share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.management import call_command
from django.db import migrations


def make_table(apps: Any, editor: Any) -> None:
    """Make the table of the database cache, as Django's own command does."""
    call_command("createcachetable", verbosity=0, database=editor.connection.alias)


class Migration(migrations.Migration):
    """The table of how often somebody tried."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("accounts", "0001_initial")]

    operations: ClassVar[list[Any]] = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
    ]
