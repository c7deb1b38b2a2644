"""Several imports at once lose nothing; one that is killed is taken up again, and never half in."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django_tasks_db.management.commands.db_worker import Worker

from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.web.access.audience import Role
from hedgerow.web.evidence import uploads
from hedgerow.web.evidence.importing import IMPORT
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.tables import told
from hedgerow.web.jobs.models import Job
from hedgerow.web.jobs.work import ask, take_up_again

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]
FILES = 10
WORKERS = 4
PATIENCE = 240


def sent(partnership, user, name, content):
    """Keep a file as the site does, and give the contribution that waits with it."""
    upload = uploads.keep(SimpleUploadedFile(name, content))
    return Contribution.objects.create(
        partnership=partnership,
        name=Path(name).stem,
        kind=Contribution.Kind.FIELDBOOK,
        state=Contribution.State.IMPORTING,
        brought_by=user,
        file=name,
        upload=upload,
    )


def imported(found, user):
    return ask(
        IMPORT,
        f"Importing {found.file}",
        by=user,
        partnership=found.partnership,
        contribution=found.pk,
        user=user.pk,
    )


def test_ten_imports_at_once_lose_nothing(people, partnership, home):
    user = people[Role.STEWARD]
    version = partnership.evidence_version
    kept = uploads_now()
    for number in range(FILES):
        text = (
            "Person,Organisation,Role,First day\n"
            f"Wren Number{number},uid:90001,trustee,2020-09-01\n"
            f"Robin Sedge,uid:90001,adviser {number},2020-09-01\n"
        )
        imported(sent(partnership, user, f"file {number}.csv", text.encode()), user)
    faults = []

    def take(number):
        try:
            Worker(
                queue_names=["*"],
                interval=0.05,
                batch=True,
                backend_name="default",
                startup_delay=False,
                max_tasks=None,
                worker_id=f"test-{number}",
                excluded_queue_names=[],
            ).run()
        except Exception as fault:  # a thread's fault would be lost
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not faults
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}
    assert set(Contribution.objects.values_list("state", flat=True)) == {"in force"}
    tables = told(partnership)
    assert tables["roles"].height == 2 * FILES
    # the key knows everybody, and the one who stands in all files by one pseudonym
    ring = KeyRing.open(settings.SITE.keys / "town.json")
    called = {entry.called for entry in ring}
    assert {f"Wren Number{number}" for number in range(FILES)} | {"Robin Sedge"} <= called
    roles = tables["roles"]
    advisers = roles.filter(roles["role"].str.starts_with("adviser"))
    assert advisers["person"].unique().to_list() == [ring.pseudonym_of("Robin Sedge")]
    assert set(roles["person"]) <= {entry.pseudonym for entry in ring}
    partnership.refresh_from_db()
    assert partnership.evidence_version == version + FILES
    assert partnership.audit_entries.filter(action="imported").count() == FILES
    assert uploads_now() == kept


def uploads_now():
    return {one for one in settings.SITE.uploads.rglob("*") if one.is_file()}


def database_url():
    """Address of the database that the tests use, for a process of its own."""
    held = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    who = quote(held["USER"], safe="")
    if held["PASSWORD"]:
        who += f":{quote(held['PASSWORD'], safe='')}"
    host = quote(held["HOST"], safe="") if held["HOST"].startswith("/") else held["HOST"]
    port = f":{held['PORT']}" if held["PORT"] else ""
    return f"postgres://{who}@{host}{port}/{held['NAME']}"


def test_an_import_that_is_killed_is_never_half_in(
    people, partnership, region, workbook, do_what_waits
):
    user = people[Role.STEWARD]
    kept = uploads_now()
    found = sent(partnership, user, "region.xlsx", workbook.read_bytes())
    job = imported(found, user)
    surroundings = {
        **os.environ,
        "HEDGEROW_DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "hedgerow.web.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "hedgerow.web", "db_worker", "--no-startup-delay"],
        env=surroundings,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            held = Job.objects.get(pk=job.pk)
            if held.words == "Writing the records" or held.is_over:
                break
            time.sleep(0.01)
    finally:
        worker.kill()
        worker.wait(30)
    held = Job.objects.get(pk=job.pk)
    assert held.state == Job.State.RUNNING, "it was killed too late to show anything"
    assert held.words == "Writing the records"
    found.refresh_from_db()
    is_in = found.state == Contribution.State.IN_FORCE
    in_whole = {name: table.height for name, table in region.evidence.items()}
    if not is_in:
        assert found.state == Contribution.State.IMPORTING
        assert not Record.objects.exists()
        assert not partnership.audit_entries.exists()
    # while somebody may still be at it, it is nobody else's
    assert take_up_again(after=timedelta(hours=1)) == 0
    assert take_up_again(after=timedelta(0)) == 1
    do_what_waits()
    found.refresh_from_db()
    assert found.state == Contribution.State.IN_FORCE
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE
    tables = told(partnership)
    for name in ("participation", "roles", "meetings", "adoptions", "ties"):
        assert tables[name].height == in_whole[name], name
    assert partnership.audit_entries.filter(action="imported").count() == 1
    assert uploads_now() == kept
