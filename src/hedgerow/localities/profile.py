"""The profile of a place: everything that is found of it on a day, in figures, words and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from hedgerow.landscape.finding import Finding
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.lens import Everywhere, Lens
from hedgerow.landscape.phases import Phase
from hedgerow.localities.coupling import Coupling, coupling
from hedgerow.localities.declared import load
from hedgerow.localities.measuring import measured
from hedgerow.localities.overview import Statement, overview
from hedgerow.localities.setting import Trait, setting
from hedgerow.localities.six_features import Cell, six_features
from hedgerow.localities.tables import tables
from hedgerow.localities.typology.kept import KeptTypology, KindOfPlace, kind_of_place
from hedgerow.localities.unusual import Beside, Unusual, unusual


@dataclass(frozen=True, eq=False)
class Profile:
    """A place as on a day, seen through a lens.

    Attributes
    ----------
    place : str
        The lens in words.
    on : datetime.date
    phase : {"primary", "secondary", "all"}
    register : str
        What the landscape is called.
    here : LocalLandscape
    findings : tuple of Finding
        In order of feature, then of declaration.
    england : mapping of str to Finding
        The same figures for all of England, by indicator, for those that are compared; empty for
        England itself.
    overview : tuple of Statement
        Plain sentences, each with the findings that it rests on.
    coupling : Coupling
        How closely, and in what way, the place's systems are linked.
    unusual : Unusual or None
        What stands out; None where there was nothing to compare with.
    kind : KindOfPlace or None
        What kind of place it is among all; None where no typology is kept, or it is no authority.
    """

    place: str
    on: date
    phase: Phase
    register: str
    here: LocalLandscape
    findings: tuple[Finding, ...]
    england: Mapping[str, Finding]
    overview: tuple[Statement, ...]
    coupling: Coupling
    unusual: Unusual | None = None
    kind: KindOfPlace | None = None

    def finding(self, identifier: str) -> Finding:
        """Give a finding by its indicator's identifier.

        Raises
        ------
        KeyError
            If no indicator bears it.
        """
        for one in self.findings:
            if one.id == identifier:
                return one
        raise KeyError(identifier)

    @cached_property
    def tables(self) -> Mapping[str, pl.DataFrame]:
        """The tables of `hedgerow.localities.tables.tables`, made when first asked for."""
        return tables(self.here, self.findings)

    @property
    def setting(self) -> tuple[Trait, ...]:
        """The place at a glance, by the characteristics of the study's table 1.1."""
        return setting(self.here, self.findings)

    @property
    def six_features(self) -> tuple[Cell, ...]:
        """What the findings say of each of the six features: a column of the study's table 4.1."""
        return six_features(self.findings)

    def to_json(self) -> dict[str, object]:
        """Give the profile in the shape of the public JSON contract; tables are not in it."""
        return {
            "place": self.place,
            "on": self.on.isoformat(),
            "register": self.register,
            "phase": self.phase,
            "lens": self.here.lens.key,
            "overview": [
                {"text": statement.text, "findings": list(statement.findings)}
                for statement in self.overview
            ],
            "unusual": None if self.unusual is None else self.unusual.to_json(),
            "kind": None if self.kind is None else self.kind.to_json(),
            "coupling": self.coupling.to_json(),
            "setting": [trait.to_json() for trait in self.setting],
            "six_features": [cell.to_json() for cell in self.six_features],
            "findings": [
                {**one.to_json(), "england": _beside(self.england.get(one.id))}
                for one in self.findings
            ],
            "sources": [
                {
                    "id": source.id,
                    "title": source.title,
                    "publisher": source.publisher,
                    "licence": source.licence,
                    "as_of": source.as_of.isoformat(),
                }
                for source in self.here.whole.sources
            ],
        }


def _beside(england: Finding | None) -> dict[str, object] | None:
    """Give what stands beside a finding: England's value with enough to judge it."""
    if england is None:
        return None
    found = england.to_json()
    kept = ("value", "low", "high", "n", "missing", "status", "reason", "as_of")
    return {name: found[name] for name in kept}


def profile(
    landscape: Landscape,
    lens: Lens,
    *,
    on: date | None = None,
    phase: Phase = "primary",
    figures: pl.DataFrame | None = None,
    beside: Beside = "all",
    typology: KeptTypology | None = None,
) -> Profile:
    """Measure a place.

    Parameters
    ----------
    landscape : Landscape
    lens : Lens
        Which organisations count as local.
    on : datetime.date, optional
        The day; the landscape's own unless given.
    phase : {"primary", "secondary", "all"}
        Which schools the figures are about.
    figures : polars.DataFrame, optional
        Figures of all authorities on that day and phase, to say what stands out
        (`hedgerow.localities.figures_of_places.figures_of`).
    beside : {"all", "similar"}
        With which of them the place is compared.
    typology : KeptTypology, optional
        Of all authorities on that day and phase, to say what kind of place it is.

    Raises
    ------
    UsageError
        If the day lies before anything is known, or there is no such phase.
    UnknownPlaceError
        If the lens names something that is not there.
    """
    here = landscape.through(lens, on=on, phase=phase)
    findings = measured(here)
    coupled = coupling(findings)
    england = {} if isinstance(lens, Everywhere) else england_beside(here)
    return Profile(
        place=here.name,
        on=here.on,
        phase=phase,
        register=landscape.label,
        here=here,
        findings=findings,
        england=england,
        overview=(
            *overview(here, findings, england),
            *(coupled.reasons if coupled.basis == "local evidence" else ()),
        ),
        coupling=coupled,
        unusual=None if figures is None else unusual(here, findings, figures, beside=beside),
        kind=None if typology is None else kind_of_place(here, typology),
    )


def england_beside(here: LocalLandscape) -> Mapping[str, Finding]:
    """Give England's findings on the same day and phase for the indicators that are compared."""
    england = here.whole.through(Lens.everywhere(), on=here.on, phase=here.phase)
    return england.worked_out(
        "compared findings",
        lambda: {one.id: one.measure(england) for one in load() if one.is_compared},
    )
