"""The national files: Teaching School Hubs with area codes, and the districts of the areas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Fault, Faults
from hedgerow.sources.districts import map_as_of
from hedgerow.sources.hubs import schema
from hedgerow.sources.hubs.frames import AREAS, FOOTPRINTS, HUBS, PARTS, HubFile, area_id
from hedgerow.sources.parting import Reason, part
from hedgerow.sources.source_table import source_of
from hedgerow.sources.tabular import RawTable
from hedgerow.sources.vintage import vintage_of

LEAD_SCHOOL = re.compile(r"(?P<hub>.+?)\s*\((?P<school>[^()]+)\)")
CODE = r"^[A-Za-z]{1,3}\d{1,2}$"
BETWEEN_CODES = r"\s*[/&,;]\s*"


def hubs_of(path: Path, raw: RawTable, faults: Faults) -> HubFile:
    """Take the list of Teaching School Hubs apart.

    A hub's identifier is the code of its first area, ``tsh:EE1``. Its footprint has no dates: the
    file does not say since when.
    """
    codes = pl.col("area_codes").str.replace_all(BETWEEN_CODES, "/").str.split("/")
    in_form = pl.col("_codes").list.eval(pl.element().str.contains(CODE)).list.all()
    used, aside = part(
        raw,
        {
            "no area: a national body, not a hub": Reason(
                pl.col("area_codes").is_null(), "area_codes"
            ),
            "no name": Reason(pl.col("name").is_null(), "name", "the name of a hub"),
            "no area code in form": Reason(
                ~in_form, "area_codes", "a code such as EE1, or several with a stroke between"
            ),
        },
        faults=faults,
        rows=raw.rows.with_columns(codes.alias("_codes")),
    )
    hubs: list[dict[str, object]] = []
    footprints: list[dict[str, object]] = []
    names = [_parted(text) for text in used["name"]]
    same = Counter(name for name, _ in names)
    corrected = False
    taken: set[str] = set()
    for row, (name, school), found in zip(used["row"], names, used["_codes"], strict=True):
        codes_of_hub, is_corrected = _corrected(name, tuple(found), raw, row, faults)
        corrected |= is_corrected
        hub = _identifier(codes_of_hub, taken)
        taken.add(hub)
        # two hubs of one name are told apart by their lead schools
        shown = f"{name} ({school})" if same[name] > 1 and school else name
        hubs.append(
            {
                "hub": hub,
                "kind": "teaching_school_hub",
                "name": shown,
                "lead_school_name": school,
                "row": row,
            }
        )
        footprints += [
            {"hub": hub, "covers_type": "area", "covers": code, "row": row} for code in codes_of_hub
        ]
    _note_shared(footprints, raw, faults)
    held = schema.DAY_OF_CORRECTIONS if corrected else None
    as_of = vintage_of(path, option=schema.OPTION, held=held)
    return HubFile(
        source=source_of(
            raw,
            prefix="teaching-school-hubs",
            title="Teaching School Hubs and their areas",
            licence=schema.LICENCE,
            as_of=as_of,
            rows=used.height,
        ),
        hubs=pl.DataFrame(hubs, schema=HUBS),
        footprints=pl.DataFrame(footprints, schema=FOOTPRINTS),
        areas=pl.DataFrame(schema=AREAS),
        parts=pl.DataFrame(schema=PARTS),
        set_aside=aside,
    )


def _parted(text: str) -> tuple[str, str | None]:
    """Part a hub's name from the lead school, which stands last and in brackets."""
    text = re.sub(r"\s+", " ", text).strip()
    found = LEAD_SCHOOL.fullmatch(text)
    return (found["hub"], found["school"].strip()) if found else (text, None)


def _identifier(codes: Sequence[str], taken: set[str]) -> str:
    free = [code for code in codes if f"tsh:{code}" not in taken]
    if free:
        return f"tsh:{free[0]}"
    number = 2
    while f"tsh:{codes[0]}-{number}" in taken:
        number += 1
    return f"tsh:{codes[0]}-{number}"


def _corrected(
    name: str, found: tuple[str, ...], raw: RawTable, row: int, faults: Faults
) -> tuple[tuple[str, ...], bool]:
    found = tuple(code.upper() for code in found)
    correction = schema.CORRECTIONS.get(name)
    if correction is None or correction.found != found:
        return found, False
    faults.add(
        Fault(
            kind="area code corrected",
            file=raw.file,
            row=row,
            column=raw.heading("area_codes"),
            found=f"{'/'.join(found)} for {name}",
            expected=f"{'/'.join(correction.used)}: {correction.reason}",
            advice="The expected code is used.",
        )
    )
    return correction.used, True


def _note_shared(footprints: list[dict[str, object]], raw: RawTable, faults: Faults) -> None:
    claims = pl.DataFrame(footprints, schema=FOOTPRINTS)
    shared = claims.filter(pl.col("covers").is_duplicated())
    faults.add_rows(
        shared.select("row", pl.col("covers").alias("found")),
        kind="area of several hubs",
        file=raw.file,
        column=raw.heading("area_codes"),
        expected="an area of one hub",
        advice="Schools there count in the footprint of each.",
    )


def areas_of(path: Path, raw: RawTable, faults: Faults) -> HubFile:
    """Take the list of districts in hub areas apart; `resolve_districts` finds them later."""
    used, aside = part(
        raw,
        {
            "no area code in form": Reason(
                ~pl.col("area").str.contains(CODE).fill_null(False), "area", "a code such as EE1"
            ),
            "no district": Reason(pl.col("district").is_null(), "district", "a district's name"),
            "district given before": Reason(
                ~pl.struct("area", "district").is_first_distinct(),
                "district",
                "each district of an area once",
            ),
        },
        faults=faults,
    )
    as_of: date = vintage_of(
        path, option=schema.OPTION, held=map_as_of(names=used["district"].to_list())
    )
    codes = used["area"].str.to_uppercase()
    ids = pl.Series("area", [area_id(code) for code in codes], dtype=pl.String)
    areas = pl.DataFrame([ids, ("Teaching School Hub area " + codes).alias("name")])
    return HubFile(
        source=source_of(
            raw,
            prefix="hub-areas",
            title="Areas of Teaching School Hubs by district",
            licence=schema.LICENCE,
            as_of=as_of,
            rows=used.height,
        ),
        hubs=pl.DataFrame(schema=HUBS),
        footprints=pl.DataFrame(schema=FOOTPRINTS),
        areas=areas.unique("area", maintain_order=True),
        parts=used.select(ids, "district", "row"),
        set_aside=aside,
    )
