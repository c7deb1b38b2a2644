"""The page of site settings and the code that reads them name the same."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def test_every_setting_is_described():
    code = (PROJECT / "src/hedgerow/web/configuration.py").read_text(encoding="utf-8")
    page = (PROJECT / "docs/reference/site-settings.md").read_text(encoding="utf-8")
    read = set(re.findall(r'environment\.get\("(HEDGEROW_\w+)"', code))
    described = set(re.findall(r"^\| `(HEDGEROW_\w+)` \|", page, re.MULTILINE))
    assert len(read) >= 8
    assert described == read
