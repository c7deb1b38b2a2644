"""The page of an authority says what kind it is nearest to, once that is kept."""

from __future__ import annotations

from datetime import date

import polars as pl

from hedgerow.localities.typology.kept import KeptTypology
from hedgerow.localities.typology.place_rows import PLACES
from hedgerow.reporting.kept_typology import keep_typology
from tests.web.places.conftest import CITY

DAY = date(2023, 2, 15)
"""A day that no other test asks about."""
ROW = {
    "place": "la:981", "name": "City", "schools": 100, "pupils": 20_000.0,
    "neighbours": ["Bramble", "Sloe"], "neighbour_places": ["la:998", "la:999"],
    "differs_by": ["local trusts"], "is_extreme": False,
}  # fmt: skip  # one row
OF_A_TYPE = {
    "type": "B", "type_words": "many very small schools", "share_of_draws": 0.3, "next_share": None,
    "how_sure": "between types", "in_none": 0.7,
}  # fmt: skip  # one row


def keep(folder, day: date, row: dict[str, object], word: str) -> None:
    places = pl.DataFrame([{name: row.get(name) for name in PLACES}], schema=PLACES)
    keep_typology(folder, day, "primary", KeptTypology(day, "A verdict.", 500, word, places))


def test_the_page_says_pattern_how_surely_neighbours_and_what_sets_it_apart(get, settings):
    keep(settings.SITE.registers, DAY, ROW | OF_A_TYPE, "pattern")
    page = get(f"/places/{CITY}/?on={DAY.isoformat()}")
    told = page.split(">Which authorities it is like</h2>")[1].split("</section>")[0]
    for words in (
        "A verdict.", "Nearest to pattern B (many very small schools): between patterns",
        "in 30%", "none of the patterns in 70%", "Most often of one pattern with it: Bramble",
        "What sets it apart from these: local trusts", "it does not say",
    ):  # fmt: skip  # one list
        assert words in told


def test_where_there_is_a_continuum_the_page_says_who_is_most_alike(get, settings):
    day = DAY.replace(day=16)
    keep(settings.SITE.registers, day, ROW, "type")
    page = get(f"/places/{CITY}/?on={day.isoformat()}")
    assert "Most like it in all features: Bramble and Sloe." in page
    assert "Nearest to type" not in page


def test_nothing_is_said_where_no_typology_is_kept(get):
    assert "Which authorities it is like" not in get(f"/places/{CITY}/?on=2023-02-17")
