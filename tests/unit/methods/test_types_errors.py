"""What the methods for groups refuse."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hedgerow.methods.cluster_stability import jaccard_stability
from hedgerow.methods.coassignment import coassignment, membership_shares
from hedgerow.methods.components import components_beyond_noise, principal_components
from hedgerow.methods.copula_null import fit_continuum, single_peaked
from hedgerow.methods.group_count import count_groups
from hedgerow.methods.mixture import best_mixture, fit_mixture
from hedgerow.methods.prediction_strength import prediction_strength
from hedgerow.methods.rand_index import adjusted_rand_index

RNG = np.random.default_rng(0)
APART = np.ones((6, 6)) - np.eye(6)
REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "lengths": (lambda: adjusted_rand_index([1, 2], [1]), "length"),
    "halves smaller than k": (lambda: prediction_strength(APART, 4, RNG), "halved"),
    "no split": (lambda: prediction_strength(APART, 2, RNG, splits=0), "halved"),
    "gap in labels": (lambda: jaccard_stability(APART, [0, 0, 2, 2, 2, 0], RNG), "number"),
    "no partition": (lambda: coassignment(np.zeros((0, 3), int)), "partitions"),
    "reference too short": (lambda: membership_shares([[0, 1]], [0]), "reference"),
    "one known value": (lambda: fit_continuum([[1, np.nan], [2, 3]]), "two known"),
    "nothing to peak": (lambda: single_peaked([]), "finite"),
    "no variance": (lambda: principal_components(np.ones((4, 2))), "varies"),
    "missing in components": (lambda: principal_components([[np.nan], [1], [2]]), "finite"),
    "level": (lambda: components_beyond_noise(np.eye(4), RNG, level=1), "level"),
    "start too short": (lambda: fit_mixture(np.eye(3), [0, 1]), "starting group"),
    "start with a gap": (lambda: fit_mixture(np.eye(3), [0, 2, 2]), "gaps"),
    "no start": (lambda: best_mixture(np.eye(3), []), "no start"),
    "one group": (lambda: count_groups(np.eye(8), lambda x: x, [1, 2], RNG), "tried"),
    "too few draws": (lambda: count_groups(np.eye(8), lambda x: x, [2], RNG, nulls=9), "draws"),
    "too many groups": (lambda: count_groups(np.eye(8), lambda x: x, [5], RNG), "tried"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str) -> None:
    call, words = REFUSED[what]
    with pytest.raises(ValueError, match=words):
        call()
