"""The region as open data would hold it: the same files, in the same layouts, as for a real one.

Files are written as their publishers lay them out, so that the readers of the register have nothing
to know of their being made up. Headings are those of the official files; columns that nothing reads
are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from hedgerow.fieldbook.made_up.plan import AUTHORITIES, LAST_DAY, ORIGIN, DistrictPlan
from hedgerow.fieldbook.made_up.region import Region
from hedgerow.fieldbook.made_up.schools import School

LINK_DAYS = (date(2014, 7, 1), date(2018, 7, 1), date(2022, 7, 1), LAST_DAY)
"""Days of the group link records: four vintages give a history of who governed whom."""
RESULT_YEARS = (2019, 2022, 2025)
"""Years in which key stage 2 results were published, by the summer of the tests."""
CENSUS_YEARS = (2019, 2022, 2026)
"""Years of the school census, taken in January."""
TYPES = {
    "maintained": ("1", "Community school", "4", "Local authority maintained schools"),
    "faith": ("2", "Voluntary aided school", "4", "Local authority maintained schools"),
    "converter": ("34", "Academy converter", "10", "Academies"),
    "sponsored": ("28", "Academy sponsor led", "10", "Academies"),
}
PHASES = {"Primary": ("2", "3", "11"), "Secondary": ("4", "11", "18")}
GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")


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
    return OpenFiles(
        gias=_csv(
            folder / f"edubasealldata{LAST_DAY:%Y%m%d}.csv", _establishments(region), "cp1252"
        ),
        groups=_csv(folder / f"allgroupsdata{LAST_DAY:%Y%m%d}.csv", _groups(region)),
        links=tuple(
            _csv(folder / f"alllinksdata{day:%Y%m%d}.csv", _links(region, day)) for day in LINK_DAYS
        ),
        successors=_csv(
            folder / f"links_edubasealldata{LAST_DAY:%Y%m%d}.csv", _successors(region), "cp1252"
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
                folder / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv", _deprivation(region)
            ),
        ),
        lsoa=_csv(folder / "lsoa2011_centroids.csv", _centroids(region)),
        hubs=(_csv(folder / f"hubs_{LAST_DAY:%Y%m%d}.csv", _hubs(region)),),
        boundaries=_boundaries(folder / f"boundaries_{LAST_DAY:%Y%m%d}.geojson"),
        postcodes=_csv(folder / f"school_postcodes_{LAST_DAY:%Y%m%d}.csv", _postcodes(region)),
    )


def _csv(path: Path, rows: Iterable[dict[str, object]], encoding: str = "utf-8") -> Path:
    table = pl.DataFrame(list(rows), infer_schema_length=None)
    path.write_bytes(table.write_csv(quote_style="non_numeric").encode(encoding))
    return path


def lsoa_of(school: School) -> str:
    """Give the made-up small area in which a school lies: a square of two kilometres."""
    east, north = (int((school.x - ORIGIN[0]) // 2000), int((school.y - ORIGIN[1]) // 2000))
    return f"E0199{east:02d}{north:02d}"


def postcode_of(school: School) -> str:
    """Give a made-up postcode in an area that the post does not use."""
    area, rest = divmod(school.number, 400)
    digit, rest = divmod(rest, 40)
    return f"QX{area + 1} {digit}{'ABDEFGHJLN'[rest % 10]}{'PQRS'[rest // 10]}"


def _uk(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _lives(school: School) -> list[tuple[int, str, date | None, date | None]]:
    """Number, kind, first and last day of each of the school's lives in the register of
    establishments.
    """
    kind = "faith" if school.faith != "Does not apply" else "maintained"
    if school.converted is None:
        return [(school.first_urn, kind, school.opened, school.closed)]
    return [
        (school.first_urn, kind, school.opened, school.converted - timedelta(days=1)),
        (school.academy_urn, school.route or "converter", school.converted, school.closed),
    ]


def _inspection(school: School) -> tuple[str, date]:
    grade = int(np.clip(np.searchsorted((-1.1, 0.95, 1.9), -school.quality), 0, 3))
    return GRADES[grade], date(
        2017 + school.number % 8, 1 + school.number % 12, 1 + school.number % 28
    )


def _establishments(region: Region) -> Iterable[dict[str, object]]:
    for school in region.schools:
        grade, inspected = _inspection(school)
        for urn, kind, opened, closed in _lives(school):
            type_code, type_name, group_code, group_name = TYPES[kind]
            phase_code, low, high = PHASES[school.phase]
            trust = (
                school.trust_on(LAST_DAY) if urn == school.academy_urn and closed is None else None
            )
            yield {
                "URN": str(urn),
                "LA (code)": school.authority.code,
                "LA (name)": school.authority.name,
                "EstablishmentNumber": str(2000 + school.number),
                "EstablishmentName": school.name,
                "TypeOfEstablishment (code)": type_code,
                "TypeOfEstablishment (name)": type_name,
                "EstablishmentTypeGroup (code)": group_code,
                "EstablishmentTypeGroup (name)": group_name,
                "EstablishmentStatus (code)": "2" if closed else "1",
                "EstablishmentStatus (name)": "Closed" if closed else "Open",
                "OpenDate": _uk(opened),
                "CloseDate": _uk(closed),
                "PhaseOfEducation (code)": phase_code,
                "PhaseOfEducation (name)": school.phase,
                "StatutoryLowAge": low,
                "StatutoryHighAge": high,
                "ReligiousCharacter (name)": school.faith,
                "SchoolCapacity": str(int(school.pupils * 1.08) + 5),
                "NumberOfPupils": str(school.pupils) if closed is None else "",
                "PercentageFSM": f"{100 * school.fsm:.1f}" if closed is None else "",
                "TrustSchoolFlag (name)": "Supported by a multi-academy trust"
                if trust is not None
                else "Not applicable",
                "Trusts (code)": region.trusts[trust].id.removeprefix("uid:")
                if trust is not None
                else "",
                "Trusts (name)": region.trusts[trust].name if trust is not None else "",
                "OfstedLastInsp": _uk(inspected),
                "LastChangedDate": _uk(LAST_DAY),
                "Town": "",
                "Postcode": postcode_of(school),
                "GOR (name)": school.authority.region,
                "DistrictAdministrative (code)": school.district.code,
                "DistrictAdministrative (name)": school.district.name,
                "AdministrativeWard (name)": "",
                "UrbanRural (name)": "Rural village" if school.rural else "Urban city and town",
                "GSSLACode (name)": school.authority.gss,
                "Easting": f"{school.x:.0f}",
                "Northing": f"{school.y:.0f}",
                "OfstedRating (name)": grade,
                "LSOA (code)": lsoa_of(school),
                "FSM": str(round(school.pupils * school.fsm)) if closed is None else "",
            }


def _groups(region: Region) -> Iterable[dict[str, object]]:
    for trust in region.trusts:
        yield {
            "Group UID": trust.id.removeprefix("uid:"),
            "Group ID": f"TR{9000 + trust.number:05d}",
            "Group Name": trust.name,
            "Companies House Number": "",
            "Group Type (code)": "10" if len(trust.members) == 1 else "6",
            "Group Type": "Single-academy trust"
            if len(trust.members) == 1
            else "Multi-academy trust",
            "Closed Date": f"{trust.closed:%Y-%m-%d}" if trust.closed else "",
            "Open date": f"{trust.founded:%Y-%m-%d}",
            "Incorporated on (open date)": f"{trust.founded:%Y-%m-%d}",
            "Group Status (code)": "CLOSED" if trust.closed else "OPEN",
            "Group Status": "Closed" if trust.closed else "Open",
            "Group Postcode": postcode_of(trust.home),
            "UKPRN": "",
        }


def _links(region: Region, day: date) -> Iterable[dict[str, object]]:
    governed = [s for s in region.schools if s.is_open_on(day) and s.trust_on(day) is not None]
    sizes: dict[int | None, int] = {}
    for school in governed:
        sizes[school.trust_on(day)] = sizes.get(school.trust_on(day), 0) + 1
    for school in governed:
        number = school.trust_on(day)
        assert number is not None
        trust = region.trusts[number]
        joined = next(
            since for member, since in reversed(school.trusts) if member == number and since <= day
        )
        code, name, _, _ = TYPES[school.route or "converter"]
        yield {
            "URN": str(school.academy_urn),
            "Group UID": trust.id.removeprefix("uid:"),
            "Group ID": f"TR{9000 + trust.number:05d}",
            "Group Name": trust.name,
            "Companies House Number": "",
            "Group Type (code)": "10" if sizes[number] == 1 else "6",
            "Group Type": "Single-academy trust" if sizes[number] == 1 else "Multi-academy trust",
            "Closed Date": "",
            "Open date": f"{trust.founded:%Y-%m-%d}",
            "Incorporated on (open date)": f"{trust.founded:%Y-%m-%d}",
            "Group Status (code)": "OPEN",
            "Group Status": "Open",
            "Joined date": f"{joined:%Y-%m-%d}",
            "EstablishmentName": school.name,
            "TypeOfEstablishment (code)": code,
            "TypeOfEstablishment (name)": name,
            "PhaseOfEducation (code)": PHASES[school.phase][0],
            "PhaseOfEducation (name)": school.phase,
            "LA (code)": school.authority.code,
            "LA (name)": school.authority.name,
        }


def _successors(region: Region) -> Iterable[dict[str, object]]:
    for school in region.schools:
        if school.converted is not None:
            for one, other, kind in (
                (school.first_urn, school.academy_urn, "Successor"),
                (school.academy_urn, school.first_urn, "Predecessor"),
            ):
                yield {
                    "URN": str(one),
                    "LinkURN": str(other),
                    "LinkName": school.name,
                    "LinkType": kind,
                    "LinkEstablishedDate": _uk(school.converted),
                }


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


def _squares(region: Region) -> list[tuple[str, float]]:
    """Give each small area with a school in it and how poor it is, from the meals that its schools
    serve.
    """
    meals: dict[str, list[float]] = {}
    for school in region.schools:
        meals.setdefault(lsoa_of(school), []).append(school.fsm)
    return sorted((code, float(np.mean(shares))) for code, shares in meals.items())


def _deprivation(region: Region) -> Iterable[dict[str, object]]:
    squares = _squares(region)
    for code, poor in squares:
        # where a share of pupils on free meals would stand among England's areas, roughly
        standing = float(np.clip(0.5 + (0.2 - poor) * 1.9, 0.002, 0.998))
        rank = round(1 + standing * 32843)
        yield {
            "LSOA code (2011)": code,
            "LSOA name (2011)": f"Square {code[-4:]}",
            "Index of Multiple Deprivation (IMD) Rank": f"{rank:,}",
            "Index of Multiple Deprivation (IMD) Decile": str(1 + int(10 * (rank - 1) / 32844)),
        }


def _lonlat(points: list[tuple[float, float]]) -> list[list[float]]:
    from pyproj import Transformer

    transformer = Transformer.from_crs(27700, 4326, always_xy=True)
    lons, lats = transformer.transform([x for x, _ in points], [y for _, y in points])
    return [[round(lon, 6), round(lat, 6)] for lon, lat in zip(lons, lats, strict=True)]


def _centroids(region: Region) -> Iterable[dict[str, object]]:
    codes = [code for code, _ in _squares(region)]
    centres = [
        (ORIGIN[0] + 2000 * int(code[5:7]) + 1000, ORIGIN[1] + 2000 * int(code[7:9]) + 1000)
        for code in codes
    ]
    for code, (lon, lat) in zip(codes, _lonlat(centres), strict=True):
        yield {"lsoa11_code": code, "lon": f"{lon:.5f}", "lat": f"{lat:.5f}"}


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


def _postcodes(region: Region) -> Iterable[dict[str, object]]:
    for school in region.schools:
        yield {
            "pcd": postcode_of(school),
            "laua": school.district.code,
            "oseast1m": f"{school.x:.0f}",
            "osnrth1m": f"{school.y:.0f}",
        }


def _outline(district: DistrictPlan) -> list[tuple[float, float]]:
    """Give a district's rectangle with gently bent sides, so that it looks like land and still
    holds its schools.
    """
    chance = np.random.default_rng(int(district.code[1:]))
    corners = (
        (district.west, district.south),
        (district.east, district.south),
        (district.east, district.north),
        (district.west, district.north),
    )
    points: list[tuple[float, float]] = []
    for index, (x0, y0) in enumerate(corners):
        x1, y1 = corners[(index + 1) % 4]
        outward = np.array([y1 - y0, x0 - x1]) / max(abs(x1 - x0), abs(y1 - y0))
        for step in range(8):
            bend = outward * (
                0.15 + 0.45 * abs(np.sin(2.4 * step + index)) * chance.random() if step else 0.15
            )
            at = step / 8
            points.append(
                (
                    ORIGIN[0] + 1000 * float(x0 + at * (x1 - x0) + bend[0]),
                    ORIGIN[1] + 1000 * float(y0 + at * (y1 - y0) + bend[1]),
                )
            )
    return [*points, points[0]]


def _boundaries(path: Path) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"name": district.name, "kind": "LAD"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[_lonlat(_outline(district))]]},
        }
        for authority in AUTHORITIES
        for district in authority.districts
    ]
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )
    return path
