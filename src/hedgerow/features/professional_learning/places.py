"""Places taken in professional learning, shown only where nobody can be picked out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.suppression import THRESHOLD, withheld
from hedgerow.methods.proportion import wilson_interval
from hedgerow.methods.ratio_interval import clustered_share_interval


def by_school(records: pl.DataFrame, weights: pl.DataFrame) -> NDArray[np.float64]:
    """Sum columns of weights over the records of each school, shape (schools, columns)."""
    summed = (
        pl.concat([records.select("school"), weights], how="horizontal")
        .group_by("school")
        .agg(pl.all().sum())
        .sort("school")
    )
    return summed.drop("school").to_numpy().astype(float)


def share_of_places(
    kind: str,
    counts: Mapping[str, NDArray[np.float64]],
    total: NDArray[np.float64],
    *,
    missing: int,
    caveat: str,
) -> Reading | NotMeasured:
    """Give the share of places of one kind, with an interval that knows that places come by school.

    Parameters
    ----------
    kind : str
        One of ``counts``.
    counts : mapping of str to array of shape (schools,)
        Places of each kind, of all kinds whose shares are shown side by side.
    total : array of shape (schools,)
        All places.
    missing : int
        Records left out.
    caveat : str

    Returns
    -------
    Reading or NotMeasured
        Not measured where a share would tell that 1 to 4 places were taken, or would give back such
        a number of another kind by subtraction.
    """
    places = float(total.sum())
    if places == 0:
        return NotMeasured(
            reason="No number of staff is on record for these activities.",
            would_tell="The number of staff in each record of participation.",
            missing=missing,
        )
    rest = places - sum(float(column.sum()) for column in counts.values())
    cells = [int(np.ceil(column.sum() - 1e-9)) for column in counts.values()]
    # a place on the line between two kinds counts half with each: whole numbers, none made smaller
    cells += [int(np.ceil(rest - 1e-9)), 0]
    cells[-1] = sum(cells)
    hidden = withheld([cells], total_column=True)[0]
    if hidden[list(counts).index(kind)] and places >= THRESHOLD:
        return NotMeasured(
            reason=f"Withheld: it would tell of fewer than {THRESHOLD} places, or let them be "
            "worked out.",
            would_tell="A wider lens.",
            missing=missing,
        )
    own = counts[kind]
    value = float(own.sum()) / places
    many = int(np.count_nonzero(total))
    low, high = (
        clustered_share_interval(own, total) if many > 1 else wilson_interval(own.sum(), places)
    )
    return Reading(
        value=value,
        n=int(places),
        missing=missing,
        interval=Interval(low=low, high=high, method="Wilson, schools as clusters"),
        caveat=caveat,
    )
