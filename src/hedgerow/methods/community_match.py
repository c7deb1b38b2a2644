"""Do communities follow a given division? Agreement with it, against networks that are random but
for their margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.communities import (
    Consensus,
    consensus_communities,
    find_communities,
    modularity,
)
from hedgerow.methods.configuration import rewired_networks
from hedgerow.methods.curveball import curveball_tables
from hedgerow.methods.labelling import encode
from hedgerow.methods.network import checked_ties
from hedgerow.methods.partitions import adjusted_mutual_information
from hedgerow.methods.permutation import NullDistribution, null_distribution
from hedgerow.methods.projection import weighted_projection

_SWAPS_A_TIE = 5


@dataclass(frozen=True)
class CommunityMatch:
    """How a given division stands to the communities of a network of several layers.

    Attributes
    ----------
    communities : Consensus
    agreement : NullDistribution or None
        Adjusted mutual information of the communities with the division: 1 the same, 0 unrelated.
        ``None`` where the division or the communities are one class.
    ratio : NullDistribution
        Modularity of the division over that of the communities: 1 when no communities fit the ties
        better than the division, 0 when the division ignores the ties, below 0 when it cuts them.
    """

    communities: Consensus
    agreement: NullDistribution | None
    ratio: NullDistribution


def community_match(
    networks: Sequence[ArrayLike],
    tables: Sequence[ArrayLike],
    labels: Sequence[Any] | ArrayLike,
    rng: np.random.Generator,
    draws: int = 49,
    starts: int = 20,
) -> CommunityMatch | None:
    """Compare the communities of several layers with a given division of the units.

    Parameters
    ----------
    networks : sequence of arrays of shape (n, n)
        Layers of ties, symmetric; weights are dropped.
    tables : sequence of arrays of bool, shape (n, m)
        Layers of membership, units by groups; each counts as the network of
        :func:`hedgerow.methods.projection.weighted_projection`.
    labels : sequence of length n
        The division; none missing.
    rng
        Source of randomness.
    draws
        Random networks behind the null.
    starts
        Searches behind the consensus.

    Returns
    -------
    CommunityMatch or None
        ``None`` when no layer has a tie.

    Notes
    -----
    In the null each unit keeps its number of ties and of groups in every layer, and each group its
    number of units; what goes is who is tied to whom. The communities of a draw come from one
    search, not twenty: they fit a little less well than they could, which sets the ratio of a draw
    a little further from 0 than it should be.

    References
    ----------
    [newman2006], [strona2014], [traag2019], [vinh2010]
    """
    ties = [checked_ties(one, symmetric=True).astype(float) for one in networks]
    members = [np.asarray(one, dtype=bool) for one in tables]
    layers = [*ties, *(weighted_projection(one) for one in members)]
    codes = encode(labels)[0]
    found = consensus_communities(layers, rng, starts=starts)
    if found is None:
        return None
    rewired = [
        rewired_networks(one, rng, draws=draws, swaps=_SWAPS_A_TIE * int(one.sum() / 2))
        for one in ties
        if one.any()
    ]
    dealt = [
        curveball_tables(one, rng, draws=draws) for one in members if len(one) > 1 and one.any()
    ]
    matches, ratios = [], []
    for draw in range(draws):
        drawn = [one[draw].astype(float) for one in rewired]
        drawn += [weighted_projection(one[draw]) for one in dealt]
        random = find_communities(drawn, rng, starts=1)
        if random is None or random.modularity <= 0:
            continue
        ratios.append(_division_modularity(drawn, codes) / random.modularity)
        match = adjusted_mutual_information(random.labels, codes)
        if match is not None:
            matches.append(match)
    best = max(found.best, found.modularity)
    if best <= 0 or not ratios:
        return None
    observed = adjusted_mutual_information(found.labels, codes)
    return CommunityMatch(
        found,
        None if observed is None or not matches else null_distribution(observed, matches),
        null_distribution(_division_modularity(layers, codes) / best, ratios),
    )


def _division_modularity(layers: Sequence[NDArray[np.float64]], codes: NDArray[np.int64]) -> float:
    """Mean modularity of a division over the layers that have a tie."""
    found = [modularity(layer, codes) for layer in layers]
    return float(np.mean([one for one in found if one is not None]))
