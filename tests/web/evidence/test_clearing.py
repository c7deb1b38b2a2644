"""Files that nobody came back to are thrown away, and nobody lets too many wait."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.clearing import KEPT_DAYS, MOST_WAITING, clear_away
from hedgerow.web.evidence.models import Contribution, Record

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/partnerships/town/evidence/"
ROLES = b"Person,Organisation,Role,First day\nWren Thistledown,uid:90001,trustee,2020-09-01\n"


@pytest.fixture
def steward(people, signed_in):
    return signed_in(people[Role.STEWARD])


@pytest.fixture
def kept_before():
    return folders()


def folders():
    settings.SITE.uploads.mkdir(exist_ok=True)
    return {*settings.SITE.uploads.iterdir()}


def sent(client, name):
    answer = client.post(HERE, {"file": SimpleUploadedFile(f"{name}.csv", ROLES)})
    assert answer.status_code == 302, answer.text
    return Contribution.objects.order_by("-pk").first()


def test_a_file_that_nobody_imports_is_thrown_away_in_time(
    steward, partnership, do_what_waits, kept_before
):
    old, new, used = (sent(steward, name) for name in ("old", "new", "used"))
    do_what_waits()
    steward.post(f"{HERE}{used.pk}/import/")
    do_what_waits()
    assert f"thrown away {KEPT_DAYS} days after" in steward.get(HERE).text
    assert "Unless it is imported, it is thrown away on" in steward.get(f"{HERE}{old.pk}/").text
    assert "thrown away on" not in steward.get(f"{HERE}{used.pk}/").text
    # one thing waits in the queue for each file, and is done when its time has come
    later = DBTaskResult.objects.filter(task_path=clear_away.module_path, status="READY")
    assert later.count() == 3
    assert later.first().run_after > timezone.now() + timedelta(days=KEPT_DAYS - 1)
    long_ago = timezone.now() - timedelta(days=KEPT_DAYS, minutes=1)
    Contribution.objects.exclude(pk=new.pk).update(brought=long_ago)
    later.update(run_after=timezone.now())
    do_what_waits()
    assert steward.get(f"{HERE}{old.pk}/").status_code == 404
    states = dict(Contribution.objects.values_list("name", "state"))
    assert states == {"new": "checked", "used": "in force"}
    assert Record.objects.filter(table="roles").count() == 1
    assert len(folders() - kept_before) == 1
    written = partnership.audit_entries.get(action="threw a file away")
    assert written.actor is None
    assert written.detail["kind"] == "Fieldbook"
    page = steward.get("/partnerships/town/audit/").text
    assert "threw a file away" in page
    assert f"fieldbook, sent on {written.detail['sent']}, of the partnership" in page


def test_what_no_contribution_knows_of_is_thrown_away_as_well(home, kept_before):
    for name, days in (("left", KEPT_DAYS + 1), ("fresh", 1)):
        folder = settings.SITE.uploads / name
        folder.mkdir(parents=True)
        then = time.time() - days * 24 * 3600
        os.utime(folder, (then, then))
    clear_away.func()
    assert {one.name for one in folders() - kept_before} == {"fresh"}
    (settings.SITE.uploads / "fresh").rmdir()


def test_so_many_files_of_a_person_wait_and_no_more(
    people, signed_in, partnership, steward, kept_before
):
    for number in range(MOST_WAITING - 1):
        Contribution.objects.create(
            partnership=partnership,
            name=f"file {number}",
            kind="fieldbook",
            state=["checked", "failed", "importing"][number % 3],
            brought_by=people[Role.STEWARD],
            upload=f"{number}/file.csv",
        )
    last = sent(steward, "last")
    assert len(folders() - kept_before) == 1
    refused = steward.post(HERE, {"file": SimpleUploadedFile("more.csv", ROLES)})
    assert f"You have {MOST_WAITING} files that wait" in refused.text
    assert Contribution.objects.count() == MOST_WAITING
    assert len(folders() - kept_before) == 1
    sent(signed_in(people[Role.CONTRIBUTOR]), "of another")
    steward.post(f"{HERE}{last.pk}/discard/")
    sent(steward, "more")
