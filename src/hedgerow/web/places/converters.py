"""What stands in the path of an address: a place, and a section of its pages."""

from __future__ import annotations

from django.urls import register_converter

from hedgerow.reporting.wording import FEATURES

_ESCAPED = (("%", "%25"), ("/", "%2F"))


class PlaceConverter:
    """A place as an address names it. A name may hold a slash, which would end its part of the
    path: it is written out, and so is the sign that says so."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """Give the place."""
        for sign, written in reversed(_ESCAPED):
            value = value.replace(written, sign)
        return value

    def to_url(self, value: str) -> str:
        """Write it so that it stands in one part of a path."""
        for sign, written in _ESCAPED:
            value = value.replace(sign, written)
        return value


class SectionConverter:
    """A feature or theme by its name."""

    regex = "|".join(FEATURES)

    def to_python(self, value: str) -> str:
        """Give the name."""
        return value

    def to_url(self, value: str) -> str:
        """Give the name."""
        return value


def register() -> None:
    """Let addresses use ``place`` and ``section``."""
    register_converter(PlaceConverter, "place")
    register_converter(SectionConverter, "section")
