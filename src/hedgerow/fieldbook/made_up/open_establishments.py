"""The made-up schools and trusts as the register of establishments would list them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from hedgerow.fieldbook.made_up.open_places import (
    lsoa_of,
    postcode_of,
)
from hedgerow.fieldbook.made_up.plan import LAST_DAY
from hedgerow.fieldbook.made_up.region import Region
from hedgerow.fieldbook.made_up.schools import School

TYPES = {
    "maintained": ("1", "Community school", "4", "Local authority maintained schools"),
    "faith": ("2", "Voluntary aided school", "4", "Local authority maintained schools"),
    "converter": ("34", "Academy converter", "10", "Academies"),
    "sponsored": ("28", "Academy sponsor led", "10", "Academies"),
}


PHASES = {"Primary": ("2", "3", "11"), "Secondary": ("4", "11", "18")}


GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")


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


def establishments(region: Region) -> Iterable[dict[str, object]]:
    """Give the extract of all establishments, each life of a school a row."""
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


def groups(region: Region) -> Iterable[dict[str, object]]:
    """Give the extract of all groups: every trust there has been."""
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


def links(region: Region, day: date) -> Iterable[dict[str, object]]:
    """Give the record of which academy was in which trust on a day."""
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


def successors(region: Region) -> Iterable[dict[str, object]]:
    """Give who succeeded whom: both ends of each conversion."""
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
