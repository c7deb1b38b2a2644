"""The tutorials' commands work, one after the other, in an empty folder."""

from __future__ import annotations

import re
import shlex

import pytest

from hedgerow.cli import main

FENCE = re.compile(r"^```\n(.*?)^```", re.DOTALL | re.MULTILINE)
TUTORIALS = ("docs/tutorials/first-profile.md",)


def commands(text: str) -> list[list[str]]:
    """The arguments of every `hedgerow` line in a page's fenced blocks, continued lines joined."""
    blocks = [block.replace("\\\n", " ") for block in FENCE.findall(text)]
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("hedgerow ")]


def test_every_tutorial_is_tried(pages):
    assert {page for page in pages if page.startswith("docs/tutorials/")} == set(TUTORIALS)


@pytest.mark.parametrize("tutorial", TUTORIALS)
def test_a_tutorial_works_as_written(tutorial, pages, tmp_path, monkeypatch, capsysbinary):
    monkeypatch.chdir(tmp_path)
    tried = commands(pages[tutorial])
    assert len(tried) > 3
    printed = ""
    for arguments in tried:
        code = main(arguments)
        said = capsysbinary.readouterr()
        assert code == 0, f"hedgerow {shlex.join(arguments)}\n{said.err.decode()}"
        assert said.out or said.err
        printed += said.out.decode()
    text = " ".join(pages[tutorial].split())
    row = re.search(r'Take the row "([^"]+)"', text)
    told = re.search(r"share of (\d+) per .* give (\d+) per .* from (\d+) to (\d+) per cent:", text)
    assert row
    assert told
    here, chance, low, high = told.groups()
    shown = re.search(rf"^{row[1]} .*$", printed, re.MULTILINE)
    assert shown
    assert f" {here}% " in shown[0]
    assert f" {chance}% ({low} to {high}%)" in shown[0]
