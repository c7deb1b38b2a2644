"""Work spread over processes or a cluster gives what one process gives."""

from __future__ import annotations

import pytest

from hedgerow.cli.spreading import spreading
from hedgerow.cli.typing_places import draw_some
from hedgerow.landscape.errors import UsageError
from hedgerow.localities.typology.draws import draw_all, draw_inputs
from hedgerow.localities.typology.types import Effort, find_types
from tests.typed_tables import three_kinds

LOTS = [(0, 1, 2), (3, 4), (5,)]


@pytest.fixture(scope="module")
def inputs():
    return draw_inputs(find_types(three_kinds((14, 12, 8)), effort=Effort(59, 4, 10)))


def drawn(inputs, **how):
    with spreading((inputs, 3, ()), **how) as spread:
        return [lot.to_dicts() for lot in spread(draw_some, LOTS)]


@pytest.fixture(scope="module")
def plainly(inputs):
    return [draw_all(inputs, 3, lot).to_dicts() for lot in LOTS]


def test_one_process_is_the_plain_call(inputs, plainly) -> None:
    assert drawn(inputs, processes=1) == plainly


@pytest.mark.slow
def test_two_processes_give_the_same_in_the_same_order(inputs, plainly) -> None:
    assert drawn(inputs, processes=2) == plainly


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Dask's own making
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # as above, when a cluster closes
def test_a_cluster_of_two_workers_gives_the_same(inputs, plainly) -> None:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        assert drawn(inputs, scheduler=cluster.scheduler_address) == plainly


@pytest.mark.slow
def test_an_address_where_nothing_answers_is_said(inputs, monkeypatch) -> None:
    monkeypatch.setattr("hedgerow.cli.spreading.SECONDS_TO_CONNECT", 1)
    with pytest.raises(UsageError, match="No Dask scheduler answers"):
        drawn(inputs, scheduler="tcp://127.0.0.1:9")
