"""Indicators, each declared once beside its calculation.

Pages, reports and documentation read the declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Literal

from hedgerow.landscape.finding import Finding, Grade, NotMeasured, Reading
from hedgerow.landscape.landscape import LocalLandscape

Tier = Literal["O", "E"]
"""O: open data, for every place in England. E: local evidence, where a place supplies it."""

Unit = Literal[
    "share",
    "count",
    "km",
    "days",
    "years",
    "ratio",
    "index",
    "decile",
    "score",
    "per km2",
    "date",
]

SMALLEST_DENOMINATOR = 5
"""A rate on fewer units than this is not shown."""

Calculation = Callable[[LocalLandscape], Reading | NotMeasured]

INDICATORS: dict[str, Indicator] = {}
"""Every declared indicator by identifier; filled as the feature packages are imported."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What is measured, why, how to read it, and the calculation itself.

    Parameters
    ----------
    id : str
        ``feature.name``, such as ``"local_lens.local_trust_share"``; stable, part of the public
        contract.
    label : str
        Short heading for a table.
    question : str
        The question it answers, as a user would ask it.
    why : str
        Why it matters, in a sentence or two.
    unit : str
        Unit of the value; shares are fractions of 1.
    units : str
        What is counted in ``n``: "schools", "academies", "pupils".
    direction : {"more", "less", None}
        Whether a higher value is more or less of the feature; None where it only describes.
    tier : {"O", "E"}
    grade : {"A", "B", "C", "D"}
        Grade of evidence when measured.
    missing_rule : str
        What is done with units about which something is unknown.
    caveat : str
        The assumption most likely to mislead.
    formula : str
        How it is worked out, exactly, in words or simple sums that a reader of its page can follow;
        a function that does a step of it is named in backticks, in full.
    needs : tuple of str
        What it reads besides the list of schools: a table (``"participation"``), or a table with
        the kind of tie, the measure or the column that matters (``"ties.governs"``,
        ``"observations.imd_decile"``, ``"schools.pupils"``).
    references : tuple of str
        Keys in ``docs/references.bib``.
    calculation : callable
        From a local landscape to a `Reading`, or to `NotMeasured`.
    is_compared : bool
        Whether the same figure for all of England is cheap to give and means something beside it.
    """

    id: str
    label: str
    question: str
    why: str
    unit: Unit
    units: str
    direction: Literal["more", "less"] | None
    tier: Tier
    grade: Grade
    missing_rule: str
    caveat: str
    references: tuple[str, ...]
    calculation: Calculation = field(repr=False)
    formula: str = ""
    needs: tuple[str, ...] = ()
    is_compared: bool = False

    @property
    def feature(self) -> str:
        """The feature or theme that the indicator belongs to: the part of its id before the dot."""
        return self.id.partition(".")[0]

    @property
    def is_rate(self) -> bool:
        """Whether the value is a rate: not shown on fewer than `SMALLEST_DENOMINATOR` units."""
        return self.unit in ("share", "score", "decile")

    def to_json(self) -> dict[str, object]:
        """Give the declaration in the shape of the public JSON contract."""
        return {
            "id": self.id,
            "label": self.label,
            "feature": self.feature,
            "question": self.question,
            "why": self.why,
            "formula": self.formula,
            "unit": self.unit,
            "units": self.units,
            "direction": self.direction,
            "tier": self.tier,
            "grade": self.grade,
            "missing_rule": self.missing_rule,
            "caveat": self.caveat,
            "needs": list(self.needs),
            "is_compared": self.is_compared,
            "references": list(self.references),
        }

    def measure(self, here: LocalLandscape) -> Finding:
        """Measure a place.

        Returns
        -------
        Finding
            Measured, not measured with the reason, or suppressed when a rate rests on too few
            units.
        """
        result = self.calculation(here)
        as_of = here.whole.as_of or here.on
        every_source = tuple(source.id for source in here.whole.sources)
        if isinstance(result, NotMeasured):
            return self.not_measured(here, result)
        sources = result.sources or every_source
        if self.is_rate and result.n < SMALLEST_DENOMINATOR:
            return Finding(
                indicator=self,
                status="suppressed",
                on=here.on,
                as_of=result.as_of or as_of,
                n=result.n,
                missing=result.missing,
                grade=self.grade,
                reason=f"It would rest on fewer than {SMALLEST_DENOMINATOR} {self.units}.",
                would_tell="A wider lens.",
                caveat=self.caveat,
                sources=sources,
            )
        return Finding(
            indicator=self,
            status="measured",
            on=here.on,
            as_of=result.as_of or as_of,
            n=result.n,
            missing=result.missing,
            grade=self.grade,
            value=result.value,
            interval=result.interval,
            chance=result.chance,
            caveat=" ".join(part for part in (self.caveat, result.caveat) if part),
            sources=sources,
        )

    def not_measured(self, here: LocalLandscape, why: NotMeasured) -> Finding:
        """Give the finding that says why nothing was measured."""
        return Finding(
            indicator=self,
            status="not measured",
            on=here.on,
            as_of=here.whole.as_of or here.on,
            n=why.n,
            missing=why.missing,
            grade=self.grade,
            reason=why.reason,
            would_tell=why.would_tell,
            caveat=self.caveat,
        )


def indicator(
    *,
    id: str,
    label: str,
    question: str,
    why: str,
    unit: Unit,
    units: str = "schools",
    direction: Literal["more", "less"] | None = None,
    tier: Tier = "O",
    grade: Grade = "A",
    missing_rule: str,
    caveat: str,
    references: tuple[str, ...] = (),
    formula: str = "",
    needs: tuple[str, ...] = (),
    is_compared: bool = False,
) -> Callable[[Calculation], Indicator]:
    """Declare an indicator over the function that calculates it; parameters as in `Indicator`.

    Raises
    ------
    ValueError
        If another indicator bears the identifier.
    """

    def declare(calculation: Calculation) -> Indicator:
        if id in INDICATORS:
            raise ValueError(f"two indicators are called {id}")
        declared = Indicator(
            id=id,
            label=label,
            question=question,
            why=why,
            unit=unit,
            units=units,
            direction=direction,
            tier=tier,
            grade=grade,
            missing_rule=missing_rule,
            caveat=caveat,
            references=references,
            calculation=calculation,
            formula=formula,
            needs=tuple(dict.fromkeys(needs)),
            is_compared=is_compared,
        )
        INDICATORS[id] = declared
        return declared

    return declare


def declared_in(packages: Sequence[str]) -> tuple[Indicator, ...]:
    """Declare the indicators of packages, each of which names its modules in ``MODULES``.

    Parameters
    ----------
    packages : sequence of str
        Full names, in the order in which their indicators are shown.

    Returns
    -------
    tuple of Indicator
        In order of package, then module, then declaration, whatever was imported before.
    """
    modules = [
        f"{package}.{module}" for package in packages for module in import_module(package).MODULES
    ]
    for module in modules:
        import_module(module)
    place = {module: number for number, module in enumerate(modules)}
    declared = [one for one in INDICATORS.values() if one.calculation.__module__ in place]
    return tuple(sorted(declared, key=lambda one: place[one.calculation.__module__]))
