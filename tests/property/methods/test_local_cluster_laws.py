"""Local clusters found in one go are those found unit by unit."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.methods.compactness import draw_groups
from hedgerow.methods.local_clusters import local_clusters

DRAWS, K = 49, 3


@given(st.integers(0, 2**32 - 1), st.integers(8, 60))
def test_each_unit_is_set_against_draws_of_all_but_itself(seed, size):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=size).round(1)
    rows = rng.permutation(size)[: size // 2]
    near = (rows[:, None] + np.arange(1, K + 1)) % size
    found = local_clusters(values, near, np.random.default_rng(seed), rows=rows, draws=DRAWS)
    others = draw_groups(size - 1, K, DRAWS, np.random.default_rng(seed))
    for number, row in enumerate(rows):
        drawn = np.delete(values, row)[others].mean(axis=1)
        observed = values[near[number]].mean()
        at_most = np.count_nonzero(drawn <= observed + 1e-9)
        assert found.p_low[number] == (1 + at_most) / (DRAWS + 1)
