"""Access, inequality, effects, agreement and typology against published numbers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from hedgerow.methods.agreement import fleiss_kappa, krippendorff_alpha
from hedgerow.methods.catchment import (
    crowding_access,
    step_weights,
    three_step_access,
    two_step_access,
)
from hedgerow.methods.concordance import kendall_w
from hedgerow.methods.gower import gower_dissimilarity
from hedgerow.methods.kolm_pollak import kolm_pollak_ede, kolm_pollak_ede_at
from hedgerow.methods.medoids import partition_around_medoids, silhouette_widths
from hedgerow.methods.staggered import (
    cohort_effect,
    dynamic_effect,
    group_time_effects,
    simple_effect,
)

DEMAND, SUPPLY = np.array([100.0, 50, 10]), np.array([15.0, 20, 100])
ORIGIN, DESTINATION = np.divmod(np.arange(9), 3)
# travel to the third place, from it, and between the first two
COSTS = {"0": (40, 40, 80), "1": (20, 40, 80)}


def table(path: Path) -> np.ndarray:
    with path.open(newline="") as file:
        return np.array([[float(cell) for cell in row] for row in list(csv.reader(file))[1:]])


def costs(scenario: str) -> np.ndarray:
    inbound, outbound, cross = COSTS[scenario]
    return np.array([1, cross, inbound, cross, 1, inbound, outbound, outbound, 1], dtype=float)


@pytest.fixture(scope="module")
def pysal(oracle_data: Path) -> dict[str, dict[str, dict[str, float]]]:
    path = oracle_data / "pysal_access" / "hospital_example_results.json"
    return json.loads(path.read_text())["results"]


@pytest.mark.parametrize("scenario", COSTS)
def test_two_step_catchments_as_pysal_gives_them(pysal, scenario: str) -> None:
    cost, expected = costs(scenario), pysal[scenario]
    near = cost < 61
    plain = two_step_access(DEMAND, SUPPLY, ORIGIN[near], DESTINATION[near])
    assert plain.tolist() == pytest.approx(list(expected["p2_doc"].values()), abs=1e-9)
    gravity = np.where(near, 1 / cost, 0)
    enhanced = two_step_access(DEMAND, SUPPLY, ORIGIN, DESTINATION, gravity)
    assert enhanced.tolist() == pytest.approx(list(expected["g2_doc"].values()), abs=1e-9)
    steps = step_weights(cost, [10, 30, 60], [1, 0.68, 0.22])
    stepped = two_step_access(DEMAND, SUPPLY, ORIGIN, DESTINATION, steps)
    assert stepped.tolist() == pytest.approx(list(expected["e2_doc"].values()), abs=1e-9)


@pytest.mark.parametrize("scenario", COSTS)
def test_three_step_catchment_differs_from_pysal_only_in_what_is_out_of_reach(
    pysal, scenario: str
) -> None:
    cost = costs(scenario)
    weight = np.where(cost < 61, 1 / cost, 0).reshape(3, 3)

    def plain(choice: np.ndarray) -> list[float]:
        chosen = weight * weight / choice[:, None]
        return (chosen @ (SUPPLY / (DEMAND @ chosen))).tolist()

    # PySAL divides choice over every place listed, those beyond the limit of cost included
    everywhere = (1 / cost).reshape(3, 3).sum(axis=1)
    expected = list(pysal[scenario]["g3_doc"].values())
    assert plain(everywhere) == pytest.approx(expected, abs=1e-9)
    found = three_step_access(DEMAND, SUPPLY, ORIGIN, DESTINATION, weight.ravel())
    assert found.tolist() == pytest.approx(plain(weight.sum(axis=1)))
    assert found.tolist() == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize("scenario", COSTS)
def test_crowding_settles_where_pysal_nearly_does(pysal, scenario: str) -> None:
    found = crowding_access(
        DEMAND, SUPPLY, ORIGIN, DESTINATION, costs(scenario), tau=60, tolerance=1e-9
    )
    # PySAL stops after a number of steps: its two like origins still differ by 0.01
    expected = list(pysal[scenario]["raam_doc"].values())
    assert found.tolist() == pytest.approx(expected, abs=0.008)
    assert found[0] == pytest.approx(found[1])


def test_equal_level_of_one_to_five() -> None:
    assert kolm_pollak_ede([1, 2, 3, 4, 5], 0.5) == pytest.approx(2.8641817374, abs=1e-10)


def test_equal_level_of_large_values_stays_finite() -> None:
    # exp(-1e4) and exp(1e4) are beyond a double
    assert 1e5 < kolm_pollak_ede_at([1e5, 1e5 + 1, 1e5 + 100], 0.1) < 1e5 + 10
    assert 1e5 + 80 < kolm_pollak_ede_at([1e5, 1e5 + 1, 1e5 + 100], -0.1) < 1e5 + 100


def test_minimum_wage_effects_of_callaway_and_santanna(oracle_data: Path) -> None:
    folder = oracle_data / "staggered_did"
    rows = table(folder / "mpdta_cohort_means.csv")
    cohorts, periods = np.unique(rows[:, 0]), np.unique(rows[:, 1])
    means = rows[:, 2].reshape(cohorts.size, periods.size)
    sizes = rows[:: periods.size, 3]
    starts = np.where(cohorts == 0, np.inf, cohorts)
    found = group_time_effects(means, periods, starts, sizes)
    published = json.loads((folder / "published.json").read_text())
    assert found.effect.round(4).tolist() == published["att_gt"]
    aggregates = published["aggregates"]
    assert simple_effect(found) == pytest.approx(aggregates["simple"], abs=5e-6)
    assert cohort_effect(found) == pytest.approx(aggregates["group"], abs=5e-6)
    assert dynamic_effect(found) == pytest.approx(aggregates["dynamic_overall"], abs=5e-6)


@pytest.mark.parametrize("example", ["textbook_4x12", "wikipedia_3x15"])
@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_of_krippendorffs_examples(oracle_data: Path, example: str, metric) -> None:
    published = json.loads((oracle_data / "irr" / "krippendorff_published.json").read_text())
    found = krippendorff_alpha(published[example]["observers"], metric)
    assert found == pytest.approx(published[example]["alpha"][metric], abs=5e-5)


def test_kappa_of_fourteen_coders() -> None:
    # the worked example printed with most accounts of Fleiss's kappa: 0.210
    counts = (
        "0 0 0 0 14|0 2 6 4 2|0 0 3 5 6|0 3 9 2 0|2 2 8 1 1|"
        "7 7 0 0 0|3 2 6 3 0|2 5 3 2 2|6 5 2 1 0|0 2 2 3 7"
    )
    units = [[int(cell) for cell in row.split()] for row in counts.split("|")]
    assert fleiss_kappa(units) == pytest.approx(0.210, abs=5e-4)


def test_concordance_of_the_anxiety_ratings() -> None:
    # R irr, data set `anxiety`: 20 persons by 3 raters; W = 0.5396569
    ratings = ["33345523522615221243", "36462424332333221334", "21443216111233113322"]
    scores = [[int(cell) for cell in row] for row in ratings]
    assert kendall_w(scores) == pytest.approx(0.5396568760, abs=1e-10)


def test_dissimilarity_of_flowers_as_r_cluster_gives_it(oracle_data: Path) -> None:
    flower = table(oracle_data / "gower" / "flower.csv")
    found = gower_dissimilarity(
        list(flower.T),
        ["symmetric"] * 3 + ["nominal", "ordinal", "ordinal", "numeric", "numeric"],
    )
    assert found[0, 1:3].tolist() == pytest.approx([0.8875408, 0.5272467], abs=5e-8)
    assert found[np.triu_indices(18, k=1)].mean() == pytest.approx(0.4865332, abs=5e-8)


def test_ruspini_in_four_groups_as_r_cluster_gives_them(oracle_data: Path) -> None:
    xy = table(oracle_data / "gower" / "ruspini.csv")
    apart = np.sqrt(((xy[:, None] - xy[None]) ** 2).sum(axis=2))
    found = partition_around_medoids(apart, 4)
    # R counts from 1
    assert (found.medoids + 1).tolist() == [10, 32, 52, 70]
    assert found.cost == pytest.approx(11.48637, abs=5e-6)
    assert silhouette_widths(apart, found.labels).mean() == pytest.approx(0.737657, abs=5e-7)
