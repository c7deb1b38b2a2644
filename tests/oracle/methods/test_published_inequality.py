"""Access, inequality, effects, agreement and typology against published numbers."""

from __future__ import annotations

import csv
import importlib.util
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
from hedgerow.methods.concentration import concentration_index
from hedgerow.methods.concordance import kendall_w
from hedgerow.methods.gini import gini_index
from hedgerow.methods.gower import gower_dissimilarity
from hedgerow.methods.kolm_pollak import kolm_pollak_ede, kolm_pollak_ede_at
from hedgerow.methods.local_clusters import local_clusters
from hedgerow.methods.medoids import partition_around_medoids, silhouette_widths
from hedgerow.methods.staggered import (
    cohort_effect,
    dynamic_effect,
    group_time_effects,
    simple_effect,
)
from hedgerow.methods.theil import theil_split

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


def libpysal_lines(path: str) -> list[str]:
    """A file that libpysal ships with; importing it would take seconds."""
    found = importlib.util.find_spec("libpysal")
    assert found is not None and found.submodule_search_locations is not None
    file = Path(found.submodule_search_locations[0]) / "examples" / path
    return file.read_text().splitlines()


def libpysal_example(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(libpysal_lines(path)))


@pytest.fixture(scope="module")
def pysal(oracle_data: Path) -> dict[str, dict[str, dict[str, float]]]:
    path = oracle_data / "pysal_access" / "hospital_example_results.json"
    return json.loads(path.read_text())["results"]


@pytest.mark.parametrize("scenario", COSTS)
@pytest.mark.oracle("PySAL access 1.1.10", "independent")
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
@pytest.mark.oracle("PySAL access 1.1.10", "independent")
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
@pytest.mark.oracle("PySAL access 1.1.10", "independent")
def test_crowding_settles_where_pysal_nearly_does(pysal, scenario: str) -> None:
    found = crowding_access(
        DEMAND, SUPPLY, ORIGIN, DESTINATION, costs(scenario), tau=60, tolerance=1e-9
    )
    # PySAL stops after a number of steps: its two like origins still differ by 0.01
    expected = list(pysal[scenario]["raam_doc"].values())
    assert found.tolist() == pytest.approx(expected, abs=0.008)
    assert found[0] == pytest.approx(found[1])


@pytest.mark.parametrize(
    ("scenario", "loads"),
    [("0", [[27, 0, 73], [0, 35, 15], [0, 0, 10]]), ("1", [[22, 0, 78], [0, 29, 21], [0, 0, 10]])],
)
@pytest.mark.oracle("PySAL access 1.1.10", "independent")
def test_pysal_prices_travel_and_crowding_as_we_do(pysal, scenario: str, loads) -> None:
    # where PySAL's whole-number moves end, to its digits: only how long one searches differs
    flow, cost = np.array(loads), costs(scenario).reshape(3, 3)
    rate = DEMAND.sum() / SUPPLY.sum()
    price = flow.sum(axis=0) / (rate * SUPPLY) + cost / 60
    paid = (flow * price).sum(axis=1) / DEMAND
    assert paid.tolist() == pytest.approx(list(pysal[scenario]["raam_doc"].values()), abs=1e-9)
    settled = crowding_access(DEMAND, SUPPLY, ORIGIN, DESTINATION, costs(scenario), tau=60)
    # at PySAL's loads somebody could still gain by moving; at ours nobody can
    assert (price.min(axis=1) < paid - 1e-3).any()
    assert settled.min() > 0


@pytest.mark.oracle("inequalipy 1.0.5", "independent")
def test_equal_level_of_one_to_five() -> None:
    assert kolm_pollak_ede([1, 2, 3, 4, 5], 0.5) == pytest.approx(2.8641817374, abs=1e-10)


@pytest.mark.oracle("the model of measurement", "ours")
def test_equal_level_of_large_values_stays_finite() -> None:
    # exp(-1e4) and exp(1e4) are beyond a double
    assert 1e5 < kolm_pollak_ede_at([1e5, 1e5 + 1, 1e5 + 100], 0.1) < 1e5 + 10
    # the lowest of three, and ln 3 over the aversion; inequalipy 1.0.5 gives infinity
    found = kolm_pollak_ede_at([1e5, 2e5, 3e5], 0.1)
    assert found == pytest.approx(100010.986, abs=5e-4)
    assert 1e5 + 80 < kolm_pollak_ede_at([1e5, 1e5 + 1, 1e5 + 100], -0.1) < 1e5 + 100


@pytest.mark.oracle("R did; Callaway and Sant’Anna 2021", "independent")
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


@pytest.mark.oracle("the model of measurement", "ours")
def test_two_way_fixed_effects_give_another_answer(oracle_data: Path) -> None:
    # -0.0365 on the same data, by a regression that is not offered: it weighs some effects below 0
    rows = table(oracle_data / "staggered_did" / "mpdta_cohort_means.csv")
    cohort, year, mean, size = rows.T
    began = ((cohort > 0) & (year >= cohort)).astype(float)
    columns = [began, *(cohort == c for c in np.unique(cohort))]
    columns += [year == t for t in np.unique(year)[1:]]
    root = np.sqrt(size)
    design = np.column_stack(columns) * root[:, None]
    assert np.linalg.lstsq(design, mean * root)[0][0] == pytest.approx(-0.0365, abs=5e-5)


@pytest.mark.parametrize("example", ["textbook_4x12", "wikipedia_3x15"])
@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.oracle("Krippendorff 2011; krippendorff 0.9.0", "recalled")
def test_alpha_of_krippendorffs_examples(oracle_data: Path, example: str, metric) -> None:
    published = json.loads((oracle_data / "irr" / "krippendorff_published.json").read_text())
    found = krippendorff_alpha(published[example]["observers"], metric)
    assert found == pytest.approx(published[example]["alpha"][metric], abs=5e-5)


@pytest.mark.oracle("Krippendorff 2011", "recalled")
def test_alpha_of_krippendorffs_two_observers() -> None:
    # Krippendorff 2011, his sections A and B; inputs and values from memory
    binary = [[int(cell) for cell in row] for row in ("0100000010", "1110010000")]
    assert krippendorff_alpha(binary) == pytest.approx(0.095, abs=5e-4)
    letters = [list("aabbdcccedda"), list("babbbccceddd")]
    assert krippendorff_alpha(letters) == pytest.approx(0.692, abs=5e-4)


@pytest.mark.oracle("Fleiss 1971, as reprinted; statsmodels 0.15", "recalled")
def test_kappa_of_fourteen_coders() -> None:
    # the worked example printed with most accounts of Fleiss's kappa: 0.210
    counts = (
        "0 0 0 0 14|0 2 6 4 2|0 0 3 5 6|0 3 9 2 0|2 2 8 1 1|"
        "7 7 0 0 0|3 2 6 3 0|2 5 3 2 2|6 5 2 1 0|0 2 2 3 7"
    )
    units = [[int(cell) for cell in row.split()] for row in counts.split("|")]
    assert fleiss_kappa(units) == pytest.approx(0.20993, abs=5e-6)


@pytest.mark.oracle("R irr and DescTools", "independent")
def test_concordance_of_the_anxiety_ratings() -> None:
    # R irr, data set `anxiety`: 20 persons by 3 raters; W = 0.5396569
    ratings = ["33345523522615221243", "36462424332333221334", "21443216111233113322"]
    scores = [[int(cell) for cell in row] for row in ratings]
    assert kendall_w(scores) == pytest.approx(0.5396568760, abs=1e-10)


@pytest.mark.oracle("R cluster", "independent")
def test_dissimilarity_of_flowers_as_r_cluster_gives_it(oracle_data: Path) -> None:
    flower = table(oracle_data / "gower" / "flower.csv")
    found = gower_dissimilarity(
        list(flower.T),
        ["symmetric"] * 3 + ["nominal", "ordinal", "ordinal", "numeric", "numeric"],
    )
    assert found[0, 1:3].tolist() == pytest.approx([0.8875408, 0.5272467], abs=5e-8)
    assert found[np.triu_indices(18, k=1)].mean() == pytest.approx(0.4865332, abs=5e-8)


@pytest.mark.oracle("R cluster", "independent")
def test_dissimilarity_of_flowers_leaves_out_what_is_missing(oracle_data: Path) -> None:
    # R's daisy without the seventh variable of the first flower; the package gower gives nothing
    flower = table(oracle_data / "gower" / "flower.csv")
    flower[0, 6] = np.nan
    kinds = ["symmetric"] * 3 + ["nominal", "ordinal", "ordinal", "numeric", "numeric"]
    found = gower_dissimilarity(list(flower.T), kinds)
    assert found[0, 1] == pytest.approx(0.9151261, abs=5e-8)


@pytest.mark.oracle("R cluster", "independent")
def test_ruspini_in_four_groups_as_r_cluster_gives_them(oracle_data: Path) -> None:
    xy = table(oracle_data / "gower" / "ruspini.csv")
    apart = np.sqrt(((xy[:, None] - xy[None]) ** 2).sum(axis=2))
    found = partition_around_medoids(apart, 4)
    # R counts from 1
    assert (found.medoids + 1).tolist() == [10, 32, 52, 70]
    assert found.cost == pytest.approx(11.48637, abs=5e-6)
    assert silhouette_widths(apart, found.labels).mean() == pytest.approx(0.737657, abs=5e-7)


@pytest.mark.oracle("PySAL inequality 1.1.2", "shipped")
def test_inequality_of_mexican_states_as_pysal_gives_it() -> None:
    # documentation of PySAL's `inequality`, income a head in 1940 and the regions of Hanson 1998
    states = libpysal_example("mexico/mexico.csv")
    income = [float(row["pcgdp1940"]) for row in states]
    split = theil_split(income, [row["hanson98"] for row in states])
    assert split is not None
    assert split.total == pytest.approx(0.20894344, abs=5e-9)
    assert split.between == pytest.approx(0.0345889, abs=5e-8)
    assert gini_index(income) == pytest.approx(0.353724, abs=5e-7)


@pytest.mark.oracle("PySAL esda 2.9.0", "shipped")
def test_likeness_of_neighbouring_counties_as_pysal_gives_it() -> None:
    # documentation of PySAL's `esda`: Moran's I of homicide around St Louis. Summed from the means
    # of neighbours that local clusters start from; counties have from 2 to 8 neighbours
    counties = libpysal_example("stl/stl_hom.csv")
    rates = np.array([float(row["HR8893"]) for row in counties])
    lines = libpysal_lines("stl/stl.gal")[1:]
    near = {
        int(head.split()[0]) - 1: [int(cell) - 1 for cell in row.split()]
        for head, row in zip(lines[::2], lines[1::2], strict=True)
    }
    means = np.empty(rates.size)
    for count in {len(row) for row in near.values()}:
        rows = [unit for unit, row in near.items() if len(row) == count]
        tables = [near[unit] for unit in rows]
        found = local_clusters(rates, tables, np.random.default_rng(1), rows=rows, draws=9)
        means[rows] = found.neighbour_mean
    apart = rates - rates.mean()
    moran = apart @ (means - rates.mean()) / (apart @ apart)
    assert moran == pytest.approx(0.24365582621771695, abs=1e-12)
    # what chance would give, -0.012987: each is set against the others
    assert -1 / (rates.size - 1) == pytest.approx(-0.012987, abs=5e-7)


@pytest.mark.oracle("O’Donnell and others 2008, table 8.1", "recalled")
def test_concentration_of_deaths_of_indias_children() -> None:
    # O'Donnell and others 2008, table 8.1: -0.1694. Deaths a thousand and births by fifth of
    # wealth, poorest first, are from memory
    deaths, births = [154.7, 152.9, 119.5, 86.9, 54.3], [29939, 28776, 26528, 24689, 19739]
    found = concentration_index(deaths, [1, 2, 3, 4, 5], births)
    assert found == pytest.approx(-0.16942, abs=5e-6)
