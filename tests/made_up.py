"""Small made-up landscapes for tests: `MadeUp` to build one, `brambleford()` ready to use.

All names are invented, and identifiers lie outside what the real registers give out: URNs from
900001, Group UIDs from 90001, authorities la:001 and up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES

REGISTER_DAY = date(2022, 4, 25)

# What a required column holds where a test does not care.
INDIFFERENT: dict[str, Any] = {
    "source": "made-up",
    "number": 0,
    "start_censored": False,
    "end_censored": False,
    "is_whole": True,
    "is_seat": False,
    "is_named": False,
    "is_used": True,
    "item_kind": "practice",
    "status": "observed",
    "text": "something to talk about",
    "stage": "raised",
}


class MadeUp:
    """A landscape under construction: say what there is, then take `landscape()`.

    Each method that adds something gives back its identifier. Whatever a test does not name is
    empty, or holds a plain value where the table requires one.
    """

    def __init__(
        self, *, as_of: date | None = REGISTER_DAY, earliest: date | None = date(2015, 1, 1)
    ) -> None:
        self.as_of = as_of
        self.earliest = earliest
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, /, **values: Any) -> None:
        """Add a row to any table."""
        columns = TABLES[table].columns()
        unknown = set(values) - set(columns)
        assert not unknown, f"{table} has no column {sorted(unknown)}"
        row: dict[str, Any] = {}
        for name, column in columns.items():
            if name in values:
                row[name] = values[name]
            elif name == "id":
                row[name] = f"{table}:{len(self.rows.get(table, [])) + 1}"
            else:
                row[name] = None if column.nullable else INDIFFERENT.get(name)
        self.rows.setdefault(table, []).append(row)

    def organisation(self, identifier: str, kind: str, name: str = "", **values: Any) -> str:
        """Add an organisation of any kind."""
        self.add("organisations", id=identifier, kind=kind, name=name or identifier, **values)
        return identifier

    def authority(self, identifier: str, name: str = "", **values: Any) -> str:
        """Add a local authority, which lies in itself."""
        return self.organisation(identifier, "authority", name, authority=identifier, **values)

    def trust(self, identifier: str, name: str = "", **values: Any) -> str:
        """Add an academy trust."""
        return self.organisation(identifier, "trust", name, **values)

    def hub(
        self,
        identifier: str,
        kind: str,
        name: str = "",
        *,
        covers: Iterable[str] = (),
        **values: Any,
    ) -> str:
        """Add a hub, with the schools, authorities, districts or hub areas that it covers."""
        self.organisation(identifier, kind, name, **values)
        for covered in covers:
            self.tie(identifier, covered, "covers")
        return identifier

    def school(
        self,
        number: int,
        name: str = "",
        *,
        at: tuple[float, float] | None = None,
        status: str = "maintained",
        phase: str = "Primary",
        trust: str | None = None,
        joined: date | None = None,
        authority: str | None = None,
        district: str | None = None,
        region: str | None = None,
        postcode: str | None = None,
        opened: date | None = None,
        closed: date | None = None,
        **values: Any,
    ) -> str:
        """Add a school by its URN; ``at`` is easting and northing, ``trust`` the trust it is in.

        A school with a trust is an academy. Other values are columns of `Schools`.
        """
        identifier = f"urn:{number}"
        if trust is not None:
            status = "academy"
            self.tie(trust, identifier, "governs", start=joined)
        self.organisation(
            identifier,
            "school",
            name or f"School {number}",
            easting=None if at is None else float(at[0]),
            northing=None if at is None else float(at[1]),
            position_from=None if at is None else "register",
            authority=authority,
            district=district,
            region=region,
            postcode=postcode,
            opened=opened,
            closed=closed,
        )
        kind = "Academy converter" if status == "academy" else "Community school"
        standard = {
            "phase": phase,
            "status": status,
            "type": kind,
            "route": "converter" if status == "academy" else None,
        }
        self.add("schools", id=identifier, urn=number, **(standard | values))
        return identifier

    def area(
        self, identifier: str, name: str = "", *, kind: str = "district", **values: Any
    ) -> str:
        """Add a district or hub area."""
        self.add("areas", id=identifier, kind=kind, name=name or identifier, **values)
        return identifier

    def tie(self, from_id: str, to_id: str, kind: str, **values: Any) -> None:
        """Add a tie; the same one added again gets the next running number."""
        same = [
            tie
            for tie in self.rows.get("ties", [])
            if (tie["from_id"], tie["to_id"], tie["kind"]) == (from_id, to_id, kind)
        ]
        self.add("ties", from_id=from_id, to_id=to_id, kind=kind, number=len(same), **values)

    def observe(
        self, organisation: str, measure: str, value: float | None, day: date, **values: Any
    ) -> None:
        """Add an observation; without a value it is marked as not available."""
        standard = {"status": "observed" if value is not None else "not available"}
        self.add(
            "observations",
            organisation=organisation,
            measure=measure,
            value=value,
            date=day,
            **(standard | values),
        )

    def tables(self) -> dict[str, pl.DataFrame]:
        """Give the tables as they stand, with declared columns and types."""
        return {
            name: pl.DataFrame(rows, schema=TABLES[name].create_empty().schema)
            for name, rows in self.rows.items()
        }

    def landscape(self, *, is_checked: bool = False) -> Landscape:
        """Give the landscape; with ``is_checked`` its tables are taken to be right, for speed."""
        return Landscape(
            self.tables(),
            sources=[
                Source(
                    id="made-up",
                    title="Made-up register",
                    publisher="Nobody",
                    licence="none",
                    as_of=self.as_of or REGISTER_DAY,
                )
            ],
            label="made-up",
            as_of=self.as_of,
            earliest=self.earliest,
            is_checked=is_checked,
        )


def brambleford() -> MadeUp:
    """Two authorities, three districts, 14 schools: every governing arrangement, hubs, a cluster.

    Schools stand on a line going east, one a kilometre, from 400000, 300000.

    ==========  ================  ==========  ====================================================
    URN         authority         district    what is special
    ==========  ================  ==========  ====================================================
    900001-3    Brambleford       North       maintained primaries; 2 has a foundation trust besides
    900004-5    Brambleford       North       Thorn Trust, primary; 5 joined in 2019
    900006      Brambleford       South       Thorn Trust, secondary
    900007      Brambleford       South       Single Stem Trust
    900008      Brambleford       South       academy with no trust on record
    900009      Brambleford       South       left Thorn Trust for Sloe Trust on 1 September 2020
    900010      Brambleford       South       closed on 31 August 2018
    900011-12   Sloe Vale         Sloe Vale   Sloe Trust
    900013      Sloe Vale         Sloe Vale   maintained, opened 1 September 2021, position unknown
    900014      Sloe Vale         Sloe Vale   independent
    ==========  ================  ==========  ====================================================

    Hubs: ``mh:001`` covers Brambleford authority; ``tsh:HH1`` covers area HH1, made of all of the
    district North and a share of South; ``tsh:HH2`` covers HH2, the rest of South and Sloe Vale.
    Cluster ``cluster:1`` has 900001, 900004 and 900011 as members, 900002 until August 2019.
    """
    place = MadeUp()
    place.authority("la:001", "Brambleford", code="E00000001", region="Middle Shires")
    place.authority("la:002", "Sloe Vale", code="E00000002", region="Far Hills")
    place.area("lad:N", "Brambleford North")
    place.area("lad:S", "Brambleford South")
    place.area("lad:V", "Sloe Vale")
    place.trust("uid:90001", "Thorn Trust", authority="la:001")
    place.trust("uid:90002", "Sloe Trust", authority="la:002")
    place.trust("uid:90003", "Single Stem Trust", authority="la:001")
    place.organisation("uid:90004", "foundation_trust", "Hazel Foundation")
    north: dict[str, Any] = {
        "authority": "la:001",
        "district": "lad:N",
        "region": "Middle Shires",
        "opened": date(1990, 9, 1),
    }
    south = north | {"district": "lad:S"}
    vale = north | {"authority": "la:002", "district": "lad:V", "region": "Far Hills"}

    def at(number: int) -> tuple[float, float]:
        return 400_000 + 1_000 * (number - 900_001), 300_000

    def school(number: int, name: str, where: dict[str, Any], **values: Any) -> None:
        place.school(number, name, **({"at": at(number)} | where | values))

    school(900001, "Ash Primary School", north, pupils=210, postcode="ZZ1 1AA")
    school(900002, "Beech Primary School", north, pupils=180)
    school(900003, "Cedar Primary School", north, pupils=90, faith="Church of Elsewhere")
    school(900004, "Damson Primary School", north, trust="uid:90001", joined=date(2016, 9, 1))
    school(900005, "Elder Primary School", north, trust="uid:90001", joined=date(2019, 1, 1))
    school(900006, "Furze High School", south, trust="uid:90001", phase="Secondary")
    school(900007, "Gorse Primary School", south, trust="uid:90003", joined=date(2014, 4, 1))
    school(900008, "Hazel Primary School", south, status="academy")
    school(900009, "Ivy Primary School", south, status="academy")
    school(900010, "Juniper Primary School", south, closed=date(2018, 8, 31))
    school(900011, "Larch Primary School", vale, trust="uid:90002")
    school(900012, "Maple Primary School", vale, trust="uid:90002")
    school(900013, "Nettle Primary School", vale, opened=date(2021, 9, 1), at=None)
    school(900014, "Oak House", vale, status="independent", type="Other independent school")
    place.tie("uid:90004", "urn:900002", "governs", start=date(2012, 1, 1))
    moved = date(2020, 9, 1)
    place.tie("uid:90001", "urn:900009", "governs", start=date(2013, 9, 1), end=moved)
    place.tie("uid:90002", "urn:900009", "governs", start=moved)
    place.tie("la:001", "urn:900010", "maintains")

    place.area("hubarea:HH1", "HH1", kind="hub_area")
    place.area("hubarea:HH2", "HH2", kind="hub_area")
    place.add("area_parts", area="hubarea:HH1", part="lad:N")
    place.add("area_parts", area="hubarea:HH1", part="lad:S", is_whole=False)
    place.add("area_parts", area="hubarea:HH2", part="lad:S", is_whole=False)
    place.add("area_parts", area="hubarea:HH2", part="lad:V")
    place.hub("mh:001", "maths_hub", "Hawthorn Maths Hub", covers=["la:001"])
    place.hub("tsh:HH1", "teaching_school_hub", "Hornbeam Hub", covers=["hubarea:HH1"])
    place.hub("tsh:HH2", "teaching_school_hub", "Hollow Hub", covers=["hubarea:HH2"])
    place.tie("urn:900004", "tsh:HH1", "hosts")

    place.organisation("cluster:1", "cluster", "Hedge Lane Cluster", authority="la:001")
    for number in (900001, 900004, 900011):
        place.tie(f"urn:{number}", "cluster:1", "member_of", start=date(2017, 9, 1))
    place.tie("urn:900002", "cluster:1", "member_of", start=date(2017, 9, 1), end=date(2019, 8, 31))
    place.add("postcodes", postcode="ZZ99ZZ", easting=402_000.0, northing=300_000.0)
    return place
