"""What sets the authorities of the made-up region apart: the levers that the mechanisms read.

Shares and counts that the study publishes are aims for the process of growth here, reached within
the tolerances of ``facts.toml``; everything about learning, ties and talk is left to the
mechanisms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 2010
LAST_DAY = date(2026, 7, 1)
"""The made-up register's day."""
ASKED = date(2022, 5, 1)
"""Day of the survey in which schools said whom they turn to."""
STUDY_DAY = date(2022, 7, 1)
"""The day for which the study's published facts are held against the region."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DistrictPlan:
    """A district: its rectangle on the region's own grid, in kilometres, and how many schools it
    has in 2010.
    """

    code: str
    name: str
    west: float
    south: float
    east: float
    north: float
    primaries: int
    secondaries: int
    towns: int = 0
    """Market towns that draw schools together; 0 spreads schools evenly."""
    village_share: float = 0.0
    """Share of the primaries that lie in villages away from towns."""

    @property
    def area_km2(self) -> float:
        """Area in square kilometres."""
        return (self.east - self.west) * (self.north - self.south)


@dataclass(frozen=True, kw_only=True, eq=False)
class AuthorityPlan:
    """An authority, and the levers for what happens in it.

    Parameters
    ----------
    academised : mapping of year to share
        Share of its schools that are academies by 1 September of the year; between the years it
        runs straight.
    standalone : float
        Chance that a converting school stands alone at first.
    founding : float
        Chance that a school that does not stand alone founds a trust with a neighbour rather than
        joining one.
    outside_pull : float
        Weight of trusts based elsewhere when a school chooses a trust; 1 treats them like local
        ones at the same distance.
    size_pull : float
        Exponent of a trust's size when a school chooses: above 1 large trusts grow faster.
    sponsored : float
        Share of conversions that follow poor results and are placed with a large trust.
    placed_since, placed : int, float
        First year from which schools that join a trust are placed with the chains with which the
        authority's region began, and the share of them that are (report, Town: schools joined
        trusts from elsewhere).
    cluster_strength : float
        0 to 1: how much a cluster's own relations hold a school that joins a trust.
    pupils, fsm, eal : tuples (mean, standard deviation)
        Of primary schools; free school meals and English as an additional language as shares.
    attainment : float
        Mean share of pupils reaching the expected standard in mathematics at key stage 2.
    """

    code: str
    gss: str
    name: str
    region: str
    districts: tuple[DistrictPlan, ...]
    academised: dict[int, float]
    standalone: float
    founding: float
    outside_pull: float
    size_pull: float
    sponsored: float
    cluster_strength: float
    pupils: tuple[float, float]
    fsm: tuple[float, float]
    eal: tuple[float, float]
    attainment: float
    placed_since: int = FIRST_YEAR
    placed: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Mechanisms:
    """Which of the study's mechanisms are at work; switch one off for a region in which it cannot
    be found.

    Parameters
    ----------
    boundary_keeping : bool
        Closed trusts stop their schools working with the hub (report p. 36 onwards: Town).
    leader_lost : bool
        The leader of Town's alliance leaves when it closes in 2021.
    joint_bids : bool
        City's system leaders bid, plan and signpost together.
    paid_chair : bool
        Shire's heads' association pays a chair who signposts every week and sits on the hubs'
        boards.
    """

    boundary_keeping: bool = True
    leader_lost: bool = True
    joint_bids: bool = True
    paid_chair: bool = True


LOWER, UPPER = "Lower Marches", "Upper Marches"

CITY = AuthorityPlan(
    code="981",
    gss="E06990001",
    name="City",
    region=LOWER,
    districts=(
        DistrictPlan(
            code="E06990011",
            name="City Inner",
            west=36,
            south=36,
            east=44,
            north=45,
            primaries=66,
            secondaries=13,
        ),
        DistrictPlan(
            code="E06990012",
            name="City Outer",
            west=44,
            south=35,
            east=52,
            north=46,
            primaries=34,
            secondaries=7,
        ),
    ),
    academised={2010: 0.03, 2012: 0.25, 2015: 0.46, 2018: 0.54, 2022: 0.60, 2026: 0.65},
    standalone=0.29,
    founding=0.54,
    outside_pull=0.35,
    size_pull=0.5,
    sponsored=0.12,
    cluster_strength=0.45,
    pupils=(390, 110),
    fsm=(0.31, 0.12),
    eal=(0.46, 0.22),
    attainment=0.78,
)
TOWN = AuthorityPlan(
    code="982",
    gss="E06990002",
    name="Town",
    region=UPPER,
    districts=(
        DistrictPlan(
            code="E06990002",
            name="Town",
            west=10,
            south=40,
            east=24,
            north=52,
            primaries=96,
            secondaries=18,
        ),
    ),
    academised={2010: 0.02, 2012: 0.12, 2015: 0.24, 2018: 0.38, 2019: 0.46, 2022: 0.73, 2026: 0.84},
    standalone=0.17,
    founding=0.2,
    outside_pull=1.8,
    size_pull=1.15,
    sponsored=0.30,
    placed_since=2018,
    placed=0.75,
    cluster_strength=0.12,
    pupils=(300, 95),
    fsm=(0.33, 0.12),
    eal=(0.08, 0.08),
    attainment=0.77,
)
SHIRE = AuthorityPlan(
    code="983",
    gss="E10990003",
    name="Shire",
    region=LOWER,
    districts=(
        DistrictPlan(
            code="E07990031",
            name="Shire Vales",
            west=30,
            south=56,
            east=58,
            north=74,
            primaries=66,
            secondaries=11,
            towns=5,
            village_share=0.55,
        ),
        DistrictPlan(
            code="E07990032",
            name="Shire Edge",
            west=58,
            south=56,
            east=78,
            north=74,
            primaries=38,
            secondaries=7,
            towns=3,
            village_share=0.6,
        ),
    ),
    academised={
        2010: 0.02,
        2012: 0.14,
        2014: 0.24,
        2016: 0.34,
        2018: 0.44,
        2020: 0.53,
        2022: 0.61,
        2026: 0.70,
    },
    standalone=0.36,
    founding=0.36,
    outside_pull=0.30,
    size_pull=0.15,
    sponsored=0.06,
    cluster_strength=0.75,
    pupils=(250, 90),
    fsm=(0.13, 0.08),
    eal=(0.07, 0.06),
    attainment=0.80,
)


def _neighbour(
    code: str, gss: str, name: str, region: str, box: tuple[float, float, float, float]
) -> AuthorityPlan:
    west, south, east, north = box
    return AuthorityPlan(
        code=code,
        gss=gss,
        name=name,
        region=region,
        districts=(
            DistrictPlan(
                code=gss,
                name=name,
                west=west,
                south=south,
                east=east,
                north=north,
                primaries=70,
                secondaries=13,
                towns=4,
                village_share=0.3,
            ),
        ),
        academised={2010: 0.02, 2012: 0.12, 2016: 0.27, 2022: 0.42, 2026: 0.52},
        standalone=0.10,
        founding=0.20,
        outside_pull=0.7,
        size_pull=1.1,
        sponsored=0.15,
        cluster_strength=0.4,
        pupils=(280, 110),
        fsm=(0.21, 0.11),
        eal=(0.15, 0.14),
        attainment=0.79,
    )


AUTHORITIES = (
    CITY,
    TOWN,
    SHIRE,
    _neighbour("984", "E06990004", "Northmarch", UPPER, (2, 56, 30, 76)),
    _neighbour("985", "E06990005", "Eastwold", LOWER, (54, 30, 78, 54)),
    _neighbour("986", "E06990006", "Southreach", LOWER, (20, 6, 54, 32)),
    _neighbour("987", "E06990007", "Westholt", UPPER, (2, 10, 18, 38)),
)

ORIGIN = (600_000.0, 440_000.0)
"""Where the region's own grid begins on the British National Grid, in metres: in the sea."""
