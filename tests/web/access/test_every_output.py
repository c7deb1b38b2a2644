"""Nothing that the site gives away tells of records that are closed: pages, tables, pictures' data,
files, the API and packages, from the outside.

The laws of seeing hold for landscapes; here every page that can be reached is asked whether it
looks at anything else.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import polars as pl
import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from hedgerow.landscape.lens import Lens
from hedgerow.landscape.tables import TABLES
from hedgerow.reporting.pictures.layered_map import SHOWN
from hedgerow.reporting.pictures.network_data import TIES
from hedgerow.web.access.audience import Role
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.access.permissions import ACTION, Action
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.recording import write_records
from hedgerow.web.partnerships.models import SharingDecision
from hedgerow.web.places import reports
from hedgerow.web.registers import register_on
from tests.made_up import INDIFFERENT
from tests.web.conftest import TOWN

pytestmark = pytest.mark.django_db

HERE = "/partnerships/town"
PRIVATE, FEW = "Zebra", "Quagga"
"""What stands in every text of records that are private, and of those of too few schools."""
HOSTILE = "\"'><img src=x onerror=alert(1)></script>"
DAY = date(2021, 11, 3)
APART = ("as", "table", "show")
"""Parts of an address that make another kind of page of it."""
TIED = "&".join(f"tie={one}" for one in TIES)
NOT_FOLLOWED = ("keep", "own", "forget", "layout", "compare")
VARIES = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    monkeypatch.setattr(reports, "PATIENCE", None)


def maintained() -> list[str]:
    """Primary schools of Town that are there, and that no trust ever governed, before or since."""
    register = register_on()
    here = Lens.authority("la:982").members(register)
    governed = register.ties.filter(pl.col("kind").is_in(["governs", "succeeds"]))["to_id"]
    new = register.ties.filter(pl.col("kind") == "succeeds")["from_id"]
    return sorted(
        register.on(register.as_of).schools.filter(
            pl.col("id").is_in(list(here)),
            pl.col("phase") == "Primary",
            ~pl.col("id").is_in([*governed, *new]),
        )["id"]
    )


def brought(partnership, name: str, rows: dict[str, list[dict]]) -> Contribution:
    made = Contribution.objects.create(
        partnership=partnership, name=name, kind="fieldbook", state=Contribution.State.IN_FORCE
    )
    tables = {}
    for table, given in rows.items():
        columns = TABLES[table].columns()
        full = [
            {
                column: row.get(column, None if kind.nullable else INDIFFERENT.get(column))
                for column, kind in columns.items()
            }
            for row in given
        ]
        tables[table] = pl.DataFrame(full, schema=TABLES[table].create_empty().schema)
    write_records(made, tables, by=None)
    return made


def records_of(school: str, other: str, mark: str) -> dict[str, list[dict]]:
    """A record of each sort about a school, with a mark in every text."""
    person, code = f"person:{mark}{school}", f"{mark}-{school}"
    dated = {"organisation": school, "date": DAY}
    return {
        "persons": [
            {
                "id": person,
                "label": f"{mark} Zed",
                "is_named": True,
                "named_scope": "all pages",
                "named_since": DAY,
            }
        ],
        "roles": [
            {"id": f"role:{code}", "person": person, "organisation": school, "role": f"{mark} lead"}
        ],
        "ties": [
            {"from_id": school, "to_id": other, "kind": "turns_to", "start": DAY, "carrier": person}
        ],
        "activities": [
            {"id": f"act:{code}", "provider": school, "name": f"{mark} course", "start": DAY}
        ],
        "participation": [
            {"id": f"part:{code}", "school": school, "activity": f"act:{code}", "start": DAY}
        ],
        "adoptions": [{"school": school, "item": f"{mark} reading", "start": DAY}],
        "observations": [{"measure": "ties_asked", "value": 1.0, **dated}],
        "meetings": [
            {"id": f"meet:{code}", "forum": f"{mark} forum", "convenor": school, "date": DAY}
        ],
        "attendance": [{"id": f"att:{code}", "meeting": f"meet:{code}", "organisation": school}],
    }


@pytest.fixture
def closed(partnership, region) -> list[Contribution]:
    """What a private school and three that share in aggregate told, besides what all schools did;
    it stands until it is undone."""
    secret, *few = maintained()[:4]
    all_told = Contribution.objects.create(
        partnership=partnership, name="practices", kind="fieldbook", state="in force"
    )
    write_records(all_told, {"adoptions": region.evidence["adoptions"]}, by=None)
    for kind in RecordKind:
        SharingDecision.objects.create(
            partnership=partnership,
            organisation=secret,
            kind=kind.value,
            level=Level.PRIVATE.value,
        )
        SharingDecision.objects.create(
            partnership=partnership,
            organisation=maintained()[-1],
            kind=kind.value,
            level=Level.NAMED.value,
        )
    told = [brought(partnership, "private", records_of(secret, maintained()[-1], PRIVATE))]
    for school in few:
        told.append(brought(partnership, school, records_of(school, maintained()[-1], FEW)))
    partnership.is_published = True
    partnership.save()
    partnership.touch()
    return told


def kind_of(address: str) -> tuple | None:
    """Tell kinds of pages apart; None for what is no page of this partnership's open data."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if getattr(match.func, ACTION, None) is not Action.SEE_OPEN_DATA:
        return None
    if match.kwargs.get("partnership") != "town" or match.url_name in NOT_FOLLOWED:
        return None
    query = dict(parse_qsl(parts.query))
    if query.keys() - {*APART, "tie", "beside"}:
        return None  # another day, phase or combination: worked out from the same landscapes
    asked = tuple((name, query.get(name)) for name in APART)
    return match.url_name, match.kwargs.get("section"), match.kwargs.get("form"), asked


def parts_of(content: bytes) -> str:
    """Give the text of an answer; of a zip or workbook that of all its parts, without when."""
    if not content.startswith(b"PK"):
        return VARIES.sub("", content.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(
            parts.read(name).decode(errors="replace")
            for name in sorted(parts.namelist())
            if not name.startswith("docProps/")
        )


def outputs(client: Client, start: list[str], most: int = 90) -> Iterator[tuple[str, str]]:
    """Give all that can be reached from some addresses, of each kind of page once."""
    waiting, kinds, asked = list(start), set(), set()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        is_new = kind is not None and kind not in kinds and len(asked) < most
        if address in asked or not (is_new or address in start):
            continue
        kinds.add(kind)
        asked.add(address)
        answer = client.get(address)
        assert answer.status_code in (200, 404), address
        content = answer.getvalue()
        yield address, parts_of(content)
        if answer["Content-Type"].startswith("text/html"):
            links = re.findall(r'(?:href|data-[a-z-]+)="(/[^"#]*)', content.decode())
            waiting += [one.replace("&amp;", "&") for one in dict.fromkeys(links)]


def starts(role: Role) -> list[str]:
    secret, few, *_ = maintained()
    place = f"{HERE}/places/{TOWN}"
    found = [
        f"{place}/",
        *(f"{HERE}/schools/{one.removeprefix('urn:')}/" for one in (secret, few)),
        f"{place}/network/?{TIED}",
        f"{place}/network.json?{TIED}",
        f"{place}/timeline/",
        *(f"{place}/map.geojson?show={one}" for one in SHOWN),
        f"/api{HERE}/places/{TOWN}",
        f"{HERE}/search/?q={PRIVATE}",
    ]
    return [*found, f"{HERE}/out/package.zip"] if role is Role.STEWARD else found


@pytest.mark.parametrize("role", [Role.MEMBER, Role.STEWARD, Role.PUBLIC])
def test_no_output_holds_a_word_of_what_is_closed(closed, people, signed_in, role):
    client = signed_in(people[role])
    # stewards see by name what the partnership brought of schools that decided nothing
    marks = (PRIVATE,) if role is Role.STEWARD else (PRIVATE, FEW)
    many = 0
    for address, text in outputs(client, starts(role)):
        many += 1
        asked = address.rpartition("q=")[2]
        for mark in marks:
            assert mark not in text.replace(asked, "") if "q=" in address else mark not in text, (
                mark,
                address,
                re.findall(rf".{{80}}{mark}.{{80}}", text)[:2],
            )
    assert many > 50


def test_no_output_of_members_changes_with_what_is_closed(closed, people, signed_in, partnership):
    def all_of_it() -> dict[str, str]:
        found = dict(outputs(signed_in(people[Role.MEMBER]), starts(Role.MEMBER)))
        return {one: text for one, text in found.items() if not one.endswith(".pdf")}  # is dated

    with_them = all_of_it()
    Contribution.objects.filter(pk__in=[one.pk for one in closed]).update(
        state=Contribution.State.UNDONE
    )
    partnership.touch()
    without = all_of_it()
    assert with_them.keys() == without.keys()
    assert [one for one in with_them if with_them[one] != without[one]] == []


def test_what_is_shared_by_name_is_seen_and_stays_text(closed, people, signed_in, partnership):
    first, *_, last = maintained()
    brought(partnership, "hostile", records_of(first, last, f"{PRIVATE}{HOSTILE}"))
    SharingDecision.objects.filter(partnership=partnership).update(level=Level.NAMED.value)
    partnership.touch()
    seen_at = set()
    for address, text in outputs(signed_in(people[Role.MEMBER]), starts(Role.MEMBER)):
        if PRIVATE in text and "q=" not in address:
            seen_at.add(address)
        if text.lstrip().startswith("<!DOCTYPE html"):
            assert HOSTILE[2:10] not in text, address
    # so that the tests above look where there is something
    place = f"{HERE}/places/{TOWN}"
    school = f"{HERE}/schools/{first.removeprefix('urn:')}/"
    assert {f"{place}/network.json?{TIED}", f"{place}/network/?{TIED}", school} <= seen_at
