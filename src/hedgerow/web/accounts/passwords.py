"""Rules for passwords besides Django's: how long one may be, and what is guessed although it is
long."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

LONGEST = 128
FEWEST_SIGNS = 5
"""How many different signs a password has at least."""
MOST_IN_ROW = 0.7
"""Up to which part of its signs may each follow from the one before, as in 123456."""


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


class GuessableValidator(CommonPasswordValidator):
    """Refuses what reaches its length by counting, by saying one thing twice, or by a common
    password with digits and signs about it.

    Django's list of common passwords holds few that are as long as is asked for here.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Check a password.

        Raises
        ------
        ValidationError
            If it is easily guessed.
        """
        plain = password.casefold().strip()
        if (
            len(set(plain)) < FEWEST_SIGNS
            or _in_row(plain) > MOST_IN_ROW
            or self._is_common(plain)
            or self._is_common(_stem(plain))
        ):
            raise ValidationError(
                "This password is easily guessed. Several words that do not belong together are "
                "hard to guess and easy to remember.",
                code="password_guessable",
            )

    def _is_common(self, text: str) -> bool:
        """Whether a text is a common password, or one said several times."""
        shortest = (text + text).find(text, 1)
        return text[:shortest] in self.passwords

    def get_help_text(self) -> str:
        """Say the rule."""
        return "Nothing that is easily guessed, such as a common password with digits after it."


def _in_row(text: str) -> float:
    """Give the part of signs that are the same as, or next to, the one before."""
    steps = [abs(ord(after) - ord(before)) <= 1 for before, after in pairwise(text)]
    return sum(steps) / len(steps) if steps else 1.0


def _stem(text: str) -> str:
    """Give a text without what is no letter at its ends."""
    letters = [place for place, one in enumerate(text) if one.isalpha()]
    return text[letters[0] : letters[-1] + 1] if letters else ""
