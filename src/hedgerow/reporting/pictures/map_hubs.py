"""Hubs on a map: which lie in its window, which beyond, and how they are marked and named."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hedgerow.features.designated_hubs import hubs_here
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.map_frame import Frame
from hedgerow.reporting.pictures.picture import Key

MOST_LETTERED = 12
"""Up to so many hubs are lettered; with more the key would be longer than the map."""


@dataclass(frozen=True, eq=False)
class MapHubs:
    """The hubs that serve a place, as its map has them.

    Attributes
    ----------
    marked : polars.DataFrame
        Hubs in the window: ``hub, name, easting, northing, letter``; letters are null where there
        are too many.
    beyond, unplaced : tuple of str
        Names of those outside the window, and of those whose position is not known.
    """

    marked: pl.DataFrame
    beyond: tuple[str, ...]
    unplaced: tuple[str, ...]

    def keys(self) -> list[Key]:
        """Name each lettered hub; many hubs share one entry."""
        if self.marked.is_empty():
            return []
        if self.marked["letter"].null_count():
            return [Key("diamond", "ink", f"hub ({self.marked.height:,})")]
        names = self.marked.select("name", "letter").iter_rows()
        return [Key("diamond", "ink", name, letter) for name, letter in names]

    def draw(self, drawing: Drawing, frame: Frame) -> None:
        """Draw the marks: diamonds with their letters, smaller without."""
        for name, easting, northing, letter in self.marked.select(
            "name", "easting", "northing", "letter"
        ).iter_rows():
            x, y = frame.at(easting, northing)
            size = 10 if letter else 5
            drawing.mark("diamond", x, y, size, "ink", edge="paper", thickness=1.5, title=name)
            if letter:
                drawing.text(
                    x, y + 4.5, letter, size=12, tone="paper", anchor="middle", is_bold=True
                )


def map_hubs(here: LocalLandscape, frame: Frame) -> MapHubs:
    """Sort the hubs that serve a place by where they are seen from its map."""
    hubs = hubs_here(here).sort("hub_kind", "name")
    placed = hubs.filter(pl.col("easting").is_not_null())
    is_inside = pl.col("easting").is_between(frame.west, frame.east) & pl.col(
        "northing"
    ).is_between(frame.south, frame.north)
    inside = placed.filter(is_inside).select("hub", "name", "easting", "northing")
    is_lettered = inside.height <= MOST_LETTERED
    letters = [chr(ord("A") + number) if is_lettered else None for number in range(inside.height)]
    return MapHubs(
        marked=inside.with_columns(pl.Series("letter", letters, pl.String)),
        beyond=tuple(placed.filter(~is_inside)["name"]),
        unplaced=tuple(hubs.filter(pl.col("easting").is_null())["name"]),
    )
