"""The network of a place as a picture: organisations in layers, ties as lines, and the same as
tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl

from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.reporting.drawing import Drawing, fitted, text_width
from hedgerow.reporting.pictures.network_data import (
    LAYERS,
    TIES,
    Network,
    Node,
    Tie,
    kind_words,
)
from hedgerow.reporting.pictures.network_layout import SLOT, Layout, laid_out
from hedgerow.reporting.pictures.picture import WIDE, Key, Picture
from hedgerow.reporting.pictures.sources import titles_of
from hedgerow.reporting.table import Column, Table

MARKS = {
    "state": ("square", "maintained"),
    "hubs": ("diamond", "ink"),
    "trusts": ("pentagon", "first"),
    "associations": ("triangle", "third"),
    "schools": ("circle", "hollow"),
}
"""Shape and tone of the nodes of each layer; a group is a larger mark."""
LINES = {
    "governing": ("soft", 0.8, ""),
    "hubs": ("fifth", 1.2, "1 3"),
    "membership": ("third", 1.2, "5 3"),
    "people": ("second", 2.6, ""),
    "projects": ("fourth", 1.6, "8 3 2 3"),
    "learning": ("first", 0.8, "3 2"),
}
"""Tone, thickness and dashes of the ties of each layer."""
TEXT, NARROW_TEXT = 10.0, 13.0
"""Size of labels on a wide and on a narrow sheet, so that they can be read on a telephone."""
RADIUS = 4.6
TALL, UPRIGHT, BOW = 70.0, 20.0, 44.0
"""Ties longer than the first and leaning less than the second are bowed aside by the third."""
MOST_LABELS, NARROW_MOST_LABELS = 40, 8
"""Nodes of a crowded band that are given a label where it touches nothing, by sheet."""


@dataclass(frozen=True)
class Highlight:
    """What stands out in a drawing.

    Attributes
    ----------
    node : str or None
        With its neighbours; the rest is pale.
    person : str or None
        Ties that would go with this person are drawn as gone.
    """

    node: str | None = None
    person: str | None = None


def network_picture(
    here: LocalLandscape,
    found: Network,
    highlight: Highlight = Highlight(),  # frozen, so that it can be shared
    saved: Mapping[str, tuple[float, float]] | None = None,
) -> Picture:
    """Give the network as a picture, with the table of its ties.

    Parameters
    ----------
    here : LocalLandscape
    found : Network
    highlight : Highlight
    saved : mapping of str to tuple of float, optional
        Places of nodes that somebody chose, on the wide sheet.
    """
    drawn = {one.layer for one in found.ties}
    keys = [
        Key(*MARKS[layer], f"{LAYERS[layer][0].lower()} ({count:,})")
        for layer in LAYERS
        for count in [sum(len(one.members) for one in found.nodes if one.layer == layer)]
        if count
    ]
    keys += [
        Key(f"tie {LINES[layer][2]}".strip(), LINES[layer][0], TIES[layer][0].lower())
        for layer in TIES
        if layer in drawn
    ]
    if highlight.person is not None:
        keys.append(Key("tie 2 4", "ink", "would go"))
    return Picture(
        id="network",
        title=_title(found),
        description="Organisations in layers: the state, hubs, trusts, associations and others, "
        "schools. Lines are ties between them; line and dashes say of which kind. The tables list "
        "what is drawn.",
        caveat=_caveat(found),
        sources=titles_of(here, pl.Series(found.source_ids, dtype=pl.String)),
        as_of=here.on,
        table=ties_table(found, highlight.person),
        draw=partial(_draw, found, highlight, saved),
        keys=tuple(keys),
    )


def _title(found: Network) -> str:
    many = sum(len(one.members) for one in found.nodes)
    ties = sum(len(one.carriers) for one in found.ties)
    carried = sum(person is not None for one in found.ties for person in one.carriers)
    if not ties:
        return f"{many:,} organisations, and no tie of these kinds between them on record"
    by = ", all carried by people" if carried == ties else ""
    by = f", {carried:,} of them carried by a person" if 0 < carried < ties else by
    return f"{many:,} organisations and {ties:,} ties between them{by}"


def _caveat(found: Network) -> str:
    said = ["A tie that nobody recorded is not drawn, and may be there all the same."]
    grouped = [one for one in found.nodes if len(one.members) > 1]
    if grouped:
        inside = f"; {found.inside:,} ties within these are not drawn" if found.inside else ""
        said.append(
            f"{sum(len(one.members) for one in grouped):,} organisations are drawn as "
            f"{len(grouped):,} groups{inside}."
        )
    if found.untied_trusts:
        many = found.untied_trusts
        said.append(
            f"{many:,} trust{'' if many == 1 else 's'} with no school counted here and no tie of "
            f"these kinds {'is' if many == 1 else 'are'} left out."
        )
    if not found.persons:
        said.append("Nobody's roles here are on record that may be shown by name.")
    return " ".join(said)


def ties_table(found: Network, person: str | None = None) -> Table:
    """List every tie that is drawn, with who carries it."""
    names = {one.id: one.name for one in found.nodes}
    rows = []
    for one in found.ties:
        carriers = sorted(
            {found.persons.get(carrier, "somebody from elsewhere") for carrier in one.carriers
             if carrier is not None}
        )  # fmt: skip  # one thought, two lines
        rows.append(
            {
                "start": names[one.start],
                "kinds": "; ".join(kind_words(kind) for kind in one.kinds),
                "end": names[one.end],
                "layer": TIES[one.layer][0],
                "ties": len(one.carriers),
                "carriers": "; ".join(carriers) or None,
                "gone": one.would_go(person),
            }
        )
    schema = {
        "start": pl.String,
        "kinds": pl.String,
        "end": pl.String,
        "layer": pl.String,
        "ties": pl.Int64,
        "carriers": pl.String,
        "gone": pl.Int64,
    }
    columns = (
        Column("start", "organisation"),
        Column("kinds", "tie"),
        Column("end", "to"),
        Column("layer", "drawn as"),
        Column("ties", "ties", "count"),
        Column("carriers", "carried by"),
        *((Column("gone", "would go", "count"),) if person is not None else ()),
    )
    return Table("ties", "Ties of the network", columns, pl.DataFrame(rows, schema=schema))


def organisations_table(found: Network) -> Table:
    """List every node that is drawn, with how many others it is tied to; ``id`` is its own."""
    tied: dict[str, set[str]] = {one.id: set() for one in found.nodes}
    many = dict.fromkeys(tied, 0)
    for tie in found.ties:
        tied[tie.start].add(tie.end)
        tied[tie.end].add(tie.start)
        for end in (tie.start, tie.end):
            many[end] += len(tie.carriers)
    rows = [
        (one.id, one.name, LAYERS[one.layer][0], kind_words(one.kind), len(one.members),
         len(tied[one.id]), many[one.id])
        for one in found.nodes
    ]  # fmt: skip  # in the order of the columns
    columns = (
        Column("name", "organisation"),
        Column("layer", "layer"),
        Column("kind", "kind"),
        Column("members", "organisations in it", "count"),
        Column("tied", "tied to", "count"),
        Column("ties", "ties", "count"),
    )
    schema = {
        "id": pl.String,
        "name": pl.String,
        "layer": pl.String,
        "kind": pl.String,
        "members": pl.Int64,
        "tied": pl.Int64,
        "ties": pl.Int64,
    }
    return Table(
        "organisations",
        "Organisations of the network",
        columns,
        pl.DataFrame(rows, schema=schema, orient="row"),
    )


def _draw(
    found: Network,
    highlight: Highlight,
    saved: Mapping[str, tuple[float, float]] | None,
    width: int,
) -> Drawing:
    layout = laid_out(found, width, saved)
    drawing = Drawing(layout.width, layout.height)
    size = text_size(width)
    for band in layout.bands:
        drawing.line([(0, band.top), (width, band.top)], "rule", thickness=0.7)
    near = (
        found.neighbours(highlight.node) | {highlight.node} if highlight.node is not None else None
    )
    pale = [one for one in found.ties if _is_pale(one, highlight)]
    for one in pale:
        drawing.path(_path(layout, one), edge="rule", thickness=0.5)
    for one in found.ties:
        if _is_pale(one, highlight):
            continue
        tone, thickness, dash = LINES[one.layer]
        if one.would_go(highlight.person) == len(one.carriers):
            tone, thickness, dash = "ink", 1.8, "2 4"
        elif highlight.node is not None:
            thickness += 0.6
        drawing.path(_path(layout, one), edge=tone, thickness=thickness, dash=dash)
    for band in layout.bands:
        drawing.text(
            8, band.top + 14, band.heading, size=size + 1, tone="soft", is_bold=True, halo=True
        )
    _nodes(drawing, layout, found, near)
    return drawing


def text_size(width: float) -> float:
    """Give the size of labels on a sheet of a width."""
    return TEXT if width >= WIDE else NARROW_TEXT


def _is_pale(one: Tie, highlight: Highlight) -> bool:
    if highlight.node is not None and highlight.node not in (one.start, one.end):
        return True
    return highlight.person is not None and not one.would_go(highlight.person)


def _path(layout: Layout, one: Tie) -> str:
    (x1, y1), (x2, y2) = layout.at[one.start], layout.at[one.end]
    if abs(y1 - y2) > TALL and abs(x1 - x2) < UPRIGHT:
        # down a column a straight line would run through the nodes between
        aside = BOW if (x1 + x2) / 2 < layout.width / 2 else -BOW
        middle = (x1 + x2) / 2 + aside
        return f"M{x1:.1f} {y1:.1f}Q{middle:.1f} {(y1 + y2) / 2:.1f} {x2:.1f} {y2:.1f}"
    if abs(y1 - y2) > 2:
        return f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
    # along a row a straight line would run through the nodes between
    rise = min(26.0, 8 + abs(x2 - x1) * 0.12)
    return f"M{x1:.1f} {y1:.1f}Q{(x1 + x2) / 2:.1f} {y1 - rise * 2:.1f} {x2:.1f} {y2:.1f}"


Box = tuple[float, float, float, float]


def _nodes(drawing: Drawing, layout: Layout, found: Network, near: set[str] | None) -> None:
    taken: list[Box] = []
    for one in found.nodes:
        x, y = layout.at[one.id]
        shape, tone = MARKS[one.layer]
        is_pale = near is not None and one.id not in near
        radius = RADIUS * (1.6 if len(one.members) > 1 else 1)
        drawing.mark(
            shape,
            x,
            y,
            radius,
            "hollow" if is_pale else tone,
            edge="rule" if is_pale else "paper" if tone == "ink" else "ink",
            title=f"{one.name}, {kind_words(one.kind)}",
        )
        taken.append((x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1))
    room = {band.layer: (band.slot if band.is_labelled else SLOT) - 5 for band in layout.bands}
    size = text_size(layout.width)
    most = MOST_LABELS if layout.width >= WIDE else NARROW_MOST_LABELS
    for one in _by_weight(found, near, most):
        label = _label(layout, one, room[one.layer], taken)
        if label is not None:
            box, words = label
            taken.append(box)
            drawing.text(
                (box[0] + box[2]) / 2, box[3] - 2, words, size=size, anchor="middle", halo=True,
                is_bold=near is not None,
            )  # fmt: skip  # where, what, how


def _by_weight(found: Network, near: set[str] | None, most: int) -> list[Node]:
    """Nodes that may have a label: those that stand out, else those above schools and then schools
    by how many ties they have."""
    if near is not None:
        return [one for one in found.nodes if one.id in near]
    weight: dict[str, int] = {}
    for tie in found.ties:
        for end in (tie.start, tie.end):
            weight[end] = weight.get(end, 0) + 1
    above = [one for one in found.nodes if one.layer != "schools"]
    schools = [one for one in found.nodes if one.layer == "schools"]
    schools.sort(key=lambda one: (-weight.get(one.id, 0), one.id))
    return above + schools[:most]


def _label(layout: Layout, one: Node, room: float, taken: list[Box]) -> tuple[Box, str] | None:
    """Find room for a label beneath, else above a node, kept on the sheet; None where there is
    none."""
    x, y = layout.at[one.id]
    size = text_size(layout.width)
    words = fitted(one.name, room, size)
    wide = text_width(words, size)
    left = min(max(x - wide / 2, 2), layout.width - wide - 2)
    radius = RADIUS * (1.6 if len(one.members) > 1 else 1)
    for low in (y + radius + size + 3, y - radius - 2):
        box = (left, low - size, left + wide, low + 2)
        if not any(_touch(box, other) for other in taken):
            return box, words
    return None


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
