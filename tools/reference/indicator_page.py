"""The page of one indicator, made from its declaration and from the test that works it by hand."""

from __future__ import annotations

import re

from hedgerow.landscape.indicators import SMALLEST_DENOMINATOR, Indicator
from hedgerow.reporting.wording import GRADES, TIERS, feature_heading
from tools.reference.data_needed import needed
from tools.reference.literature import reference
from tools.reference.worked import MADE_UP, Case, cases_of, in_words

DIRECTIONS = {"more": "higher is more of it", "less": "higher is less of it", None: "describes"}
MOST_CASES = 2
"""Cases that a page shows; more are in the tests."""

ROOT = "../../../../"
"""From a page to the root of the project."""

METHOD = re.compile(r"`(hedgerow\.[a-z_.0-9]+)`")
"""A function or module that a formula names."""


def path_of(one: Indicator) -> str:
    """Give the path of an indicator's page from docs/reference/: its feature, then its name."""
    feature, _, name = one.id.partition(".")
    return f"indicators/{feature}/{name}.md"


def anchor(heading: str) -> str:
    """Give what a link names after ``#`` for a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def source_of(name: str) -> str:
    """Give the path of the module that holds a function, or that is named, from the root.

    Raises
    ------
    ValueError
        If there is no such module.
    """
    from importlib.util import find_spec

    for module in (name, name.rpartition(".")[0]):
        try:
            found = find_spec(module)
        except ModuleNotFoundError:
            continue
        if found is not None and found.origin is not None:
            package = found.submodule_search_locations is not None
            return f"src/{module.replace('.', '/')}{'/__init__' if package else ''}.py"
    raise ValueError(f"a formula names {name}, which is not there")


def linked(formula: str) -> str:
    """Give a formula with links to the source of what it names."""
    return METHOD.sub(lambda found: f"[`{found[1]}`]({ROOT}{source_of(found[1])})", formula)


def indicator_page(one: Indicator) -> str:
    """Return the page of an indicator: first what a head would ask, then what a researcher would.

    Raises
    ------
    ValueError
        If it has no formula, or no test works it by hand.
    """
    if not one.formula:
        raise ValueError(f"{one.id}: say in its declaration how it is worked out (formula=...)")
    cases = cases_of(one.id)
    if not cases:
        raise ValueError(
            f"{one.id}: work a case by hand in tests/spec/features and mark the test with "
            f'@pytest.mark.works("{one.id}")'
        )
    heading = feature_heading(one.feature)
    index = f"../../indicators.md#{anchor(heading)}"
    rate = (
        f"\n- A rate: with fewer than {SMALLEST_DENOMINATOR} {one.units} nothing is shown."
        if one.is_rate
        else ""
    )
    sections = [
        f"# {one.label}",
        f"*{one.question}*",
        one.why,
        f"- **Part of**: [{heading}]({index})\n"
        f"- **Given as**: {one.unit}, over {one.units}; {DIRECTIONS[one.direction]}\n"
        f"- **Rests on**: {TIERS[one.tier]} (tier {one.tier}); grade {one.grade},"
        f" {GRADES[one.grade]}\n"
        f"- **Name**: `{one.id}`",
        "## Take care",
        one.caveat,
        "## What is not known",
        f"{one.missing_rule}{rate}" if not rate else f"{one.missing_rule}\n{rate}",
        "## Data needed",
        "\n".join(f"- {line}" for line in needed(one)),
        "## How it is worked out",
        linked(one.formula),
        "## Worked case",
        *(part for case in cases[:MOST_CASES] for part in shown(case)),
        "## Literature",
        "\n".join(f"- {reference(key)}" for key in one.references),
    ]
    return "\n\n".join(sections) + "\n"


def shown(case: Case) -> list[str]:
    """Give a case as it is shown: what it is called, what it works on, and the sums."""
    made_up = f"{MADE_UP.replace('.', '/')}.py"
    told = [
        f"**{in_words(case.name)}** From [{case.path}]({ROOT}{case.path}); places are made up with"
        f" [{made_up}]({ROOT}{made_up}), and `measure` gives the figure of one."
    ]
    if case.about:
        told.append(f"```text\n{case.about}\n```")
    if case.place:
        told += ["What is there:", f"```python\n{case.place}\n```"]
    return [*told, "The sums, and what must come out:", f"```python\n{case.source}\n```"]
