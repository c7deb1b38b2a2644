"""What the network of a place draws: its organisations in layers, the ties between them, and the
people who carry these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from hedgerow.features.bridging.people_here import hats, organisations_here
from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.features.school_ties import CONTACTS, ties_in_force
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.shown_names import shown_name

MOST_NODES = 150
"""More organisations than this are grouped before they are drawn."""
MOST_ORGANISATIONS = 2_500
"""More than this are no one network, grouped or not."""
FEW_OF_A_KIND = 10
"""Up to so many associations, clusters and others of one kind are not grouped."""

LAYERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "state": ("State", ("government", "authority")),
    "hubs": ("Hubs", (*HUB_NAMES, "teaching_school_alliance")),
    "trusts": ("Trusts", ("trust", "foundation_trust", "sponsor", "federation")),
    "associations": (
        "Associations and others",
        ("association", "cluster", "university", "company", "charity", "online_community"),
    ),
    "schools": ("Schools", ("school",)),
}
"""Kinds of organisation by the layer that they are drawn in, from the top."""

TIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "governing": (
        "Who governs, maintains and supports",
        ("governs", "maintains", "sponsors", "federates", "supports"),
    ),
    "hubs": ("Who hosts and covers", ("hosts", "covers")),
    "membership": ("Who is a member", ("member_of",)),
    "people": ("People with roles in both", ()),
    "projects": ("Joint bids and signposts", ("joint_bid", "signposts")),
    "learning": ("Who learns with whom", CONTACTS),
}
"""Layers of ties, with the kinds of tie in each; "people" are persons with roles at both ends."""
USUAL = ("governing", "hubs", "membership", "people")
"""Layers of ties that are drawn unless others are asked for: those that seldom are many."""

_LAYER_OF = {kind: layer for layer, (_, kinds) in LAYERS.items() for kind in kinds}


@dataclass(frozen=True)
class Node:
    """An organisation, or several that are drawn as one.

    Attributes
    ----------
    id, name, kind : str
    layer : str
        One of `LAYERS`.
    members : tuple of str
        The organisations that it stands for.
    """

    id: str
    name: str
    kind: str
    layer: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Tie:
    """All ties of one layer from one node to another.

    Attributes
    ----------
    start, end : str
        Nodes.
    layer : str
        One of `TIES`.
    kinds : tuple of str
        Of which kinds.
    carriers : tuple of str or None
        Who carries each tie; of "people" the persons themselves.
    """

    start: str
    end: str
    layer: str
    kinds: tuple[str, ...]
    carriers: tuple[str | None, ...]

    def would_go(self, person: str | None) -> int:
        """Count the ties that would go with a person."""
        return 0 if person is None else sum(one == person for one in self.carriers)


@dataclass(frozen=True, eq=False)
class Network:
    """The network of a place.

    Attributes
    ----------
    nodes : tuple of Node
        Layer by layer.
    ties : tuple of Tie
        Of the layers asked for, each pair of nodes once a layer.
    node_of : mapping of str to str
        The node in which each organisation is drawn.
    persons : mapping of str to str
        What persons with a role here are called: a pseudonym, or the name where that was agreed.
    inside : int
        Ties between organisations that are drawn as one.
    source_ids : tuple of str
    untied_trusts : int
        Trusts that are left out: no school counted here is theirs, nor any tie that is drawn.
    """

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    node_of: Mapping[str, str]
    persons: Mapping[str, str]
    inside: int
    source_ids: tuple[str, ...]
    untied_trusts: int = 0

    def neighbours(self, node: str) -> set[str]:
        """Give the nodes that a tie joins to one."""
        return {
            other
            for one in self.ties
            for this, other in ((one.start, one.end), (one.end, one.start))
            if this == node
        }


def network(here: LocalLandscape, layers: tuple[str, ...] = USUAL) -> Network | NotMeasured:
    """Give the network of a place, or why it cannot be drawn.

    Parameters
    ----------
    here : LocalLandscape
        What may be told by name.
    layers : tuple of str
        Layers of ties, of `TIES`.
    """
    schools = state_schools(here).height
    if schools > MOST_ORGANISATIONS:
        return _too_wide(schools)
    organisations = organisations_here(here)
    if organisations.is_empty():
        return no_schools(here)
    if organisations.height > MOST_ORGANISATIONS:
        return _too_wide(organisations.height)
    rows = pl.concat([_ties(here, layers), _shared_people(here, layers)])
    untied = _untied_trusts(here, organisations, rows)
    organisations = organisations.filter(~pl.col("id").is_in(untied.implode()))
    node_of, nodes = _nodes(here, organisations)
    if len(nodes) > MOST_NODES:
        return _too_wide(organisations.height)
    known = pl.col("start").is_in(list(node_of)) & pl.col("end").is_in(list(node_of))
    drawn = rows.filter(known).with_columns(
        pl.col("start").replace_strict(node_of), pl.col("end").replace_strict(node_of)
    )
    between = drawn.filter(pl.col("start") != pl.col("end"))
    ties = [
        Tie(start, end, layer, tuple(sorted(set(kinds))), tuple(carriers))
        for (start, end, layer), kinds, carriers in (
            (key, group["kind"].to_list(), group["carrier"].to_list())
            for key, group in between.sort("start", "end", "layer", "kind", "carrier").group_by(
                "start", "end", "layer", maintain_order=True
            )
        )
    ]
    used = organisations["id"].implode()
    listed = here.whole.organisations.filter(pl.col("id").is_in(used))["source"].unique()
    return Network(
        nodes=tuple(nodes),
        ties=tuple(ties),
        node_of=node_of,
        persons=person_labels(here),
        inside=drawn.height - between.height,
        source_ids=tuple(sorted({*drawn["source"].unique(), *listed})),
        untied_trusts=untied.len(),
    )


def _untied_trusts(
    here: LocalLandscape, organisations: pl.DataFrame, rows: pl.DataFrame
) -> pl.Series:
    """Trusts here only for schools of another phase, or their address, without a tie in a row."""
    known = organisations["id"].implode()
    drawn = rows.filter(pl.col("start").is_in(known) & pl.col("end").is_in(known))
    tied = pl.concat([drawn["start"], drawn["end"], state_schools(here)["body"].drop_nulls()])
    is_untied = (pl.col("kind") == "trust") & ~pl.col("id").is_in(tied.implode())
    return organisations.filter(is_untied)["id"]


def _too_wide(many: int) -> NotMeasured:
    return NotMeasured(
        reason=f"{many:,} organisations are active here: even grouped they are too many to be read "
        "as one network.",
        would_tell="A narrower place, such as an authority, a district or the area of a hub.",
        n=many,
    )


def kind_words(kind: str) -> str:
    """Give what a kind of organisation or tie is called."""
    return HUB_NAMES.get(kind, kind.replace("_", " "))


def person_labels(here: LocalLandscape) -> dict[str, str]:
    """Give what persons are called: by name only where they agreed to it."""
    held = hats(here)
    known = set() if isinstance(held, NotMeasured) else set(held["person"])
    labels = {one: f"Person {one.removeprefix('person:')[:8]}" for one in known}
    agreed = here.whole.table("persons").filter(pl.col("is_named"))
    labels |= {
        one: label for one, label in agreed.select("id", "label").iter_rows() if one in known
    }
    return labels


_TIE = {
    "start": pl.String,
    "end": pl.String,
    "layer": pl.String,
    "kind": pl.String,
    "carrier": pl.String,
    "source": pl.String,
}


def _ties(here: LocalLandscape, layers: tuple[str, ...]) -> pl.DataFrame:
    layer_of = {kind: layer for layer in layers for kind in TIES[layer][1]}
    if not layer_of:
        return pl.DataFrame(schema=_TIE)
    return ties_in_force(here, tuple(layer_of)).select(
        pl.col("from_id").alias("start"),
        pl.col("to_id").alias("end"),
        pl.col("kind").replace_strict(layer_of, return_dtype=pl.String).alias("layer"),
        "kind",
        "carrier",
        "source",
    )


def _shared_people(here: LocalLandscape, layers: tuple[str, ...]) -> pl.DataFrame:
    held = hats(here)
    if "people" not in layers or isinstance(held, NotMeasured):
        return pl.DataFrame(schema=_TIE)
    seats = held.select("person", "organisation", "source").unique(["person", "organisation"])
    return (
        seats.join(seats.drop("source"), on="person", suffix="_other")
        .filter(pl.col("organisation") < pl.col("organisation_other"))
        .select(
            pl.col("organisation").alias("start"),
            pl.col("organisation_other").alias("end"),
            pl.lit("people").alias("layer"),
            pl.lit("shares a person with").alias("kind"),
            pl.col("person").alias("carrier"),
            "source",
        )
    )


def _nodes(here: LocalLandscape, organisations: pl.DataFrame) -> tuple[dict[str, str], list[Node]]:
    """Give the nodes, layer by layer, and the node of each organisation; grouped where they would
    be too many: schools by who governs them, then others by kind, then the smaller trusts."""
    names = here.whole.names()
    kinds = dict(organisations.select("id", "kind").iter_rows())
    body_of = dict(state_schools(here).select("id", "body").iter_rows())
    of = {one: one for one in kinds}
    if len(of) > MOST_NODES:
        of |= {
            one: f"schools:{body_of.get(one) or 'unknown'}"
            for one, kind in kinds.items()
            if kind == "school"
        }
    if len(set(of.values())) > MOST_NODES:
        many = {kind: sum(other == kind for other in kinds.values()) for kind in kinds.values()}
        of |= {
            one: f"all:{kind}"
            for one, kind in kinds.items()
            if _LAYER_OF.get(kind) == "associations" and many[kind] > FEW_OF_A_KIND
        }
    if len(set(of.values())) > MOST_NODES:
        of |= _smaller_trusts(kinds, body_of, of)
    members: dict[str, list[str]] = {}
    for one, node in sorted(of.items()):
        members.setdefault(node, []).append(one)
    named = _namer(names, kinds)
    nodes = []
    for node, held in members.items():
        alone = held[0] if len(held) == 1 else node
        for one in held:
            of[one] = alone
        kind = kinds[held[0]]
        nodes.append(
            Node(alone, named(alone, held), kind, _LAYER_OF.get(kind, "associations"), tuple(held))
        )
    order = list(LAYERS)
    kind_order = [kind for _, held in LAYERS.values() for kind in held]
    nodes.sort(key=lambda one: (order.index(one.layer), kind_order.index(one.kind), one.name))
    return of, nodes


def _smaller_trusts(
    kinds: Mapping[str, str], body_of: Mapping[str, str | None], of: Mapping[str, str]
) -> dict[str, str]:
    schools: dict[str, int] = {}
    for body in body_of.values():
        schools[body or ""] = schools.get(body or "", 0) + 1
    trusts = sorted(
        (one for one, kind in kinds.items() if kind == "trust"),
        key=lambda one: (-schools.get(one, 0), one),
    )
    fixed = {
        node for one, node in of.items() if kinds[one] not in ("trust", "school")
    } | {
        node for one, node in of.items()
        if kinds[one] == "school" and kinds.get(body_of.get(one) or "") != "trust"
    }  # fmt: skip  # what stays, then the schools that no trust governs
    kept = max(0, (MOST_NODES - len(fixed) - 2) // 2)
    small = set(trusts[kept:])
    grouped = dict.fromkeys(small, "all:trust")
    grouped |= {one: "schools:others" for one, body in body_of.items() if body in small}
    return grouped


def _namer(names: Mapping[str, str], kinds: Mapping[str, str]) -> Callable[[str, list[str]], str]:
    def named(node: str, held: list[str]) -> str:
        scheme, _, rest = node.partition(":")
        if len(held) == 1 and node == held[0]:
            return shown_name(names.get(node, node))
        if scheme == "all":
            return f"{len(held):,} {kind_words(rest)}s"
        if rest == "others":
            return f"{len(held):,} schools of these trusts"
        if rest == "unknown":
            return f"{len(held):,} schools whose trust is not known"
        by = "maintained by" if kinds.get(rest) == "authority" else "of"
        return f"{len(held):,} schools {by} {shown_name(names.get(rest, rest))}"

    return named
