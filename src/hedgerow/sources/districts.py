"""How the districts of England changed: to date a list of them, and to join old and new ones.

Only the changes since 2019 are here: the open data that Hedgerow reads is younger. Sources: the
Structural Changes Orders of those years and the ONS Code History Database [ons2025codes].
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Change:
    """A district that came into being, or got a new code, on a day.

    Parameters
    ----------
    day : datetime.date
        The first day of the new district.
    code, name : str
        The new district.
    former : tuple of (str, str)
        Code and name of each district that went up in it, wholly.
    """

    day: date
    code: str
    name: str
    former: tuple[tuple[str, str], ...]


CHANGES: tuple[Change, ...] = (
    Change(
        date(2019, 4, 1),
        "E06000058",
        "Bournemouth, Christchurch and Poole",
        (
            ("E06000028", "Bournemouth"),
            ("E07000048", "Christchurch"),
            ("E06000029", "Poole"),
        ),
    ),
    Change(
        date(2019, 4, 1),
        "E06000059",
        "Dorset",
        (
            ("E07000049", "East Dorset"),
            ("E07000050", "North Dorset"),
            ("E07000051", "Purbeck"),
            ("E07000052", "West Dorset"),
            ("E07000053", "Weymouth and Portland"),
        ),
    ),
    Change(
        date(2019, 4, 1),
        "E07000244",
        "East Suffolk",
        (("E07000205", "Suffolk Coastal"), ("E07000206", "Waveney")),
    ),
    Change(
        date(2019, 4, 1),
        "E07000245",
        "West Suffolk",
        (("E07000201", "Forest Heath"), ("E07000204", "St Edmundsbury")),
    ),
    Change(
        date(2019, 4, 1),
        "E07000246",
        "Somerset West and Taunton",
        (("E07000190", "Taunton Deane"), ("E07000191", "West Somerset")),
    ),
    Change(
        date(2020, 4, 1),
        "E06000060",
        "Buckinghamshire",
        (
            ("E07000004", "Aylesbury Vale"),
            ("E07000005", "Chiltern"),
            ("E07000006", "South Bucks"),
            ("E07000007", "Wycombe"),
        ),
    ),
    Change(
        date(2021, 4, 1),
        "E06000061",
        "North Northamptonshire",
        (
            ("E07000150", "Corby"),
            ("E07000152", "East Northamptonshire"),
            ("E07000153", "Kettering"),
            ("E07000156", "Wellingborough"),
        ),
    ),
    Change(
        date(2021, 4, 1),
        "E06000062",
        "West Northamptonshire",
        (
            ("E07000151", "Daventry"),
            ("E07000154", "Northampton"),
            ("E07000155", "South Northamptonshire"),
        ),
    ),
    Change(
        date(2023, 4, 1),
        "E06000063",
        "Cumberland",
        (("E07000026", "Allerdale"), ("E07000028", "Carlisle"), ("E07000029", "Copeland")),
    ),
    Change(
        date(2023, 4, 1),
        "E06000064",
        "Westmorland and Furness",
        (
            ("E07000027", "Barrow-in-Furness"),
            ("E07000030", "Eden"),
            ("E07000031", "South Lakeland"),
        ),
    ),
    Change(
        date(2023, 4, 1),
        "E06000065",
        "North Yorkshire",
        (
            ("E07000163", "Craven"),
            ("E07000164", "Hambleton"),
            ("E07000165", "Harrogate"),
            ("E07000166", "Richmondshire"),
            ("E07000167", "Ryedale"),
            ("E07000168", "Scarborough"),
            ("E07000169", "Selby"),
        ),
    ),
    Change(
        date(2023, 4, 1),
        "E06000066",
        "Somerset",
        (
            ("E07000187", "Mendip"),
            ("E07000188", "Sedgemoor"),
            ("E07000246", "Somerset West and Taunton"),
            ("E07000189", "South Somerset"),
        ),
    ),
    # a small move of the line between the two gave both a new code
    Change(date(2025, 4, 1), "E08000038", "Barnsley", (("E08000016", "Barnsley"),)),
    Change(date(2025, 4, 1), "E08000039", "Sheffield", (("E08000019", "Sheffield"),)),
)
"""Every change, in order of its day."""


def map_as_of(codes: Iterable[str] = (), names: Iterable[str] = ()) -> date | None:
    """Give the first day on which the map of districts was as a list of codes or names has it.

    That is the day of the youngest change whose new district is in the list.

    Parameters
    ----------
    codes, names : iterable of str
        Official codes, or names, or both.

    Returns
    -------
    datetime.date or None
        None if the list holds none of the districts that are new since 2019.
    """
    coded, named = set(codes), set(names)
    recoded = {code for change in CHANGES for code, name in change.former if name == change.name}
    days = [
        change.day
        for change in CHANGES
        # a district that kept its name is only told apart by its code
        if change.code in coded
        or (change.name in named and not any(code in recoded for code, _ in change.former))
    ]
    return max(days, default=None)


def former_districts(code: str) -> dict[str, str]:
    """Give code and name of the districts that went up in one, wholly, however long ago.

    Parameters
    ----------
    code : str
        Official code of a district.

    Returns
    -------
    dict of str to str
        Empty for a district that did not change.
    """
    found: dict[str, str] = {}
    for change in CHANGES:
        if change.code == code:
            for old, name in change.former:
                found |= {old: name} | former_districts(old)
    return found
