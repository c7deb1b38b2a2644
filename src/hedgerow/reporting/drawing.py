"""A drawing: marks placed on a sheet, written out as SVG that names tones and never colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from hedgerow.reporting.palette import PRINT, fill, stroke, tones_css

FONT = "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', 'Segoe UI', Arial, sans-serif"
MEAN_ADVANCE = 0.51
"""Mean width of a character in ems, used to tell whether a label has room; generous, so that text
never collides."""

SHAPES = ("circle", "square", "triangle", "wedge", "pentagon", "cross", "diamond")


def _n(value: float) -> str:
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def text_width(text: str, size: float) -> float:
    """Give the width that a text is taken to need, in the drawing's units."""
    return len(text) * size * MEAN_ADVANCE


def fitted(text: str, room: float, size: float) -> str:
    """Shorten a text with an ellipsis where it has too little room."""
    most = int(room / (size * MEAN_ADVANCE))
    return text if len(text) <= most else text[: max(1, most - 1)].rstrip(" ,-–&") + "…"


def printable(text: str) -> str:
    """Leave out the control characters that XML does not allow.

    Those from U+0080 to U+009F are punctuation of the old Windows encoding that somebody once read
    as another: they become what they were meant to be.
    """
    return "".join(
        one if one < "\x7f" or one > "\x9f" else one.encode("latin-1").decode("cp1252", "ignore")
        for one in text
        if (one >= " " or one in "\t\n") and one != "\x7f"
    )


class Drawing:
    """Marks on a sheet of a given size, in order from back to front.

    Parameters
    ----------
    width, height : float
        Size of the sheet in its own units, which are CSS pixels at full size.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []

    def line(
        self,
        points: Sequence[tuple[float, float]],
        tone: str,
        *,
        thickness: float = 1,
        dash: str = "",
        ends: str = "",
    ) -> None:
        """Draw a line through points."""
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        self.path(path, edge=tone, thickness=thickness, dash=dash, ends=ends)

    def path(
        self,
        path: str,
        *,
        tone: str | None = None,
        edge: str | None = None,
        thickness: float = 1,
        dash: str = "",
        ends: str = "",
        title: str = "",
    ) -> None:
        """Draw a path given in SVG's own notation."""
        extra = f' stroke-width="{_n(thickness)}"' if edge else ""
        extra += f' stroke-dasharray="{dash}"' if dash else ""
        extra += f' stroke-linecap="{ends}"' if ends else ""
        self._element("path", {"d": path}, tone, edge, extra, title)

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        tone: str | None,
        *,
        edge: str | None = None,
        thickness: float = 1,
        title: str = "",
    ) -> None:
        """Draw a rectangle."""
        numbers = {"x": x, "y": y, "width": width, "height": height}
        extra = f' stroke-width="{_n(thickness)}"' if edge else ""
        given = {name: _n(value) for name, value in numbers.items()}
        self._element("rect", given, tone, edge, extra, title)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 15,
        tone: str = "ink",
        anchor: str = "start",
        is_bold: bool = False,
        halo: bool = False,
    ) -> None:
        """Write words with their baseline at ``y``; a halo in the paper's tone keeps them legible
        over marks."""
        extra = f' text-anchor="{anchor}"' if anchor != "start" else ""
        extra += ' font-weight="700"' if is_bold else ""
        place = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"'
        said = escape(printable(words))
        classes = fill(tone)
        if halo:
            classes += f" {stroke('paper')}"
            extra += ' stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
        self._parts.append(f'<text class="{classes}" {place}{extra}>{said}</text>')

    def mark(
        self,
        shape: str,
        x: float,
        y: float,
        radius: float,
        tone: str,
        *,
        edge: str = "ink",
        thickness: float = 0.8,
        title: str = "",
    ) -> None:
        """Draw a mark of one of `SHAPES` around a point; its title is shown when a pointer rests on
        it."""
        if shape == "circle":
            given = {"cx": _n(x), "cy": _n(y), "r": _n(radius)}
            self._element("circle", given, tone, edge, f' stroke-width="{_n(thickness)}"', title)
            return
        self.path(
            mark_path(shape, x, y, radius), tone=tone, edge=edge, thickness=thickness, title=title
        )

    def dots(self, points: Iterable[tuple[float, float]], tone: str, diameter: float) -> None:
        """Draw many equal dots as one path: small in the file, without titles."""
        path = "".join(f"M{_n(x)} {_n(y)}h0" for x, y in points)
        if path:
            self.path(path, edge=tone, thickness=diameter, ends="round")

    def _element(
        self,
        name: str,
        given: Mapping[str, str],
        tone: str | None,
        edge: str | None,
        extra: str,
        title: str,
    ) -> None:
        classes = [fill(tone) if tone else "f-none", *([stroke(edge)] if edge else [])]
        said = " ".join(f'{key}="{value}"' for key, value in given.items())
        opening = f'<{name} class="{" ".join(classes)}" {said}{extra}'
        if title:
            self._parts.append(f"{opening}><title>{escape(printable(title))}</title></{name}>")
        else:
            self._parts.append(f"{opening}/>")

    def svg(
        self,
        *,
        title: str,
        description: str = "",
        identifier: str = "drawing",
        tones: Mapping[str, str] | None = PRINT,
        name: str = "",
    ) -> str:
        """Write the drawing out.

        Parameters
        ----------
        title, description : str
            Read out in place of the drawing.
        identifier : str
            Unique within the page.
        tones : mapping of str to str or None
            Colours to write into it, so that it stands alone; None where the page has rules for the
            tones.
        name : str
            Class of the outermost element.
        """
        style = f"<style>.f-none{{fill:none}}{tones_css(tones)}</style>" if tones else ""
        named = f' class="{name}"' if name else ""
        labelled = f"{identifier}-title"
        said = f'<title id="{identifier}-title">{escape(printable(title))}</title>'
        if description:
            labelled += f" {identifier}-desc"
            said += f'<desc id="{identifier}-desc">{escape(printable(description))}</desc>'
        size = f"{_n(self.width)} {_n(self.height)}"
        # a width in numbers only where it stands alone: in a page the style sheet sets it
        extent = f' width="{_n(self.width)}" height="{_n(self.height)}"' if tones else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg"{named} viewBox="0 0 {size}"{extent} '
            f'role="img" aria-labelledby="{labelled}" font-family="{FONT}">'
            f"{said}{style}{''.join(self._parts)}</svg>"
        )

    def ornament(self, tones: Mapping[str, str] | None = None) -> str:
        """Write the drawing out for use beside words that say the same: hidden from those who
        listen."""
        style = f"<style>.f-none{{fill:none}}{tones_css(tones)}</style>" if tones else ""
        width, height = _n(self.width), _n(self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" aria-hidden="true" font-family="{FONT}">'
            f"{style}{''.join(self._parts)}</svg>"
        )


def mark_path(shape: str, x: float, y: float, radius: float) -> str:
    """Give the outline of a mark of one of `SHAPES` but the circle, of about the circle's area.

    Raises
    ------
    ValueError
        If there is no such shape.
    """
    corners: dict[str, tuple[float, list[tuple[float, float]]]] = {
        "square": (0.9, [(-1, -1), (1, -1), (1, 1), (-1, 1)]),
        "triangle": (1.25, [(0, -1), (0.95, 0.75), (-0.95, 0.75)]),
        "wedge": (1.25, [(0, 1), (0.95, -0.75), (-0.95, -0.75)]),
        "pentagon": (1.1, [(0, -1), (0.95, -0.31), (0.59, 0.81), (-0.59, 0.81), (-0.95, -0.31)]),
        "diamond": (1.3, [(0, -1), (1, 0), (0, 1), (-1, 0)]),
        "cross": (
            1.05,
            [
                (-1, -0.35), (-0.35, -0.35), (-0.35, -1), (0.35, -1), (0.35, -0.35), (1, -0.35),
                (1, 0.35), (0.35, 0.35), (0.35, 1), (-0.35, 1), (-0.35, 0.35), (-1, 0.35),
            ],
        ),
    }  # fmt: skip  # the cross reads better as three lines of corners
    if shape not in corners:
        raise ValueError(f"there is no mark {shape!r}; known: {', '.join(SHAPES)}")
    scale, points = corners[shape]
    placed = (f"{_n(x + radius * scale * dx)} {_n(y + radius * scale * dy)}" for dx, dy in points)
    return "M" + "L".join(placed) + "Z"
