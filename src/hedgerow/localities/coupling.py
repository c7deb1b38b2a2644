"""How a place's systems are coupled: strategic, networked, balkanised or otherwise, with what
speaks for it and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from hedgerow.landscape.finding import Finding, Grade
from hedgerow.localities.coupling_axes import AxisPosition, Part, Positions, positions
from hedgerow.localities.coupling_knots import MEASURES, PROTOTYPES, STRUCTURE, Axis
from hedgerow.localities.coupling_words import reasons
from hedgerow.localities.overview import Statement
from hedgerow.methods.prototypes import memberships, normalised_entropy

Basis = Literal["local evidence", "open data", "none"]

SPREAD: dict[Basis, float] = {"local evidence": 0.15, "open data": 0.25, "none": 0.25}
"""How far, as a standard deviation, a place may lie from where its findings put it: they measure
coupling from outside. Structure says less than links do."""

LEAST_MEMBERSHIP = 0.6
"""Below this largest share of membership a place is called mixed."""

AXES: tuple[Axis, ...] = ("providers", "schools", "governance")
"""The axes on which the types differ; carriers qualify a type and do not decide it."""

_SEED = 1955


@dataclass(frozen=True, kw_only=True, eq=False)
class Coupling:
    """How closely, and in what way, the systems of a place are linked.

    Attributes
    ----------
    label : str
        A type; "mixed"; "no evidence"; on open data "structure suggests ...".
    type : str or None
        The type alone; None where mixed or without evidence.
    basis : {"local evidence", "open data", "none"}
    grade : {"C", "D"} or None
        D on open data alone; None without evidence.
    axes : mapping of str to AxisPosition
        Those that could be measured.
    parts : tuple of Part
        Every measure that was looked for.
    probabilities : mapping of str to float
        Share of membership in each type, adding up to 1; empty without evidence.
    entropy : float or None
        How evenly those are spread, 0 (one type) to 1 (all alike).
    reasons : tuple of Statement
        Why, in words, each with the findings that it rests on.
    """

    label: str
    type: str | None
    basis: Basis
    grade: Grade | None
    axes: Mapping[str, AxisPosition]
    parts: tuple[Part, ...]
    probabilities: Mapping[str, float]
    entropy: float | None
    reasons: tuple[Statement, ...]

    def to_json(self) -> dict[str, object]:
        """Give it in the shape of the public JSON contract."""
        return {
            "label": self.label,
            "type": self.type,
            "basis": self.basis,
            "grade": self.grade,
            "axes": {
                name: {
                    "value": one.value,
                    "low": one.low,
                    "high": one.high,
                    "measured": one.measured,
                    "parts": one.parts,
                }
                for name, one in self.axes.items()
            },
            "parts": [
                {
                    "name": one.name,
                    "axis": one.axis,
                    "finding": one.finding,
                    "read": one.read,
                    "position": one.position,
                }
                for one in self.parts
            ],
            "probabilities": dict(self.probabilities),
            "entropy": self.entropy,
            "reasons": [{"text": one.text, "findings": list(one.findings)} for one in self.reasons],
        }


def coupling(findings: Iterable[Finding]) -> Coupling:
    """Say how a place's systems are coupled, from its findings alone.

    Parameters
    ----------
    findings : iterable of Finding
        All findings of a place on a day, such as `Profile.findings`.

    Returns
    -------
    Coupling

    Notes
    -----
    Each measure is put on an axis from 0 to 1 through fixed knots, and an axis is the mean of its
    measures. In every draw a measured part moves within its interval and a part that is not
    measured may stand anywhere; the shares of membership are means over draws. An axis of which
    fewer than half of the parts are measured is not measured. Where links are not known, the
    conditions for them that open data shows give a suggestion of grade D. The assumption most
    likely to mislead: that the types are where `PROTOTYPES` puts them.

    References
    ----------
    [greany2022], [weick1976], [orton1990]
    """
    known = {one.id: one for one in findings}
    rng = np.random.default_rng(_SEED)
    linked = positions(MEASURES, known, rng)
    if _are_measured(linked):
        return _classified(linked, known, "local evidence")
    structure = positions(STRUCTURE, known, rng)
    if _are_measured(structure):
        return _classified(structure, known, "open data")
    return Coupling(
        label="no evidence",
        type=None,
        basis="none",
        grade=None,
        axes=linked.axes,
        parts=linked.parts,
        probabilities={},
        entropy=None,
        reasons=reasons(None, "none", linked, {}, known),
    )


def _are_measured(found: Positions) -> bool:
    return {"providers", "schools"} <= set(found.axes)


def _classified(found: Positions, findings: Mapping[str, Finding], basis: Basis) -> Coupling:
    used = [axis for axis in AXES if axis in found.axes]
    prototypes = np.array(list(PROTOTYPES.values()))[:, [AXES.index(axis) for axis in used]]
    shares = memberships(
        np.column_stack([found.draws[axis] for axis in used]), prototypes, SPREAD[basis]
    )
    probabilities = {name: float(p) for name, p in zip(PROTOTYPES, shares, strict=True)}
    likeliest = max(probabilities, key=lambda name: probabilities[name])
    kind = likeliest if probabilities[likeliest] >= LEAST_MEMBERSHIP else None
    label = kind or "mixed"
    if basis == "open data":
        label = f"structure suggests {kind}" if kind else "structure suggests no one type"
    return Coupling(
        label=label,
        type=kind,
        basis=basis,
        grade="C" if basis == "local evidence" else "D",
        axes=found.axes,
        parts=found.parts,
        probabilities=probabilities,
        entropy=normalised_entropy(shares),
        reasons=reasons(kind, basis, found, probabilities, findings),
    )
