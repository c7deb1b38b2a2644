"""The features by which localities are typed: four blocks of figures from open data, each a part of
a declared indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hedgerow.features.local_lens.trajectory import YEARS
from hedgerow.landscape.finding import Finding

Block = Literal["structure", "localness", "trajectory", "place"]

BLOCKS: dict[Block, str] = {
    "structure": "Who governs the schools",
    "localness": "How local the trusts are",
    "trajectory": "How schools became academies",
    "place": "Place and hubs",
}
"""The blocks in the order in which they are shown, with what they are called."""

Transform = Literal["hellinger", "log", "logit", "none"]
Part = Literal["value", "expected by chance", "beyond chance"]
Rule = Literal["mean", "median", "bodies", "neighbours", "fixed"]

LEAST = 0.01
"""What a logarithm is taken of where the value is smaller, in the feature's own unit (10 metres for
a distance): two schools on one site are near, not infinitely near."""


@dataclass(frozen=True)
class TypologyFeature:
    """One figure by which localities are told apart.

    Attributes
    ----------
    name : str
    block : str
        One of `BLOCKS`.
    label : str
        What it is called in a table.
    indicator : str
        Identifier of the indicator that it comes from.
    transform : {"hellinger", "log", "logit", "none"}
        What is done before differences are taken: the square root of a share that is part of a
        composition, the logarithm of what varies by ratios, the log-odds of a share, or nothing.
    part : {"value", "expected by chance", "beyond chance"}
        Which part of the finding: its value, what chance alone would give, or the one less the
        other.
    rule : {"mean", "median", "bodies", "neighbours", "fixed"}
        How it is reckoned from the schools of the place: the mean or median of a figure of each,
        from who governs them, from neighbours, or not from schools at all.
    """

    name: str
    block: Block
    label: str
    indicator: str
    transform: Transform = "none"
    part: Part = "value"
    rule: Rule = "mean"

    def of(self, finding: Finding) -> float:
        """Give the feature's value as its indicator found it; not a number where not measured."""
        if finding.value is None:
            return float("nan")
        if self.part == "value":
            return float(finding.value)
        if finding.chance is None:
            return float("nan")
        expected = float(finding.chance.expected)
        return expected if self.part == "expected by chance" else float(finding.value) - expected

    def transformed(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give values as differences are taken of them, in the same shape; missing stay missing."""
        if self.transform == "hellinger":
            return np.asarray(np.sqrt(values))
        if self.transform == "log":
            return np.asarray(np.log(np.maximum(values, LEAST)))
        if self.transform == "logit":
            inside = np.clip(values, LEAST, 1 - LEAST)
            return np.asarray(np.log(inside / (1 - inside)))
        return np.asarray(values, dtype=np.float64)


def _structure(name: str, label: str, indicator: str) -> TypologyFeature:
    return TypologyFeature(
        name, "structure", label, f"linked_systems.{indicator}", transform="hellinger"
    )


_HUBS = (("maths_hub", "Maths Hub"), ("teaching_school_hub", "Teaching School Hub"))
"""The hubs of which the study says whether they sit in the place."""

FEATURES: tuple[TypologyFeature, ...] = (
    _structure("maintained", "Maintained by the authority", "maintained_share"),
    _structure("single", "In single-academy trusts", "share_in_single_academy_trusts"),
    _structure("trusts_2_5", "In trusts of 2 to 5 schools", "share_in_trusts_2_5"),
    _structure("trusts_6_15", "In trusts of 6 to 15 schools", "share_in_trusts_6_15"),
    _structure("trusts_16_plus", "In trusts of 16 or more schools", "share_in_trusts_16_plus"),
    TypologyFeature(
        "different_bodies",
        "structure",
        "Two schools at random under different governing bodies",
        "local_lens.neighbour_fragmentation",
        part="expected by chance",
        rule="bodies",
    ),
    TypologyFeature(
        "local_trusts", "localness", "Academies in local trusts", "local_lens.local_trust_share"
    ),
    TypologyFeature(
        "cross_regional",
        "localness",
        "Academies in trusts across regions",
        "local_lens.cross_regional_share",
    ),
    TypologyFeature(
        "compactness",
        "localness",
        "Spread of trusts against chance",
        "local_lens.trust_compactness",
        transform="log",
        rule="median",
    ),
    TypologyFeature(
        "neighbours_beyond_chance",
        "localness",
        "Neighbours under different governing bodies, beyond chance",
        "local_lens.neighbour_fragmentation",
        part="beyond chance",
        rule="neighbours",
    ),
    *(
        TypologyFeature(
            f"converted_by_{year}",
            "trajectory",
            f"Academies by {year}",
            f"local_lens.converted_by_{year}",
        )
        for year in YEARS
    ),
    TypologyFeature(
        "recent",
        "trajectory",
        "Conversions in the last three years",
        "local_lens.recent_conversion_share",
    ),
    TypologyFeature(
        "sponsored", "trajectory", "Sponsored conversions", "local_lens.sponsored_share"
    ),
    TypologyFeature("rural", "place", "Schools in rural areas", "context.rural_share"),
    TypologyFeature(
        "nearest_school",
        "place",
        "Distance to the nearest other school",
        "context.nearest_school_km",
        transform="log",
        rule="median",
    ),
    TypologyFeature(
        "very_small",
        "place",
        "Schools with up to 100 pupils",
        "context.very_small_schools_share",
    ),
    *(
        TypologyFeature(
            f"inside_{kind}",
            "place",
            f"{name} hosted here",
            f"linked_systems.hub_inside_{kind}",
            rule="fixed",
        )
        for kind, name in _HUBS
    ),
    *(
        TypologyFeature(
            f"distance_{kind}",
            "place",
            f"Distance to the {name}",
            f"linked_systems.hub_distance_{kind}",
            transform="log",
            rule="median",
        )
        for kind, name in _HUBS
    ),
)
"""The features in order of block. A year that lies after the day asked for is not measured, and nor
is what the register does not hold: such a column is empty, and to be left out."""

CONTEXT: tuple[str, ...] = (
    "context.fsm_share",
    "context.deprivation_decile",
    "context.ks2_maths_expected",
    "context.ks2_maths_progress",
    "context.eal_share",
    "context.school_density",
    "context.pupils_per_school",
    "local_lens.years_to_quarter_converted",
)
"""Indicators that describe types and do not make them."""
