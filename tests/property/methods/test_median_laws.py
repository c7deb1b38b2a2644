"""The median without masked arrays is the median."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from hedgerow.methods.median import medians

VALUES = arrays(
    float,
    array_shapes(max_dims=3, max_side=9),
    elements=st.floats(-1e9, 1e9),
)


@given(VALUES)
def test_it_is_numpys_own_to_the_last_bit(values):
    assert np.array_equal(medians(values), np.median(values, axis=-1))


@pytest.mark.parametrize("values", [[], [[], []], 3.0])
def test_nothing_has_no_median(values):
    with pytest.raises(ValueError, match="one value or more"):
        medians(values)
