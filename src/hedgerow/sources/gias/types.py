"""Official types of establishment: legal status, and the route by which an academy became one.

Codes and names are those of GIAS. Names, folded, stand in where a file has no codes; earlier files
spell some of them differently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Status = Literal["maintained", "academy", "independent", "other"]
Route = Literal["converter", "sponsored", "new"]

ABROAD = "outside England"
NO_SCHOOL = "not a school"


@dataclass(frozen=True)
class EstablishmentType:
    """An official type of establishment.

    Parameters
    ----------
    code, name : str
        As GIAS has them.
    status : {"maintained", "academy", "independent", "other"}
    route : {"converter", "sponsored", "new"}, optional
        For academies alone.
    left_out : str, optional
        Why establishments of this type are set aside; None for those that are used.
    also : tuple of str
        Other names in earlier files, beyond spelling.
    """

    code: str
    name: str
    status: Status
    route: Route | None = None
    left_out: str | None = None
    also: tuple[str, ...] = ()


TYPES: tuple[EstablishmentType, ...] = (
    EstablishmentType("1", "Community school", "maintained"),
    EstablishmentType("2", "Voluntary aided school", "maintained"),
    EstablishmentType("3", "Voluntary controlled school", "maintained"),
    EstablishmentType("5", "Foundation school", "maintained"),
    EstablishmentType("6", "City technology college", "other"),
    EstablishmentType("7", "Community special school", "maintained"),
    EstablishmentType("8", "Non-maintained special school", "other"),
    EstablishmentType("10", "Other independent special school", "independent"),
    EstablishmentType("11", "Other independent school", "independent"),
    EstablishmentType("12", "Foundation special school", "maintained"),
    EstablishmentType("14", "Pupil referral unit", "maintained"),
    EstablishmentType(
        "15", "Local authority nursery school", "maintained", also=("LA nursery school",)
    ),
    EstablishmentType("18", "Further education", "other"),
    EstablishmentType("24", "Secure units", "other"),
    EstablishmentType("25", "Offshore schools", "other", left_out=ABROAD),
    EstablishmentType("26", "Service children's education", "other", left_out=ABROAD),
    EstablishmentType("27", "Miscellaneous", "other"),
    EstablishmentType("28", "Academy sponsor led", "academy", "sponsored"),
    EstablishmentType("29", "Higher education institutions", "other", left_out=NO_SCHOOL),
    EstablishmentType("30", "Welsh establishment", "other", left_out=ABROAD),
    EstablishmentType("31", "Sixth form centres", "other"),
    EstablishmentType("32", "Special post 16 institution", "other"),
    EstablishmentType("33", "Academy special sponsor led", "academy", "sponsored"),
    EstablishmentType("34", "Academy converter", "academy", "converter"),
    EstablishmentType("35", "Free schools", "academy", "new"),
    EstablishmentType("36", "Free schools special", "academy", "new"),
    EstablishmentType("37", "British schools overseas", "independent", left_out=ABROAD),
    EstablishmentType("38", "Free schools alternative provision", "academy", "new"),
    EstablishmentType("39", "Free schools 16 to 19", "academy", "new"),
    EstablishmentType("40", "University technical college", "academy", "new"),
    EstablishmentType("41", "Studio schools", "academy", "new"),
    EstablishmentType("42", "Academy alternative provision converter", "academy", "converter"),
    EstablishmentType("43", "Academy alternative provision sponsor led", "academy", "sponsored"),
    EstablishmentType("44", "Academy special converter", "academy", "converter"),
    EstablishmentType("45", "Academy 16-19 converter", "academy", "converter"),
    EstablishmentType("46", "Academy 16 to 19 sponsor led", "academy", "sponsored"),
    EstablishmentType("47", "Children's centre", "other", left_out=NO_SCHOOL),
    EstablishmentType("48", "Children's centre linked site", "other", left_out=NO_SCHOOL),
    EstablishmentType("49", "Online provider", "independent"),
    EstablishmentType("56", "Institution funded by other government department", "other"),
    EstablishmentType("57", "Academy secure 16 to 19", "academy", "new"),
)
"""Every type that GIAS uses, in the order of its codes."""

PHASES: dict[str, str] = {
    "0": "Not applicable",
    "1": "Nursery",
    "2": "Primary",
    "3": "Middle deemed primary",
    "4": "Secondary",
    "5": "Middle deemed secondary",
    "6": "16 plus",
    "7": "All-through",
}
"""Official phases by code, in today's spelling."""


def folded(name: str) -> str:
    """Fold a name so that years agree: "Free Schools - 16-19" is "Free schools 16 to 19"."""
    words = re.findall(r"[a-z0-9]+", name.casefold().replace("'", "").replace("’", ""))
    return " ".join(word for word in words if word != "to")


BY_CODE: dict[str, EstablishmentType] = {each.code: each for each in TYPES}
CODE_OF_NAME: dict[str, str] = {
    folded(name): each.code for each in TYPES for name in (each.name, *each.also)
}
PHASE_OF_NAME: dict[str, str] = {folded(name): name for name in PHASES.values()}


def type_codes(names: list[str]) -> dict[str, str]:
    """Give the official code of each name of a type that is known."""
    found = {name: CODE_OF_NAME.get(folded(name)) for name in names}
    return {name: code for name, code in found.items() if code}


def phase_names(names: list[str]) -> dict[str, str]:
    """Give today's spelling of each name of a phase; a name not known stays as it is."""
    return {name: PHASE_OF_NAME.get(folded(name), name) for name in names}
