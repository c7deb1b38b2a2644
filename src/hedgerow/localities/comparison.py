"""Places side by side: the same figures of two to six profiles, without rank or verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.finding import Finding
from hedgerow.landscape.indicators import Indicator
from hedgerow.localities.profile import Profile

FEWEST, MOST = 2, 6
"""How many places can stand side by side."""


@dataclass(frozen=True, eq=False)
class Row:
    """One figure of all the places.

    Attributes
    ----------
    indicator : Indicator
    findings : tuple of Finding
        One a place, in their order.
    england : Finding or None
        The same figure for all of England, where it is compared.
    """

    indicator: Indicator
    findings: tuple[Finding, ...]
    england: Finding | None

    @property
    def is_measured(self) -> bool:
        """Whether any of the places has a value."""
        return any(one.is_measured for one in self.findings)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Profiles side by side.

    Attributes
    ----------
    profiles : tuple of Profile
        In the order asked for, which is the order in which they are shown.
    rows : tuple of Row
        In the order of the profiles' findings.
    """

    profiles: tuple[Profile, ...]
    rows: tuple[Row, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places; a name that comes twice bears its day or phase besides."""
        names = [one.place for one in self.profiles]
        if len(set(names)) == len(names):
            return tuple(names)
        return tuple(f"{one.place}, {one.phase}, {one.on.isoformat()}" for one in self.profiles)

    def to_frame(self) -> pl.DataFrame:
        """Give the comparison as a table: one row a figure and place, values native.

        Returns
        -------
        polars.DataFrame
            Columns ``id``, ``label``, ``unit``, ``place``, ``value``, ``low``, ``high``,
            ``expected``, ``n``, ``missing``, ``status``, ``as_of``, ``england``.
        """
        rows = []
        for row in self.rows:
            for place, found in zip(self.places, row.findings, strict=True):
                said = found.to_json()
                kept = ("id", "label", "unit", "value", "low", "high", "expected", "n", "missing")
                rows.append(
                    {name: said[name] for name in kept}
                    | {
                        "place": place,
                        "status": found.status,
                        "as_of": found.as_of,
                        "england": None if row.england is None else row.england.value,
                    }
                )
        return pl.DataFrame(rows, schema=_FRAME)

    def to_json(self) -> dict[str, object]:
        """Give the comparison in the shape of the public JSON contract: the profiles in order."""
        return {"places": list(self.places), "profiles": [one.to_json() for one in self.profiles]}


_FRAME = {
    "id": pl.String,
    "label": pl.String,
    "unit": pl.String,
    "place": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "expected": pl.Float64,
    "n": pl.Int64,
    "missing": pl.Int64,
    "status": pl.String,
    "as_of": pl.Date,
    "england": pl.Float64,
}


def compare(profiles: Sequence[Profile]) -> Comparison:
    """Set profiles side by side.

    Parameters
    ----------
    profiles : sequence of Profile
        Two to six, of different places, or of one place on several days or for several phases.

    Raises
    ------
    UsageError
        If there are fewer or more, or one is there twice.
    """
    if not FEWEST <= len(profiles) <= MOST:
        raise UsageError(
            f"A comparison takes {FEWEST} to {MOST} places, and {len(profiles)} were given.",
            advice="Leave some out, or make several comparisons."
            if len(profiles) > MOST
            else "Name another place.",
        )
    seen = {(one.here.lens.key, one.on, one.phase) for one in profiles}
    if len(seen) < len(profiles):
        raise UsageError(
            "One place is there twice, on the same day and for the same phase.",
            advice="Name each place once.",
        )
    rows = []
    for first in profiles[0].findings:
        findings = tuple(one.finding(first.id) for one in profiles)
        # England differs between days and phases, and then stands beside no row
        alike = len({(one.on, one.phase) for one in profiles}) == 1
        england = next((one.england[first.id] for one in profiles if first.id in one.england), None)
        rows.append(Row(first.indicator, findings, england if alike else None))
    return Comparison(tuple(profiles), tuple(rows))
