"""Reports of real places: dense, wide, tiny, empty, scattered, and all of England."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import lxml.html
import openpyxl
import polars as pl
import pytest
from lxml import etree

from hedgerow.cli.places import place_from
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.localities.profile import Profile, profile
from hedgerow.reporting.page import profile_page
from hedgerow.reporting.paper import profile_paper
from hedgerow.reporting.pictures.gallery import gallery
from hedgerow.reporting.pictures.place_map import draw_map, map_data
from hedgerow.reporting.workbook import profile_workbook
from hedgerow.sources.register import RegisterInputs, build, open_register

TODAY = date(2026, 11, 21)
PLACES = (
    "authority:Birmingham",
    "authority:Kent",
    "authority:City of London",
    "authority:Isles of Scilly",
    "trust:2044",
    "radius:S11 9QH,5km",
)


@pytest.fixture(scope="module")
def england(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    inputs = RegisterInputs(
        gias=real_data / "edubasealldata20220425.csv",
        links=(real_data / "alllinksdata20220329.csv",),
        hubs=(real_data / "region_mapping.csv", real_data / "hub_area_districts.csv"),
        boundaries=real_data / "boundaries.geojson",
    )
    out = tmp_path_factory.mktemp("register")
    build(inputs, out)
    return open_register(out)


@pytest.fixture(scope="module", params=PLACES)
def found(england: Landscape, request: pytest.FixtureRequest) -> Profile:
    return profile(england, place_from(england, request.param))


def test_the_page_holds_together(found):
    page = profile_page(found, today=TODAY)
    root = lxml.html.document_fromstring(page)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(link.startswith(("#", "data:")) for _, _, link, _ in root.iterlinks())
    assert len(root.xpath("//figure")) == sum(map(len, gallery(found).values()))
    assert len(page) < 1_000_000
    assert "nan" not in re.findall(r"\bnan\b", root.text_content().lower())


def test_the_report_is_set_whatever_the_names(found):
    assert profile_paper(found, today=TODAY).startswith(b"%PDF")


def test_the_workbook_lists_every_school(found):
    book = openpyxl.load_workbook(io.BytesIO(profile_workbook(found, today=TODAY)))
    rows = list(book["The schools"].iter_rows(min_row=2, max_col=1, values_only=True))
    assert [urn for (urn,) in rows] == found.tables["schools"]["urn"].to_list()


def test_the_map_shows_every_school_with_a_position(found):
    pictures = gallery(found)["map"]
    placed = found.tables["schools"].height
    if placed == 0:
        assert not pictures
        return
    (picture,) = pictures
    listed = picture.table.rows
    on_map = listed.filter(pl.col("easting").is_not_null()).height
    root = etree.fromstring(picture.svg())
    titles = list(root.iter("{*}title"))[1:]
    hubs = sum(bool(key.letter) for key in picture.keys)
    assert len(titles) == on_map + hubs
    assert listed.height == placed


def test_england_is_drawn_small_enough_to_load(england):
    here = england.through(Lens.everywhere(), phase="primary")
    data = map_data(here)
    drawn = draw_map(data, 660).svg(title="England")
    assert data.schools.height > 16_700
    assert drawn.count("h0") >= data.schools.height
    assert len(drawn) < 400_000
