"""Tables and figures of the findings in Markdown."""

from __future__ import annotations

from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.table import Table
from hedgerow.reporting.wording import day_text


def figure_markdown(picture: Picture, folder: str) -> str:
    """Give a figure with its key, caveat and table; its SVG lies in the folder."""
    keys = "; ".join(f"{key.shape}: {key.label}" for key in picture.keys)
    return "\n\n".join(
        part
        for part in (
            f"**{picture.title}**",
            f"![{picture.description}]({folder}/{picture.id}.svg)",
            f"Key: {keys}." if keys else "",
            f"{picture.caveat} Sources are listed in the register of {day_text(picture.as_of)}.",
            table_markdown(picture.table) if picture.id != "types-map" else _map_words(picture),
        )
        if part
    )


def _map_words(picture: Picture) -> str:
    return (
        f"The table of the {picture.table.height} places on the map is in the workbook that the "
        "command at the end of this page writes."
    )


def table_markdown(table: Table) -> str:
    """Give a table with its caption and note; nothing for an empty one."""
    if not table.height:
        return ""
    heads = [column.heading for column in table.columns]
    rules = ["---:" if column.is_number else "---" for column in table.columns]
    rows = [f"| {' | '.join(cell_text(cell) for cell in row)} |" for row in table.cells()]
    lines = [f"| {' | '.join(heads)} |", f"|{'|'.join(rules)}|", *rows]
    note = f"\n\n{table.note}" if table.note else ""
    return f"*{table.caption}*\n\n" + "\n".join(lines) + note


def cell_text(value: object) -> str:
    """Give what stands in a cell, so that it cannot break the row."""
    if value is None:
        return "–"
    return str(value).replace("|", "\\|").replace("\n", " ")
