"""The description of the API, in OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hedgerow import __version__

Described = dict[str, Any]

_TEXT = {"type": "string"}
_NUMBER = {"type": ["number", "null"]}
_DAY = {"type": "string", "format": "date"}


def _query(name: str, says: str, schema: Mapping[str, Any], **more: Any) -> Described:
    return {"name": name, "in": "query", "description": says, "schema": dict(schema), **more}


_PLACE: Described = {
    "name": "place",
    "in": "path",
    "required": True,
    "description": "KIND:CODE, such as authority:330, trust:2044, radius:AB12CD,5",
    "schema": _TEXT,
}
_PARTNERSHIP: Described = {
    "name": "partnership",
    "in": "path",
    "required": True,
    "description": "The partnership's name in its address",
    "schema": _TEXT,
}
_SEEN: list[Described] = [
    _query("on", "The day; the register's own unless given", _DAY),
    _query("phase", "Which schools", {"type": "string", "enum": ["primary", "secondary", "all"]}),
    *(
        _query(name, says, {"type": "array", "items": _TEXT}, explode=True)
        for name, says in (
            ("within", "Only what also lies in this place"),
            ("also", "And what lies in this one"),
            ("without", "But not what lies in this one"),
        )
    ),
]

SCHEMAS: Described = {
    "Finding": {
        "type": "object",
        "description": "A figure with all that is needed to judge it; value is null where it is "
        "not measured or suppressed, with the reason",
        "required": ["id", "status", "value", "unit", "n", "missing", "tier", "grade"],
        "properties": {
            "id": _TEXT,
            "status": {"type": "string", "enum": ["measured", "not measured", "suppressed"]},
            "value": {"type": ["number", "string", "null"]},
            "unit": _TEXT,
            "low": _NUMBER,
            "high": _NUMBER,
            "n": {"type": "integer"},
            "missing": {"type": "integer"},
            "tier": {"type": "string", "enum": ["O", "E"]},
            "grade": {"type": "string", "enum": ["A", "B", "C", "D"]},
            "reason": {"type": ["string", "null"]},
        },
    },
    "Profile": {
        "type": "object",
        "required": ["place", "on", "register", "phase", "findings"],
        "properties": {
            "place": _TEXT,
            "on": _DAY,
            "register": _TEXT,
            "phase": _TEXT,
            "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
        },
    },
    "Comparison": {
        "type": "object",
        "required": ["places", "profiles"],
        "properties": {
            "places": {"type": "array", "items": _TEXT},
            "profiles": {"type": "array", "items": {"$ref": "#/components/schemas/Profile"}},
        },
    },
    "Found": {
        "type": "object",
        "required": ["question", "many", "groups"],
        "properties": {
            "question": _TEXT,
            "meant": _TEXT,
            "many": {"type": "integer"},
            "groups": {"type": "array", "items": {"type": "object"}},
        },
    },
    "Indicators": {
        "type": "object",
        "required": ["indicators"],
        "properties": {"indicators": {"type": "array", "items": {"type": "object"}}},
    },
    "Error": {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["message", "advice", "candidates"],
                "properties": {
                    "message": _TEXT,
                    "advice": _TEXT,
                    "candidates": {"type": "array", "items": _TEXT},
                },
            }
        },
    },
}


def _answer(schema: str) -> Described:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _reading(summary: str, gives: str, parameters: list[Described]) -> Described:
    faults = {
        status: {"description": says, "content": _answer("Error")}
        for status, says in (
            ("400", "What was asked for cannot be"),
            ("401", "The token is unknown or has ended"),
            ("404", "There is nothing here, or it may not be seen"),
            ("429", "Too many requests"),
            ("503", "Still being worked out: ask again"),
        )
    }
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {"200": {"description": summary, "content": _answer(gives)}, **faults},
        }
    }


def described(address: str) -> Described:
    """Describe the API.

    Parameters
    ----------
    address : str
        Where it is reached.
    """
    several = _query(
        "place", "Two to six places", {"type": "array", "items": _TEXT}, required=True, explode=True
    )
    indicator = {"name": "indicator", "in": "path", "required": True, "schema": _TEXT}
    paths: Described = {
        "/search": _reading("Places that answer to a name", "Found", [_query("q", "Name", _TEXT)]),
        "/indicators": _reading("Everything that is measured, and why", "Indicators", []),
    }
    for prefix, named in (("", []), ("/partnerships/{partnership}", [_PARTNERSHIP])):
        where = " inside a partnership" if named else ""
        one = [*named, _PLACE]
        paths[f"{prefix}/places/{{place}}"] = _reading(
            f"The profile of a place{where}", "Profile", [*one, *_SEEN]
        )
        paths[f"{prefix}/places/{{place}}/findings/{{indicator}}"] = _reading(
            f"One finding of a place{where}", "Finding", [*one, indicator, *_SEEN]
        )
        paths[f"{prefix}/compare"] = _reading(
            f"Places side by side{where}", "Comparison", [*named, several, *_SEEN]
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hedgerow",
            "version": __version__,
            "description": "Reads what the site shows. Missing is not nought, and nothing is "
            "ranked. A token of your own opens a partnership that you belong to.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": address}],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
