"""The form with which people sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Asks for address and password, and for nothing between them.

    The link for a forgotten password stands below the form: between the two fields it would stand
    in the way of whoever goes with the keyboard.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["remember"].label = "Stay signed in when I close the browser"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)  # the labels say the same
