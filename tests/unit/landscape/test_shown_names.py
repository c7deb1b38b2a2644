"""Names in capitals as a reader expects them."""

from __future__ import annotations

import pytest

from hedgerow.landscape.shown_names import shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("BRAMBLE AND THORN ACADEMY TRUST", "Bramble and Thorn Academy Trust"),
        ("THE KING EDWARD VI SCHOOL", "The King Edward VI School"),
        ("ST HAZEL'S C OF E TRUST LTD", "St Hazel's C of E Trust Ltd"),
        ("L.E.A.F. ACADEMY TRUST", "L.E.A.F. Academy Trust"),
        ("BRCH TRUST", "BRCH Trust"),
        ("STEM UTC", "Stem UTC"),
        ("Thorn Trust", "Thorn Trust"),
        ("within 5 km of ZZ1 1AA", "within 5 km of ZZ1 1AA"),
        ("UTC", "UTC"),
    ],
)
def test_names(name, shown):
    assert shown_name(name) == shown
