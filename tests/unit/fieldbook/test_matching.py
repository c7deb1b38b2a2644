from __future__ import annotations

import polars as pl
import pytest

from hedgerow.fieldbook.matching import NameIndex, candidate_frame, suggest

ROWS = [
    ("urn:900101", "St Hazel's Church of England Primary School", "AB1 2CD", "Brambleford"),
    ("urn:900102", "St Hazel's CofE Primary School", "EF1 2GH", "Sloe Vale"),
    ("urn:900103", "St Hazel's Catholic Primary School", None, "Brambleford"),
    ("urn:900104", "Bramble Lane Junior School", "AB9 9ZZ", "Brambleford"),
    ("urn:900105", "Bramble Lane Infant School", "AB9 9ZZ", "Brambleford"),
    ("urn:900106", "Thorn Road Academy", "AB3 3AA", None),
]
CANDIDATES = candidate_frame(ROWS)


def best(name, **beside):
    return [one.id for one in suggest(name, candidates=CANDIDATES, **beside)]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Bramble Ln Junior", "urn:900104"),
        ("BRAMBLE LANE INF SCH", "urn:900105"),
        ("Brambel Lane Juniors", "urn:900104"),
        ("Thorne Road Acad", "urn:900106"),
        ("saint hazels rc primary", "urn:900103"),
        ("Thorn Road Academy, Sloe Vale", "urn:900106"),
    ],
)
def test_the_likeliest_comes_first(name, first):
    assert best(name)[0] == first


def test_place_and_postcode_lift_one_of_several_alike():
    assert best("St Hazels CE Primary", place="Sloe Vale")[0] == "urn:900102"
    assert best("St Hazels CE Primary", postcode="ab12cd")[0] == "urn:900101"
    found = suggest("St Hazels CE Primary", postcode="AB1 2CD", candidates=CANDIDATES)
    assert "the same postcode" in found[0].reason
    # a postcode alone is a reason to look, whatever the name says
    assert best("Something else", postcode="AB3 3AA") == ["urn:900106"]


def test_what_is_like_nothing_gets_no_suggestion():
    assert best("Quarry Bank") == []
    assert best("Primary School") == []
    assert best("") == []
    assert suggest("Thorn", candidates=CANDIDATES.clear()) == []


def test_candidates_may_lack_postcode_and_place():
    plain = CANDIDATES.select("id", "name")
    assert NameIndex(plain).suggest("Thorn Road")[0].id == "urn:900106"


def test_scores_fall_and_say_how_to_write_it():
    found = suggest("Bramble Lane School", candidates=CANDIDATES)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 < one.score <= 1 for one in found)
    assert str(found[0]) == "Bramble Lane Infant School, Brambleford, AB9 9ZZ (urn:900105)" or (
        str(found[0]) == "Bramble Lane Junior School, Brambleford, AB9 9ZZ (urn:900104)"
    )


def test_the_same_names_in_another_order_are_suggested_alike():
    turned = CANDIDATES.reverse()
    assert [one.id for one in suggest("Bramble Lane", candidates=turned)] == best("Bramble Lane")


def test_twenty_thousand_are_no_trouble():
    names = [f"{a}{b} Primary School" for a in ("Ash", "Elm", "Oak", "Fir") for b in range(5_000)]
    many = pl.DataFrame({"id": [f"urn:{n}" for n in range(len(names))], "name": names})
    index = NameIndex(many)
    assert index.suggest("Elm4321 Primry School")[0].name == "Elm4321 Primary School"
