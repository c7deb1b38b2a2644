"""Interviews as the files of a Network Canvas export hold them, before they are made a network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hedgerow.fieldbook.networks.delimited import read_delimited
from hedgerow.fieldbook.networks.gathering import Gathering
from hedgerow.fieldbook.networks.graphml import parse_graphml, tell_broken
from hedgerow.fieldbook.networks.tables import note_shape
from hedgerow.fieldbook.networks.values import folded, plain

_TIMES = ("sessionStartTime", "sessionFinishTime", "sessionExportTime")
OWN_PROTOCOL = "Hedgerow network"
"""The protocol that our own exports name: their ego is no person."""

FILE_NAME = re.compile(
    r"(?P<session>.*?)_?(?P<part>ego|attributeList|edgeList|adjacencyMatrix)"
    r"(?:_(?P<type>.*))?\.csv",
    re.DOTALL,
)
EGO, NODE = "networkCanvasEgoUUID", "networkCanvasUUID"
SOURCE, TARGET = "networkCanvasSourceUUID", "networkCanvasTargetUUID"
_BOOKKEEPING = {
    "ego": frozenset[str](),
    "node": frozenset({"nodeid", "id"}),
    "edge": frozenset({"edgeid", "id", "from", "to"}),
}


@dataclass(kw_only=True)
class Session:
    """One interview: who was asked, when, and what was asked of the ego."""

    ego: str
    case: str
    day: str | None
    is_ours: bool
    fields: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Alter:
    """A node of an interview."""

    id: str
    type: str
    ego: str | None
    fields: Mapping[str, str | None]
    sheet: str
    row: int | None


@dataclass(frozen=True, kw_only=True)
class Edge:
    """An edge between two nodes of an interview."""

    type: str
    ego: str | None
    start: str | None
    end: str | None
    fields: Mapping[str, str | None]
    sheet: str
    row: int | None


@dataclass(kw_only=True)
class Export:
    """The interviews of an export, by their egos, with all nodes and edges."""

    sessions: dict[str, Session] = field(default_factory=dict)
    alters: list[Alter] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


def is_export(members: Mapping[str, bytes]) -> bool:
    """Say whether the files of a folder or archive are an export of Network Canvas."""
    return any(
        (b"networkCanvas" in content[:4_000])
        and (FILE_NAME.fullmatch(_base(name)) or name.lower().endswith(".graphml"))
        for name, content in members.items()
    )


def is_canvas_graphml(content: bytes) -> bool:
    """Say whether a GraphML document was exported by Network Canvas."""
    return b"schema.networkcanvas.com" in content[:4_000] or b'"networkCanvasUUID"' in content


def take_export(gathering: Gathering, members: Mapping[str, bytes]) -> Export:
    """Take up every interview of an export; one that is there in both forms by its tables."""
    export = Export()
    tables = {
        name: found
        for name in sorted(members)
        if (found := FILE_NAME.fullmatch(_base(name))) and found["part"] != "adjacencyMatrix"
    }
    for part in ("ego", "attributeList", "edgeList"):
        for name, found in tables.items():
            if found["part"] == part:
                _take_table(gathering, export, members[name], name, part, found["type"] or "")
    in_tables = {found["session"] for found in tables.values()}
    drawn = [name for name in sorted(members) if name.lower().endswith(".graphml")]
    for name in drawn:
        if _base(name)[: -len(".graphml")] not in in_tables:
            take_graphml(gathering, export, members[name], name)
    return export


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _first(fields: Mapping[str, str | None], *names: str) -> str | None:
    return next((text for name in names if (text := plain(fields.get(name)))), None)


def _take_table(
    gathering: Gathering, export: Export, content: bytes, name: str, part: str, type_: str
) -> None:
    table = read_delimited(content)
    note_shape(gathering, table, sheet=name)
    for row, fields in table.rows:
        ego = _first(fields, EGO)
        if part == "ego":
            _take_ego(gathering, export, ego, fields, name, row)
        elif part == "attributeList":
            _take_alter(gathering, export, ego, type_, fields, name, row)
        else:
            export.edges.append(
                Edge(
                    type=type_,
                    ego=ego,
                    start=_first(fields, SOURCE),
                    end=_first(fields, TARGET),
                    fields=_own(fields, "edge"),
                    sheet=name,
                    row=row,
                )
            )


def _take_ego(
    gathering: Gathering,
    export: Export,
    ego: str | None,
    fields: Mapping[str, str | None],
    sheet: str,
    row: int | None,
) -> None:
    if ego is None:
        gathering.set_aside(
            "interview without an ego", fields, "networkCanvasEgoUUID", sheet=sheet, row=row
        )
        return
    times = ("sessionStart", "sessionFinish", "sessionExported")
    about = (*times, *_TIMES, "APP_VERSION", "COMMIT_HASH")
    export.sessions[ego] = Session(
        ego=ego,
        case=_first(fields, "networkCanvasCaseID") or ego,
        day=_first(fields, *times, *_TIMES),
        is_ours=fields.get("networkCanvasProtocolName") == OWN_PROTOCOL,
        fields={name: value for name, value in _own(fields, "ego").items() if name not in about},
    )


def _take_alter(
    gathering: Gathering,
    export: Export,
    ego: str | None,
    type_: str,
    fields: Mapping[str, str | None],
    sheet: str,
    row: int | None,
) -> None:
    id_ = _first(fields, NODE)
    if id_ is None:
        gathering.set_aside(
            "node without an identifier", fields, "networkCanvasUUID", sheet=sheet, row=row
        )
        return
    export.alters.append(
        Alter(id=id_, type=type_, ego=ego, fields=_own(fields, "node"), sheet=sheet, row=row)
    )


def _own(fields: Mapping[str, str | None], what: str) -> dict[str, str | None]:
    """Give the variables of the interview, without Network Canvas's bookkeeping."""
    return {
        name: value
        for name, value in fields.items()
        if not name.startswith("networkCanvas") and folded(name) not in _BOOKKEEPING[what]
    }


def take_graphml(gathering: Gathering, export: Export, content: bytes, name: str) -> None:
    """Take up the interview of one GraphML document."""
    document = parse_graphml(content, name)
    tell_broken(gathering, document.markup)
    graph = dict(document.graph)
    ego = plain(graph.get("networkCanvasUUID")) or plain(graph.get("sessionUUID")) or name
    said = {
        "networkCanvasCaseID": graph.pop("caseId", None),
        "networkCanvasProtocolName": graph.pop("protocolName", None),
    }
    about = (
        "edgedefault",
        "sessionUUID",
        "protocolUID",
        "remoteProtocolID",
        "codebookHash",
        "id",
        "schemaLocation",
    )
    fields = {k: v for k, v in graph.items() if k not in about}
    _take_ego(gathering, export, ego, {**fields, **said}, name, None)
    ids: dict[str, str] = {}
    for element in document.elements("node"):
        data = document.fields(element, "node")
        id_ = _first(data, NODE) or f"{ego} {element.get('id', '')}"
        ids[element.get("id", "")] = id_
        type_ = plain(data.get("networkCanvasType")) or ""
        export.alters.append(
            Alter(
                id=id_,
                type=type_,
                ego=ego,
                fields=_without_repeated_label(data),
                sheet=name,
                row=element.sourceline,
            )
        )
    for element in document.elements("edge"):
        data = document.fields(element, "edge")
        export.edges.append(
            Edge(
                type=plain(data.get("networkCanvasType")) or "",
                ego=ego,
                start=_first(data, SOURCE) or ids.get(element.get("source", "")),
                end=_first(data, TARGET) or ids.get(element.get("target", "")),
                fields=_own(data, "edge"),
                sheet=name,
                row=element.sourceline,
            )
        )


def _without_repeated_label(data: Mapping[str, str | None]) -> dict[str, str | None]:
    """Leave out the label that an export adds for Gephi where a variable says the same."""
    own = _own(data, "node")
    label = own.get("label")
    if label is not None and any(v == label for k, v in own.items() if k != "label"):
        del own["label"]
    return own
