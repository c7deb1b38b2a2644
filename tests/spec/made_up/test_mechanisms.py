"""The rules of the bench find each planted mechanism, and none where none is at work.

How often they err is counted on many more regions: docs/explanation/error-rates.md.
"""

from __future__ import annotations

import pytest

from bench.mechanisms import PAGE, as_table, times, with_rates
from bench.planted import NONE_AT_WORK, RULES, WORLDS, judged, landscapes

MAIN = [rule for rule in RULES if rule.is_main]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """By seed, world and rule, what is said."""
    return {
        seed: {
            world: judged(landscape)
            for world, landscape in landscapes(seed, tmp_path_factory.mktemp(f"seed-{seed}"))
        }
        for seed in (1002, 1009)
    }


@pytest.mark.parametrize("rule", MAIN, ids=lambda rule: rule.id)
def test_a_mechanism_is_found_where_it_is_at_work_and_nowhere_else(found, rule):
    for seed, worlds in found.items():
        for world, said in worlds.items():
            assert (said[rule.id] == "found") == rule.is_planted_in(world), (seed, world)


def test_every_switch_has_one_rule_and_is_off_in_the_world_without():
    assert sorted(rule.mechanism for rule in MAIN) == sorted(vars(NONE_AT_WORK))
    assert not any(vars(NONE_AT_WORK).values())
    for rule in RULES:
        assert {rule.is_planted_in(world) for world in WORLDS} == {True, False}


def test_shares_are_counted_over_the_regions_that_were_judged():
    rule = MAIN[0]
    said = ["found", "found", "not found", "not measured"]
    regions = [{"all at work": {rule.id: one}} for one in said] + [{"none at work": {}}]
    row = times(rule, "all at work", regions)
    assert (row["regions"], row["found"], row["not_measured"]) == (4, 2, 1)
    # Wilson's interval of 2 in 4
    assert row["low"] == pytest.approx(0.150, abs=5e-4)
    assert row["high"] == pytest.approx(0.850, abs=5e-4)
    assert "2 of 4 | 0.500 (0.150 to 0.850) | 1 |" in as_table([row])


def test_a_table_takes_the_place_of_the_last_one_on_the_page():
    page = PAGE.read_text("utf-8")
    first = with_rates(page, "| one |")
    assert with_rates(first, "| another |") == with_rates(page, "| another |")
    assert "| one |" not in with_rates(first, "| another |")
    assert first.partition("## The rates")[0] == page.partition("## The rates")[0]
    assert "## What they say" in first
    assert "| **severed** |" not in first


def test_the_page_tells_of_every_rule():
    table = PAGE.read_text("utf-8").partition("## The rates")[2].partition("\n## ")[0]
    assert all(rule.id in table for rule in RULES)
