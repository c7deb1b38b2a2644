"""The answer to what kinds of locality there are: everything that is told of it, in one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from hedgerow.landscape.provenance import Source
from hedgerow.localities.saying import listed
from hedgerow.localities.typology.draws import Sureness
from hedgerow.localities.typology.place_rows import place_rows
from hedgerow.localities.typology.portraits import portraits
from hedgerow.localities.typology.resemblance import Resemblance
from hedgerow.localities.typology.trajectories import MOVERS, Trajectory
from hedgerow.localities.typology.transitions import Transitions
from hedgerow.localities.typology.types import FEWEST_UNITS, Typology
from hedgerow.localities.typology.units import LeftOut

UnitKind = Literal["authority", "locality"]
Word = Literal["type", "pattern"]
UNIT_WORDS: dict[UnitKind, tuple[str, str]] = {
    "authority": ("authority", "authorities"),
    "locality": ("locality", "localities"),
}

CANNOT_SAY: tuple[str, ...] = (
    "Whether teachers and leaders find their place coherent. What is typed is structure: who "
    "governs schools, how they came to that, where they and hubs are. The study found coherence in "
    "what people experience, and places alike in structure may differ in it.",
    "Whether schools take part in professional learning, and in whose. Registers of schools hold "
    "no engagement: a hub in a place is not a hub that is used.",
    "Whether people make sense of things together: heads' groups, forums, associations, and the "
    "people who link them, on which the study's Shire rests, are in no national record.",
)
"""What open data cannot say, told beside the answer."""

FEWEST_MOVERS = 5
"""Fewer places of a kind of mover are not counted out: the study met one place of each kind, and
kinds are told of all places together only."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What kinds of locality there are, how they got there, and how sure that is.

    Attributes
    ----------
    unit : {"authority", "locality"}
    typology : Typology
    sure : Sureness
    near : tuple of datetime.date
        Days near the day of the typology that draws were made of too.
    resemblance : Resemblance or None
        None where it cannot be told; ``why_no_resemblance`` says why.
    why_no_resemblance : str
    resemblance_otherwise : tuple of Resemblance
        The same with other choices; empty where they were not tried.
    transitions : tuple of Transitions
        From each earlier date to the day of the typology.
    trajectories : tuple of Trajectory
        Of the units, in order.
    multiverse : polars.DataFrame or None
        None where it was not asked for.
    left_out : tuple of LeftOut
    notes : tuple of str
    register : str
    seed : int
    sources : tuple of Source
        Of the register.
    positions : mapping of str to (float, float)
        Easting and northing of schools, by identifier, where known.
    outlines : tuple of bytes
        Of districts, as well-known binary, to be drawn behind a map.
    """

    unit: UnitKind
    typology: Typology
    sure: Sureness
    near: tuple[date, ...]
    resemblance: Resemblance | None
    why_no_resemblance: str
    transitions: tuple[Transitions, ...]
    trajectories: tuple[Trajectory, ...]
    multiverse: pl.DataFrame | None
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    register: str
    seed: int
    sources: tuple[Source, ...] = ()
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    outlines: tuple[bytes, ...] = ()
    resemblance_otherwise: tuple[Resemblance, ...] = ()

    @property
    def source_titles(self) -> tuple[str, ...]:
        """Titles of the sources, each once."""
        return tuple(dict.fromkeys(one.title for one in self.sources))

    @property
    def on(self) -> date:
        """The day of the typology."""
        return self.typology.table.on

    @property
    def units_in_words(self) -> str:
        """What is typed, in the plural."""
        return UNIT_WORDS[self.unit][1]

    @property
    def word(self) -> Word:
        """What a group is called: a type only where the answer is that there are types."""
        return "pattern" if self.typology.verdict == "patterns" else "type"

    @property
    def verdict_in_words(self) -> str:
        """The answer to whether there are kinds of locality, in a sentence or two."""
        types, units = self.typology.types, self.units_in_words
        if self.typology.verdict == "too few":
            return (
                f"{len(self.typology.entered.rows)} places are too few to look for types: of fewer "
                f"than {FEWEST_UNITS} nothing can be said. They are described beside each other."
            )
        if self.typology.verdict == "continuum":
            return (
                f"There are no discrete types: {units} lie along a continuum. Groups of them are "
                "no further apart than in a continuum of the same spread, or do not come back when "
                "looked for again."
            )
        count = _in_words(len(types))
        if self.typology.verdict == "patterns":
            return (
                f"There are no discrete types, but {count} patterns in a continuum: {units} bunch "
                "more than by chance, and the patterns come back in resamples, but half of the "
                f"{units} do not foretell the patterns of the other half. Edges are in doubt."
            )
        return (
            f"There are {count} types: they are further apart than in a continuum, come back in "
            f"resamples, and half of the {units} foretell the types of the other half."
        )

    @property
    def sureness_in_words(self) -> str:
        """How surely places are of their types, in a sentence."""
        share = self.sure.share_sure(self.typology)
        draws = self.sure.draws.height
        if not draws:
            return "Nothing was drawn, as no types were looked for."
        if share is None:
            return f"Without types no place is of one; {draws:,} draws say who is alike."
        own = self.sure.own(self.typology)
        likely = float((own[~np.isnan(own)] >= 0.5).mean())
        return (
            f"In {draws:,} draws with other schools, weights, features and numbers of "
            f"{self.word}s, {share:.0%} of the {self.units_in_words} are in their {self.word} in "
            f"four draws of five or more, and {likely:.0%} in half or more.{self._gone_in_words()}"
        )

    def _gone_in_words(self) -> str:
        """Which types did not come back in most draws."""
        back = self.sure.came_back()
        gone = [
            f"{one.letter} ({share:.0%})"
            for one, share in zip(self.typology.types, back, strict=True)
            if share < 0.5
        ]
        if not gone:
            return ""
        return (
            f" Not every {self.word} outlives a change of choices: in less than half of the draws "
            f"came back {listed(gone)}."
        )

    def types(self) -> pl.DataFrame:
        """Give a row for each type: what it is, and its shares with the range over draws."""
        rows = []
        table, entered = self.typology.table, self.typology.entered.rows
        weights = {
            "localities": np.ones(entered.size),
            "schools": table.schools[entered].astype(float),
            "pupils": np.nan_to_num(table.pupils[entered]),
        }
        ends = {name: self.sure.type_shares(one) for name, one in weights.items() if one.sum() > 0}
        back = self.sure.came_back()
        for place, one in enumerate(self.typology.types):
            row: dict[str, object] = {
                "type": one.letter,
                "words": one.in_words,
                "medoid": table.units[one.medoid].name,
                "places": int(one.members.size),
                "came_back": float(back[place]),
                "stability": one.stability,
                "silhouette": one.silhouette,
                "at_edge": int(one.edge.size),
            }
            for name, value in (
                ("localities", one.localities),
                ("schools", one.schools),
                ("pupils", one.pupils),
            ):
                has = name in ends
                row[f"share_of_{name}"] = value if has else None
                has_range = has and not np.isnan(ends[name][0][place])
                low, high = (float(end[place]) for end in ends[name]) if has_range else (0.0, 0.0)
                row[f"{name}_low"] = min(low, value) if has_range else None
                row[f"{name}_high"] = max(high, value) if has_range else None
            rows.append(row)
        return pl.DataFrame(rows, schema=TYPES)

    def places(self) -> pl.DataFrame:
        """Give a row for each place that was typed."""
        return place_rows(self.typology, self.sure)

    def movers(self) -> pl.DataFrame:
        """Count the kinds of mover, of all places together: kind, places, share, schools.

        A kind with fewer than five places is not counted out. Kinds overlap; "none of these" are
        those that fit no kind, "not told" those of which too little is known.
        """
        rows, table = [], self.typology.table
        every = [one.movers for one in self.trajectories]
        if not every:
            return pl.DataFrame(schema=MOVER_COUNTS)
        kinds: list[tuple[str, list[bool]]] = [
            (kind, [one is not None and kind in one for one in every]) for kind in MOVERS
        ]
        kinds.append(
            ("more than one of these", [one is not None and len(one) > 1 for one in every])
        )
        kinds.append(("none of these", [one is not None and not one for one in every]))
        kinds.append(("not told", [one is None for one in every]))
        for kind, fits in kinds:
            count = sum(fits)
            is_told = count >= FEWEST_MOVERS
            schools = float(table.schools[np.array(fits, dtype=bool)].sum() / table.schools.sum())
            rows.append(
                {
                    "kind": kind,
                    "places": count if is_told else None,
                    "share": count / len(every) if is_told else None,
                    "schools": schools if is_told else None,
                }
            )
        return pl.DataFrame(rows, schema=MOVER_COUNTS)

    def evidence(self) -> pl.DataFrame:
        """Give what speaks for each number of types, a row each."""
        rows = [
            {
                "k": one.k,
                "silhouette": one.silhouette,
                "by_continuum": one.null_silhouette,
                "continuum_95": one.null_high,
                "strength": one.strength.mean,
                "strength_error": one.strength.error,
                "least_stable": float(one.stability.min()),
                "verdict": one.verdict,
            }
            for one in self.typology.count.evidence
        ]
        return pl.DataFrame(rows, schema=EVIDENCE)

    def to_json(self) -> dict[str, object]:
        """Give it in the shape of the public JSON contract."""
        typology = self.typology
        second = typology.second
        return {
            "on": self.on.isoformat(),
            "unit": self.unit,
            "phase": typology.table.phase,
            "register": self.register,
            "seed": self.seed,
            "draws": self.sure.draws.height,
            "days_in_draws": [day.isoformat() for day in (self.on, *self.near)],
            "verdict": typology.verdict,
            "in_words": self.verdict_in_words,
            "how_sure": self.sureness_in_words,
            "cannot_say": list(CANNOT_SAY),
            "p": typology.count.p,
            "evidence": self.evidence().to_dicts(),
            "types": self.types().to_dicts(),
            "portraits": portraits(typology).to_dicts(),
            "places": self.places().to_dicts(),
            "continuum": {
                "directions_beyond_noise": typology.directions,
                "shares": typology.continuum.shares[: max(1, typology.directions)].tolist(),
                "loadings": _loadings(typology),
            },
            "second_opinion": {
                "components": second.components,
                "clouds": second.clouds,
                "shape": second.shape,
                "agreement": second.agreement,
            },
            "agreement_of_draws": _quantiles(self.sure.agreement),
            "agreement_of_consensus": self.sure.agreement_of_consensus,
            "resemblance": self.resemblance.to_json() if self.resemblance else None,
            "why_no_resemblance": self.why_no_resemblance or None,
            "resemblance_otherwise": [one.to_json() for one in self.resemblance_otherwise],
            "movers": self.movers().to_dicts(),
            "transitions": [_transition_json(one) for one in self.transitions],
            "multiverse": None if self.multiverse is None else self.multiverse.to_dicts(),
            "left_out": [
                {"place": one.id, "name": one.name, "schools": one.schools, "reason": one.reason}
                for one in self.left_out
            ],
            "features_not_used": list(typology.entered.unused),
            "notes": list(self.notes),
        }


def _loadings(typology: Typology) -> list[Mapping[str, object]]:
    names = [typology.table.names[place] for place in typology.entered.columns]
    return [
        dict(zip(names, (float(value) for value in row), strict=True))
        for row in typology.continuum.loadings[: max(1, typology.directions)]
    ]


def _quantiles(values: np.ndarray) -> dict[str, float] | None:
    known = values[~np.isnan(values)]
    if not known.size:
        return None
    low, middle, high = np.quantile(known, [0.025, 0.5, 0.975])
    return {"low": float(low), "middle": float(middle), "high": float(high)}


def _transition_json(one: Transitions) -> dict[str, object]:
    return {
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "types": list(one.letters),
        "places": one.counts.tolist(),
        "low": one.low.tolist(),
        "high": one.high.tolist(),
        "moved": one.moved,
        "moved_low": one.moved_low,
        "moved_high": one.moved_high,
        "features": list(one.features),
        "not_compared": one.not_compared,
        "same_type_by_these_features": one.kept_type,
    }


def _in_words(count: int) -> str:
    words: Sequence[str] = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
    return words[count] if count < len(words) else str(count)


TYPES: dict[str, type[pl.DataType]] = {
    "type": pl.String,
    "words": pl.String,
    "medoid": pl.String,
    "places": pl.Int64,
    "share_of_localities": pl.Float64,
    "localities_low": pl.Float64,
    "localities_high": pl.Float64,
    "share_of_schools": pl.Float64,
    "schools_low": pl.Float64,
    "schools_high": pl.Float64,
    "share_of_pupils": pl.Float64,
    "pupils_low": pl.Float64,
    "pupils_high": pl.Float64,
    "came_back": pl.Float64,
    "stability": pl.Float64,
    "silhouette": pl.Float64,
    "at_edge": pl.Int64,
}
"""Columns of `Answer.types`: "low" and "high" hold 95 of 100 of the draws in which the type came
back, and the answer itself; "came_back" is the share of draws in which it did; "medoid" the place
most like all others of its type."""

MOVER_COUNTS: dict[str, type[pl.DataType]] = {
    "kind": pl.String,
    "places": pl.Int64,
    "share": pl.Float64,
    "schools": pl.Float64,
}
"""Columns of `Answer.movers`."""

EVIDENCE: dict[str, type[pl.DataType]] = {
    "k": pl.Int64,
    "silhouette": pl.Float64,
    "by_continuum": pl.Float64,
    "continuum_95": pl.Float64,
    "strength": pl.Float64,
    "strength_error": pl.Float64,
    "least_stable": pl.Float64,
    "verdict": pl.String,
}
"""Columns of `Answer.evidence`."""
