"""Whose evidence it is: nobody but its own organisation opens it, or reads what it is called."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.partnerships.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/partnerships/town/evidence/"
ROLES = b"Person,Organisation,Role,First day\nWren Thistledown,uid:90001,trustee,2020-09-01\n"
NOT_THERE = 999_999
PAGES = (
    ("get", ""),
    ("get", "marked.xlsx"),
    ("post", "mend/"),
    ("post", "check/"),
    ("get", "columns/"),
    ("post", "columns/"),
    ("get", "names/"),
    ("post", "names/"),
    ("get", "kinds/"),
    ("post", "kinds/"),
    ("post", "import/"),
    ("post", "undo/"),
    ("post", "discard/"),
)
OF_RECORDS = (
    ("get", "change/"),
    ("post", "change/"),
    ("get", "end/"),
    ("post", "end/"),
    ("get", "history/"),
)


@pytest.fixture
def everybody(people, signed_in):
    """A steward, and people of two organisations."""
    Membership.objects.filter(user=people[Role.PROVIDER]).update(organisation="uid:90002")
    return {role: signed_in(people[role]) for role in PROVIDING}


PROVIDING = (Role.STEWARD, Role.CONTRIBUTOR, Role.PROVIDER)


def sent(client, name, do_what_waits):
    """Send a file, import it, send it once more, and give both contributions."""
    for _ in range(2):
        client.post(HERE, {"file": SimpleUploadedFile(name, ROLES)})
        do_what_waits()
        found = Contribution.objects.order_by("-pk").first()
        if not Contribution.objects.filter(name=found.name, state="in force").exists():
            client.post(f"{HERE}{found.pk}/import/")
            do_what_waits()
    return list(Contribution.objects.filter(name=found.name).order_by("pk"))


def without_token(page):
    """Give a page without the word that each answer draws anew for its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_each_reads_of_their_own_files_and_stewards_of_all(everybody, do_what_waits):
    files = {role: f"plan of the {role}" for role in PROVIDING}
    for role in PROVIDING:
        sent(everybody[role], f"{files[role]}.csv", do_what_waits)
    for role in PROVIDING:
        page = everybody[role].get(HERE).text
        for other in PROVIDING:
            is_read = role in (other, Role.STEWARD)
            name = Contribution.objects.filter(file__startswith=files[other]).first().name
            assert (name in page) is is_read, (role, other)


def test_another_s_file_or_record_is_not_there_at_all(everybody, do_what_waits):
    for of in PROVIDING:
        held = sent(everybody[of], f"plan of the {of}.csv", do_what_waits)
        assert [one.state for one in held] == ["in force", "checked"]
        record = Record.objects.filter(contribution=held[0], table="roles").get()
        guesses = [(str(one.pk), PAGES) for one in held]
        guesses.append((f"records/{record.pk}", OF_RECORDS))
        for by in PROVIDING:
            if by is of:
                continue
            for address, pages in guesses:
                for method, page in pages:
                    ask = getattr(everybody[by], method)
                    number = address.rpartition("/")[2]
                    guessed = ask(f"{HERE}{address}/{page}")
                    absent = ask(f"{HERE}{address.replace(number, str(NOT_THERE))}/{page}")
                    assert guessed.status_code == absent.status_code == 404, (by, of, page)
                    assert without_token(guessed.text) == without_token(absent.text), (by, of, page)
        held[1].refresh_from_db()
        assert (held[1].state, Record.objects.filter(pk=record.pk).count()) == ("checked", 1)
