"""Networks drawn for the laws to hold of, with labels for their units."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays


def networks(low: int, high: int, *, symmetric: bool = False) -> st.SearchStrategy[np.ndarray]:
    """Draw ties, 0 or 1 without ties to oneself, of so few to so many units."""

    def build(table: np.ndarray) -> np.ndarray:
        ties = table.astype(float) * (1 - np.eye(len(table)))
        return np.triu(ties) + np.triu(ties).T if symmetric else ties

    return st.integers(low, high).flatmap(
        lambda n: arrays(np.int8, (n, n), elements=st.integers(0, 1)).map(build)
    )


def labels_for(ties: np.ndarray, data: st.DataObject, kinds: int = 3) -> list[int]:
    """Draw a label for each unit."""
    n = len(ties)
    return data.draw(st.lists(st.integers(0, kinds - 1), min_size=n, max_size=n))
