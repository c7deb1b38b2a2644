"""Links lead somewhere, and commands that the pages name exist."""

from __future__ import annotations

import re

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
TARGET = re.compile(r"\bmake ([a-z]+)\b")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
CASE = re.compile(r"```python\n.*?```", re.DOTALL)  # a quoted test may say that three make a whole


def anchors(text: str) -> set[str]:
    """What a link may name after `#`: the headings of a page, in lower case with hyphens."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_relative_links_lead_somewhere(project, pages):
    faults = []
    for page, text in pages.items():
        for link in LINK.findall(CODE.sub("", text)):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            path = (project / page).parent / name if name else project / page
            if not path.exists():
                faults.append(f"{page}: {link}")
            elif anchor and anchor not in anchors(path.read_text("utf-8")):
                faults.append(f"{page}: {link} (no such heading)")
    assert not faults, "\n".join(faults)


def test_no_page_is_left_out(project, pages):
    """Every page under docs/ can be reached by links from README.md or docs/index.md."""
    reached, waiting = set(), ["README.md", "docs/index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page not in pages:
            continue
        reached.add(page)
        for link in LINK.findall(pages[page]):
            if not re.match(r"[a-z]+:", link):
                target = ((project / page).parent / link.partition("#")[0]).resolve()
                if target.is_relative_to(project):
                    waiting.append(target.relative_to(project).as_posix())
    assert {page for page in pages if page.startswith("docs/")} <= reached


def test_make_targets_that_pages_name_exist(project, pages):
    makefile = (project / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    named = {
        target
        for text in [*pages.values(), (project / ".ci" / "run").read_text("utf-8")]
        for code in [*CODE.findall(CASE.sub("", text)), text if text.startswith("#!") else ""]
        for target in TARGET.findall(code)
    }
    assert {"demo", "test", "check"} <= named
    assert named <= targets


def test_the_house_lists_its_rooms(project, pages):
    """The table in ARCHITECTURE.md has the packages that are there, no more and no fewer."""
    rooms = {path.parent.name for path in (project / "src" / "hedgerow").glob("*/__init__.py")}
    assert rooms
    assert set(re.findall(r"^\| `(\w+)` \|", pages["ARCHITECTURE.md"], re.MULTILINE)) == rooms


def test_the_readme_opens_with_two_commands(pages):
    first_block = re.search(r"```\n(.*?)```", pages["README.md"], flags=re.DOTALL)
    assert first_block is not None
    assert [line.split("#")[0].strip() for line in first_block[1].splitlines()] == [
        "make serve",
        "make test",
    ]


def test_ci_runs_the_command_that_the_readme_gives(project):
    lines = (project / ".ci" / "run").read_text("utf-8").strip().splitlines()
    assert lines[-2:] == ["make check", "HEDGEROW_FORBID_SKIPS=1 make test"]


def test_no_lock_names_an_index(project):
    for lock in ("runtime.txt", "dev.txt"):
        text = (project / "requirements" / lock).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)
