"""How far schools have to go to their hubs, when the farthest weigh most."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.designated_hubs import HUB_DISTANCE_NEEDED, HUB_NAMES, designated
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import Lens
from hedgerow.methods.kolm_pollak import kolm_pollak_ede_at
from hedgerow.themes.equity.access import KINDS

AVERSION = 1.0
"""Aversion to inequality, in units of the whole landscape's own distances. There is no neutral
choice; 0.5 to 2 are usual."""


def km_to_designated(here: LocalLandscape, kind: str | None = None) -> pl.DataFrame:
    """Give for each state school of the place the distance to the nearest hub that it is designated
    to.

    Parameters
    ----------
    here : LocalLandscape
    kind : str, optional
        Kind of hub; the nearest of all kinds unless given.

    Returns
    -------
    polars.DataFrame
        Columns ``school``, ``km``, in order of school; those for which a distance is known.
    """
    found = designated(here)
    if kind is not None:
        found = found.filter(pl.col("hub_kind") == kind)
    return found.drop_nulls("km").group_by("school").agg(pl.col("km").min()).sort("school")


def _distances(here: LocalLandscape, kind: str) -> NDArray[np.float64]:
    return km_to_designated(here, kind)["km"].to_numpy()


def _kappa(here: LocalLandscape, kind: str) -> float:
    """Aversion in 1/km, one for all places of the landscape, so that they can be compared."""
    whole = here.whole.through(Lens.everywhere(), on=here.on, phase=here.phase)
    return whole.worked_out(
        ("kappa of hub distance", kind),
        lambda: -AVERSION * _mean_over_square(_distances(whole, kind)),
    )


def _mean_over_square(km: NDArray[np.float64]) -> float:
    square = float(np.mean(km**2)) if km.size else 0.0
    return float(km.mean()) / square if square > 0 else 0.0


def _declare(kind: str) -> Indicator:
    name = HUB_NAMES[kind]

    @indicator(
        id=f"equity.hub_distance_ede_{kind}",
        label=f"Distance to the {name}, the farthest weighing most",
        question=f"How far is it to the {name}, if the journeys of the farthest schools count "
        "most?",
        why="A mean hides the few for whom it is much too far: this is the distance that would be "
        "as bad if it were the same for all.",
        unit="km",
        direction="less",
        grade="B",
        missing_rule="Schools that no such hub is known to cover, or whose hub or own position is "
        "not known, are left out and counted.",
        caveat="The one distance that would be as bad if all schools had it, as the crow flies to "
        "where the designated hub is hosted. How much more the farthest weigh is a choice, the "
        "same for all places.",
        formula="Kolm and Pollak's equally distributed equivalent: ln(mean over schools of exp(κ "
        f"d)) ÷ κ, where d is the distance to the nearest {name} that the school is designated to "
        f"and κ is {AVERSION:g} × mean d ÷ mean d² of all schools of the phase in the landscape "
        "(`hedgerow.methods.kolm_pollak.kolm_pollak_ede_at`).",
        needs=HUB_DISTANCE_NEEDED,
        references=("sheriff2020", "logan2021"),
        is_compared=True,
    )
    @rests_on("covers", "hosts")
    def distance(here: LocalLandscape) -> Reading | NotMeasured:
        schools = state_schools(here).height
        if not schools:
            return no_schools(here)
        km = _distances(here, kind)
        if not km.size:
            return NotMeasured(
                reason=f"For no school here is it known how far its {name} is.",
                would_tell="A hubs file with footprints and hosts: see the how-to on hubs.",
                missing=schools,
            )
        value = kolm_pollak_ede_at(km, _kappa(here, kind))
        return Reading(
            value=value,
            n=km.size,
            missing=schools - km.size,
            caveat=f"The mean is {km.mean():.1f} km; that distances are unequal adds "
            f"{value - km.mean():.1f} km.",
        )

    return distance


EQUIVALENT_DISTANCES = tuple(_declare(kind) for kind in KINDS)
