"""Which vintage is opened, and what is said of folders that hold none."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.sources.register import RegisterInputs, build, describe, open_register
from tests.unit.register.made_up_files import SCHOOLS, gias, written


@pytest.fixture
def registers(tmp_path):
    """Two vintages side by side, the later one with fewer schools."""
    files = written(
        tmp_path,
        {"edubasealldata20200501.csv": gias(), "edubasealldata20220425.csv": gias(SCHOOLS[:2])},
    )
    for path in files.values():
        build(RegisterInputs(gias=path), tmp_path / "registers")
    return tmp_path / "registers"


def test_the_newest_unless_a_day_is_asked_for(registers):
    assert open_register(registers).label == "2022-04-25"
    assert open_register(registers, on=date(2022, 4, 24)).label == "2020-05-01"
    assert open_register(registers, on=date(2022, 4, 25)).label == "2022-04-25"
    assert open_register(registers, on=date(2019, 1, 1)).label == "2020-05-01"
    assert open_register(registers / "2020-05-01").schools.height == 3


def test_description(registers):
    summary = describe(registers)
    assert summary.vintages == (date(2020, 5, 1), date(2022, 4, 25))
    assert summary.rows["schools"] == 2
    said = summary.to_json()
    assert json.loads(json.dumps(said)) == said
    assert said["sources"][0]["file"] == "edubasealldata20220425.csv"
    assert any("Vintages here: 2020-05-01, 2022-04-25" in line for line in summary.lines())


def test_nothing_there(tmp_path):
    with pytest.raises(DataError, match="There is no register"):
        open_register(tmp_path / "none")
    with pytest.raises(DataError, match="is no register"):
        open_register(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match="is a file"):
        open_register(tmp_path / "file")


def test_a_half_copied_register(registers):
    path = registers / "2022-04-25" / "organisations.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DataError, match=r"not whole: organisations\.parquet"):
        open_register(registers)
    path.unlink()
    with pytest.raises(DataError, match=r"organisations\.parquet is missing"):
        open_register(registers)


def test_a_damaged_table(registers):
    path = registers / "2022-04-25" / "organisations.parquet"
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(DataError, match="damaged"):
        open_register(registers)


def rewritten(registers, change):
    path = registers / "2022-04-25" / "datapackage.json"
    package = json.loads(path.read_text())
    change(package)
    path.write_text(json.dumps(package))


def test_another_format(registers):
    rewritten(registers, lambda package: package["hedgerow"].update(format=99, version="9.0"))
    with pytest.raises(DataError, match=r"format 99, written by Hedgerow 9\.0"):
        open_register(registers)


def test_some_other_package(registers):
    rewritten(registers, lambda package: package.pop("hedgerow"))
    with pytest.raises(DataError, match="some other data package"):
        open_register(registers)


def test_a_damaged_description(registers):
    (registers / "2022-04-25" / "datapackage.json").write_text('{"name": ')
    with pytest.raises(DataError, match="cannot be read as JSON"):
        open_register(registers)
