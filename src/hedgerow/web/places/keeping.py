"""What takes long to work out, kept in the process: of everything the most lately used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from threading import Lock
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")

MOST_AT_ONCE = 3
"""How many things are worked out at once; others wait for their turn."""
_WORKERS = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="places")


class StillWorking(Exception):
    """It takes longer than a reader should wait; the work goes on."""


class Kept(Generic[_T]):
    """Values by key; two who ask for the same at once wait for one work.

    Parameters
    ----------
    most : int
        How many values are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, _T] = OrderedDict()
        self._working: dict[Hashable, Future[Any]] = {}
        self._lock = Lock()

    def get(
        self,
        key: Hashable,
        work: Callable[[], _T],
        *,
        patience: float | None = None,
        patience_of_others: float | None = None,
    ) -> _T:
        """Give what is kept under a key, or work it out and keep it.

        Parameters
        ----------
        key : hashable
        work : callable
            Asks nothing of the database: it runs in a thread of its own.
        patience : float, optional
            Seconds after which it is not waited for any longer.
        patience_of_others : float, optional
            The same for those who come while it is being worked out already; as ``patience`` unless
            given.

        Raises
        ------
        StillWorking
            If it is not there by then; whoever asks again later finds it.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            future = self._working.get(key)
            if future is None:
                future = self._working[key] = _WORKERS.submit(self._work, key, work)
            elif patience_of_others is not None:
                patience = patience_of_others
        try:
            found: _T = future.result(timeout=patience)
        except NotYet as late:
            if future.done():  # the work itself ran out of time
                raise
            raise StillWorking from late
        return found

    def _work(self, key: Hashable, work: Callable[[], _T]) -> _T:
        try:
            value = work()
            with self._lock:
                self._values[key] = value
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
            return value
        finally:
            with self._lock:
                self._working.pop(key, None)
