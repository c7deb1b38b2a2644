"""The checklist in the documentation goes through every item of level 2, once."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "security.md"

ITEMS = """
1.1: 1-7
1.2: 1-4
1.4: 1 4 5
1.5: 1-4
1.6: 1-4
1.7: 1-2
1.8: 1-2
1.9: 1-2
1.10: 1
1.11: 1-2
1.12: 2
1.14: 1-6
2.1: 1-12
2.2: 1-3
2.3: 1-3
2.4: 1-5
2.5: 1-7
2.6: 1-3
2.7: 1-6
2.8: 1-7
2.9: 1-3
2.10: 1-4
3.1: 1
3.2: 1-4
3.3: 1-4
3.4: 1-5
3.5: 1-3
3.7: 1
4.1: 1-3 5
4.2: 1-2
4.3: 1-3
5.1: 1-5
5.2: 1-8
5.3: 1-10
5.4: 1-3
5.5: 1-4
6.1: 1-3
6.2: 1-6
6.3: 1-2
6.4: 1-2
7.1: 1-4
7.2: 1-2
7.3: 1 3 4
7.4: 1-3
8.1: 1-4
8.2: 1-3
8.3: 1-8
9.1: 1-3
9.2: 1-4
10.2: 1-2
10.3: 1-3
11.1: 1-8
12.1: 1-3
12.2: 1
12.3: 1-6
12.4: 1-2
12.5: 1-2
12.6: 1
13.1: 1 3-5
13.2: 1-3 5 6
13.3: 1-2
13.4: 1-2
14.1: 1-4
14.2: 1-6
14.3: 2-3
14.4: 1-7
14.5: 1-4
"""
"""Numbers of ASVS 4.0.3 at level 2, by section, without those that it deleted."""

VERDICTS = {"met", "in part", "not met", "does not apply", "yours"}


def items() -> list[str]:
    found = []
    for line in ITEMS.split("\n"):
        section, _, numbers = line.partition(": ")
        for part in numbers.split():
            first, _, last = part.partition("-")
            found += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    return found


def rows() -> list[tuple[str, str, str]]:
    return re.findall(
        r"^\| ((?:\d+\.\d+\.\d+(?:, )?)+) \| ([\w ]+) \| (.+) \|$",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )


def test_every_item_is_answered_once_and_in_order():
    told = [number for numbers, _, _ in rows() for number in numbers.split(", ")]
    assert sorted(told) == sorted(set(told))
    assert set(told) == set(items())
    assert len(items()) > 240


def test_every_answer_is_one_that_is_known():
    assert {verdict for _, verdict, _ in rows()} == VERDICTS
    assert all(len(why) > 5 for _, _, why in rows())


def test_files_that_it_names_are_there():
    text = PAGE.read_text(encoding="utf-8")
    web = PAGE.parents[2] / "src" / "hedgerow" / "web"
    named = set(re.findall(r"`((?:\w+/)*\w+\.(?:py|md|run))`", text)) | {".ci/run"}
    for name in named:
        places = [web / name, web.parent / name, PAGE.parents[2] / name]
        assert any(place.exists() for place in places), name
