"""One school as on a day: its facts, its locals, its trusts through time, and its links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.wording import day_text
from hedgerow.web.places.searched import short_references

LINKS = {
    "collaborates": ("works with", "works with"),
    "joint_bid": ("bids jointly with", "bids jointly with"),
    "supports": ("supports", "is supported by"),
    "signposts": ("points others to", "is pointed out by"),
    "advises": ("advises", "is advised by"),
    "peer_review": ("reviews with", "reviews with"),
    "visits": ("visits", "is visited by"),
    "turns_to": ("turns to", "is turned to by"),
    "hosts": ("hosts", "is hosted by"),
    "sponsors": ("sponsors", "is sponsored by"),
}
"""Ties between organisations in words: from the school, and to it."""


@dataclass(frozen=True)
class Local:
    """A local that a school lives in: what kind, its name, what stands for it in an address."""

    kind: str
    name: str
    place: str
    note: str = ""


@dataclass(frozen=True)
class Spell:
    """A time under one governing trust."""

    trust: str
    place: str
    start: str
    end: str


@dataclass(frozen=True)
class Link:
    """A tie to another organisation in words."""

    words: str
    name: str
    urn: int | None
    since: str


@dataclass(frozen=True, eq=False)
class School:
    """A school as on a day.

    Attributes
    ----------
    urn : int
    name : str
    on : datetime.date
    is_there : bool
        Whether it is open on the day.
    facts : tuple of tuple of str
        Headings and what is known.
    locals : tuple of Local
    postcode : str
        Without its space; empty where not known or not placed.
    spells : tuple of Spell
        Trusts that governed it, the earliest first.
    before, after : tuple of tuple of str
        Names and numbers of the schools that it came from, and that came from it.
    links : tuple of Link
    """

    urn: int
    name: str
    on: date
    is_there: bool
    facts: tuple[tuple[str, str], ...]
    locals: tuple[Local, ...]
    postcode: str
    spells: tuple[Spell, ...]
    before: tuple[tuple[str, int], ...]
    after: tuple[tuple[str, int], ...]
    links: tuple[Link, ...]


def school_of(landscape: Landscape, urn: int, on: date | None) -> School | None:
    """Give a school; None where the landscape has none of that number.

    Parameters
    ----------
    landscape : Landscape
        What may be listed by name, of all days.
    urn : int
    on : datetime.date, optional
        The day; the landscape's own unless given.
    """
    rows = landscape.schools.filter(pl.col("urn") == urn)
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    day = on or landscape.as_of or date.today()
    today = landscape.on(day)
    return School(
        urn=urn,
        name=shown_name(row["name"]),
        on=day,
        is_there=not today.schools.filter(pl.col("urn") == urn).is_empty(),
        facts=_facts(row, landscape),
        locals=_locals(landscape, today, row),
        postcode=(row["postcode"] or "").replace(" ", "") if row["easting"] is not None else "",
        spells=_spells(landscape, row["id"]),
        before=_related(landscape, row["id"], mine="from_id", theirs="to_id"),
        after=_related(landscape, row["id"], mine="to_id", theirs="from_id"),
        links=_links(today, row["id"]),
    )


def _facts(row: dict[str, object], landscape: Landscape) -> tuple[tuple[str, str], ...]:
    as_of = landscape.as_of
    dated = f" (register of {day_text(as_of)})" if as_of else ""
    low, high = row["low_age"], row["high_age"]
    pupils = row["pupils"]
    rural = row["rural"]
    said = {
        "Type": row["type"],
        "Phase": row["phase"],
        "Ages": f"{low} to {high}" if low is not None and high is not None else None,
        "Pupils": f"{pupils:,}{dated}" if isinstance(pupils, int) else None,
        "Postcode": row["postcode"],
        "Surroundings": None if rural is None else "rural" if rural else "urban",
        "Religious character": row["faith"],
        "Opened": day_text(row["opened"]) if isinstance(row["opened"], date) else None,
        "Closed": day_text(row["closed"]) if isinstance(row["closed"], date) else None,
    }
    if row["faith"] in ("Does not apply", "None"):
        del said["Religious character"]
    shown = ("Closed", "Religious character")
    return tuple(
        (heading, "not known" if value is None else str(value))
        for heading, value in said.items()
        if value is not None or heading not in shown
    )


def _locals(landscape: Landscape, today: Landscape, row: dict[str, object]) -> tuple[Local, ...]:
    names, references = landscape.names(), short_references(landscape)
    found = []

    def add(kind_words: str, kind: str, identifier: object, note: str = "") -> None:
        place = references.get((kind, str(identifier)))
        if identifier is not None and place is not None:
            name = names.get(str(identifier), str(identifier))
            found.append(Local(kind_words, shown_name(name), place, note))

    add("Local authority", "authority", row["authority"])
    add("District", "district", row["district"])
    add("Region", "region", row["region"])
    body = governing_bodies(today).filter(pl.col("id") == row["id"])
    if body.height and body["trust_size"][0] is not None:
        joined = body["joined"][0]
        note = f"trust of {body['trust_size'][0]}"
        note += f", since {day_text(joined)}" if joined else ""
        add("Trust", "trust", body["body"][0], note)
    kinds = dict(today.organisations.select("id", "kind").iter_rows())
    covering = footprints(today).filter(pl.col("school") == row["id"]).sort("hub_kind", "hub")
    for hub, kind, is_certain in covering.select("hub", "hub_kind", "is_certain").iter_rows():
        note = "" if is_certain else "its district is shared with another hub"
        add(HUB_NAMES.get(kind, "Hub"), "hub", hub, note)
    ties = today.ties.filter(
        ((pl.col("kind") == "member_of") & (pl.col("from_id") == row["id"]))
        | ((pl.col("kind") == "federates") & (pl.col("to_id") == row["id"]))
    )
    for kind, left, right in ties.select("kind", "from_id", "to_id").iter_rows():
        other = right if kind == "member_of" else left
        what = kinds.get(other, "cluster").replace("_", " ").capitalize()
        add(what, "cluster", other)
        add(what, "hub", other)
    return tuple(dict.fromkeys(found))


def _spells(landscape: Landscape, school: str) -> tuple[Spell, ...]:
    trusts = landscape.organisations.filter(pl.col("kind") == "trust").select("id", "name")
    ties = (
        landscape.ties.filter(pl.col("kind") == "governs", pl.col("to_id") == school)
        .join(trusts, left_on="from_id", right_on="id")
        .sort("start", nulls_last=False)
    )
    references = short_references(landscape)
    columns = ("from_id", "name", "start", "end", "start_censored", "end_censored")
    return tuple(
        Spell(
            trust=shown_name(name),
            place=references.get(("trust", trust), ""),
            start=_bound(start, bool(start_censored), "by"),
            end="now" if end is None else _bound(end, bool(end_censored), "by"),
        )
        for trust, name, start, end, start_censored, end_censored in ties.select(
            columns
        ).iter_rows()
    )


def _bound(day: date | None, is_censored: bool, word: str) -> str:
    """Write the day of a change; "by" where it is only known to have happened by then."""
    if day is None:
        return "not known"
    return f"{word} {day_text(day)}" if is_censored else day_text(day)


def _related(
    landscape: Landscape, school: str, *, mine: str, theirs: str
) -> tuple[tuple[str, int], ...]:
    others = landscape.ties.filter(pl.col("kind") == "succeeds", pl.col(mine) == school)[theirs]
    rows = landscape.schools.filter(pl.col("id").is_in(others.implode())).select("name", "urn")
    return tuple((shown_name(name), int(urn)) for name, urn in rows.iter_rows())


def _links(today: Landscape, school: str) -> tuple[Link, ...]:
    names = today.names()
    urns = dict(today.schools.select("id", "urn").iter_rows())
    ties = today.ties.filter(
        pl.col("kind").is_in(list(LINKS)),
        (pl.col("from_id") == school) | (pl.col("to_id") == school),
    ).sort("kind", "from_id", "to_id")
    found = []
    for kind, left, right, start in ties.select("kind", "from_id", "to_id", "start").iter_rows():
        other = right if left == school else left
        if other not in names:
            continue
        words = LINKS[kind][0 if left == school else 1]
        since = f"since {day_text(start)}" if start else ""
        found.append(Link(words, shown_name(names[other]), urns.get(other), since))
    return tuple(dict.fromkeys(found))
