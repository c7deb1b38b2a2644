"""The page of one indicator, made from its declaration and from the test that works it by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hedgerow.landscape.indicators import SMALLEST_DENOMINATOR, Indicator
from hedgerow.reporting.wording import GRADES, TIERS, feature_heading
from tools.reference.data_needed import needed
from tools.reference.literature import reference
from tools.reference.worked import MADE_UP, PROJECT, Case, cases_of, in_words

DIRECTIONS = {
    "more": "a higher value is more of the feature",
    "less": "a higher value is less of the feature",
    None: "it only describes: neither high nor low is better",
}
UNITS = {
    "share": "a share, from 0 to 1, shown in per cent",
    "count": "a number",
    "km": "kilometres",
    "days": "days",
    "years": "years",
    "ratio": "a ratio",
    "index": "an index",
    "decile": "a decile, from 1 to 10",
    "score": "a score",
    "per km2": "a number for each square kilometre",
    "date": "a day",
}
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
    """Give the path from the root of a module, or of the module that holds a function.

    Raises
    ------
    ValueError
        If there is no such module, or nothing of the name in it.
    """
    module, _, function = name.rpartition(".")
    whole = PROJECT / "src" / f"{name.replace('.', '/')}.py"
    holder = PROJECT / "src" / f"{module.replace('.', '/')}.py"
    if whole.exists():
        return whole.relative_to(PROJECT).as_posix()
    if holder.exists() and re.search(
        rf"^(def|class) {function}\b", holder.read_text("utf-8"), re.M
    ):
        return holder.relative_to(PROJECT).as_posix()
    raise ValueError(f"a formula names {name}, which is not there")


PART = re.compile(r" (?=(?:Interval|Chance): )")
"""Between the parts of a formula: the value, its interval, what chance would give."""


def linked(formula: str) -> str:
    """Give a formula, a line for each of its parts, with links to the source of what it names."""
    value, *others = PART.split(formula)
    parts = [f"- **Value**: {value}"]
    for other in others:
        name, _, says = other.partition(": ")
        parts.append(f"- **{name}**: {says[0].upper()}{says[1:]}")
    return METHOD.sub(
        lambda found: f"[`{found[1]}`]({ROOT}{source_of(found[1])})", "\n".join(parts)
    )


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
    few = f" With fewer than {SMALLEST_DENOMINATOR} {one.units} the rate is not shown."
    sections = [
        f"# {one.label}",
        f"*{one.question}*",
        one.why,
        f"- **Part of**: [{heading}]({index})\n"
        f"- **Given as**: {UNITS[one.unit]}; counted over {one.units}\n"
        f"- **Direction**: {DIRECTIONS[one.direction]}\n"
        f"- **Rests on**: {TIERS[one.tier]} (tier {one.tier}); grade {one.grade},"
        f" {GRADES[one.grade]}\n"
        f"- **Name**: `{one.id}`",
        "## Take care",
        one.caveat,
        "## What is not known",
        one.missing_rule + (few if one.is_rate else ""),
        "## Data needed",
        "\n".join(f"- {line}" for line in needed(one)),
        "## How it is worked out",
        linked(one.formula),
        "## Worked case",
        *(
            part
            for number, case in enumerate(cases[:MOST_CASES])
            for part in shown(case, cases[:number])
        ),
        "## Literature",
        "\n".join(f"- {reference(key)}" for key in one.references),
    ]
    return "\n\n".join(sections) + "\n"


def shown(case: Case, before: Sequence[Case] = ()) -> list[str]:
    """Give a case as it is shown: what it is called, what it works on, and the sums.

    Parameters
    ----------
    case : Case
    before : sequence of Case
        Those shown above it: what they work on is not shown again.
    """
    made_up = f"{MADE_UP.replace('.', '/')}.py"
    told = [f"**{in_words(case.name)}** From [{case.path}]({ROOT}{case.path})."]
    if not before:
        told[0] += (
            f" Places are made up with [{made_up}]({ROOT}{made_up}), and `measure` gives the figure"
            " of one."
        )
    if case.about and case.about not in (one.about for one in before):
        told.append(f"```text\n{case.about}\n```")
    if case.place in (one.place for one in before):
        told.append("What is there is the same. The sums, and what must come out:")
    elif case.place:
        told += ["What is there:", f"```python\n{case.place}\n```"]
        told.append("The sums, and what must come out:")
    else:
        told.append("What is there, the sums, and what must come out:")
    return [*told, f"```python\n{case.source}\n```"]
