"""How long a password may be; the other rules are Django's."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

LONGEST = 128


class MaximumLengthValidator:
    """Refuses passwords so long that checking them is a burden; none is ever cut short."""

    def validate(self, password: str, user: Any = None) -> None:
        """Check a password.

        Raises
        ------
        ValidationError
            If it is too long.
        """
        if len(password) > LONGEST:
            raise ValidationError(
                f"A password has at most {LONGEST} characters.", code="password_too_long"
            )

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"At most {LONGEST} characters."
