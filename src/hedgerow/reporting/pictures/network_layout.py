"""Where the organisations of a network stand: a band for each kind, in each band near those that
they are tied to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hedgerow.reporting.pictures.network_data import LAYERS, Network, Node
from hedgerow.reporting.pictures.picture import WIDE

SLOT, SLOT_HEIGHT = 108.0, 40.0
"""Room of a node with its label beneath."""
SMALL_SLOT, SMALL_HEIGHT = 24.0, 27.0
"""Room of a node whose label stands elsewhere, if anywhere."""
NARROW_SLOT, NARROW_HEIGHT, NARROW_SMALL_HEIGHT = 160.0, 48.0, 32.0
"""The same on a sheet narrower than `WIDE`, where type is larger: two organisations to a row."""
FEW = 30
"""Up to so many nodes of a band each have their label."""
HEADING, GAP, MARGIN = 22.0, 12.0, 8.0
SWEEPS = 6


@dataclass(frozen=True)
class Band:
    """A layer's strip of the sheet: which, its heading, from where to where it goes, how much room
    each node has across, and whether each has a label beneath it."""

    layer: str
    heading: str
    top: float
    bottom: float
    slot: float
    is_labelled: bool


@dataclass(frozen=True)
class Layout:
    """A place for every node.

    Attributes
    ----------
    at : mapping of str to tuple of float
    bands : tuple of Band
    width, height : float
    """

    at: Mapping[str, tuple[float, float]]
    bands: tuple[Band, ...]
    width: float
    height: float


def laid_out(
    found: Network, width: float = WIDE, saved: Mapping[str, tuple[float, float]] | None = None
) -> Layout:
    """Give a place to every node of a network.

    Layers stand one beneath another in the order of `LAYERS`. Within a layer nodes are ordered by
    the mean place of those in other layers that they are tied to, over a few sweeps (barycentres),
    and fill columns from the left.

    Parameters
    ----------
    found : Network
    width : float
        Of the sheet.
    saved : mapping of str to tuple of float, optional
        Places on a sheet of width `WIDE` that somebody chose; other nodes stand where they would.
    """
    by_layer = {layer: [one for one in found.nodes if one.layer == layer] for layer in LAYERS}
    by_layer = {layer: nodes for layer, nodes in by_layer.items() if nodes}
    order = _ordered(found, by_layer)
    at: dict[str, tuple[float, float]] = {}
    bands = []
    top = MARGIN
    for layer, nodes in by_layer.items():
        is_labelled = len(nodes) <= FEW or layer != "schools"
        least, tall = _room(width, is_labelled=is_labelled)
        across = max(1, int((width - 2 * MARGIN) / least))
        rows = -(-len(nodes) // across)
        across = -(-len(nodes) // rows)  # rows as even as can be
        slot = (width - 2 * MARGIN) / across
        for place, one in enumerate(order[layer]):
            # down each column, so that left and right mean the same in every band
            column, row = divmod(place, rows)
            aside = (0.0, 0.16, -0.16)[row % 3] * slot if not is_labelled else 0.0
            at[one] = (
                MARGIN + (column + 0.5) * slot + aside,
                top + HEADING + (row + 0.5) * tall - (6 if is_labelled else 0),
            )
        bottom = top + HEADING + rows * tall
        bands.append(Band(layer, LAYERS[layer][0], top, bottom, slot, is_labelled))
        top = bottom + GAP
    height = top
    for one, (x, y) in (saved or {}).items():
        if one in at:
            at[one] = (
                min(max(x * width / WIDE, MARGIN), width - MARGIN),
                min(max(y, MARGIN), height - MARGIN) if width == WIDE else at[one][1],
            )
    return Layout(at, tuple(bands), width, height)


def _room(width: float, *, is_labelled: bool) -> tuple[float, float]:
    if width < WIDE:
        return (NARROW_SLOT, NARROW_HEIGHT) if is_labelled else (SMALL_SLOT, NARROW_SMALL_HEIGHT)
    return (SLOT, SLOT_HEIGHT) if is_labelled else (SMALL_SLOT, SMALL_HEIGHT)


def _ordered(found: Network, by_layer: Mapping[str, list[Node]]) -> dict[str, list[str]]:
    order = {layer: [one.id for one in nodes] for layer, nodes in by_layer.items()}
    layer_of = {one.id: one.layer for one in found.nodes}
    tied: dict[str, list[str]] = {one.id: [] for one in found.nodes}
    for tie in found.ties:
        if layer_of[tie.start] != layer_of[tie.end]:
            tied[tie.start].append(tie.end)
            tied[tie.end].append(tie.start)
    for _ in range(SWEEPS):
        for layer in order:
            place = {
                one: (number + 0.5) / len(held)
                for held in order.values()
                for number, one in enumerate(held)
            }
            mean = {
                one: sum(place[other] for other in tied[one]) / len(tied[one])
                if tied[one]
                else place[one]
                for one in order[layer]
            }
            order[layer] = [one for _, one in sorted((mean[one], one) for one in order[layer])]
    return order
