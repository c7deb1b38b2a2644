"""No figure from open data is without a case worked by hand."""

from __future__ import annotations

from pathlib import Path

from hedgerow.features import load
from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.features.local_lens.nestedness import PAIRS

# Cases that stand for a family of figures name them by a pattern.
PATTERNS = {
    "linked_systems.hub_distance_{kind}": [{"kind": kind} for kind in HUB_NAMES],
    "linked_systems.hub_inside_{kind}": [{"kind": kind} for kind in HUB_NAMES],
    "local_lens.nestedness_{pair}": [{"pair": f"{inner}_{outer}"} for inner, outer in PAIRS],
}


def test_every_figure_has_a_worked_case():
    cases = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
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
