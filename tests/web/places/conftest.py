"""Places of the made-up region as a visitor's browser gets them, without any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from hedgerow.web.places import reports

CITY, SHIRE = "authority:981", "authority:983"


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A test waits for as long as it takes; that readers do not is tested by itself."""
    monkeypatch.setattr(reports, "PATIENCE", None)


@pytest.fixture
def get(home, db) -> Callable[..., str]:
    """Ask for a page of the site as nobody in particular, and give its text."""
    client = Client()

    def page(address: str, status: int = 200, **headers: str) -> str:
        answer = client.get(address, headers=headers)
        assert answer.status_code == status, (address, answer.status_code)
        return answer.text

    return page


class _Tables(HTMLParser):
    """Reads the tables of a page: captions, and rows of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[list[str]]]] = []
        self._text = ""
        self._rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th", "caption"):
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self._caption = self._text.strip()
        elif tag in ("td", "th"):
            self._rows[-1].append(re.sub(r"\s+", " ", self._text).strip())
        elif tag == "table":
            self.tables.append((self._caption, self._rows))


def tables_in(page: str) -> list[tuple[str, list[list[str]]]]:
    """Give the tables of a page with their captions, heading row first."""
    parser = _Tables()
    parser.feed(page)
    return parser.tables


def links_in(page: str, containing: str) -> list[str]:
    """Give the addresses of the links of a page that contain something, in their order."""
    found = re.findall(r'href="([^"]*)"', page)
    return [one.replace("&amp;", "&") for one in found if containing in one.replace("&amp;", "&")]
