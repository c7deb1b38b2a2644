"""Exports of Network Canvas [birkett2021]: interviews with an ego, alters and ties between them.

An export holds, for each interview, a file of the ego, one of the nodes of each type and one of the
edges of each type, or one GraphML file. Nodes have identifiers of one interview alone: the same
person named in two interviews is two nodes until someone says that they are one.

That an alter was named at all is a tie from the ego to the alter, which the export does not write
down; which question it answered is in yes-or-no variables, if the protocol sets them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from hedgerow.fieldbook.networks.gathering import Gathering, ReadNetwork
from hedgerow.fieldbook.networks.interviews import Alter, Export, take_export, take_graphml
from hedgerow.fieldbook.networks.values import folded, plain, yes_or_no
from hedgerow.landscape.errors import DataError

NAMED = "named"
"""The kind of tie to an alter of whom the export does not say which question it answered."""

PROMPTS: Mapping[str, str] = MappingProxyType(
    {
        "turns_to": "turns_to",
        "learned_from": "learned_from",
        "brings_ideas": "brings_ideas",
        "belongs_to": "member_of",
    }
)
"""Variables of the protocol that Hedgerow ships, with the kind of tie that each stands for."""


@dataclass(frozen=True, kw_only=True)
class CanvasOptions:
    """What an export of Network Canvas does not say of itself.

    Parameters
    ----------
    prompts : mapping of str to str
        Yes-or-no variables of nodes that say which question an alter answered, with the kind of tie
        from the ego to the alter.
    name : str, optional
        The variable that names an alter; unless given, the first that is called name, label,
        nickname or the like.
    merge : collection of str
        Types of nodes of which two with exactly the same name are one, across interviews. Right for
        groups and schools, wrong for first names.
    consent : str
        The ego's yes-or-no variable for agreeing to take part. An interview that answers it with no
        is left out, its answers unsaid.
    """

    prompts: Mapping[str, str] = field(default_factory=lambda: PROMPTS)
    name: str | None = None
    merge: Collection[str] = ()
    consent: str = "consents"


def read_export(
    members: Mapping[str, bytes], file: str, options: CanvasOptions | None = None
) -> ReadNetwork:
    """Read an export of Network Canvas, as CSV files, GraphML files, or both.

    Where an interview is there in both, its CSV files are read.

    Raises
    ------
    DataError
        If none of the files is part of an export.
    """
    gathering = Gathering(file)
    export = take_export(gathering, members)
    if not export.sessions and not export.alters:
        raise DataError(
            f"{file} holds no interview. Found: {', '.join(sorted(members)[:12])}; expected files "
            "such as case_session_ego.csv and case_session_attributeList_Person.csv.",
            advice="In Network Canvas, export the sessions as CSV or GraphML and give the archive.",
        )
    return _finish(gathering, export, options or CanvasOptions())


def read_canvas_graphml(
    content: bytes, file: str, options: CanvasOptions | None = None
) -> ReadNetwork:
    """Read one interview from the GraphML document that Network Canvas exports."""
    gathering = Gathering(file)
    export = Export()
    take_graphml(gathering, export, content, file)
    return _finish(gathering, export, options or CanvasOptions())


def _leave_out_refusals(gathering: Gathering, export: Export, options: CanvasOptions) -> None:
    refused = {
        ego
        for ego, session in export.sessions.items()
        if yes_or_no(plain(session.fields.get(options.consent)) or "") is False
    }
    for ego in sorted(refused):
        gathering.fault(
            "interview without consent",
            export.sessions.pop(ego).case,
            "consent to take part",
            advice="Delete it from the export and from Network Canvas.",
            consequence="set aside",
        )
    export.alters = [alter for alter in export.alters if alter.ego not in refused]
    export.edges = [edge for edge in export.edges if edge.ego not in refused]


def _finish(gathering: Gathering, export: Export, options: CanvasOptions) -> ReadNetwork:
    _leave_out_refusals(gathering, export, options)
    for session in export.sessions.values():
        if not session.is_ours:
            label = {"given label" if k == "label" else k: v for k, v in session.fields.items()}
            gathering.node({**label, "id": session.ego, "label": session.case, "kind": "ego"})
    merged = _merged(gathering, export.alters, options)
    for alter in export.alters:
        _finish_alter(gathering, export, alter, merged, options)
    for edge in export.edges:
        interview = export.sessions.get(edge.ego or "")
        is_ours = interview is not None and interview.is_ours
        fields: dict[str, str | None] = {
            k: v for k, v in edge.fields.items() if v is not None and v.strip()
        }
        if interview is not None and interview.day and not is_ours and "start" not in fields:
            fields |= {"start": interview.day[:10], "start_censored": "true"}
        gathering.tie(
            {
                "kind": edge.type,
                **fields,
                "from_id": merged.get(edge.start or "", edge.start),
                "to_id": merged.get(edge.end or "", edge.end),
            },
            is_directed=is_ours,
            sheet=edge.sheet,
            row=edge.row,
        )
    if not all(session.is_ours for session in export.sessions.values()):
        gathering.tell(
            "Ties begin on the day of their interview, as the day on which they were first seen."
        )
    return gathering.finish("network-canvas")


def _finish_alter(
    gathering: Gathering,
    export: Export,
    alter: Alter,
    merged: Mapping[str, str],
    options: CanvasOptions,
) -> None:
    session = export.sessions.get(alter.ego or "")
    is_ours = session is not None and session.is_ours
    name = "label" if is_ours else _name_variable(alter.fields, options)
    prompts = {} if is_ours else options.prompts
    fields: dict[str, str | None] = {
        variable: value
        for variable, value in alter.fields.items()
        if variable != name and variable not in prompts
    }
    label = plain(alter.fields.get(name)) if name else None
    kind = plain(fields.pop("kind", None)) if is_ours else None
    id_ = merged.get(alter.id, alter.id)
    is_first = not gathering.has_node(id_)
    if is_first:
        interview = {} if is_ours or session is None else {"interview": session.case}
        gathering.node(
            {
                **fields,
                **interview,
                "id": id_,
                "label": label,
                "kind": kind if is_ours else alter.type,
            },
            sheet=alter.sheet,
            row=alter.row,
        )
    elif id_ == alter.id:
        gathering.node({**fields, "id": id_, "label": label, "kind": alter.type}, row=alter.row)
    if session is None or is_ours:
        if session is None:
            gathering.fault(
                "node of an interview that is not there",
                alter.id,
                "an ego file for every interview",
                sheet=alter.sheet,
                row=alter.row,
            )
        return
    kinds = [
        tie
        for variable, tie in prompts.items()
        if yes_or_no(plain(alter.fields.get(variable)) or "")
    ]
    for tie in kinds or [NAMED]:
        gathering.tie(
            {
                "from_id": session.ego,
                "to_id": id_,
                "kind": tie,
                "start": session.day[:10] if session.day else None,
                "start_censored": "true",
            },
            sheet=alter.sheet,
            row=alter.row,
        )


def _name_variable(fields: Mapping[str, str | None], options: CanvasOptions) -> str | None:
    """Give the variable that names an alter."""
    if options.name is not None:
        return options.name if options.name in fields else None
    by_spelling = {folded(name): name for name in reversed(list(fields))}
    for known in ("name", "label", "nickname", "initials", "fullname", "groupname"):
        if known in by_spelling:
            return by_spelling[known]
    return next((name for name in fields if "name" in folded(name)), None)


def _merged(gathering: Gathering, alters: list[Alter], options: CanvasOptions) -> dict[str, str]:
    """Give which alter stands for which, and tell of those that might be one."""
    groups: dict[tuple[str, str], dict[str, Alter]] = {}
    for alter in alters:
        name = _name_variable(alter.fields, options)
        label = plain(alter.fields.get(name)) if name else None
        if label is not None:
            groups.setdefault((alter.type, label), {}).setdefault(alter.id, alter)
    merged: dict[str, str] = {}
    for (type_, label), same in groups.items():
        interviews = {alter.ego for alter in same.values()}
        if len(interviews) < 2:
            continue
        if type_ in options.merge:
            first = next(iter(same))
            merged.update((id_, first) for id_ in same if id_ != first)
            _tell_differences(gathering, label, list(same.values()))
        else:
            gathering.fault(
                "the same name in several interviews",
                f"{label}, in {len(interviews)} interviews",
                "one node for each person or group",
                advice=f"They are kept apart. To make them one, merge the type “{type_}”.",
            )
    return merged


def _tell_differences(gathering: Gathering, label: str, same: list[Alter]) -> None:
    first, *others = same
    for other in others:
        differing = [
            name
            for name, value in other.fields.items()
            if plain(value) != plain(first.fields.get(name)) and name not in PROMPTS
        ]
        if differing:
            gathering.fault(
                "interviews differ about one node",
                f"{label}: {', '.join(differing)}",
                "the same in each interview",
                advice="What the first interview says was kept.",
                consequence="value left out",
                sheet=other.sheet,
                row=other.row,
            )
