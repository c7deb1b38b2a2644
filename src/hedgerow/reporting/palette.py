"""Colours by what they mean, for paper, for a light screen and for a dark one.

A drawing names tones, never colours: the same marks then suit a page in either scheme and a printed
report. Categories are the colours of Okabe and Ito, chosen to be told apart by people who see
colour differently `[okabe2008]`; bands by size are steps of an ordered ramp, lighter for less;
maintained schools are always the same neutral and single-academy trusts always hollow. No tone says
good or bad.
"""

from __future__ import annotations

from collections.abc import Mapping

_SAME = {
    "first": "#0072b2",
    "second": "#e69f00",
    "third": "#cc79a7",
    "fourth": "#56b4e9",
    "fifth": "#009e73",
    "band-2-5": "#7ad151",
    "band-6-15": "#22a884",
    "band-16+": "#414487",
    "step-1": "#fde725",
    "step-2": "#7ad151",
    "step-3": "#22a884",
    "step-4": "#2a788e",
    "step-5": "#414487",
}

LIGHT: Mapping[str, str] = {
    "paper": "#fbfaf5",
    "ink": "#1f2a24",
    "soft": "#55605a",
    "rule": "#c9cec3",
    "pale": "#eef0e8",
    "hedge": "#2f6b4f",
    "maintained": "#9a9f98",
    "others": "#6b736d",
    "hollow": "#fbfaf5",
    "lichen": "#e3eadc",
    "band": "#17402f",
    "on-band": "#fbfaf5",
    "gorse": "#c98a00",
    "gorse-wash": "#fbf0d3",
    **_SAME,
}
DARK: Mapping[str, str] = {
    **_SAME,
    "paper": "#161c19",
    "ink": "#e9ece4",
    "soft": "#aeb7b0",
    "rule": "#46504a",
    "pale": "#222a26",
    "hedge": "#7fc4a0",
    "maintained": "#7d847e",
    "others": "#a3aaa4",
    "hollow": "#161c19",
    "lichen": "#232e28",
    "band": "#17402f",
    "on-band": "#f1f3ec",
    "gorse": "#c98a00",
    "gorse-wash": "#3a2f12",
    "band-16+": "#8083c9",
}
PRINT: Mapping[str, str] = {
    **LIGHT,
    "paper": "#ffffff",
    "hollow": "#ffffff",
    "lichen": "#ffffff",
    "band": "#ffffff",
    "on-band": "#1f2a24",
    "gorse-wash": "#ffffff",
}

CATEGORIES = ("first", "second", "third", "fourth", "fifth")
"""Tones of named categories, in the order in which they are given out."""
STEPS = ("step-1", "step-2", "step-3", "step-4", "step-5")
"""Tones of an ordered value from less to more, lighter for less; marks in them have an edge."""


def tones_css(tones: Mapping[str, str]) -> str:
    """Give style rules for a drawing that stands alone: ``.f-TONE`` fills and ``.s-TONE``
    strokes."""
    return "".join(
        f".f-{_name(tone)}{{fill:{colour}}}.s-{_name(tone)}{{stroke:{colour}}}"
        for tone, colour in tones.items()
    )


def tones_by_variable() -> str:
    """Give the same rules by custom property, for drawings inside a page that sets ``--TONE``."""
    return "".join(
        f".f-{_name(tone)}{{fill:var(--{_name(tone)})}}"
        f".s-{_name(tone)}{{stroke:var(--{_name(tone)})}}"
        for tone in LIGHT
    )


def variables_css(tones: Mapping[str, str]) -> str:
    """Give the custom properties themselves, one a tone."""
    return "".join(f"--{_name(tone)}:{colour};" for tone, colour in tones.items())


def _name(tone: str) -> str:
    return tone.replace("+", "up")


def fill(tone: str) -> str:
    """Give the class that fills with a tone."""
    return f"f-{_name(tone)}"


def stroke(tone: str) -> str:
    """Give the class that strokes with a tone."""
    return f"s-{_name(tone)}"
