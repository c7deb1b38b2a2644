"""Made-up registers of many authorities: of kinds that are known, or of none, by degree alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES

ON = date(2022, 4, 25)
ACT = date(2010, 9, 1)
SCHOOLS = 30
REGIONS = 6

TRAITS = ("maintained", "large", "single", "early", "sponsored", "abroad", "rural", "spread")
"""What an authority is like, each on the scale of a normal deviate: how many schools are
maintained, how large trusts are, how many hold one school, how early academies came, how many were
sponsored, how many trusts lie across regions, how rural, how far apart schools are."""

KINDS = np.array(
    [
        [1.6, -0.8, 0.0, -1.2, 0.0, -0.8, -1.2, -1.2],
        [-1.2, 1.4, -0.8, 1.4, 0.6, 1.4, -1.2, -0.4],
        [0.2, -1.2, 1.4, 0.2, -0.8, -1.0, 1.6, 1.6],
    ]
)
"""Three kinds: most schools maintained in a town; early and large trusts from elsewhere; rural with
small local trusts."""
WITHIN = 0.35
"""Standard deviation of places within a kind."""


@dataclass(frozen=True, eq=False)
class Generated:
    """A made-up register.

    Attributes
    ----------
    landscape : Landscape
    kinds : array of int or None
        Kind of each authority in order of identifier; None where there are none.
    """

    landscape: Landscape
    kinds: NDArray[np.int64] | None


def of_three_kinds(authorities: int, rng: np.random.Generator) -> Generated:
    """Make a register of authorities of three kinds, a third or more of the first."""
    kinds = rng.choice(3, size=authorities, p=[0.4, 0.35, 0.25])
    traits = KINDS[kinds] + WITHIN * rng.standard_normal((authorities, len(TRAITS)))
    return Generated(_register(traits, rng), kinds)


def of_no_kind(authorities: int, rng: np.random.Generator) -> Generated:
    """Make a register of authorities that differ by degree, traits correlated as among kinds."""
    spread = np.cov(KINDS.T, bias=True) + WITHIN**2 * np.eye(len(TRAITS))
    traits = rng.multivariate_normal(KINDS.mean(axis=0), spread, size=authorities)
    return Generated(_register(traits, rng), None)


def _share(deviate: float, middle: float, step: float) -> float:
    """A share from a normal deviate, by log-odds."""
    odds = np.log(middle / (1 - middle)) + step * deviate
    return float(1 / (1 + np.exp(-odds)))


def _register(traits: NDArray[np.float64], rng: np.random.Generator) -> Landscape:
    made = _Rows()
    across = [made.trust() for _ in range(REGIONS)]
    for place, row in enumerate(traits):
        _authority(made, place, dict(zip(TRAITS, row.tolist(), strict=True)), across, rng)
    tables = {
        name: pl.DataFrame(rows, schema=TABLES[name].create_empty().schema)
        for name, rows in made.rows.items()
    }
    source = Source(
        id="made-up", title="Made-up register", publisher="Nobody", licence="none", as_of=ON
    )
    return Landscape(
        tables, sources=[source], label="made-up", as_of=ON, earliest=ACT, is_checked=True
    )


class _Rows:
    """Rows of tables in the making."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self._trusts = 0

    def add(self, table: str, **values: Any) -> None:
        plain = {"source": "made-up", "number": 0, "start_censored": False, "end_censored": False,
                 "is_seat": False, "status": "observed"}  # fmt: skip  # what a row must have
        columns = TABLES[table].columns()
        row = {
            name: values.get(name, None if column.nullable else plain.get(name))
            for name, column in columns.items()
        }
        self.rows.setdefault(table, []).append(row)

    def trust(self) -> str:
        self._trusts += 1
        identifier = f"uid:{90_000 + self._trusts}"
        self.add("organisations", id=identifier, kind="trust", name=f"Trust {self._trusts}")
        return identifier


def _authority(
    made: _Rows, place: int, traits: dict[str, float], across: list[str], rng: np.random.Generator
) -> None:
    authority = f"la:{place + 1:03}"
    region = f"Region {place % REGIONS}"
    made.add("organisations", id=authority, kind="authority", name=f"Place {place + 1}",
             authority=authority, region=region)  # fmt: skip  # one row
    step = 900 * float(np.exp(0.45 * traits["spread"]))
    corner = np.array([100_000 + 60_000 * (place % 8), 60_000 * (place // 8)])
    middle = corner + rng.uniform(0, 20_000, 2)
    is_maintained = rng.random(SCHOOLS) < _share(traits["maintained"], 0.5, 0.7)
    owners = iter(_owners(made, traits, int((~is_maintained).sum()), across, rng))
    for school in range(SCHOOLS):
        number = 900_001 + place * SCHOOLS + school
        identifier = f"urn:{number}"
        east, north = middle + step * (rng.uniform(-0.3, 0.3, 2) + divmod(school, 6))
        is_rural = bool(rng.random() < _share(traits["rural"], 0.3, 1.2))
        opened, status, kind, route = date(1990, 9, 1), "maintained", "Community school", None
        if not is_maintained[school]:
            years = rng.beta(2, 2) * 9 + 2.2 - 1.1 * np.clip(traits["early"], -2, 2)
            opened = ACT + timedelta(days=int(365.25 * float(np.clip(years, 0.1, 11.5))))
            is_sponsored = rng.random() < _share(traits["sponsored"], 0.25, 0.6)
            status, route = "academy", "sponsored" if is_sponsored else "converter"
            kind = "Academy sponsor led" if is_sponsored else "Academy converter"
            made.add("ties", from_id=next(owners), to_id=identifier, kind="governs", start=opened)
        made.add("organisations", id=identifier, kind="school", name=f"School {number}",
                 easting=float(east), northing=float(north), position_from="register",
                 authority=authority, region=region, opened=opened)  # fmt: skip  # one row
        pupils = int(rng.lognormal(5.4 - 0.5 * is_rural, 0.35))
        made.add("schools", id=identifier, urn=number, phase="Primary", status=status, type=kind,
                 route=route, rural=is_rural, pupils=pupils)  # fmt: skip  # one row


def _owners(
    made: _Rows, traits: dict[str, float], count: int, across: list[str], rng: np.random.Generator
) -> list[str]:
    """A trust for each academy: one across regions, one that holds it alone, or a local one."""
    single, abroad = _share(traits["single"], 0.12, 0.7), _share(traits["abroad"], 0.2, 0.8)
    local: list[str] = []
    # for each trust its own: one size for a whole place would part places at the edge of a band
    mean = 5 * _share(traits["large"], 0.35, 1.0)
    owners = []
    for _ in range(count):
        drawn = rng.random()
        if drawn < abroad:
            owners.append(across[int(rng.integers(len(across)))])
        elif drawn < abroad + single:
            owners.append(made.trust())
        else:
            if not local:
                local = [made.trust()] * (2 + int(rng.poisson(mean)))
            owners.append(local.pop())
    return owners
