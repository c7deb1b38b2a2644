"""Layouts of the files on hubs, and what is known to be odd in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hedgerow.landscape.tables.organisations import ORGANISATION_KINDS
from hedgerow.sources.tabular import Release

SOURCE = "hubs with their footprints"
OPTION = "--hubs"
LICENCE = "MIT; Crown copyright"

TEACHING_SCHOOL_HUBS = Release(
    id="hubs-teaching-school",
    title="Teaching School Hubs and their area codes (region_mapping)",
    columns={"name": "ab_name_ecf1", "area_codes": "hub_region", "short_name": "ab_name_riab"},
)
AREA_DISTRICTS = Release(
    id="hubs-area-districts",
    title="areas of Teaching School Hubs by district (hub_area_districts)",
    columns={"area": "hub_area_code", "district": "district"},
)
PLAIN = Release(
    id="hubs-plain",
    title="hubs of any kind with their footprints (docs/how-to/hubs-file.md)",
    columns={"hub_id": "hub_id", "kind": "kind", "name": "name"},
    optional={
        "host_urn": "host_urn",
        "postcode": "postcode",
        "covers_type": "covers_type",
        "covers": "covers",
        "start": "start",
        "end": "end",
        "capacity": "capacity",
    },
)
RELEASES = (TEACHING_SCHOOL_HUBS, AREA_DISTRICTS, PLAIN)

NOT_HUBS = frozenset(
    {"school", "trust", "foundation_trust", "sponsor", "federation", "authority", "government"}
)
"""Kinds of organisation that come from the register of schools, never from a file on hubs."""

HUB_KINDS: dict[str, str] = {kind: kind for kind in ORGANISATION_KINDS if kind not in NOT_HUBS} | {
    kind.removesuffix("_hub"): kind
    for kind in ORGANISATION_KINDS
    if kind.endswith("_hub") and kind != "teaching_school_hub"
}
"""Words for a kind of hub, with low lines between words; ``maths`` is short for ``maths_hub``."""

COVERS_TYPES = ("authority", "district", "area", "school")
"""What a footprint may be made of."""


@dataclass(frozen=True)
class Part:
    """A district as the hub areas name it.

    Parameters
    ----------
    district : str
        The official name.
    is_whole : bool
        Whether all of the district is meant.
    """

    district: str
    is_whole: bool


DISTRICT_NAMES: dict[str, Part] = {
    # written differently from the official name
    "Bristol": Part("Bristol, City of", is_whole=True),
    "Herefordshire": Part("Herefordshire, County of", is_whole=True),
    "Kingston upon Hull": Part("Kingston upon Hull, City of", is_whole=True),
    # part of a district; the file does not say where the line runs
    "Birmingham North": Part("Birmingham", is_whole=False),
    "Birmingham South": Part("Birmingham", is_whole=False),
    "East Suffolk N": Part("East Suffolk", is_whole=False),
    "East Suffolk S.": Part("East Suffolk", is_whole=False),
    "North Yorkshire E.": Part("North Yorkshire", is_whole=False),
    "North Yorkshire S.": Part("North Yorkshire", is_whole=False),
    "North Yorkshire W.": Part("North Yorkshire", is_whole=False),
}
"""Names in the hub areas that are not the official name of a district."""


@dataclass(frozen=True)
class Correction:
    """Area codes of one hub that cannot be right as they stand.

    Parameters
    ----------
    found : tuple of str
        Codes in the file; a correction is only made where exactly these stand.
    used : tuple of str
        Codes used instead.
    reason : str
    """

    found: tuple[str, ...]
    used: tuple[str, ...]
    reason: str


_NAMED = "three rows share the codes, and the hub's own name says which of the areas is its own"
_TWO = "two rows share the codes, and the hub's own name says which of the areas is its own"

CORRECTIONS: dict[str, Correction] = {
    "Cambridgeshire and Peterborough Teaching School Hub": Correction(
        ("L3",), ("EE3",), "EE3 is Cambridgeshire and Peterborough, and no other hub has it"
    ),
    "The Julian Teaching School Hub": Correction(
        ("NW9",), ("EE4",), "EE4 is Norwich and its surroundings, and no other hub has it"
    ),
    "Star Teaching School Hub Bolton, Bury, Rochdale": Correction(
        ("NW3", "NW4", "NW5"), ("NW3",), _NAMED
    ),
    "Star Teaching School Hub North West Lancashire": Correction(
        ("NW3", "NW4", "NW5"), ("NW4",), _NAMED
    ),
    "Star Teaching School Hub Pennine Lancashire": Correction(
        ("NW3", "NW4", "NW5"), ("NW5",), _NAMED
    ),
    "Five Counties Teaching School Hubs Alliance (Bristol/North Somerset)": Correction(
        ("SW5", "SW9"), ("SW9",), _TWO
    ),
    "Five Counties Teaching School Hubs Alliance (Somerset)": Correction(
        ("SW5", "SW9"), ("SW5",), _TWO
    ),
}
"""Corrections to the area codes of November 2025, by name of the hub; each is reported."""

DAY_OF_CORRECTIONS = date(2025, 11, 30)
"""A list of hubs in which any of the corrections is due is the list of that month."""
