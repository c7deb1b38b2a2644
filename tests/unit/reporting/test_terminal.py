"""The terminal: plain in a pipe, coloured on a screen, readable when narrow."""

from __future__ import annotations

import pytest

from hedgerow.reporting.terminal import comparison_text, profile_text
from hedgerow.reporting.wording import value_text
from tests.unit.reporting.conftest import TODAY


def test_a_pipe_gets_plain_text(profile, comparison):
    for text in (
        profile_text(profile, today=TODAY, width=None, is_terminal=False),
        comparison_text(comparison, today=TODAY, width=None, is_terminal=False),
    ):
        assert "\x1b" not in text
        assert "\N{NO-BREAK SPACE}" not in text
        assert max(map(len, text.splitlines())) <= 100
        assert not any(line.endswith(" ") for line in text.splitlines())


def test_a_screen_gets_bold(profile):
    text = profile_text(profile, today=TODAY, width=100, is_terminal=True)
    assert "\x1b[1m" in text


@pytest.mark.parametrize("width", [36, 60, 80, 140])
def test_every_value_is_there_however_narrow(profile, comparison, width):
    text = profile_text(profile, today=TODAY, width=width, is_terminal=False)
    assert max(map(len, text.splitlines())) <= width
    together = " ".join(text.split())
    for found in profile.findings:
        if found.is_measured:
            assert found.indicator.label.split()[0] in together
            assert value_text(found).split()[0] in together
    text = comparison_text(comparison, today=TODAY, width=width, is_terminal=False)
    assert max(map(len, text.splitlines())) <= width
    assert "Sloe Vale" in " ".join(text.split())


def test_what_is_not_known_is_said(profile):
    text = profile_text(profile, today=TODAY, width=None, is_terminal=False)
    assert "We do not know." in text


def test_figures_that_take_local_evidence_are_one_sentence_where_there_is_none(profile):
    text = " ".join(profile_text(profile, today=TODAY, width=None, is_terminal=False).split())
    assert "Sense making We do not know the" in text
    assert text.count("for each forum its meetings") == 1
    assert "Rhythm of the forums" not in text


def test_a_comparison_leaves_out_what_is_known_of_no_place(comparison):
    text = " ".join(comparison_text(comparison, today=TODAY, width=None, is_terminal=False).split())
    assert "nothing is known of it for any of these places: Professional learning;" in text
    # in that note and as a row of the six features, and nowhere as a heading of figures
    assert text.count("Sense making") == 2


def test_names_are_not_taken_for_markup(profile):
    text = profile_text(profile, today=TODAY, width=200, is_terminal=False)
    for statement in profile.overview:
        assert statement.text in " ".join(text.split())
