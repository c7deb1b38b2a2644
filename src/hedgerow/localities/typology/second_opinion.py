"""What another method makes of the same localities: a mixture of Gaussian clouds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.methods.components import Components
from hedgerow.methods.medoids import partition_around_medoids
from hedgerow.methods.mixture import Shape, best_mixture
from hedgerow.methods.rand_index import adjusted_rand_index


@dataclass(frozen=True, eq=False)
class SecondOpinion:
    """What a mixture of Gaussian clouds finds on the components beyond noise.

    Attributes
    ----------
    components : int
    clouds : int
        By the smallest BIC; 1 is no groups.
    shape : str
        Of the clouds.
    agreement : float or None
        Adjusted Rand index with the types, over localities; None where either has a single group.
    labels : array of int, shape (n,)
        Cloud of each locality that entered.
    """

    components: int
    clouds: int
    shape: Shape
    agreement: float | None
    labels: NDArray[np.int64]


def second_opinion(
    continuum: Components, directions: int, labels: NDArray[np.int64], most: int
) -> SecondOpinion:
    """Fit mixtures of one cloud to ``most``, and keep the one with the smallest BIC.

    Parameters
    ----------
    continuum : Components
    directions : int
        How many of them are more than noise; clouds are fitted on these, one at least.
    labels : array of int, shape (n,)
        Types to set beside the clouds; -1 for none.
    most : int
        Clouds; fewer where they would hold fewer than five localities each.
    """
    q = max(1, directions)
    scores = continuum.scores[:, :q]
    apart = np.sqrt(((scores[:, None] - scores) ** 2).sum(axis=2))
    most = max(1, min(most, len(scores) // 5))
    best = best_mixture(
        scores, [partition_around_medoids(apart, k).labels for k in range(1, most + 1)]
    )
    agreement = None if (labels < 0).all() else adjusted_rand_index(labels, best.labels)
    return SecondOpinion(q, len(best.weights), best.shape, agreement, best.labels)
