"""``found``: starts a partnership and invites its first steward."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import ValidationError, validate_email
from django.db import transaction
from django.urls import reverse

from hedgerow.web.access.audience import Role
from hedgerow.web.partnerships import invitations
from hedgerow.web.partnerships.audit import record
from hedgerow.web.partnerships.forms import PartnershipForm
from hedgerow.web.registers import register_on


class Command(BaseCommand):
    """Starts a partnership from the command line, where nobody has an account yet."""

    help = "Start a partnership and invite its first steward."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what it takes."""
        parser.add_argument("name", help="what the partnership is called")
        parser.add_argument("place", help="its place, such as authority:Sheffield")
        parser.add_argument("email", help="address of its first steward")
        parser.add_argument(
            "--site", default="http://localhost:8000", help="address at which the site is reached"
        )

    def handle(self, *args: Any, name: str, place: str, email: str, site: str, **_: Any) -> None:
        """Start it, and print the address at which the steward joins."""
        form = PartnershipForm({"name": name, "place": place}, landscape=register_on())
        try:
            validate_email(email)
        except ValidationError as fault:
            raise CommandError(f"“{email}” is no e-mail address.") from fault
        if not form.is_valid():
            said = [f"{field}: {one}" for field, faults in form.errors.items() for one in faults]
            raise CommandError("\n".join(said))
        with transaction.atomic():
            made = form.save()
            record(made, None, "started", made.name)
            secret = invitations.invite(made, email, Role.STEWARD, by=None)
        address = site.rstrip("/") + reverse("join", kwargs={"secret": secret})
        invitations.send(made, email, address)
        self.stdout.write(f"{made.name} is started. Its steward joins at {address}")
