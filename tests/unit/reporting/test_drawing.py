"""Drawings: well-formed SVG in tones, with titles, whatever the names."""

from __future__ import annotations

import pytest
from lxml import etree

from hedgerow.reporting.drawing import SHAPES, Drawing, fitted, mark_path, printable, text_width
from hedgerow.reporting.palette import DARK, LIGHT, PRINT
from hedgerow.reporting.scales import Axis, axis_from_nought, round_below, round_step
from tests.unit.reporting.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing: Drawing, **given) -> etree._Element:
    return etree.fromstring(drawing.svg(title=HOSTILE, description="A test & more", **given))


def test_names_cannot_break_out():
    drawing = Drawing(100, 50)
    drawing.mark("circle", 10, 10, 3, "first", title=HOSTILE)
    drawing.text(5, 5, HOSTILE + "\x07")
    root = parsed(drawing, identifier="one")
    assert root.find(f"{SVG}circle/{SVG}title").text == HOSTILE
    assert root.find(f"{SVG}text").text == HOSTILE
    assert root.find(f"{SVG}script") is None


def test_title_and_description_are_read_in_place_of_the_drawing():
    root = parsed(Drawing(100, 50), identifier="one")
    assert root.get("role") == "img"
    labels = root.get("aria-labelledby").split()
    assert [root.find(f"{SVG}*[@id='{label}']").text for label in labels] == [
        HOSTILE,
        "A test & more",
    ]


def test_alone_it_carries_its_colours_and_in_a_page_it_does_not():
    drawing = Drawing(100, 50)
    drawing.rect(0, 0, 10, 10, "hedge", edge="ink")
    assert "#2f6b4f" in drawing.svg(title="t")
    assert "#" not in drawing.svg(title="t", tones=None)
    assert 'class="f-hedge s-ink"' in drawing.svg(title="t", tones=None)


def test_every_scheme_has_every_tone():
    assert set(LIGHT) == set(DARK) == set(PRINT)


@pytest.mark.parametrize("shape", SHAPES)
def test_marks_are_as_large_as_asked(shape):
    drawing = Drawing(100, 100)
    drawing.mark(shape, 50, 50, 10, "first")
    if shape == "circle":
        return
    points = [
        tuple(map(float, point.split())) for point in mark_path(shape, 50, 50, 10)[1:-1].split("L")
    ]
    assert all(35 <= x <= 65 and 35 <= y <= 65 for x, y in points)


def test_an_unknown_mark_is_refused():
    with pytest.raises(ValueError, match="star"):
        mark_path("star", 0, 0, 1)


def test_many_dots_are_one_path():
    drawing = Drawing(100, 100)
    drawing.dots([(1, 2), (3.04, 4)], "ink", 2)
    assert parsed(drawing).find(f"{SVG}path").get("d") == "M1 2h0M3 4h0"
    drawing = Drawing(100, 100)
    drawing.dots([], "ink", 2)
    assert parsed(drawing).find(f"{SVG}path") is None


def test_long_labels_are_shortened_to_their_room():
    assert fitted("Ash Primary School", 1_000, 15) == "Ash Primary School"
    short = fitted("Ash Primary School and Nursery", 100, 15)
    assert short.endswith("…")
    assert text_width(short, 15) <= 100


def test_control_characters_are_left_out():
    assert printable("a\x00b\tc\nd\x1f\x7f") == "ab\tc\nd"


def test_punctuation_of_another_encoding_is_mended():
    assert printable("St Ash\x92s \x96 \x81Infants") == "St Ash’s – Infants"


@pytest.mark.parametrize(
    ("extent", "most", "step"), [(7, 4, 2), (100, 5, 20), (0.9, 5, 0.2), (1_300, 4, 500), (0, 4, 1)]
)
def test_round_steps(extent, most, step):
    assert round_step(extent, most) == pytest.approx(step)


@pytest.mark.parametrize(("extent", "below"), [(7, 5), (5, 5), (1.9, 1), (2_600, 2_000), (0, 1)])
def test_round_lengths(extent, below):
    assert round_below(extent) == pytest.approx(below)


def test_axes():
    axis = axis_from_nought(13, 0, 100, most=4)
    assert (axis.low, axis.high) == (0, 15)
    assert axis.ticks(4) == [0, 5, 10, 15]
    assert axis.at(7.5) == pytest.approx(50)
    assert axis.at(99) == 100
    assert Axis(0, 1, 10, 20).at(-3) == 10
