"""A picture: what it shows, said as a finding; the marks; and the table with the very same
numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.palette import PRINT
from hedgerow.reporting.table import Table

WIDE, NARROW = 660, 350
"""Widths, in CSS pixels, of the two sheets that a picture is drawn on: for a page and for a
telephone."""


@dataclass(frozen=True)
class Key:
    """An entry of a picture's key: a mark and what it stands for; a letter where marks are
    lettered.

    A shape "tie" is a line across, with its dashes behind the word: "tie 5 3".
    """

    shape: str
    tone: str
    label: str
    letter: str = ""

    def svg(self, *, stands_alone: bool = False) -> str:
        """Draw the mark by itself, for a key beside the picture."""
        drawing = Drawing(18, 18)
        if self.shape == "line":
            drawing.line([(9, 1), (9, 17)], self.tone, thickness=3)
        elif self.shape.startswith("tie"):
            thickness = 2.6 if self.shape == "tie" else 2
            dash = self.shape.removeprefix("tie").strip()
            drawing.line([(0, 9), (18, 9)], self.tone, thickness=thickness, dash=dash)
        elif self.shape == "band":
            drawing.rect(0, 5, 18, 8, self.tone)
        elif self.shape == "bar":
            drawing.rect(1, 4, 16, 10, self.tone, edge="ink", thickness=0.8)
        else:
            drawing.mark(self.shape, 9, 9, 8 if self.letter else 6, self.tone)
        if self.letter:
            drawing.text(9, 13, self.letter, size=11, tone="paper", anchor="middle", is_bold=True)
        return drawing.ornament(PRINT if stands_alone else None)


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture of a place, defined once for page, report and notebook.

    Parameters
    ----------
    id : str
        Unique within a report.
    title : str
        The finding that the picture shows, as a sentence without its full stop.
    description : str
        What is drawn, for those who do not see it.
    caveat : str
        The one thing most likely to mislead.
    sources : tuple of str
        Titles of the sources.
    as_of : datetime.date
        The day that the facts describe.
    table : Table
        The numbers that are drawn, all of them and no others.
    draw : callable
        From a width in CSS pixels to a drawing.
    keys : tuple of Key
    """

    id: str
    title: str
    description: str
    caveat: str
    sources: tuple[str, ...]
    as_of: date
    table: Table
    draw: Callable[[int], Drawing]
    keys: tuple[Key, ...] = ()

    def svg(self, width: int = WIDE, *, stands_alone: bool = True) -> str:
        """Write the picture as SVG; with its own colours where it stands alone, else with the
        page's."""
        return self.draw(width).svg(
            title=self.title,
            description=self.description,
            identifier=f"{self.id}-{width}",
            tones=PRINT if stands_alone else None,
            name="wide" if width == WIDE else "narrow",
        )

    def _repr_html_(self) -> str:
        """Show the picture in a notebook, with its key and its caveat."""
        keys = "".join(
            f"<span style='margin-right:1em'>{key.svg(stands_alone=True)} "
            f"{escape(key.label)}</span>"
            for key in self.keys
        )
        return (
            f"<figure><figcaption><strong>{escape(self.title)}</strong></figcaption>"
            f"{self.svg()}<p>{keys}</p><p>{escape(self.caveat)}</p></figure>"
        )
