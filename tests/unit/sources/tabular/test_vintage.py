from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.sources.vintage import file_of, split_vintage, vintage_in_name, vintage_of


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("edubasealldata20220425.csv", date(2022, 4, 25)),
        ("schools-2022-04-25.csv", date(2022, 4, 25)),
        ("schools_25-04-2022.csv", date(2022, 4, 25)),
        ("england_census_201819.csv", date(2019, 8, 31)),
        ("england_2018-2019_ks2.csv", date(2019, 8, 31)),
        ("ks2 2018-19.csv", date(2019, 8, 31)),
        ("spc_school_level_underlying_data_202223.csv.gz", date(2023, 8, 31)),
        ("postcodes_Nov_2025.csv", date(2025, 11, 30)),
        ("boundaries-february-2024.geojson", date(2024, 2, 29)),
        ("File_1_-_IMD2019_Index.csv", date(2019, 12, 31)),
        ("edubasealldata20221399.csv", None),
        ("results.csv", None),
        ("201820.csv", None),
        ("urn1234567.csv", None),
    ],
)
def test_a_day_is_found_in_a_name(name, day):
    assert vintage_in_name(name) == day


def test_a_school_year_can_stand_for_another_day():
    assert vintage_in_name("census_201819.csv", school_year_day=(1, 17)) == date(2019, 1, 17)


def test_what_is_written_behind_the_file_wins_over_name_and_content():
    path = Path("a/links20220329.csv@2022-04-01")
    assert split_vintage(path) == (Path("a/links20220329.csv"), date(2022, 4, 1))
    assert file_of(path) == Path("a/links20220329.csv")
    assert vintage_of(path, option="--links", held=date(2020, 1, 1)) == date(2022, 4, 1)
    assert vintage_of(file_of(path), option="--links", held=date(2020, 1, 1)) == date(2022, 3, 29)
    assert vintage_of(Path("links.csv"), option="--links", held=date(2020, 1, 1)) == date(
        2020, 1, 1
    )


def test_a_file_whose_name_has_such_an_ending_is_itself(tmp_path):
    path = tmp_path / "odd.csv@2022-04-01"
    path.write_text("x")
    assert split_vintage(path) == (path, None)


def test_a_day_that_is_none_is_refused():
    with pytest.raises(DataError, match="no day 2022-02-30"):
        file_of(Path("links.csv@2022-02-30"))


@pytest.mark.parametrize("day", ["1899-01-01", "3000-01-01"])
def test_a_day_that_no_file_describes_is_refused(day):
    with pytest.raises(DataError, match=f"No file describes {day}.*\n.*from 1990 to 2099"):
        file_of(Path(f"links.csv@{day}"))


def test_no_day_anywhere_says_how_to_write_one():
    with pytest.raises(DataError, match=r"--links a/links\.csv@2022-04-25"):
        vintage_of(Path("a/links.csv"), option="--links")
