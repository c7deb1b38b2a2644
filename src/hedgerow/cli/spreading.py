"""Spreading work over processes: those of this machine, or of a Dask cluster given its address."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from hedgerow.landscape.errors import UsageError

MOST_PROCESSES = 8
SECONDS_TO_CONNECT = 10

Spread = Callable[[Callable[[Any, Any], Any], Sequence[Any]], Iterator[Any]]
"""From a function of what is shared and a task, and the tasks, to the results in their order."""


@contextmanager
def spreading(
    shared: object, *, scheduler: str | None = None, processes: int | None = None
) -> Iterator[Spread]:
    """Give what does tasks in other processes, in their order.

    What is shared is sent once to each process. Results are those that one process alone would
    give: a task depends on nothing but itself and what is shared.

    Parameters
    ----------
    shared : object
    scheduler : str, optional
        Address of a Dask scheduler, whose workers must have Hedgerow; this machine's cores
        otherwise.
    processes : int, optional
        How many on this machine; as many as it has cores, up to eight, unless given.

    Raises
    ------
    UsageError
        If Dask is not installed, or nothing answers at the address.
    """
    if scheduler is not None:
        with _on_cluster(shared, scheduler) as spread:
            yield spread
        return
    most = processes or min(os.cpu_count() or 1, MOST_PROCESSES)
    if most == 1:
        yield lambda work, tasks: (work(shared, task) for task in tasks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # started afresh: polars' threads do not live through a fork
    pool = ProcessPoolExecutor(
        most, mp_context=get_context("spawn"), initializer=_hold, initargs=(shared,)
    )
    try:
        yield lambda work, tasks: pool.map(_do, [(work, task) for task in tasks])
    finally:
        # stopped from the keyboard: what has not begun is not begun
        pool.shutdown(cancel_futures=True)


_HELD: list[object] = []
"""What is shared, in a process of its own: filled once, as it starts."""


def _hold(shared: object) -> None:
    # the process that started this one decides when to stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _HELD.append(shared)


def _do(given: tuple[Callable[[Any, Any], Any], Any]) -> Any:
    work, task = given
    return work(_HELD[-1], task)


@contextmanager
def _on_cluster(shared: object, scheduler: str) -> Iterator[Spread]:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "Dask is not installed, and a cluster was asked for.",
            advice="Install it with `pip install hedgerow[cluster]`, or leave --scheduler out.",
        ) from None
    try:
        connect: Any = Client  # half of its signatures have no types
        client = connect(scheduler, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise UsageError(
            f"No Dask scheduler answers at {scheduler}.",
            advice="Start one with `dask scheduler`, and give the address that it prints.",
        ) from fault
    with client:
        held = client.scatter(shared, broadcast=True, hash=False)

        def spread(work: Callable[[Any, Any], Any], tasks: Sequence[Any]) -> Iterator[Any]:
            futures = [client.submit(work, held, task, pure=False) for task in tasks]
            return (future.result() for future in futures)

        yield spread
