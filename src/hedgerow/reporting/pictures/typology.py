"""Pictures of a typology: where the types are, the continuum they lie in, what each is like, how
sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.localities.typology.portraits import portraits
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.map_frame import Frame, framed, scale_bar, sheet_of
from hedgerow.reporting.pictures.outlines import paths
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.rows import Range, Spread, ranges, spreads
from hedgerow.reporting.scales import Axis
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.typology_tables import answer_unit, continuum_table

if TYPE_CHECKING:
    from hedgerow.localities.typology.answer import Answer
    from hedgerow.localities.typology.kinds import LocalityType

LOOKS = (
    ("circle", "first"),
    ("square", "second"),
    ("triangle", "third"),
    ("diamond", "fourth"),
    ("wedge", "fifth"),
    ("pentagon", "band-16+"),
    ("cross", "others"),
    ("circle", "band-2-5"),
)
"""Mark and tone of each type: shapes tell them apart without colour."""
WIDEST_DEVIATION = 2.5


def look_of(label: int) -> tuple[str, str]:
    """Give the mark and tone of a type; of a place without one, the plain circle."""
    return ("circle", "maintained") if label < 0 else LOOKS[label % len(LOOKS)]


def type_keys(answer: Answer) -> tuple[Key, ...]:
    """Give the key of marks."""
    keys = []
    for place, one in enumerate(answer.typology.types):
        shape, tone = look_of(place)
        keys.append(Key(shape, tone, f"{one.letter}: {one.in_words} ({one.members.size})"))
    return tuple(keys) or (Key("circle", "maintained", answer_unit(answer)),)


def types_map(answer: Answer) -> Picture | None:
    """Give the map of types, a mark a place amid its schools; None without positions."""
    places = answer.places()
    points = positions_of(answer)
    known = ~np.isnan(points).any(axis=1)
    if not known.any():
        return None
    count = len(answer.typology.types)
    title = (
        f"{count} kinds of {answer_unit(answer)}, and where they are"
        if count
        else f"Where the {answer.units_in_words} are that were described"
    )
    columns = (
        Column("name", answer_unit(answer)),
        Column("type", "type"),
        Column("how_sure", "how surely"),
        Column("easting", "easting, m", "count"),
        Column("northing", "northing, m", "count"),
    )
    frame = places.with_columns(
        pl.Series("easting", points[:, 0]).fill_nan(None).round(),
        pl.Series("northing", points[:, 1]).fill_nan(None).round(),
    ).sort("name")
    nearest = (
        f"A mark says which {answer.word} a place is nearest to; how surely is in the table. "
        if count
        else ""
    )
    return Picture(
        id="types-map",
        title=title,
        description="A mark for each place at the middle of its schools; its shape says its "
        f"{answer.word}.",
        caveat=f"{nearest}Where no ground is drawn, the register has no outline of the district.",
        sources=_titles(answer),
        as_of=answer.on,
        table=Table("types-map", "Places on the map", columns, frame),
        draw=partial(_draw_map, answer, points),
        keys=type_keys(answer),
    )


def positions_of(answer: Answer) -> NDArray[np.float64]:
    """Give the mean easting and northing of the schools of each typed place; NaN where unknown."""
    schools = answer.positions
    table = answer.typology.table.school_table
    xy = np.array([schools.get(one, (np.nan, np.nan)) for one in table.ids])
    found = np.full((len(answer.typology.table.units), 2), np.nan)
    known = ~np.isnan(xy).any(axis=1)
    counts = np.bincount(table.unit[known], minlength=len(found))
    for axis in (0, 1):
        sums = np.bincount(table.unit[known], xy[known, axis], minlength=len(found))
        found[:, axis] = np.divide(sums, counts, out=np.full(len(found), np.nan), where=counts > 0)
    return found[answer.typology.entered.rows]


def _draw_map(answer: Answer, points: NDArray[np.float64], width: int) -> Drawing:
    known = ~np.isnan(points).any(axis=1)
    shapes = _shapes(answer)
    corners = np.array([shape.bounds for shape in shapes]).reshape(-1, 2)
    reached = np.vstack([points[known], corners])
    frame = framed(reached[:, 0], reached[:, 1], width)
    drawing = sheet_of(frame)
    behind = "".join(_outline(shape, frame) for shape in shapes)
    if behind:
        drawing.path(behind, tone="pale", edge="rule", thickness=0.5)
    labels = answer.typology.labels[answer.typology.entered.rows]
    names = answer.places()["name"].to_list()
    radius = max(2.6, frame.width / 150)
    for place in np.flatnonzero(known):
        shape, tone = look_of(int(labels[place]))
        x, y = frame.at(float(points[place, 0]), float(points[place, 1]))
        said = _letter(answer, int(labels[place]))
        drawing.mark(shape, x, y, radius, tone, thickness=0.6, title=f"{names[place]}{said}")
    scale_bar(drawing, frame)
    return drawing


def _shapes(answer: Answer) -> Sequence[Any]:
    import shapely

    return list(shapely.from_wkb(list(answer.outlines)))


def _outline(shape: Any, frame: Frame) -> str:
    return paths(shape, frame.at, frame.window, 3 * frame.metres)


def _letter(answer: Answer, label: int) -> str:
    return "" if label < 0 else f": {answer.word} {answer.typology.types[label].letter}"


def _titles(answer: Answer) -> tuple[str, ...]:
    return answer.source_titles


def continuum_picture(answer: Answer) -> Picture:
    """Give the places along the two directions in which they differ most."""
    typology = answer.typology
    shares = typology.continuum.shares
    held = float(shares[:2].sum())
    return Picture(
        id="continuum",
        title=f"Two directions hold {held:.0%} of the differences between {answer.units_in_words}",
        description="A mark for each place by its place along the two directions in which places "
        f"differ most; its shape says its {answer.word}.",
        caveat="Two places that are near here may differ in other directions. Groups are found in "
        "all features, not in this plane.",
        sources=_titles(answer),
        as_of=answer.on,
        table=continuum_table(answer),
        draw=partial(_draw_continuum, answer),
        keys=type_keys(answer),
    )


def _direction_words(answer: Answer, direction: int) -> tuple[str, str]:
    """What the low and the high end of a direction mean: the features that run with it most."""
    loadings = answer.typology.continuum.loadings[direction]
    features = [
        answer.typology.table.features[place].label for place in answer.typology.entered.columns
    ]
    first = int(loadings.argmax())
    last = int(loadings.argmin())
    high = f"more: {features[first].lower()}"
    if loadings[last] < -0.4:
        return f"more: {features[last].lower()}", high
    return f"less: {features[first].lower()}", high


def _draw_continuum(answer: Answer, width: int) -> Drawing:
    scores = answer.typology.continuum.scores
    x = scores[:, 0]
    y = scores[:, 1] if scores.shape[1] > 1 else np.zeros(len(scores))
    height = width * 0.72
    drawing = Drawing(width, height + 72)
    across = Axis(float(x.min()), float(max(x.max(), x.min() + 1e-9)), 14, width - 14)
    up = Axis(float(y.min()), float(max(y.max(), y.min() + 1e-9)), height - 14, 40)
    drawing.line([(8, height), (width - 8, height)], "rule")
    drawing.line([(8, height), (8, 30)], "rule")
    low, high = _direction_words(answer, 0)
    size = 13 if width > 500 else 11
    drawing.text(8, height + 20, f"← {low}", size=size, tone="soft")
    drawing.text(width - 8, height + 60, f"{high} →", size=size, tone="soft", anchor="end")
    if scores.shape[1] > 1:
        low, high = _direction_words(answer, 1)
        drawing.text(8, 16, f"↑ {high}", size=size, tone="soft")
        drawing.text(8, height + 40, f"↓ {low}", size=size, tone="soft")
    labels = answer.typology.labels[answer.typology.entered.rows]
    names = answer.places()["name"].to_list()
    for place in range(len(x)):
        shape, tone = look_of(int(labels[place]))
        drawing.mark(
            shape,
            across.at(float(x[place])),
            up.at(float(y[place])),
            max(3.0, width / 140),
            tone,
            thickness=0.6,
            title=f"{names[place]}{_letter(answer, int(labels[place]))}",
        )
    return drawing


def portrait_picture(answer: Answer, one: LocalityType) -> Picture:
    """Give what one type is like: its middle and half in each feature, before all places' half."""
    frame = portraits(answer.typology, with_context=False).filter(
        pl.col("type") == one.letter, pl.col("deviations").is_not_null()
    )
    columns = (
        Column("label", "feature"),
        Column("type_middle", f"middle of the {answer.word}", "number"),
        Column("type_quarter", f"half of the {answer.word} from", "number"),
        Column("type_three_quarters", "to", "number"),
        Column("all_middle", "middle of all", "number"),
        Column("deviations", "deviations from the middle", "number"),
    )
    return Picture(
        id=f"portrait-{one.letter.lower()}",
        title=f"{answer.word.capitalize()} {one.letter}: {one.in_words}",
        description=f"For each feature the middle of the {answer.word} with its middle half, "
        "before the middle half of all places, in robust deviations from the middle of all.",
        caveat=f"The middle of a {answer.word} hides how much its places differ: half of them lie "
        "outside the lines.",
        sources=_titles(answer),
        as_of=answer.on,
        table=Table(
            f"portrait-{one.letter}", f"What {answer.word} {one.letter} is like", columns, frame
        ),
        draw=partial(_draw_portrait, frame),
        keys=(
            Key("circle", "hedge", f"middle of the {answer.word}, with its middle half"),
            Key("band", "rule", "middle half of all places"),
        ),
    )


def _draw_portrait(frame: pl.DataFrame, width: int) -> Drawing:
    rows = []
    for row in frame.iter_rows(named=True):
        value = row["deviations"]
        rows.append(
            Range(
                label=row["label"],
                said=f"{value:+.1f}" if abs(value) >= 0.05 else "0.0",
                value=value,
                low=row["deviations_quarter"],
                high=row["deviations_three_quarters"],
                expected=0.0,
                expected_low=row["all_deviations_quarter"],
                expected_high=row["all_deviations_three_quarters"],
                title=f"{row['label']}: {row['type_middle']:.2f} in the middle of the type, "
                f"{row['all_middle']:.2f} in the middle of all",
            )
        )
    words = {-2.0: "much less", 0.0: "middle of all", 2.0: "much more"}
    return ranges(rows, width, (-WIDEST_DEVIATION, WIDEST_DEVIATION), words)


def sureness_picture(answer: Answer) -> Picture | None:
    """Give how surely the places of each type are of it; None without types."""
    if not answer.typology.types:
        return None
    own = answer.sure.own(answer.typology)
    rows, spread_rows = [], []
    for one in answer.typology.types:
        least, lower, middle, upper, most = np.quantile(own[one.members], [0, 0.25, 0.5, 0.75, 1])
        rows.append(
            {"type": one.letter, "least": least, "quarter": lower, "middle": middle}
            | {"three_quarters": upper, "most": most, "places": one.members.size}
        )
        spread_rows.append(
            Spread(
                label=f"{answer.word.capitalize()} {one.letter}",
                said=f"{middle:.0%}",
                points=(least, lower, middle, upper, most),
                title=f"{answer.word.capitalize()} {one.letter}: the middle place is of it in "
                f"{middle:.0%} of draws",
            )
        )
    share = answer.sure.share_sure(answer.typology)
    columns = (
        Column("type", "type"),
        Column("places", "places", "count"),
        Column("least", "least", "share"),
        Column("quarter", "lower quarter", "share"),
        Column("middle", "middle", "share"),
        Column("three_quarters", "upper quarter", "share"),
        Column("most", "most", "share"),
    )
    return Picture(
        id="sureness",
        title=f"{share:.0%} of {answer.units_in_words} are surely of their {answer.word}",
        description=f"For each {answer.word}, in what share of draws its places are of it: least, "
        "lower quarter, middle, upper quarter and most.",
        caveat="A share of draws over choices that we made; it is not a chance that a belief is "
        "true.",
        sources=_titles(answer),
        as_of=answer.on,
        table=Table(
            "sureness",
            f"Share of draws in which places are of their {answer.word}",
            columns,
            pl.DataFrame(rows),
        ),
        draw=lambda width: spreads(
            spread_rows, width, (0.0, 1.0), {0.0: "0%", 0.5: "50%", 0.8: "80%", 1.0: "100%"}
        ),
    )
