"""Numbers that are none, endless or out of range are refused in words, or give a right answer."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest

from hedgerow.methods.beta_share import posterior_share
from hedgerow.methods.catchment import crowding_access, gaussian_weights, step_weights
from hedgerow.methods.chao import chao_estimate
from hedgerow.methods.coassignment import coassignment, matched_groups
from hedgerow.methods.concentration import concentration_interval
from hedgerow.methods.core_periphery import core_fit
from hedgerow.methods.dilution import expected_loss
from hedgerow.methods.diversity import hill_number, rarefied_hill
from hedgerow.methods.fragmentation import reach_efficiency
from hedgerow.methods.gower import gower_dissimilarity
from hedgerow.methods.homophily import (
    label_assortativity,
    label_assortativity_test,
    unit_ei_index,
)
from hedgerow.methods.kolm_pollak import kolm_pollak_ede, kolm_pollak_ede_at
from hedgerow.methods.median_odds import fit_random_intercepts, median_odds_ratio
from hedgerow.methods.mixture import fit_mixture
from hedgerow.methods.partial_pooling import partial_pooling
from hedgerow.methods.profile_overlap import profile_overlap_test
from hedgerow.methods.prototypes import memberships
from hedgerow.methods.rate_interval import rate_interval
from hedgerow.methods.similarity import likeness_gap_interval, tied_mean_test
from hedgerow.methods.stacked import stacked_effects
from hedgerow.methods.unit_loss import share_under_loss

RNG = np.random.default_rng(1)
PATH = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
REFUSED = {
    "successes unknown": (lambda: posterior_share(nan, 1), "finite"),
    "endless failures": (lambda: posterior_share(1, inf), "finite"),
    "endless prior": (lambda: posterior_share(1, 1, prior=(1, inf)), "prior"),
    "count unknown": (lambda: rate_interval(nan, 1), "finite"),
    "endless exposure": (lambda: rate_interval(1, inf), "finite"),
    "trip of unknown cost": (lambda: gaussian_weights([1, nan], 2), "not known"),
    "zone of unknown cost": (lambda: step_weights([nan], [1, 2], [1, 0.5]), "not known"),
    "zone of unknown weight": (lambda: step_weights([1], [1, 2], [1, nan]), "zero or more"),
    "zones of unknown limit": (lambda: step_weights([1], [1, nan], [1, 0.5]), "rise"),
    "endless sightings": (lambda: chao_estimate([1, inf]), "whole numbers"),
    "labels unknown": (lambda: coassignment([[0, nan]]), "whole numbers"),
    "labels below -1": (lambda: coassignment([[0, -2]]), "from 0"),
    "labels of other units": (lambda: matched_groups([0, 1], [0]), "reference labels"),
    "core of other units": (lambda: core_fit(PATH, [True, False]), "core"),
    "endless prior of a chain": (lambda: expected_loss([1], 1, inf, RNG), "no prior"),
    "endless counts": (lambda: rarefied_hill([1, inf], 1, 2, 9, RNG), "finite"),
    "no such target": (lambda: reach_efficiency(PATH, [0], [3]), "rows 0 to 2"),
    "endless trait": (lambda: gower_dissimilarity([[1, inf]], ["numeric"]), "infinite"),
    "row counted from the end": (lambda: label_assortativity(list("aab"), [[0, -1]]), "rows 0 to"),
    "no such row": (lambda: label_assortativity_test(list("aab"), [[0, 3]], RNG), "rows 0 to"),
    "no such row of one's own": (lambda: unit_ei_index(list("aab"), [[0, 3]]), "rows 0 to"),
    "no such row of a likeness": (lambda: tied_mean_test(PATH, [[0, -1]], RNG), "rows 0 to"),
    "no such row of a loss": (
        lambda: share_under_loss([True], [[0, -1]], 3, 0.4, RNG),
        "rows 0 to",
    ),
    "endless aversion": (lambda: kolm_pollak_ede([1, 2], inf), "finite"),
    "aversion unknown": (lambda: kolm_pollak_ede_at([1, 2], nan), "finite"),
    "no outcomes": (lambda: fit_random_intercepts([], []), "one or more"),
    "endless variance": (lambda: median_odds_ratio(inf), "at most"),
    "groups unknown": (lambda: fit_mixture([[1.0], [2.0]], [nan, 0]), "whole numbers"),
    "no rows": (lambda: fit_mixture(np.zeros((0, 2)), np.zeros(0, int)), "starting group"),
    "unit unknown": (lambda: profile_overlap_test([nan], [0], [[1]], RNG), "numbered"),
    "endless prototype": (lambda: memberships([[0.0]], [[inf], [1]], 1), "infinite"),
    "endless spread": (lambda: memberships([[0.0]], [[0], [1]], inf), "finite"),
    "endless likeness": (
        lambda: likeness_gap_interval([[1, inf], [inf, 1]], list("ab"), RNG),
        "finite",
    ),
    "endless outcome": (lambda: stacked_effects([[1, inf]], [1]), "infinite"),
    "begun before the first": (lambda: stacked_effects([[1, 2]], [-1]), "column"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_words(case: str) -> None:
    call, reason = REFUSED[case]
    with pytest.raises(ValueError, match=reason):
        call()


def test_a_high_order_of_diversity_nears_the_commonest_type() -> None:
    assert hill_number([1, 1, 1], 1e300) == pytest.approx(3)
    assert hill_number([1, 4, 3], 1e6) == pytest.approx(hill_number([1, 4, 3], inf), rel=1e-5)
    for q in (1 - 1e-7, 1 + 1e-7):
        assert hill_number([1, 4, 3], q) == pytest.approx(hill_number([1, 4, 3], 1), rel=1e-6)


def test_equal_estimates_do_not_differ_however_sure_they_are() -> None:
    found = partial_pooling([0.1] * 3, [1e-100] * 3)
    assert found.between_sd == 0
    assert found.mean == pytest.approx(0.1)


def test_without_any_supply_nobody_has_access() -> None:
    assert crowding_access([1, 2], [0, 0], [0, 1], [0, 1], [1, 1], tau=1).tolist() == [inf, inf]


def test_a_draw_of_units_without_weight_has_no_index() -> None:
    found = concentration_interval([1, 2, 3], [1, 2, 3], np.random.default_rng(1), [0, 0, 1])
    assert found is not None
    assert found.undefined > 0
