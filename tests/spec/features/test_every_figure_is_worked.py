"""No figure from open data is without a case worked by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.features.local_lens.nestedness import PAIRS
from hedgerow.localities.declared import load
from hedgerow.themes.equity.access import KINDS
from tests.made_up import MadeUp

# Cases that stand for a family of figures name them by a pattern.
PATTERNS = {
    "linked_systems.hub_distance_{kind}": [{"kind": kind} for kind in HUB_NAMES],
    "linked_systems.hub_inside_{kind}": [{"kind": kind} for kind in HUB_NAMES],
    "equity.hub_access_{kind}": [{"kind": kind} for kind in KINDS],
    "equity.access_cold_spots_{kind}": [{"kind": kind} for kind in KINDS],
    "equity.hub_distance_ede_{kind}": [{"kind": kind} for kind in KINDS],
    "local_lens.nestedness_{pair}": [{"pair": f"{inner}_{outer}"} for inner, outer in PAIRS],
}


def test_every_figure_has_a_worked_case():
    cases = "".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    worked = {
        pattern.format(**names)
        for pattern, families in PATTERNS.items()
        if f'f"{pattern}"' in cases
        for names in families
    }
    open_data = [one.id for one in load() if one.tier == "O"]
    assert len(open_data) > 80
    missing = [one for one in open_data if one not in worked and f'"{one}"' not in cases]
    assert not missing, "work a case by hand, with its arithmetic"


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
