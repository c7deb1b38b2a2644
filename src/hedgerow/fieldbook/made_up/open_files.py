"""The region as open data would hold it: the same files, in the same layouts, as for a real one.

Files are written as their publishers lay them out, so that the readers of the register have nothing
to know of their being made up. Headings are those of the official files; columns that nothing reads
are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from hedgerow.fieldbook.made_up.open_establishments import establishments, groups, links, successors
from hedgerow.fieldbook.made_up.open_places import (
    centroids,
    deprivation,
    outlines,
    postcode_of,
    postcodes,
)
from hedgerow.fieldbook.made_up.plan import LAST_DAY
from hedgerow.fieldbook.made_up.region import Region

LINK_DAYS = (date(2014, 7, 1), date(2018, 7, 1), date(2022, 7, 1), LAST_DAY)
"""Days of the group link records: four vintages give a history of who governed whom."""
RESULT_YEARS = (2019, 2022, 2025)
"""Years in which key stage 2 results were published, by the summer of the tests."""
CENSUS_YEARS = (2019, 2022, 2026)
"""Years of the school census, taken in January."""


@dataclass(frozen=True)
class OpenFiles:
    """Paths of the files written, as `hedgerow register build` wants them."""

    gias: Path
    groups: Path
    links: tuple[Path, ...]
    successors: Path
    ks2: tuple[Path, ...]
    census: tuple[Path, ...]
    imd: tuple[Path, ...]
    lsoa: Path
    hubs: tuple[Path, ...]
    boundaries: Path
    postcodes: Path


def write_open_files(region: Region, folder: Path) -> OpenFiles:
    """Write every open-data file of the region into a folder.

    Parameters
    ----------
    region : Region
    folder : pathlib.Path
        Made if it is not there; files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    boundaries = folder / f"boundaries_{LAST_DAY:%Y%m%d}.geojson"
    boundaries.write_text(outlines(), encoding="utf-8")
    return OpenFiles(
        gias=_csv(
            folder / f"edubasealldata{LAST_DAY:%Y%m%d}.csv", establishments(region), "cp1252"
        ),
        groups=_csv(folder / f"allgroupsdata{LAST_DAY:%Y%m%d}.csv", groups(region)),
        links=tuple(
            _csv(folder / f"alllinksdata{day:%Y%m%d}.csv", links(region, day)) for day in LINK_DAYS
        ),
        successors=_csv(
            folder / f"links_edubasealldata{LAST_DAY:%Y%m%d}.csv", successors(region), "cp1252"
        ),
        ks2=tuple(
            _csv(folder / f"england_ks2final_{y - 1}{y % 100}.csv", _results(region, y))
            for y in RESULT_YEARS
        ),
        census=tuple(
            _csv(folder / f"england_census_{y - 1}{y % 100}.csv", _census(region, y))
            for y in CENSUS_YEARS
        ),
        imd=(
            _csv(
                folder / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv", deprivation(region)
            ),
        ),
        lsoa=_csv(folder / "lsoa2011_centroids.csv", centroids(region)),
        hubs=(_csv(folder / f"hubs_{LAST_DAY:%Y%m%d}.csv", _hubs(region)),),
        boundaries=boundaries,
        postcodes=_csv(folder / f"school_postcodes_{LAST_DAY:%Y%m%d}.csv", postcodes(region)),
    )


def _csv(path: Path, rows: Iterable[dict[str, object]], encoding: str = "utf-8") -> Path:
    table = pl.DataFrame(list(rows), infer_schema_length=None)
    path.write_bytes(table.write_csv(quote_style="non_numeric").encode(encoding))
    return path


def _results(region: Region, year: int) -> Iterable[dict[str, object]]:
    chance = np.random.default_rng([region.seed, year])
    for school in region.schools:
        noise, progress, eligible = (
            chance.normal(0, 0.055),
            chance.normal(0, 1.1),
            chance.binomial(school.pupils, 1 / 7),
        )
        if school.phase != "Primary" or not school.is_open_on(date(year, 5, 10)):
            continue
        expected = (
            school.authority.attainment + 0.06 * school.quality - 0.25 * (school.fsm - 0.2) + noise
        )
        few = eligible <= 5
        reaching = float(np.clip(expected, 0.3, 1.0))
        yield {
            "RECTYPE": "1",
            "LEA": school.authority.code,
            "URN": school.id_on(date(year, 5, 10)).removeprefix("urn:"),
            "SCHNAME": school.name,
            "TELIG": str(eligible),
            "PTRWM_EXP": "SUPP" if few else f"{100 * max(reaching - 0.11, 0.1):.0f}%",
            "PTRWM_HIGH": "SUPP" if few else f"{100 * max(reaching - 0.68, 0):.0f}%",
            "MATPROG": "SUPP" if few else f"{1.1 * school.quality + progress:.1f}",
            "MATCOV": "SUPP" if few else "96%",
            "PTMAT_EXP": "SUPP" if few else f"{100 * reaching:.0f}%",
            "PTMAT_HIGH": "SUPP" if few else f"{100 * float(np.clip(reaching - 0.54, 0, 1)):.0f}%",
            "MAT_AVERAGE": "SUPP" if few else f"{105 + 3 * school.quality:.0f}",
        }


def _census(region: Region, year: int) -> Iterable[dict[str, object]]:
    day = date(year, 1, 20)
    for school in region.schools:
        if not school.is_open_on(day):
            continue
        eal, fsm = round(school.pupils * school.eal), round(school.pupils * school.fsm)
        yield {
            "URN": school.id_on(day).removeprefix("urn:"),
            "LA": school.authority.code,
            "ESTAB": str(2000 + school.number),
            "SCHOOLTYPE": f"State-funded {school.phase.lower()}",
            "NOR": str(school.pupils),
            "NUMEAL": str(eal),
            "PNUMEAL": f"{100 * school.eal:.1f}",
            "NUMFSM": str(fsm),
            "NUMFSMEVER": str(round(fsm * 1.2)),
            "PNUMFSMEVER": f"{120 * school.fsm:.1f}",
        }


def _hubs(region: Region) -> Iterable[dict[str, object]]:
    for body in region.bodies:
        if body.host is None:
            continue
        for authority in body.covers:
            yield {
                "hub_id": body.id,
                "kind": body.kind,
                "name": body.name,
                "host_urn": body.host.id_on(LAST_DAY).removeprefix("urn:"),
                "postcode": postcode_of(body.host),
                "covers_type": "authority",
                "covers": authority.code,
                "start": f"{body.opened:%Y-%m-%d}" if body.opened else "",
                "end": f"{body.closed:%Y-%m-%d}" if body.closed else "",
                "capacity": str(body.capacity or ""),
            }
