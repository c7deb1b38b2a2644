"""``hedgerow indicators``: what is measured, why, and how to read it."""

from __future__ import annotations

import json
from itertools import groupby

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """List the declared indicators: what each asks, why, and what it may mislead about."""
    from hedgerow.localities.declared import load

    declared = load()
    if as_json:
        held = {"indicators": [one.to_json() for one in declared]}
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
