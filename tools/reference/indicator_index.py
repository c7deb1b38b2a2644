"""The index of indicators: every one by feature, with its question."""

from __future__ import annotations

from itertools import groupby

from hedgerow.landscape.indicators import SMALLEST_DENOMINATOR
from hedgerow.localities.declared import load
from hedgerow.reporting.wording import TIERS, feature_heading
from tools.reference.indicator_page import path_of


def indicator_index() -> str:
    """Return the list of indicators by feature, each linked to its page."""
    sections = [
        "# Indicators",
        "Each is reported on its own, with its interval, what chance would give and what is\n"
        "missing; none is summed with another. A rate on fewer than"
        f" {SMALLEST_DENOMINATOR} units is suppressed.\n"
        f"`E` marks those that need {TIERS['E']}; the others rest on {TIERS['O']} alone.",
    ]
    for feature, group in groupby(load(), lambda one: one.feature):
        lines = [
            f"- [{one.label}]({path_of(one)}): {one.question}" + (" `E`" if one.tier == "E" else "")
            for one in group
        ]
        sections += [f"## {feature_heading(feature)}", "\n".join(lines)]
    return "\n\n".join(sections) + "\n"
