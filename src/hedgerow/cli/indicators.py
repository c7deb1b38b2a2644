"""``hedgerow indicators``: what is measured, why, and how to read it."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hedgerow.landscape.indicators import Indicator


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """List the declared indicators: what each asks, why, and what it may mislead about."""
    from hedgerow.localities.declared import load

    declared = load()
    if as_json:
        held = {"indicators": [indicator_json(one) for one in declared]}
        click.echo((json.dumps(held, indent=2, ensure_ascii=False) + "\n").encode(), nl=False)
        return
    from hedgerow.cli.asking import say
    from hedgerow.reporting.wording import TIERS, feature_heading

    lines = []
    for feature, group in groupby(declared, lambda one: one.feature):
        lines += ["", feature_heading(feature)]
        for one in group:
            lines += [f"  {one.id}  ({one.unit}, {TIERS[one.tier]})", f"    {one.question}"]
    say("\n".join(lines[1:]) + "\n")


def indicator_json(one: Indicator) -> dict[str, object]:
    """Give a declaration in the shape of the public JSON contract."""
    return {
        "id": one.id,
        "label": one.label,
        "feature": one.feature,
        "question": one.question,
        "why": one.why,
        "formula": one.formula,
        "unit": one.unit,
        "units": one.units,
        "direction": one.direction,
        "tier": one.tier,
        "grade": one.grade,
        "missing_rule": one.missing_rule,
        "caveat": one.caveat,
        "needs": list(one.needs),
        "is_compared": one.is_compared,
        "references": list(one.references),
    }
