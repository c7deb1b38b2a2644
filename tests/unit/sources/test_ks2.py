"""Key stage 2 files: every layout, every missing code, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables.observations import Observations
from hedgerow.sources.ks2.read import read

HEAD = "RECTYPE,URN,SCHNAME,TELNUM,TELIG,PTMAT_EXP,PTMAT_HIGH,PTRWM_EXP,MATPROG,MATCOV"
ROWS = """
1,900001,Acorn,0123,50,80%,20%,64%,1.2,98%
2,900002,Birch,0123,3,SUPP,SUPP,SUPP,SUPP,SUPP
1,900003,Cedar,0123,40,100%,0%,90%,LOWCOV,40%
1,900004,Damson,0123,NEW,NEW,NEW,NEW,NEW,NEW
2,900005,Elder,0123,8,0%,0%,0%,NA,NA
1,900006,Fir,0123,,,,,,
3,,Brambleshire,,9000,79%,27%,65%,-0.1,96%
4,,,,649249,79%,27%,65%,,
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text.strip() + "\n", encoding="utf-8-sig")
    return path


def of_year(last: str) -> str:
    lines = (HEAD + ROWS).strip().splitlines()
    return "\n".join([f"{lines[0]},TELIG_{last}", *(f"{line},51" for line in lines[1:])])


def value(rows: pl.DataFrame, urn: int, measure: str) -> tuple[object, object, str]:
    found = rows.filter(pl.col("organisation") == f"urn:{urn}", pl.col("measure") == measure)
    assert found.height == 1
    return found["value"][0], found["denominator"][0], found["status"][0]


@pytest.fixture
def table(tmp_path):
    return read(written(tmp_path, "2018-999-ks2.csv", of_year("18")), Faults())


def test_shares_counts_and_scores(table):
    assert value(table.rows, 900001, "ks2_maths_expected") == (0.8, 50, "observed")
    assert value(table.rows, 900001, "ks2_maths_high") == (0.2, 50, "observed")
    assert value(table.rows, 900001, "ks2_rwm_expected") == (0.64, 50, "observed")
    # 98 per cent of 50 pupils are behind the score
    assert value(table.rows, 900001, "ks2_maths_progress") == (1.2, 49, "observed")
    assert value(table.rows, 900003, "ks2_maths_high") == (0, 40, "observed")


@pytest.mark.parametrize(
    ("urn", "measure", "status"),
    [
        (900002, "ks2_maths_expected", "suppressed"),
        (900003, "ks2_maths_progress", "not available"),
        (900004, "ks2_rwm_expected", "not applicable"),
        (900005, "ks2_maths_progress", "not applicable"),
        (900006, "ks2_maths_expected", "not available"),
    ],
)
def test_a_missing_code_is_never_a_number(table, urn, measure, status):
    found, _, why = value(table.rows, urn, measure)
    assert found is None
    assert why == status


def test_rows_are_observations_and_none_is_lost(table):
    assert Observations.validate(table.rows, cast=True).height == 6 * 4
    assert table.source.rows == 6
    assert table.set_aside["reason"].to_list() == ["summary row"] * 2
    assert table.set_aside["row"].to_list() == [8, 9]
    assert "0123" not in table.set_aside["content"].str.join().item()


@pytest.mark.parametrize(
    ("name", "last", "year"),
    [
        ("2018-999-ks2.csv", "18", 2019),
        ("anything.csv", "17", 2018),
        ("england_ks2revised.csv", "22", 2023),
        ("england_ks2final_2019.csv", "18", 2019),
    ],
)
def test_the_columns_tell_the_year(tmp_path, name, last, year):
    faults = Faults()
    table = read(written(tmp_path, name, of_year(last)), faults)
    assert table.source.as_of == date(year, 5, 31)
    assert table.source.id == f"ks2-{year}-05-31"
    assert len(faults) == 0


def test_a_name_that_contradicts_the_columns_is_noted(tmp_path):
    faults = Faults()
    table = read(written(tmp_path, "ks2-2015-16.csv", of_year("18")), faults)
    assert table.source.as_of.year == 2019
    assert [fault.kind for fault in faults] == ["year in the name differs from the columns"]


def test_what_is_written_after_the_path_wins(tmp_path):
    path = written(tmp_path, "2018-999-ks2.csv", of_year("18"))
    table = read(Path(f"{path}@2019-07-01"), Faults())
    assert set(table.rows["date"]) == {date(2019, 7, 1)}


def test_a_year_without_progress(tmp_path):
    text = "\n".join(
        [
            "RECTYPE,URN,TELIG,PTMAT_EXP,PTMAT_HIGH,PTRWM_EXP",
            "1,900001,50,80%,20%,64%",
        ]
    )
    table = read(written(tmp_path, "england_ks2final_202324.csv", text), Faults())
    assert table.source.as_of == date(2024, 5, 31)
    assert set(table.rows["measure"]) == {
        "ks2_maths_expected",
        "ks2_maths_high",
        "ks2_rwm_expected",
    }


def test_scores_alone(tmp_path):
    text = (
        "RECTYPE,URN,SCHNAME,MATPROG,OFSTEDRATING\n1,900001,Acorn,-2.5,Good\n1,900002,Birch,SUPP,"
    )
    table = read(written(tmp_path, "ks2_201819_subset.csv", text), Faults())
    assert table.source.id == "ks2-scores-2019-05-31"
    assert value(table.rows, 900001, "ks2_maths_progress") == (-2.5, None, "observed")
    assert value(table.rows, 900002, "ks2_maths_progress")[2] == "suppressed"


def test_faulty_rows_and_values_are_told(tmp_path):
    faults = Faults()
    text = of_year("18").replace("80%", "eighty") + "\n".join(
        [
            "",
            "1,900001,Again,0,50,80%,20%,64%,1.2,98%,51",
            "1,9x,Odd,0,50,80%,20%,64%,1.2,98%,51",
            "1,,None,0,50,80%,20%,64%,1.2,98%,51",
            "7,900009,Odd,0,50,80%,20%,64%,1.2,98%,51",
        ]
    )
    table = read(written(tmp_path, "ks2.csv", text), faults)
    assert value(table.rows, 900001, "ks2_maths_expected")[2] == "not available"
    told = {fault.kind: (fault.row, fault.column, fault.found) for fault in faults}
    assert told == {
        "URN given before": (10, "URN", "900001"),
        "no URN in form": (11, "URN", "9x"),
        "no URN": (12, "URN", "nothing"),
        "unknown type of record": (13, "RECTYPE", "7"),
        "unreadable value of PTMAT_EXP": (2, "PTMAT_EXP", "eighty"),
    }
    assert table.source.rows + table.set_aside.height == 12


def test_a_missing_column_is_named(tmp_path):
    text = of_year("18").replace("PTRWM_EXP", "OTHER").replace("MATPROG", "ELSE")
    with pytest.raises(DataError, match=r"ks2\.csv.*lacks needed columns.*PTRWM_EXP") as refused:
        read(written(tmp_path, "ks2.csv", text), Faults())
    assert "england_ks2final" in refused.value.advice


def test_no_year_anywhere(tmp_path):
    with pytest.raises(DataError, match="which day") as refused:
        read(written(tmp_path, "ks2.csv", "RECTYPE,URN,MATPROG\n1,900001,1"), Faults())
    assert "--ks2" in refused.value.advice
