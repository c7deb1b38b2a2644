"""What a user has to have for an indicator: files of a register and sheets of a fieldbook, in their
own words."""

from __future__ import annotations

from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.sheets import SheetSpec, in_words
from hedgerow.landscape.indicators import Indicator
from hedgerow.landscape.measures import MEASURES

HOW_TO = "../../../how-to/"
REGISTER = f"[register]({HOW_TO}build-a-register.md)"
FIELDBOOK = f"[fieldbook]({HOW_TO}fill-in-a-fieldbook.md)"
GIAS = f"[extract of establishments]({HOW_TO}gias-files.md)"
HUBS = f"[hubs file]({HOW_TO}hubs-file.md)"

ALWAYS = f"The schools of the place: the {GIAS} in a {REGISTER} (`--gias`)."

FROM_FILES: dict[str, str] = {
    "ties.governs": "Which trust each academy is in: the extract of establishments, or group link "
    "records, which also say since when (`--links`).",
    "ties.succeeds": "Which school came after which: links between establishments "
    "(`--successors`).",
    "ties.covers": f"Which schools each hub is there for: a {HUBS} (`--hubs`).",
    "ties.hosts": f"Who hosts each hub: a {HUBS} (`--hubs`).",
    "area_parts": f"Which districts make up the areas of hubs: a {HUBS} (`--hubs`).",
    "areas.outline": "Outlines of districts (`--boundaries`), unless the place is a circle or a "
    "drawn area.",
    "organisations.easting": "Where each school lies: the extract of establishments, or its "
    "postcode (`--postcodes`).",
    "organisations.region": "The region of each school: the extract of establishments.",
    "organisations.authority": "The authority of each school: the extract of establishments.",
    "organisations.district": "The district of each school: the extract of establishments.",
    "organisations.opened": "The day on which each school opened: the extract of establishments.",
    "schools.status": "Which schools are academies: the extract of establishments.",
    "schools.route": "Whether an academy is a converter, sponsored or new: the extract of "
    "establishments.",
    "schools.pupils": "Pupils on roll on the day of the register: the extract of establishments.",
    "schools.phase": "The phase of each school: the extract of establishments.",
    "schools.rural": "Whether a school lies in the country: the extract of establishments.",
    "observations.pupils": "Pupils on roll: the extract of establishments, or a school census "
    "(`--census`).",
    "observations.fsm_eligible": "Pupils eligible for free school meals: the extract of "
    "establishments, or a school census (`--census`).",
    "observations.eal_pupils": "Pupils with English as an additional language: a school census "
    "(`--census`).",
    "observations.imd_decile": "Deprivation around each school: the English indices of "
    "deprivation (`--imd`, and `--lsoa` where areas were drawn anew).",
    "observations.ks2_maths_expected": "Key stage 2 results by school (`--ks2`).",
    "observations.ks2_maths_high": "Key stage 2 results by school (`--ks2`).",
    "observations.ks2_maths_progress": "Key stage 2 results by school (`--ks2`).",
    "observations.inspection_grade": "Inspection outcomes (`--ofsted`), or an extract of "
    "establishments that has grades.",
    "observations.schools_in_link_records": "All group link records (`--links`).",
    "observations.hub_capacity": f"Places that each hub offers, where known: a {HUBS} (`--hubs`).",
}
"""Needs that files of open data meet."""

OTHER_WAYS = {
    "Participation": f"[Attendance spreadsheets]({HOW_TO}attendance-files.md) do as well.",
    "Ties": f"A [network]({HOW_TO}networks.md) collected elsewhere does as well.",
}
"""How else a sheet can be filled."""


def sheets_of(table: str, part: str) -> tuple[SheetSpec, ...]:
    """Give the sheets of a fieldbook whose rows go into a table, or into that part of it."""
    found = tuple(one for one in SHEETS if one.table == table)
    fixed = tuple(one for one in found if part and part in one.fixed.values())
    return fixed or tuple(one for one in found if not one.fixed)


def needed(declared: Indicator) -> list[str]:
    """Give what an indicator needs, a sentence each: files first, then sheets.

    Raises
    ------
    ValueError
        If neither a file nor a sheet is known to hold one of its needs.
    """
    files = [FROM_FILES[need] for need in declared.needs if need in FROM_FILES]
    about: dict[str, str] = {}
    parts: dict[str, dict[str, list[str]]] = {}
    for need in declared.needs:
        if need in FROM_FILES:
            continue
        table, _, part = need.partition(".")
        sheets = sheets_of(table, part)
        if not sheets:
            raise ValueError(f"{declared.id} needs {need}, which no file and no sheet holds")
        for sheet in sheets:
            about[sheet.title] = sheet.about
            of_sheet = parts.setdefault(sheet.title, {})
            if part and part not in sheet.fixed.values():
                kind, words = part_in_words(sheet, part)
                of_sheet.setdefault(kind, []).append(words)
    lines = list(dict.fromkeys(files))
    for title, of_sheet in parts.items():
        said = [f"Sheet *{title}* of a {FIELDBOOK}. {about[title]}"]
        said += [f"{kind}: {'; '.join(dict.fromkeys(words))}." for kind, words in of_sheet.items()]
        lines.append(" ".join([*said, *([OTHER_WAYS[title]] if title in OTHER_WAYS else [])]))
    return [ALWAYS, *lines]


def part_in_words(sheet: SheetSpec, part: str) -> tuple[str, str]:
    """Say what of a sheet matters: a column by its heading, a figure, or a value of its list."""
    for column in sheet.shown:
        if column.name == part:
            return "Columns that matter", f"*{column.heading}*"
    if part in MEASURES:
        return "Figure", MEASURES[part]
    return "Of these", in_words(part)
