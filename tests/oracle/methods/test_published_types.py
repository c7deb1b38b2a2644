"""Numbers that scikit-learn 1.9.1 gave once for mixtures and for the adjusted Rand index."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hedgerow.methods.medoids import partition_around_medoids
from hedgerow.methods.mixture import Shape, fit_mixture
from hedgerow.methods.rand_index import adjusted_rand_index

# sklearn.mixture.GaussianMixture(4, tol=1e-9) on ruspini, started where our groups of four start:
# log likelihood, BIC and largest weight
ON_RUSPINI: dict[Shape, tuple[float, float, float]] = {
    "full": (-640.7401720325132, 1380.7825706763615, 0.30667028995415296),
    "tied": (-649.2039884288391, 1358.8528104471866, 0.30666173482808945),
    "diag": (-642.9922150026628, 1368.0167041625155, 0.2903782754976591),
    "spherical": (-645.2110175616602, 1355.184356826365, 0.30627743493221404),
}


@pytest.fixture(scope="module")
def ruspini(oracle_data: Path) -> np.ndarray:
    return np.loadtxt(oracle_data / "gower" / "ruspini.csv", delimiter=",", skiprows=1)


@pytest.mark.parametrize("shape", ON_RUSPINI)
@pytest.mark.oracle("scikit-learn 1.9.1", "independent")
def test_mixtures_of_four_as_scikit_learn_fits_them(ruspini: np.ndarray, shape: Shape) -> None:
    apart = np.sqrt(((ruspini[:, None] - ruspini) ** 2).sum(axis=2))
    start = partition_around_medoids(apart, 4).labels
    found = fit_mixture(ruspini, start, shape, tolerance=1e-9, steps=1000)
    likelihood, bic, weight = ON_RUSPINI[shape]
    assert found.log_likelihood == pytest.approx(likelihood, abs=1e-6)
    assert found.bic == pytest.approx(bic, abs=1e-6)
    assert found.weights.max() == pytest.approx(weight, abs=1e-5)


@pytest.mark.oracle("scikit-learn 1.9.1", "independent")
def test_a_mixture_started_far_from_where_it_ends(ruspini: np.ndarray) -> None:
    start = (ruspini[:, 0] > 60).astype(int)
    found = fit_mixture(ruspini, start, "full", tolerance=1e-9, steps=1000)
    assert found.log_likelihood == pytest.approx(-720.0914390045001, abs=1e-6)
    assert found.bic == pytest.approx(1487.6752472578996, abs=1e-6)
    assert found.means == pytest.approx(
        np.array([[32.861388562724464, 108.3254476997334], [84.46875069641293, 70.12426060365704]]),
        abs=1e-3,
    )


@pytest.mark.oracle("scikit-learn 1.9.1", "independent")
def test_adjusted_rand_index_as_scikit_learn_gives_it() -> None:
    first = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2]
    second = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 0]
    assert adjusted_rand_index(first, second) == pytest.approx(0.3348264277715566, abs=1e-12)
