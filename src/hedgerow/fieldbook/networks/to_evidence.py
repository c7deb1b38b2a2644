"""A network as local evidence: its nodes known, its persons under pseudonyms, its ties dated.

An organisation is known by its identifier or by a name that it alone bears. Anything else is set
aside with suggestions: nothing is matched because it is nearly right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from hedgerow.fieldbook.evidence import SET_ASIDE, FieldbookEvidence
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.identities import hashed, number_spells, organisation_id
from hedgerow.fieldbook.matching import NameIndex
from hedgerow.fieldbook.networks.from_landscape import SYMMETRIC
from hedgerow.fieldbook.networks.network import Network
from hedgerow.fieldbook.networks.values import folded
from hedgerow.fieldbook.pseudonyms import SCHEME, label_of
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.faults import Fault, Faults
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES
from hedgerow.landscape.tables.organisations import ORGANISATION_KINDS, TIE_KINDS

PERSON, AREA = "person", "area"
NODE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        **{folded(kind): kind for kind in ORGANISATION_KINDS},
        "person": PERSON,
        "ego": PERSON,
        "people": PERSON,
        "individual": PERSON,
        "district": AREA,
        "hubarea": AREA,
        "group": "cluster",
    }
)
"""Kinds of nodes, folded, as a landscape has them."""

GROUP_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "group_kind_association": "association",
        "group_kind_online_community": "online_community",
    }
)
"""Answers of the protocol that Hedgerow ships that say more of a group than that it is one."""

NOMINATIONS: Mapping[str, str] = MappingProxyType(
    {
        "learned_from": "Who did you learn from?",
        "brings_ideas": "Who brings outside ideas in?",
        "named": "Named in an interview",
    }
)
"""Kinds of ties that are nominations in a landscape, with the question that they answer."""

_IDENTIFIER = re.compile(r"[a-z][a-z_\-]*:\S(?:.*\S)?")


def to_evidence(
    network: Network,
    *,
    source: Source,
    pseudonym: Callable[[str], str],
    register: Landscape | None = None,
    node_kinds: Mapping[str, str] | None = None,
    tie_kinds: Mapping[str, str] | None = None,
    nominations: Mapping[str, str] = NOMINATIONS,
) -> FieldbookEvidence:
    """Give a network as tables of a landscape.

    Parameters
    ----------
    network : Network
    source : Source
        Where it is from.
    pseudonym : callable
        Gives a person's pseudonym for what the network calls the person, such as
        `hedgerow.fieldbook.pseudonyms.KeyRing.pseudonym_of`. Names go nowhere else: no label or
        attribute of a person is kept but the organisation and the role.
    register : Landscape, optional
        Where organisations are looked up. Without one, identifiers are taken on trust.
    node_kinds, tie_kinds : mapping of str to str, optional
        The network's kinds to the landscape's, where they differ: a kind of organisation,
        ``"person"`` or ``"area"``; a name of `TIE_KINDS`.
    nominations : mapping of str to str
        Kinds of ties that are nominations, with the question that they answer. One without a day is
        dated by the source.

    Returns
    -------
    FieldbookEvidence
        Tables ``organisations``, ``persons``, ``roles``, ``ties`` and ``nominations``, as far as
        there are any; faults; and nodes and ties that could not be used.

    Raises
    ------
    UsageError
        If a kind is mapped to one that there is not.
    """
    wanted = {folded(name): kind for name, kind in (node_kinds or {}).items()}
    for kind in wanted.values():
        if kind not in (*ORGANISATION_KINDS, PERSON, AREA):
            raise UsageError(
                f"There is no kind of node “{kind}”.",
                advice=f"Kinds: {PERSON}, {AREA}, {', '.join(ORGANISATION_KINDS)}.",
            )
    for kind in (tie_kinds or {}).values():
        if kind not in TIE_KINDS:
            raise UsageError(
                f"There is no kind of tie “{kind}”.", advice=f"Kinds: {', '.join(TIE_KINDS)}."
            )
    work = _Work(network, source, pseudonym, register, {**NODE_KINDS, **wanted})
    work.take_nodes()
    work.take_roles()
    work.take_ties(tie_kinds or {}, nominations)
    return work.finish()


class _Work:
    """One network on its way to evidence."""

    def __init__(
        self,
        network: Network,
        source: Source,
        pseudonym: Callable[[str], str],
        register: Landscape | None,
        node_kinds: Mapping[str, str],
    ) -> None:
        self._network, self._source, self._pseudonym = network, source, pseudonym
        self._node_kinds = node_kinds
        self._known: set[str] | None = None
        self._names: dict[str, list[str]] = {}
        self._areas: set[str] = set()
        self._index: NameIndex | None = None
        if register is not None:
            organisations = register.organisations.select("id", "name")
            self._known = set(organisations["id"])
            self._areas = set(register.table("areas")["id"])
            for id_, name in organisations.iter_rows():
                self._names.setdefault(fold(name), []).append(id_)
            self._candidates = organisations
        self._ids: dict[str, str] = {}
        self._tables: dict[str, dict[Any, dict[str, Any]]] = {
            name: {} for name in ("organisations", "persons", "roles", "ties", "nominations")
        }
        self._faults = Faults()
        self._set_aside: list[tuple[str, str | None, int | None, str, str]] = []

    def take_nodes(self) -> None:
        """Find out which organisation, area or person each node is."""
        labels = self._network.nodes["label"].to_list()
        twice = {label for label in labels if labels.count(label) > 1}
        for node in self._network.nodes.iter_rows(named=True):
            id_ = self._identified(node, is_unique=node["label"] not in twice)
            if id_ is not None:
                self._ids[node["id"]] = id_

    def _identified(self, node: Mapping[str, Any], *, is_unique: bool) -> str | None:
        kind = self._node_kinds.get(folded(node["kind"] or ""))
        if kind == PERSON or node["id"].startswith(SCHEME):
            # two persons of one name in two interviews are two until someone says otherwise
            called = node["label"] if is_unique else f"{node['label']} ({node['id']})"
            given = node["id"] if node["id"].startswith(SCHEME) else self._pseudonym(called)
            self._tables["persons"][given] = {
                "id": given,
                "label": label_of(given),
                "is_named": False,
                "named_scope": None,
                "named_since": None,
                "source": self._source.id,
            }
            return given
        if node["id"] in self._areas or (kind == AREA and _IDENTIFIER.fullmatch(node["id"])):
            return str(node["id"])
        found = self._organisation(node["id"]) or self._organisation(node["label"])
        if found is not None:
            return found
        for answer, better in GROUP_KINDS.items():
            if node.get(answer) == "true":
                kind = better
        if kind in (None, AREA, "school"):
            self._unknown(node, kind)
            return None
        new = (
            node["id"]
            if _IDENTIFIER.fullmatch(node["id"])
            else organisation_id(str(kind), node["label"])
        )
        self._tables["organisations"][new] = {
            "id": new,
            "kind": kind,
            "name": node["label"],
            "source": self._source.id,
        }
        return str(new)

    def _organisation(self, text: str) -> str | None:
        """Give the organisation of an identifier, a URN, or a name that it alone bears."""
        if self._known is None:
            return text if re.fullmatch(r"(urn|uid|la):\d+", text) else None
        for id_ in (text, f"urn:{text}"):
            if id_ in self._known:
                return id_
        bearers = self._names.get(fold(text), [])
        return bearers[0] if len(bearers) == 1 else None

    def _unknown(self, node: Mapping[str, Any], kind: str | None) -> None:
        expected = (
            "a school of the register, by name, URN or identifier"
            if kind == "school"
            else "a kind that a landscape has, or an organisation of the register"
        )
        self._fault(
            f"{'school' if kind == 'school' else 'node'} not known",
            f"{node['label']} ({node['kind'] or 'no kind'})",
            expected,
            advice=self._suggestions(node["label"]),
            consequence="set aside",
        )
        # what is of no known kind may be a person, whose name is kept nowhere
        said = {"kind": node["kind"], **({"label": node["label"]} if kind else {})}
        self._put_aside("node not known", said)

    def _suggestions(self, name: str) -> str:
        if self._known is None:
            return "Give a register, so that names can be looked up."
        if len(bearers := self._names.get(fold(name), [])) > 1:
            return f"Several bear that name: {', '.join(sorted(bearers)[:5])}. Give the identifier."
        self._index = self._index or NameIndex(self._candidates)
        near = self._index.suggest(name, most=3)
        return f"Did you mean {'; '.join(map(str, near))}?" if near else ""

    def take_roles(self) -> None:
        """Take up where persons work, as far as the network says and it is known."""
        columns = self._network.nodes.columns
        if "organisation" not in columns:
            return
        for node in self._network.nodes.iter_rows(named=True):
            person = self._ids.get(node["id"], "")
            if not person.startswith(SCHEME) or node["organisation"] is None:
                continue
            found = self._organisation(node["organisation"])
            if found is None:
                self._fault(
                    "organisation of a person not known",
                    node["organisation"],
                    "an organisation of the register, by name, URN or identifier",
                    advice=self._suggestions(node["organisation"]),
                    consequence="value left out",
                )
                continue
            role = (node.get("role") if "role" in columns else None) or "not said"
            id_ = hashed("role", "roles", person, found, role)
            self._tables["roles"][id_] = {
                "id": id_,
                "person": person,
                "organisation": found,
                "role": role,
                "is_seat": False,
                "days_a_week": None,
                "start": None,
                "end": None,
                "source": self._source.id,
            }

    def take_ties(self, tie_kinds: Mapping[str, str], nominations: Mapping[str, str]) -> None:
        """Take up ties of known kinds between known ends."""
        rows = []
        for tie in self._network.ties.iter_rows(named=True):
            ends = self._ids.get(tie["from_id"]), self._ids.get(tie["to_id"])
            kind = tie_kinds.get(tie["kind"], tie["kind"])
            if None in ends:
                self._put_aside("an end of the tie is not known", self._said(tie))
            elif kind in nominations and tie["kind"] not in tie_kinds:
                self._nominate(tie, ends, nominations[kind])
            elif kind not in TIE_KINDS:
                self._fault(
                    "kind of tie not known",
                    tie["kind"],
                    f"one of {', '.join(TIE_KINDS)}",
                    advice="Say which of them it is.",
                    consequence="set aside",
                )
                self._put_aside("kind of tie not known", self._said(tie))
            else:
                rows += self._tie_rows(tie, ends, kind)
        number_spells("ties", rows)
        for row in rows:
            key = tuple(row[name] for name in ("from_id", "to_id", "kind", "number"))
            self._tables["ties"][key] = row

    def _tie_rows(
        self, tie: Mapping[str, Any], ends: tuple[str | None, str | None], kind: str
    ) -> list[dict[str, Any]]:
        both = [ends]
        if not tie["is_directed"] and kind not in SYMMETRIC and ends[0] != ends[1]:
            both.append((ends[1], ends[0]))
        carrier = tie["carrier"]
        if carrier is not None:
            carrier = self._ids.get(carrier) or (
                carrier if carrier.startswith(SCHEME) else self._pseudonym(carrier)
            )
        names = ("start", "end", "start_censored", "end_censored", "weight")
        return [
            {
                "from_id": start,
                "to_id": end,
                "kind": kind,
                "number": None,
                **{name: tie[name] for name in names},
                "carrier": carrier,
                "source": self._source.id,
            }
            for start, end in both
        ]

    def _nominate(
        self, tie: Mapping[str, Any], ends: tuple[str | None, str | None], question: str
    ) -> None:
        day = tie["start"] or self._source.as_of
        id_ = hashed("nom", "nominations", *ends, question, day)
        self._tables["nominations"][id_] = {
            "id": id_,
            "from_id": ends[0],
            "to_id": ends[1],
            "context": question,
            "date": day,
            "source": self._source.id,
        }

    def _said(self, tie: Mapping[str, Any]) -> dict[str, Any]:
        """Give a tie as it may be kept: without what may name a person."""
        return {
            "from": self._ids.get(tie["from_id"]),
            "to": self._ids.get(tie["to_id"]),
            "kind": tie["kind"],
            "start": tie["start"],
            "end": tie["end"],
        }

    def _fault(
        self, kind: str, found: str, expected: str, *, advice: str = "", consequence: Any = "noted"
    ) -> None:
        self._faults.add(
            Fault(
                kind=kind,
                file=self._source.file,
                found=found,
                expected=expected,
                advice=advice,
                consequence=consequence,
            )
        )

    def _put_aside(self, reason: str, content: Mapping[str, Any]) -> None:
        said = json.dumps(content, ensure_ascii=False, default=str)
        self._set_aside.append((self._source.file, None, None, reason, said))

    def finish(self) -> FieldbookEvidence:
        """Give the tables that have rows, columns as their schemas say."""
        tables = {}
        for name, rows in self._tables.items():
            if rows:
                schema = TABLES[name].create_empty().schema
                columns = {column: [row.get(column) for row in rows.values()] for column in schema}
                key = TABLES[name].primary_key()
                tables[name] = pl.DataFrame(columns, schema=schema).sort(key)
        return FieldbookEvidence(
            tables=tables,
            sources=(self._source,),
            faults=self._faults,
            set_aside=pl.DataFrame(self._set_aside, schema=SET_ASIDE, orient="row"),
        )
