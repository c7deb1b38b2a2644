"""Every page: no barrier that axe finds, valid HTML, nothing wider than a phone, nothing lost
without scripts."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.web.browser.pages import EVERY, OPEN

PROJECT = Path(__file__).resolve().parents[3]
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
VALIDATE = PROJECT / "node_modules" / ".bin" / "html-validate"
RULES = PROJECT / "tests" / "web" / "browser" / "htmlvalidate.json"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page):
    """What axe finds, each with where it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{one['id']}: {one['help']}: {[node['target'][0] for node in one['nodes'][:5]]}"
        for one in found["violations"]
    ]


@pytest.mark.parametrize(("width", "is_dark"), [(1280, False), (375, True)])
@pytest.mark.parametrize(("user", "path"), EVERY)
def test_no_barrier_and_no_sideways_scrolling(opened, user, path, width, is_dark):
    page = opened(path, user=user, width=width, is_dark=is_dark)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1


def test_html_is_valid(opened, tmp_path):
    names = {}
    pages = {}
    for number, (user, path) in enumerate(EVERY):
        page = pages.get(user) or opened(path, user=user, has_script=False)
        pages[user] = page
        answer = page.goto(path)
        file = tmp_path / f"{number}.html"
        file.write_bytes(answer.body())
        names[str(file)] = path
    told_to = tmp_path / "told.json"
    run = subprocess.run(
        [VALIDATE, "--config", RULES, "--formatter", f"json={told_to}", *sorted(names)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told_to.is_file(), run.stderr
    told = json.loads(told_to.read_text(encoding="utf-8"))
    faults = [
        f"{names[page['filePath']]} line {one['line']}: {one['ruleId']}: {one['message']}"
        for page in told
        for one in page["messages"]
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", OPEN)
def test_pages_say_the_same_without_scripts(opened, path):
    bare = opened(path, has_script=False)
    assert bare.locator("h1").count() == 1
    assert len(bare.locator("main").inner_text()) > 60
