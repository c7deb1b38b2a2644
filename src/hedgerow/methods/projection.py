"""One-mode networks from two-mode tables: who shares what with whom."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.curveball import two_mode_table


def shared_counts(table: ArrayLike) -> NDArray[np.int64]:
    """How many columns each two rows share, shape (n, n), the diagonal zero.

    Parameters
    ----------
    table : array of bool, shape (n, m)
        Members by groups, say.
    """
    members = two_mode_table(table).astype(np.int64)
    counts = members @ members.T
    np.fill_diagonal(counts, 0)
    return np.asarray(counts)


def weighted_projection(table: ArrayLike) -> NDArray[np.float64]:
    """Network of rows in which a column counts the less, the more rows it has.

    ``w_ij = sum over columns k that both have of 1 / (s_k - 1)``, with s the number of rows of a
    column: a row's weights from one column add up to 1 however many share it, so that one large
    column does not tie everyone to everyone.

    Parameters
    ----------
    table : array of bool, shape (n, m)
        Columns with fewer than two rows tie nobody.

    Returns
    -------
    array of shape (n, n)
        Symmetric, zero or more, the diagonal zero.

    References
    ----------
    [newman2001]
    """
    members = two_mode_table(table).astype(float)
    sizes = members.sum(axis=0)
    shared = members[:, sizes >= 2]
    weights = shared / (sizes[sizes >= 2] - 1)
    network = weights @ shared.T
    np.fill_diagonal(network, 0)
    # rounding can differ by the order in which columns are added
    return np.asarray((network + network.T) / 2)
