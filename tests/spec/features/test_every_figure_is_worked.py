"""No figure is without a case worked by hand."""

from __future__ import annotations

from datetime import date

from hedgerow.localities.declared import load
from tests.made_up import MadeUp
from tools.reference.worked import cases_of


def test_every_figure_has_a_worked_case():
    declared = [one.id for one in load()]
    assert len(declared) > 200
    missing = [one for one in declared if not cases_of(one)]
    assert not missing, (
        "work a case by hand, with its arithmetic, and mark its test with "
        f'@pytest.mark.works("…"): {", ".join(missing)}'
    )


def test_figures_come_in_the_order_of_their_features():
    features = [one.feature for one in load()]
    first_seen = list(dict.fromkeys(features))
    assert features == sorted(features, key=first_seen.index)
    assert first_seen[:3] == ["context", "local_lens", "linked_systems"]


def test_every_declaration_is_whole():
    for one in load():
        words = (one.label, one.question, one.why, one.units, one.missing_rule, one.caveat)
        assert all(words), one.id
        assert one.question.endswith("?"), one.id
        assert one.references, one.id
        assert one.caveat.endswith("."), one.id


def test_a_figure_names_the_sources_that_it_rests_on_and_no_others(measure):
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    for number in range(900001, 900008):
        place.school(number, authority="la:001", region="Middle Shires", rural=True, pupils=100)
    place.tie("uid:90001", place.school(900008, status="academy", authority="la:001"), "governs")
    place.rows["ties"][-1]["source"] = "links"
    place.hub("mh:1", "maths_hub", covers=["la:001"], authority="la:001")
    place.rows["ties"][-1]["source"] = "hubs"
    for number in range(900001, 900009):
        place.observe(f"urn:{number}", "imd_decile", 3, date(2019, 9, 26), source="imd")
        place.observe(f"urn:{number}", "inspection_grade", 2, date(2019, 9, 26), source="ofsted")
    place.observe("uid:90001", "schools_in_link_records", 1, date(2022, 3, 29), source="links")
    for identifier, sources in {
        "context.rural_share": ("made-up",),
        "context.deprivation_decile": ("imd",),
        "context.inspection_good_or_better": ("ofsted",),
        "linked_systems.maintained_share": ("links", "made-up"),
        "linked_systems.hubs_serving": ("hubs", "made-up"),
        "linked_systems.stand_alone_academies_in_link_records": ("links",),
        "local_lens.navigational_load": ("hubs", "links", "made-up"),
    }.items():
        assert measure(place, identifier).sources == sources, identifier
