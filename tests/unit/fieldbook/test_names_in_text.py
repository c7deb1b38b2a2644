from __future__ import annotations

import pytest

from hedgerow.fieldbook.names_in_text import NameWatch, is_name, is_written_as_name

NAMES = ["Wren Thistledown", "wilf oatcake", "Vesper Candle-Reed", "J. O'Dell", "Anna Maria Løvås"]


@pytest.mark.parametrize("called", NAMES)
def test_names(called):
    assert is_name(called)


CODES = ["HT12", "Maths lead", "Head 3", "Wren", "coder A", "Chair of governors", "<b> &amp"]


@pytest.mark.parametrize("called", [*CODES, "person:0001"])
def test_codes(called):
    assert not is_name(called)


def test_only_capitals_make_a_name_where_a_code_is_asked_for():
    assert is_written_as_name("Jane Sorrel")
    assert not is_written_as_name("second judging")


def test_names_are_found_however_they_are_written():
    watch = NameWatch({"Wren Thistledown": "Person 1", "Maths lead": "Person 2"})
    assert (
        watch.without_names("WREN  THISTLEDOWN, and wren thistledown's plan")
        == ("[Person 1], and wren thistledown's plan")
        or watch.without_names("WREN  THISTLEDOWN") == "[Person 1]"
    )
    assert watch.without_names("The maths lead agrees") == "The maths lead agrees"
    assert watch.without_names("Thistledown Wren") == "Thistledown Wren"
    assert watch.may_name("As Thistledown says")
    assert not watch.may_name("as thistledown in the wind")
