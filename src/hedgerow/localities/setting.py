"""What sort of place it is at a glance, by the characteristics of the study's table 1.1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hedgerow.landscape.finding import Finding
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import Everywhere, Footprint, Listed, Place, Polygon, Radius, TiedTo
from hedgerow.localities.saying import in_per_cent, kilometres

NOT_KNOWN = "not known"

NO_ETHNICITY = (
    "The study's own table speaks of ethnic diversity. Hedgerow never reads anybody's ethnicity: "
    "pupils who speak English as an additional language stand here instead, and are not the same."
)
"""What the row on diversity is not."""


@dataclass(frozen=True, kw_only=True)
class Trait:
    """A characteristic of a place in words.

    Parameters
    ----------
    heading : str
    words : str
    findings : tuple of str
        Identifiers of the indicators that it rests on.
    """

    heading: str
    words: str
    findings: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Give it in the shape of the public JSON contract."""
        return {"heading": self.heading, "text": self.words, "findings": list(self.findings)}


Values = Mapping[str, float]
"""Values of measured findings by identifier."""


def setting(here: LocalLandscape, findings: Sequence[Finding]) -> tuple[Trait, ...]:
    """Give the characteristics of a place in words, in the order of the report's table 1.1.

    Parameters
    ----------
    here : LocalLandscape
    findings : sequence of Finding
        The place's own.
    """
    values = {one.id: one.value for one in findings if one.value is not None}
    return tuple(
        Trait(heading=heading, words=words(here, values) or NOT_KNOWN, findings=ids)
        for heading, words, ids in _ROWS
    )


def _rural(here: LocalLandscape, values: Values) -> str:
    share = values.get("context.rural_share")
    if share is None:
        return ""
    return "all schools in urban areas" if share == 0 else f"{_of_schools(share)} in rural areas"


def _of_schools(share: float) -> str:
    if share in (0, 1):
        return "all schools" if share else "no school"
    return f"{in_per_cent(share)} of schools"


def _bounds(here: LocalLandscape, values: Values) -> str:
    """What kind of boundary the lens draws, and how many authorities and districts lie in it."""
    kind = _kind_of_lens(here)
    parts = [
        _several(here, column, noun)
        for column, noun in (("authority", "authorities"), ("district", "districts"))
    ]
    within = " and ".join(part for part in parts if part)
    return f"{kind}, with schools in {within}" if within else kind


def _kind_of_lens(here: LocalLandscape) -> str:
    lens = here.lens
    if isinstance(lens, Place):
        words = {"authority": "a local authority", "district": "a district", "region": "a region"}
        return words.get(lens.column, "an area")
    kinds: tuple[tuple[type, str], ...] = (
        (Everywhere, "all of England"),
        (Footprint, "the footprint of a hub"),
        (TiedTo, "the schools of one organisation, without a boundary"),
        (Radius, "a circle around a point"),
        (Polygon, "an area drawn by hand"),
        (Listed, "a list of schools, without a boundary"),
    )
    return next((words for kind, words in kinds if isinstance(lens, kind)), "several areas joined")


def _several(here: LocalLandscape, column: str, noun: str) -> str:
    number = here.schools[column].n_unique() if column in here.schools.columns else 1
    return f"{number} {noun}" if number > 1 else ""


def _deprivation(here: LocalLandscape, values: Values) -> str:
    share = values.get("context.share_in_most_deprived_fifth")
    decile = values.get("context.deprivation_decile")
    said = []
    if share is not None:
        said.append(f"{_of_schools(share)} in the most deprived fifth of areas")
    if decile is not None:
        said.append(f"a typical school in decile {decile:.0f} (1 is the most deprived)")
    return "; ".join(said)


def _diversity(here: LocalLandscape, values: Values) -> str:
    share = values.get("context.eal_share")
    if share is None:
        return ""
    return f"{in_per_cent(share)} of pupils speak English as an additional language"


def _density(here: LocalLandscape, values: Values) -> str:
    nearest, density = (
        values.get(f"context.{name}") for name in ("nearest_school_km", "school_density")
    )
    said = []
    if density is not None:
        said.append(f"{density:.2f} schools on a square kilometre")
    if nearest is not None:
        said.append(f"{kilometres(nearest)} from a school to the next")
    return "; ".join(said)


def _maths_hub(here: LocalLandscape, values: Values) -> str:
    inside = values.get("linked_systems.hub_inside_maths_hub")
    if inside is None:
        return ""
    return "based in the place" if inside > 0 else "based outside the place"


_ROWS: tuple[tuple[str, Callable[[LocalLandscape, Values], str], tuple[str, ...]], ...] = (
    ("Urban or rural", _rural, ("context.rural_share",)),
    ("Boundaries", _bounds, ()),
    (
        "Deprivation",
        _deprivation,
        ("context.share_in_most_deprived_fifth", "context.deprivation_decile"),
    ),
    ("Diversity", _diversity, ("context.eal_share",)),
    ("School density", _density, ("context.school_density", "context.nearest_school_km")),
    ("Maths Hub", _maths_hub, ("linked_systems.hub_inside_maths_hub",)),
)
