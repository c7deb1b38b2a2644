"""Reading outlines of districts from GeoJSON."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source
from hedgerow.sources.boundaries import schema
from hedgerow.sources.boundaries.outlines import Outline, outlines_of
from hedgerow.sources.districts import map_as_of
from hedgerow.sources.source_table import SourceTable
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA
from hedgerow.sources.vintage import file_of, vintage_of

ADVICE = (
    "Give district boundaries as GeoJSON, as the Open Geography portal offers them; a shapefile or "
    "GeoPackage is turned into it by `ogr2ogr -f GeoJSON districts.geojson districts.shp`."
)
ROWS = {"name": pl.String, "code": pl.String, "outline": pl.Binary}


def read(path: Path, faults: Faults) -> SourceTable:
    """Read a GeoJSON file of districts.

    Coordinates may be degrees (WGS84), British National Grid metres or web-map metres: which, is
    seen from their size. Outlines that cross themselves are repaired, which is noted. Outlines are
    for drawing: they are often generalised, and the conversion from degrees is good to about 5 m.

    Parameters
    ----------
    path : pathlib.Path
        May bear a vintage, ``districts.geojson@2024-05-31``; may be packed with gzip.
    faults : Faults

    Returns
    -------
    SourceTable
        Rows ``name``, ``code`` (empty where the file has none), ``outline`` (well-known binary,
        British National Grid metres). "Row" is the number of the feature, counted from 1. Set
        aside: features without a name or an area, outside England, or given twice.

    Raises
    ------
    UsageError
        If there is no such file.
    DataError
        If it is not GeoJSON, holds no named area, or its coordinates are of no known kind.
    """
    file = file_of(path)
    raw = _bytes(file)
    features = _features(raw, file.name)
    name = schema.spelled(schema.NAME, (feature["properties"] for feature in features))
    if name is None:
        seen = sorted({key for feature in features[:5] for key in feature["properties"]})
        raise DataError(
            f"{file.name} ({schema.OPTION}): no property of its features holds a name. Found "
            f"{', '.join(seen) or 'no properties'}; expected name, LAD24NM or the like.",
            advice=ADVICE,
        )
    code = schema.spelled(schema.CODE, (feature["properties"] for feature in features))
    labels = [
        (_text(feature["properties"].get(name)), _text(feature["properties"].get(code or "")))
        for feature in features
    ]
    outlines = outlines_of([feature["geometry"] for feature in features], file.name)
    _note_repairs(outlines, labels, file.name, faults)
    reasons = _reasons(labels, outlines)
    used = [place for place, reason in enumerate(reasons) if reason is None]
    if not used:
        raise DataError(
            f"{file.name} ({schema.OPTION}) has no outline of a named area in England; "
            f"its {len(features)} features were set aside: {reasons[0]}.",
            advice=ADVICE,
        )
    rows = pl.DataFrame(
        [(*labels[place], outlines[place].binary) for place in used], schema=ROWS, orient="row"
    )
    as_of = _as_of(path, rows, code or name)
    return SourceTable(
        source=Source(
            id=f"boundaries-{as_of:%Y-%m-%d}",
            title="District boundaries",
            publisher=schema.PUBLISHER,
            licence=schema.LICENCE.format(year=as_of.year),
            as_of=as_of,
            file=file.name,
            sha256=hashlib.sha256(raw).hexdigest(),
            rows=rows.height,
            release="geojson",
        ),
        rows=rows,
        set_aside=_set_aside(file.name, labels, reasons),
    )


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise UsageError(
            f"{file} is not there.", advice=f"Check the path given with {schema.OPTION}."
        )
    return file.read_bytes()


def _features(raw: bytes, file: str) -> list[dict[str, Any]]:
    try:
        content = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
        document = json.loads(content)
    except (gzip.BadGzipFile, EOFError) as fault:
        raise DataError(
            f"{file} ({schema.OPTION}) is packed with gzip but damaged or cut short.",
            advice="Download it again.",
        ) from fault
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        where = f" (line {fault.lineno})" if isinstance(fault, json.JSONDecodeError) else ""
        raise DataError(
            f"{file} ({schema.OPTION}) is not GeoJSON, or breaks off: "
            f"it cannot be read as JSON{where}.",
            advice=ADVICE,
        ) from fault
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        kind = document.get("type", "no type") if isinstance(document, dict) else "a list"
        raise DataError(
            f"{file} ({schema.OPTION}) is JSON but no collection of features: found {kind}.",
            advice=ADVICE,
        )
    return [
        {
            "properties": feature.get("properties") or {},
            "geometry": feature.get("geometry"),
        }
        if isinstance(feature, dict)
        else {"properties": {}, "geometry": None}
        for feature in features
    ]


def _text(value: object) -> str | None:
    text = "" if value is None else str(value).strip()
    return text or None


def _reasons(
    labels: Sequence[tuple[str | None, str | None]], outlines: Sequence[Outline]
) -> list[str | None]:
    """Say for each feature why it cannot be used; None where it can."""
    seen: dict[str, int] = {}
    reasons: list[str | None] = []
    for number, ((name, code), outline) in enumerate(zip(labels, outlines, strict=True), start=1):
        if name is None:
            reasons.append("no name")
        elif code and code[0] in "WSN" and code[1:].isdigit():
            reasons.append("outside England")
        elif outline.binary is None:
            reasons.append("no outline with an area")
        elif (key := code or name) in seen:
            reasons.append(f"given before, in feature {seen[key]}")
        else:
            seen[key] = number
            reasons.append(None)
    return reasons


def _note_repairs(
    outlines: Sequence[Outline],
    labels: Sequence[tuple[str | None, str | None]],
    file: str,
    faults: Faults,
) -> None:
    repaired = [
        (number, f"{label[0]}: {outline.repaired}")
        for number, (outline, label) in enumerate(zip(outlines, labels, strict=True), start=1)
        if outline.repaired
    ]
    faults.add_rows(
        pl.DataFrame(repaired, schema={"row": pl.Int64, "found": pl.String}, orient="row"),
        kind="outline that crosses itself",
        file=file,
        expected="an outline without crossings",
        advice="It was repaired; the row is the number of the feature.",
    )


def _set_aside(
    file: str,
    labels: Sequence[tuple[str | None, str | None]],
    reasons: Sequence[str | None],
) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (file, number, reason, json.dumps({"name": name, "code": code}))
            for number, ((name, code), reason) in enumerate(
                zip(labels, reasons, strict=True), start=1
            )
            if reason
        ],
        schema=SET_ASIDE_SCHEMA,
        orient="row",
    )


def _as_of(path: Path, rows: pl.DataFrame, spelling: str) -> date:
    held = map_as_of(rows["code"].drop_nulls().to_list(), rows["name"].to_list())
    digits = "".join(character for character in spelling if character.isdigit())
    if held is None and len(digits) == 2:
        held = date(2000 + int(digits), 12, 31)
    return vintage_of(path, option=schema.OPTION, held=held)
