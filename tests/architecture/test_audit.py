"""The audit asks about everything that is locked."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tools.audit import of_pages, of_python

PROJECT = Path(__file__).resolve().parents[2]


def test_every_locked_requirement_is_asked_about():
    text = (PROJECT / "requirements/runtime.txt").read_text(encoding="utf-8")
    asked = {name for _, name, _ in of_python(text)}
    assert {"django", "django-allauth", "polars", "waitress"} <= asked
    assert len(asked) == len(re.findall(r"^[^#\s-]\S*==", text, re.MULTILINE))


def test_what_pages_load_is_asked_about_and_what_only_tests_need_is_not():
    asked = {name for _, name, _ in of_pages((PROJECT / "package-lock.json").read_text())}
    assert {"maplibre-gl", "cytoscape", "htmx.org"} <= asked
    assert "html-validate" not in asked


def test_extras_and_markers_are_left_out_of_the_version():
    assert of_python("a-b==1.2 ; python_version < '4' \\\n    --hash=x\n# c==2\n") == [
        ("PyPI", "a-b", "1.2")
    ]
    lock = json.dumps({"packages": {"": {}, "node_modules/@x/y": {"version": "3"}}})
    assert of_pages(lock) == [("npm", "@x/y", "3")]
