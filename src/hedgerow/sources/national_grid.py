"""From longitude and latitude to British National Grid metres, without any file or network."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

_PIPELINE = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
    "+step +proj=push +v_3 +step +proj=cart +ellps=WGS84 "
    "+step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 "
    "+s=-20.489 +convention=position_vector "
    "+step +inv +proj=cart +ellps=airy +step +proj=pop +v_3 "
    "+step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"
)
WIDEST_ERROR_M = 5.0
"""How far the result may lie from the Ordnance Survey's own transformation, in metres."""


def to_national_grid(
    longitude: npt.ArrayLike, latitude: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Convert WGS84 longitude and latitude to easting and northing.

    A seven-parameter shift with fixed parameters (EPSG operation 1314), the same on every machine
    whether or not it has the Ordnance Survey's grid of corrections (OSTN15). It keeps within about
    5 m of that grid [os2020guide]: far less than the generalisation of outlines or the size of a
    postcode, and too much for a survey.

    Parameters
    ----------
    longitude, latitude : array of float
        Degrees; longitude is negative west of Greenwich.

    Returns
    -------
    easting, northing : numpy.ndarray
        Metres.
    """
    easting, northing = _transformer().transform(
        np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    )
    return np.asarray(easting), np.asarray(northing)


def from_web_mercator(
    x: npt.ArrayLike, y: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Convert web-map metres (EPSG:3857) to easting and northing, as `to_national_grid` does."""
    radius = 6_378_137.0
    across, up = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    latitude = np.degrees(2 * np.arctan(np.exp(up / radius)) - np.pi / 2)
    return to_national_grid(np.degrees(across / radius), latitude)


@cache
def _transformer() -> Any:
    from pyproj import Transformer

    return Transformer.from_pipeline(_PIPELINE)
