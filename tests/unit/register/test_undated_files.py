"""Files that nothing dates: places are as old as the register, results of a year are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.register.inputs import RegisterInputs
from hedgerow.sources.register.reading import Read, read_all
from tests.unit.register.made_up_files import gias, written

HUBS = (
    b"hub_id,kind,name,covers_type,covers\n"
    b"mh:otter,maths hub,Otter Maths Hub,authority,Brambleford\n"
)
SCORES = b"RECTYPE,URN,SCHNAME,MATPROG\n1,900001,Otter Lane,1.2\n"
EXTRACT = "edubasealldata20220425.csv"


def _read(folder: Path, faults: Faults, **files: tuple[str, bytes]) -> Read:
    paths = written(folder, {EXTRACT: gias(), **dict(files.values())})
    given = {source: (paths[name],) for source, (name, _) in files.items()}
    return read_all(RegisterInputs(gias=paths[EXTRACT], **given), faults, lambda said: None)


def test_places_without_a_day_are_taken_to_be_of_the_registers_and_said_to_be(tmp_path):
    faults = Faults()
    read = _read(tmp_path, faults, hubs=("hubs.csv", HUBS))
    assert read.hubs[0].source.as_of == read.gias.source.as_of
    assert ("undated file", "hubs.csv") in {(fault.kind, fault.file) for fault in faults}


def test_what_was_found_before_the_day_was_asked_for_is_reported_once(tmp_path):
    faults = Faults()
    odd = HUBS + b"mh:vole,no such kind,Vole Hub,authority,Brambleford\n"
    _read(tmp_path, faults, hubs=("hubs.csv", odd))
    table = faults.table()
    assert table.height == table.unique().height


def test_results_without_a_year_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"scores\.csv@"):
        _read(tmp_path, Faults(), ks2=("scores.csv", SCORES))
