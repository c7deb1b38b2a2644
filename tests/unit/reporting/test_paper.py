"""The printed report: tagged, A4, titled, in our own fonts, and no name taken for markup."""

from __future__ import annotations

import json
import re
import zlib

import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.localities.profile import profile as profile_of
from hedgerow.reporting.paper import comparison_paper, paper_data, profile_paper
from hedgerow.reporting.report import report_of
from tests.unit.reporting.conftest import HOSTILE, TODAY, hostile_brambleford


def opened(pdf: bytes) -> bytes:
    """The file with its compressed streams opened, for looking into."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:  # a stream that is not compressed stands there already
            continue
    return b"\n".join(parts)


@pytest.fixture(scope="module")
def pdf(profile):
    return profile_paper(profile, today=TODAY)


def test_it_is_a_tagged_document_on_a4(pdf):
    assert pdf.startswith(b"%PDF-1.7")
    inside = opened(pdf)
    assert b"/StructTreeRoot" in inside
    assert re.search(rb"/Lang ?\(en-GB\)", inside)
    assert b"pdfuaid:part>1<" in inside
    boxes = set(re.findall(rb"/MediaBox ?\[([^\]]*)\]", inside))
    assert {tuple(round(float(n)) for n in box.split()) for box in boxes} == {(0, 0, 595, 842)}


def test_it_bears_the_place_as_title(pdf):
    assert b"Brambleford: primary schools, 25 April 2022" in opened(pdf)


def test_text_can_be_selected_and_is_in_our_fonts(pdf):
    inside = opened(pdf)
    assert b"/ToUnicode" in inside
    fonts = set(re.findall(rb"/BaseFont ?/[A-Z]{6}\+([A-Za-z-]+)", inside))
    assert fonts == {b"AtkinsonHyperlegibleNext-Regular", b"AtkinsonHyperlegibleNext-Bold"}


def test_every_picture_is_described(pdf, profile):
    described = len(re.findall(rb"/Alt ?[(<]", opened(pdf)))
    assert described >= len(report_of(profile, today=TODAY).pictures())


def test_names_go_in_as_data(profile):
    data = json.dumps(paper_data(report_of(profile, today=TODAY), TODAY))
    assert json.dumps(HOSTILE)[1:-1] in data


def test_places_side_by_side_can_be_set(comparison):
    assert comparison_paper(comparison, today=TODAY).startswith(b"%PDF")


def test_letters_that_no_font_has_do_not_stop_the_report():
    place = hostile_brambleford()
    for row in place.rows["organisations"]:
        if row["id"] == "urn:900002":
            row["name"] = "مدرسة 学校 \U0001f333 St Ash\x92s"
    found = profile_of(place.landscape(), Lens.authority("la:001"))
    pdf = profile_paper(found, today=TODAY)
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in opened(pdf)
