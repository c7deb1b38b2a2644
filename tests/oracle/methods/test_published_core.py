"""Published numbers for survival, partitions and intervals."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.methods.change_points import best_changes, squared_cost
from hedgerow.methods.hazard_ratio import hazard_ratio, log_rank
from hedgerow.methods.incidence import kaplan_meier
from hedgerow.methods.partitions import adjusted_mutual_information
from hedgerow.methods.proportion import wilson_interval

# Freireich and others 1963: weeks to relapse; data and results as commonly reprinted
SIX_MP = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
SIX_MP_RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


@pytest.mark.oracle("Freireich and others 1963, as reprinted", "recalled")
def test_freireich_medians_and_survival() -> None:
    treated = kaplan_meier(SIX_MP, SIX_MP_RELAPSED)
    placebo = kaplan_meier(PLACEBO, [1] * 21)
    assert treated.time_to(0.5) == 23
    assert placebo.time_to(0.5) == 8
    assert treated.at(23) == pytest.approx(0.4482, abs=5e-5)


@pytest.mark.oracle("Freireich and others 1963, as tabled in textbooks", "recalled")
def test_freireich_table_of_survival_and_standard_error() -> None:
    # the table printed in survival textbooks for the treated arm
    treated = kaplan_meier(SIX_MP, SIX_MP_RELAPSED)
    printed = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert treated.times.tolist() == list(printed)
    assert treated.values.tolist() == pytest.approx(list(printed.values()), abs=6e-4)
    errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert (treated.variance**0.5).tolist() == pytest.approx(errors, abs=6e-5)


@pytest.mark.oracle("scikit-learn 1.9.1", "independent")
def test_adjusted_mutual_information_as_scikit_learn_gives_it() -> None:
    # adjusted_mutual_info_score of scikit-learn 1.9.1, run once on these lists
    first = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2]
    second = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 0]
    assert adjusted_mutual_information(first, second) == pytest.approx(
        0.3430788648590979, abs=1e-12
    )


@pytest.mark.oracle("Newcombe 1998, table I", "recalled")
def test_wilson_interval_of_newcombe() -> None:
    # Newcombe 1998, table I: 81/263, 15/148, 0/20 and 1/29
    for successes, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson_interval(successes, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.oracle("lifelines 0.30.3 and statsmodels 0.15", "independent")
def test_freireich_log_rank_and_hazard_ratio() -> None:
    both = (SIX_MP + PLACEBO, SIX_MP_RELAPSED + [1] * 21, [0] * 21 + [1] * 21)
    # chi-squared 16.793 as printed; 1.5721 after Efron as lifelines and statsmodels give it
    assert log_rank(*both).statistic == pytest.approx(16.793, abs=5e-4)
    found = hazard_ratio(*both)
    assert found.coefficient == pytest.approx(1.5721, abs=5e-5)
    # statsmodels 0.15 PHReg, ties after Efron, run once on these lists
    assert found.se == pytest.approx(0.41239672, abs=1e-7)


@pytest.mark.oracle("statsmodels 0.15", "independent")
def test_freireich_hazard_ratio_by_a_plain_search() -> None:
    # statsmodels gives 1.5092 when ties are taken after Breslow, which we do not offer; the same
    # plain likelihood with ties after Efron peaks where ours does
    weeks, relapsed = np.array(SIX_MP + PLACEBO), np.array(SIX_MP_RELAPSED + [1] * 21, dtype=bool)
    arm = np.repeat([0.0, 1.0], 21)

    def peak(share: float) -> float:
        beta = np.arange(1, 2, 1e-5)
        level = np.zeros_like(beta)
        for week in np.unique(weeks[relapsed]):
            now = relapsed & (weeks == week)
            risk = np.exp(np.outer(beta, arm))
            at_risk, ties = risk[:, weeks >= week].sum(axis=1), risk[:, now].sum(axis=1)
            level += beta * arm[now].sum()
            for before in range(now.sum()):
                level -= np.log(at_risk - share * before / now.sum() * ties)
        return float(beta[level.argmax()])

    assert peak(0) == pytest.approx(1.5092, abs=5e-5)
    found = hazard_ratio(SIX_MP + PLACEBO, SIX_MP_RELAPSED + [1] * 21, [0] * 21 + [1] * 21)
    assert found is not None
    assert peak(1) == pytest.approx(found.coefficient, abs=1e-5)


# yearly flow of the Nile at Aswan from 1871 to 1970, in 10^8 cubic metres, as commonly reprinted
NILE = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020,
    960, 1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840,
    874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100,
    832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944,
    984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744,
    749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718,
    714, 740,
]  # fmt: skip  # as many years a line as fit


@pytest.mark.oracle("the classic answer, data as reprinted", "shipped")
def test_the_nile_fell_after_1898() -> None:
    (first,) = best_changes(squared_cost(NILE), 1)
    assert first == 28
    # the classic answer: the level is another from 1899 on
    assert 1871 + first == 1899
