"""Arcs, counts and panels that are refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hedgerow.methods.beta_share import posterior_share
from hedgerow.methods.carried_paths import reach
from hedgerow.methods.rate_interval import rate_interval
from hedgerow.methods.stacked import StackedEffects, group_means, stacked_effects

ONE = StackedEffects(
    np.zeros(1, dtype=np.int64), np.zeros(1), np.ones(1, dtype=np.int64), np.arange(1),
    np.zeros((1, 1)),
)  # fmt: skip  # one value


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: reach([[0, 1]], 2, [], [1]), "one source and one target"),
        (lambda: reach([[0, 2]], 2, [0], [1]), "rows 0 to 1"),
        (lambda: reach([[0, 1]], 2, [0], [1], [[True, False]]), r"shape \(cases, 1\)"),
        (lambda: posterior_share(-1, 0), "zero or more"),
        (lambda: posterior_share(1, 1, prior=(0, 1)), "above 0"),
        (lambda: posterior_share(1, 1, level=1), "between 0 and 1"),
        (lambda: rate_interval(-1, 1), "zero or more"),
        (lambda: rate_interval(1, 0), "above 0"),
        (lambda: rate_interval(1, 1, level=0), "between 0 and 1"),
        (lambda: stacked_effects([1, 2], [1]), "units, periods"),
        (lambda: stacked_effects([[1, 2]], [1, 2]), "units, periods"),
        (lambda: stacked_effects([[1, 2]], [1], strata=["a", "b"]), "1 units and 2 strata"),
        (lambda: group_means(ONE, []), "1 effects and 0 groups"),
    ],
)
def test_refused(call: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
