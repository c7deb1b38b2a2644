"""What is unusual, and the past, on the open data beside the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.earlier_schools import with_earlier_schools
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.places import find_place
from hedgerow.localities.days_of_history import regular_days
from hedgerow.localities.figures_of_places import authorities, figures_of
from hedgerow.localities.profile import profile
from hedgerow.localities.through_time import history
from hedgerow.sources.register import RegisterInputs, build, open_register


@pytest.fixture(scope="module")
def england(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    inputs = RegisterInputs(
        gias=real_data / "edubasealldata20220425.csv",
        links=(
            real_data / "alllinksdata20220329.csv",
            real_data / "grouplinks_edubaseallacademiesandfree20170403.csv",
            real_data / "grouplinks_edubaseallacademiesandfree20190601.csv",
        ),
        groups=real_data / "allgroupsdata20220329.csv",
        successors=real_data / "links_edubasealldata20230421.csv",
        census=(real_data / "spc_school_level_underlying_data_202223.csv.gz",),
        lsoa=real_data / "lsoa2011_centroids.csv",
        imd=(real_data / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz",),
    )
    return open_register(build(inputs, tmp_path_factory.mktemp("past") / "registers").folder)


@pytest.fixture(scope="module")
def figures(england: Landscape) -> pl.DataFrame:
    places = authorities(england, on=None, phase="primary")
    return figures_of(england, places, on=None, phase="primary")


@pytest.mark.parametrize(
    ("day", "schools", "maintained"),
    [
        # Schools, pupils and their characteristics, from memory and not on file: 16,766
        # state-funded primary schools in January 2018, 27 per cent of them academies and free
        # schools; 16,769 and 30 to 32 per cent in January 2019
        (date(2018, 1, 18), 16_766, 0.73),
        (date(2019, 1, 17), 16_769, 0.69),
    ],
)
def test_the_past_has_its_schools_back(england, day, schools, maintained):
    def primary(landscape: Landscape) -> pl.DataFrame:
        return state_schools(landscape.through(Lens.everywhere(), on=day, phase="primary"))

    back = primary(with_earlier_schools(england))
    assert back.height == pytest.approx(schools, rel=0.01)
    assert (back["band"] == "maintained").mean() == pytest.approx(maintained, abs=0.012)
    # without them more than one in twenty would be missing, maintained ones all
    without = primary(england)
    assert without.height < 0.95 * back.height
    assert (without["band"] == "maintained").mean() < maintained - 0.02


def test_most_authorities_have_little_that_is_unusual(england, figures):
    found = {}
    for place in authorities(england, on=None, phase="primary")[::5]:
        said = profile(england, Lens.authority(place), figures=figures).unusual
        assert said is not None
        found[place] = len(said.statements)
        compared = said.table.filter(pl.col("why_not_compared").is_null())
        assert compared["half_from"].null_count() == 0
        assert (compared["ordinary_from"] <= compared["ordinary_to"]).all()
    counts = sorted(found.values())
    assert counts[len(counts) // 2] <= 2
    assert 0.25 <= sum(count > 0 for count in counts) / len(counts) <= 0.75


def test_what_anybody_would_expect_of_a_rural_authority_is_said(england, figures):
    found = profile(england, find_place(england, "authority:Cornwall"), figures=figures).unusual
    text = " ".join(one.text for one in found.statements)
    assert "More of the schools are in rural areas than in most authorities" in text
    assert "Fewer of the pupils speak English as an additional language" in text


def test_an_authority_of_one_school_has_nothing_said_of_it(england, figures):
    found = profile(england, find_place(england, "authority:City of London"), figures=figures)
    assert found.unusual.statements == ()
    assert found.unusual.basis == ("Too few to say: of one school nothing can be called unusual.",)


@pytest.mark.parametrize("place", ["authority:Sheffield", "authority:Kent", "region:London"])
def test_every_school_that_left_the_authority_is_among_the_events(england, place):
    lens = find_place(england, place)
    days = regular_days(date(2017, 9, 1), date(2022, 4, 25), "year")
    found = history(england, lens, days, indicators=["linked_systems.maintained_share"])
    first, last = (found.series["linked_systems.maintained_share"][end] for end in (0, -1))
    kept = first.value * first.n - last.value * last.n
    became = found.events.filter(pl.col("kind") == "became_academy").height
    # amalgamations and closures of maintained schools aside
    assert became == pytest.approx(kept, abs=max(3, 0.25 * became))
    assert found.views[0].schools.height == pytest.approx(found.views[-1].schools.height, rel=0.03)
