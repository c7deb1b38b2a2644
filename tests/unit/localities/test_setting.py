"""The setting of a place in words, by the kind of lens and by what is known."""

from __future__ import annotations

import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.localities.profile import profile
from hedgerow.localities.setting import NOT_KNOWN
from tests.made_up import brambleford


@pytest.fixture(scope="module")
def landscape():
    return brambleford().landscape()


def words(landscape, lens, phase="primary"):
    return {one.heading: one.words for one in profile(landscape, lens, phase=phase).setting}


@pytest.mark.parametrize(
    ("lens", "said"),
    [
        (Lens.authority("la:001"), "a local authority, with schools in 2 districts"),
        (Lens.district("lad:N"), "a district"),
        (
            Lens.trust("uid:90002"),
            "the schools of one organisation, without a boundary, with schools in 2 authorities "
            "and 2 districts",
        ),
        (
            Lens.everywhere(),
            "all of England, with schools in 2 authorities and 3 districts",
        ),
        (Lens.radius(400_000, 300_000, 2.5), "a circle around a point"),
        (
            Lens.authority("la:001") & ~Lens.trust("uid:90001"),
            "several areas joined, with schools in 2 districts",
        ),
    ],
)
def test_the_boundary_is_that_of_the_lens(landscape, lens, said):
    assert words(landscape, lens)["Boundaries"] == said


def test_what_is_not_known_is_said_to_be_so(landscape):
    found = words(landscape, Lens.authority("la:001"))
    assert found["Deprivation"] == NOT_KNOWN
    assert found["Diversity"] == NOT_KNOWN


def test_each_trait_names_the_figures_that_it_rests_on(landscape):
    seen = profile(landscape, Lens.authority("la:001"))
    known = {one.id for one in seen.findings}
    for trait in seen.to_json()["setting"]:
        assert set(trait["findings"]) <= known
