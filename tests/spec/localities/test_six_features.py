"""The six-feature table: what a finding counts, worked by hand, and the eighteen cells of the
report on ten drawings of the made-up region.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hedgerow.fieldbook.made_up.plan import STUDY_DAY, Mechanisms
from hedgerow.landscape.finding import Chance, Finding, Interval
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load
from hedgerow.localities.six_features import needed, six_features
from hedgerow.localities.vocabulary import ROWS
from tools.made_up_facts import region_landscape

load()

PUBLISHED = {
    "City": (
        "local_lens.own_school_and_trust_first",
        "linked_systems.leaders_join_up",
        "professional_learning.own_first_most_with_hub",
        "practices.fitted_alike_within_trusts",
        "bridging.several_span",
        "sense_making.limited",
    ),
    "Town": (
        "local_lens.shared_place_little_holds",
        "linked_systems.side_by_side",
        "professional_learning.own_little_else",
        "practices.fitted_alike_within_trusts",
        "bridging.few_span_some_closed",
        "sense_making.little",
    ),
    "Shire": (
        "local_lens.ties_to_place_remain",
        "linked_systems.framework_through_few",
        "professional_learning.opportunities_vary",
        "practices.fitted_alike_within_trusts",
        "bridging.association_connects",
        "sense_making.leaders_and_heads",
    ),
}
"""Which way each cell of the report's table 4.1 points."""


def found(identifier, value, interval=None, *, chance=None, n=100, grade=None) -> Finding:
    indicator = INDICATORS[identifier]
    return Finding(
        indicator=indicator,
        status="measured",
        on=date(2022, 7, 1),
        as_of=date(2022, 7, 1),
        n=n,
        missing=0,
        grade=grade or indicator.grade,
        value=value,
        interval=None
        if interval is None
        else Interval(low=interval[0], high=interval[1], method="made up"),
        chance=None
        if chance is None
        else Chance(expected=chance[0], low=chance[1], high=chance[2], method="made up"),
    )


def cell(feature, *findings):
    return next(one for one in six_features(findings) if one.row.feature == feature)


def test_every_clue_names_a_declared_indicator():
    assert [one for one in needed() if one not in INDICATORS] == []


def test_every_statement_has_a_name_of_its_own_under_its_feature():
    names = [phrase.id for row in ROWS for phrase in row.phrases]
    assert len(set(names)) == len(names)
    for row in ROWS:
        assert all(phrase.id.startswith(row.feature + ".") for phrase in row.phrases)
        assert all(phrase.clues for phrase in row.phrases)


def test_support_worked_by_hand():
    # 70 of 100 schools at a forum, 61 to 78: surely more than half (1); two of five meetings
    # with all sides, 12 to 77: more than a fifth, not surely (1/2); agreement .4 where chance
    # gives 0 to .1: surely (1). Together 2.5 of 3, and one more: 2.5 / 4.
    sense = cell(
        "sense_making",
        found("sense_making.forum_coverage", 0.70, (0.61, 0.78)),
        found("sense_making.bridging_meetings_share", 0.40, (0.12, 0.77), n=5),
        found("sense_making.priority_agreement", 0.40, chance=(0.05, 0.0, 0.10)),
    )
    assert sense.lead.phrase.id == "sense_making.leaders_and_heads"
    assert sense.lead.support == pytest.approx(2.5 / 4)
    assert [one.counts for one in sense.lead.speaks_for] == [1.0, 1.0, 0.5]
    assert sense.lead.not_known == (
        "sense_making.loop_closure",
        "sense_making.practitioner_presence_share",
    )


def test_what_speaks_against_is_kept_and_counts():
    sense = cell(
        "sense_making",
        found("sense_making.forum_coverage", 0.70, (0.61, 0.78)),
        found("sense_making.priority_agreement", 0.40, chance=(0.05, 0.0, 0.10)),
        found("sense_making.loop_closure", 0.05, (0.01, 0.15)),
    )
    # two for and one against, all surely: (1 + 1 - 1) / (3 + 1)
    assert sense.lead.support == pytest.approx(0.25)
    (against,) = sense.lead.speaks_against
    assert against.counts == -1
    assert against.words.endswith("5 per cent (1 to 15), less than a fifth")


def test_a_statement_is_not_made_when_what_it_is_about_surely_lies_elsewhere():
    # everything else speaks for leaders and heads, but hardly a school is at the forum
    sense = cell(
        "sense_making",
        found("sense_making.forum_coverage", 0.08, (0.04, 0.15)),
        found("sense_making.bridging_meetings_share", 0.60, (0.40, 0.80)),
        found("sense_making.priority_agreement", 0.40, chance=(0.05, 0.0, 0.10)),
        found("sense_making.practitioner_presence_share", 0.10, (0.02, 0.30)),
    )
    assert sense.lead.phrase.id == "sense_making.little"


def test_densities_are_held_against_one_partner_for_each_organisation():
    # eight organisations: a density of 1/7 is one partner each
    for density, side in ((0.20, "more"), (0.10, "less")):
        linked = cell(
            "linked_systems",
            found("linked_systems.interlock_density", density, (density, density), n=8),
        )
        (weighed,) = linked.lead.weighed
        assert f"{density * 7:.1f} partners each, {side} than one partner for each" in weighed.words


def test_one_finding_is_held_against_another():
    inside = found("professional_learning.internal_intensity", 8.0, (7.0, 9.0))
    outside = found("professional_learning.external_intensity", 4.0, (3.0, 5.0))
    learning = cell("professional_learning", inside, outside)
    assert learning.lead.weighed[0].counts == 1
    overlapping = replace(outside, interval=Interval(low=3.0, high=7.5, method="made up"))
    assert cell("professional_learning", inside, overlapping).lead.weighed[0].counts == 0.5


def test_within_the_range_of_chance_is_not_sure():
    for value, counts in ((0.12, 1.0), (0.04, 0.5), (0.0, 0.0), (-0.03, -0.5), (-0.12, -1.0)):
        practice = six_features(
            [found("practices.likeness_gap", value, chance=(0.0, -0.05, 0.05))]
        )[3]
        candidates = [practice.lead, *practice.others] if practice.lead else []
        within = [
            one for one in candidates if one.phrase.id == "practices.fitted_alike_within_trusts"
        ]
        if counts > 0:
            assert within[0].weighed[0].counts == counts
        else:
            assert not within


def test_a_stand_in_counts_half():
    sure = found("equity.small_school_hub_ratio", 0.6, (0.4, 0.8))
    learning = cell("professional_learning", replace(sure, grade="D"))
    assert learning.lead.weighed[0].counts == 0.5
    assert learning.lead.support == pytest.approx(0.5 / 1.5)
    assert cell("professional_learning", sure).lead.support == pytest.approx(0.5)


def test_on_open_data_alone_the_structure_is_said_to_suggest():
    cells = {
        one.row.feature: one
        for one in six_features(
            [
                found("linked_systems.maintained_share", 0.30, (0.22, 0.39)),
                found("local_lens.local_trust_share", 0.70, (0.60, 0.79)),
                found("context.small_schools_share", 0.20, (0.13, 0.28)),
            ]
        )
    }
    linked = cells["linked_systems"]
    assert linked.is_structure and linked.confidence == "weak"
    assert (
        linked.text == "Structure suggests: trusts, each a system of its own, govern most schools."
    )
    assert cells["local_lens"].lead.phrase.id == "local_lens.trusts_of_the_place"
    for feature in ("professional_learning", "practices", "bridging", "sense_making"):
        assert cells[feature].text == "No evidence."
        assert cells[feature].confidence == "no evidence"
        assert cells[feature].would_tell


def test_nothing_known_is_no_evidence_and_says_what_would_tell():
    for one in six_features([]):
        assert one.lead is None
        assert one.confidence == "no evidence"
        assert one.would_tell
        assert one.to_json()["statement"] is None


def test_evidence_that_points_no_one_way_is_said_to():
    # on the knots of all statements about forums
    sense = cell("sense_making", found("sense_making.loop_closure", 0.2, (0.1, 0.3)))
    assert sense.confidence == "unclear"
    assert sense.text == "The evidence points no one way."
    assert sense.would_tell


def measured_cells(landscape, place):
    here = landscape.through(
        find_place(landscape, f"authority:{place}"), on=STUDY_DAY, phase="primary"
    )
    return six_features([INDICATORS[one].measure(here) for one in needed()])


@pytest.mark.parametrize("seed", range(1, 11))
def test_the_eighteen_cells_of_the_report(tmp_path, seed):
    landscape = region_landscape(tmp_path, seed)
    missed = []
    for place, published in PUBLISHED.items():
        for one, expected in zip(measured_cells(landscape, place), published, strict=True):
            said = None if one.lead is None else one.lead.phrase.id
            if said != expected:
                missed.append((place, expected, one.to_json()))
    assert missed == []


def test_a_cell_follows_the_mechanism_behind_it(tmp_path):
    without = Mechanisms(joint_bids=False, paid_chair=False)
    landscape = region_landscape(tmp_path, 1, without)
    for place in ("City", "Shire"):
        said = {
            one.row.feature: one.lead and one.lead.phrase.id
            for one in measured_cells(landscape, place)
        }
        expected = dict(zip((row.feature for row in ROWS), PUBLISHED[place], strict=True))
        assert said["linked_systems"] != expected["linked_systems"]
        assert said["bridging"] != expected["bridging"]
