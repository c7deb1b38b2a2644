"""What leaves a partnership: its data package, and messages of what changed."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import polars as pl
import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from hedgerow.landscape.tables import TABLES
from hedgerow.web.access.audience import Role
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.recording import write_records
from hedgerow.web.out.models import Watch
from hedgerow.web.partnerships.models import SharingDecision
from tests.web.conftest import TOWN

pytestmark = pytest.mark.django_db

TRUST, OTHER = "uid:90001", "uid:90002"


@pytest.fixture
def evidence(partnership, home):
    """A role in a trust that shares by name, and one in a trust that keeps its people private."""
    told = Contribution.objects.create(
        partnership=partnership, name="told", kind="fieldbook", state="in force"
    )
    persons = [
        {"id": f"person:{n}", "label": f"Person {n}", "is_named": False, "source": "told"}
        for n in ("a1", "b2")
    ]
    roles = [
        {
            "id": f"role:{trust}",
            "person": person["id"],
            "organisation": trust,
            "role": '=HYPERLINK("http://x.example")',
            "is_seat": True,
            "source": "told",
        }
        for person, trust in zip(persons, (TRUST, OTHER), strict=True)
    ]
    tables = {
        name: pl.DataFrame(rows, schema=TABLES[name].create_empty().schema)
        for name, rows in (("persons", persons), ("roles", roles))
    }
    write_records(told, tables, by=None)
    for trust, level in ((TRUST, Level.NAMED), (OTHER, Level.PRIVATE)):
        SharingDecision.objects.create(
            partnership=partnership,
            organisation=trust,
            kind=RecordKind.PEOPLE.value,
            level=level.value,
        )
    partnership.touch()
    return told


def package_of(client):
    answer = client.get("/partnerships/town/out/package.zip")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_a_package_holds_what_is_shared_by_name(evidence, people, signed_in, partnership):
    parts = package_of(signed_in(people[Role.RESEARCHER]))
    described = json.loads(parts.read("datapackage.json"))
    assert {one["name"] for one in described["resources"]} == {"persons", "roles"}
    rows = list(csv.DictReader(io.StringIO(parts.read("roles.csv").decode())))
    assert [row["organisation"] for row in rows] == [TRUST]
    # a spreadsheet would take it for a formula
    assert rows[0]["role"].startswith("'=")
    everything = b"".join(parts.read(name) for name in parts.namelist())
    assert b"person:b2" not in everything
    assert OTHER.encode() not in everything
    entry = partnership.audit_entries.first()
    assert (entry.action, entry.actor) == ("took data away", people[Role.RESEARCHER])


def test_only_those_may_take_it_whose_role_says_so(evidence, people, signed_in):
    answer = signed_in(people[Role.MEMBER]).get("/partnerships/town/out/package.zip")
    assert answer.status_code == 403
    assert Client().get("/partnerships/town/out/package.zip").status_code == 302


def test_who_watches_a_place_is_told_of_new_evidence_once(people, signed_in, partnership):
    member = signed_in(people[Role.MEMBER])
    refused = member.post("/partnerships/town/out/watch/", {"place": "x:y", "every": "week"})
    assert refused.status_code == 404
    member.post("/partnerships/town/out/watch/", {"place": TOWN, "every": "week"})
    call_command("tell")
    assert not mail.outbox  # its time has not come
    Watch.objects.update(looked=None)
    call_command("tell")
    assert not mail.outbox  # nothing changed
    partnership.touch()
    Watch.objects.update(looked=None)
    call_command("tell", site="https://hedge.example")
    assert len(mail.outbox) == 1
    told = mail.outbox[0]
    assert told.to == ["member@example.org"]
    assert "Town" in told.subject
    assert "was added or changed" in told.body
    stop = told.body.split("https://hedge.example/stop/")[1].split()[0]
    # a mail program that looks at the link ends nothing
    assert "Stop telling me" in Client().get(f"/stop/{stop}").text
    Client().post(f"/stop/{stop}")
    assert not Watch.objects.exists()
    assert "nothing more" in Client().get(f"/stop/{stop}").text
    assert Client().get("/stop/forged/").status_code == 200


def test_who_watches_is_told_what_changed_at_the_place(people, partnership, home):
    Watch.objects.create(
        user=people[Role.MEMBER],
        partnership=partnership,
        place=TOWN,
        told_until="2018-07-01",
        version_told=partnership.evidence_version,
    )
    call_command("tell")
    assert "Since 1 July 2018" in mail.outbox[0].body
    assert mail.outbox[0].body.count("\n- ") > 3


def test_who_left_is_told_nothing(people, partnership):
    Watch.objects.create(
        user=people[Role.PUBLIC], partnership=partnership, place=TOWN, version_told=0
    )
    call_command("tell")
    assert not mail.outbox
    assert not Watch.objects.exists()
