"""Faults mended on the site: the file stays as it is, and is checked again with what is written."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.mending import LONGEST, suggested_in
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.tables import told
from hedgerow.web.evidence.uploads import path_of

HERE = "/partnerships/town/evidence/"


def sent(client, text, name="Roles and seats.csv"):
    """Send a file and give the contribution made of it."""
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 302, answer.text
    return Contribution.objects.order_by("-pk").first()


@pytest.fixture
def steward(people, signed_in):
    return signed_in(people[Role.STEWARD])


@pytest.fixture
def trust(region):
    """A trust of the made-up region."""
    organisations = region.evidence["ties"].filter(
        region.evidence["ties"]["from_id"].str.starts_with("uid:")
    )
    return organisations["from_id"].unique().sort()[0]


ROLES = """Person,Organisation,Role,Seat on a board,First day
Wren Thistledown,{trust},trustee,perhaps,2020-09-01
Robin Sedge,No Such Trust at All,trustee,yes,2020-09-01
Ivy Bramble,{trust},trustee,yes,some time in spring
"""


@pytest.mark.django_db(transaction=True)
def test_every_fault_of_a_cell_has_a_field_that_suits_it(steward, do_what_waits, trust):
    found = sent(steward, ROLES.format(trust=trust))
    do_what_waits()
    page = steward.get(f"{HERE}{found.pk}/").text
    assert re.search(r'<select name="cell-0-1-3"', page)
    assert "As it stands: perhaps" in page
    assert re.search(r'<input type="text" name="cell-0-2-1"[^>]*value="No Such Trust at All"', page)
    assert re.search(r'<input type="date" name="cell-0-3-4"', page)
    assert "some time in spring" in page


@pytest.mark.django_db(transaction=True)
def test_what_is_mended_is_imported(steward, do_what_waits, trust, partnership):
    found = sent(steward, ROLES.format(trust=trust))
    do_what_waits()
    before = path_of(found.upload).read_bytes()
    answer = steward.post(
        f"{HERE}{found.pk}/mend/",
        {
            "cell-0-1-3": "no",
            "cell-0-2-1": trust,
            "cell-0-3-4": "2021-04-01",
            "cell-0-1-0": "a cell without a fault",
            "cell-9-9-9": "a cell that is not there",
        },
    )
    assert "/jobs/" in answer["Location"]
    found.refresh_from_db()
    assert found.mapping["mended"] == {
        "Roles and seats": {"1,3": "no", "2,1": trust, "3,4": "2021-04-01"}
    }
    assert path_of(found.upload).read_bytes() == before
    do_what_waits()
    assert "No faults" in steward.get(f"{HERE}{found.pk}/").text
    assert steward.get(f"{HERE}{found.pk}/marked.xlsx").status_code == 404
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    assert told(partnership)["roles"].height == 3
    assert steward.post(f"{HERE}{found.pk}/mend/", {"cell-0-1-3": "yes"}).status_code == 400
    found.refresh_from_db()
    assert found.mapping == {}


@pytest.mark.django_db(transaction=True)
def test_a_name_that_nearly_matches_is_offered_and_taken(
    steward, do_what_waits, partnership, region
):
    school = region.evidence["participation"]["school"][0]
    from hedgerow.web.registers import register_on

    name = register_on().names()[school]
    text = f"School,Activity,Number of staff\n{name[:-3]},Something,2\n"
    found = sent(steward, text, "Participation.csv")
    do_what_waits()
    page = html.unescape(steward.get(f"{HERE}{found.pk}/").text)
    offered = re.findall(r'name="pick-0-1-0" id="[^"]*" value="(urn:\d+)"', page)
    assert school in offered
    steward.post(f"{HERE}{found.pk}/mend/", {"pick-0-1-0": school, "cell-0-1-0": name[:-3]})
    found.refresh_from_db()
    assert found.mapping["mended"] == {"Participation": {"1,0": school}}
    steward.post(f"{HERE}{found.pk}/mend/", {"pick-0-1-0": "urn:1"})
    found.refresh_from_db()
    assert found.mapping["mended"] == {"Participation": {"1,0": school}}


@pytest.mark.django_db(transaction=True)
def test_what_is_too_long_is_refused_whole(steward, do_what_waits, trust):
    found = sent(steward, ROLES.format(trust=trust))
    do_what_waits()
    answer = steward.post(
        f"{HERE}{found.pk}/mend/", {"cell-0-1-3": "no", "cell-0-2-1": "x" * (LONGEST + 1)}
    )
    assert answer.status_code == 400
    found.refresh_from_db()
    assert found.mapping == {}


@pytest.mark.django_db(transaction=True)
def test_nobody_mends_what_is_another_s(people, signed_in, steward, do_what_waits, trust):
    found = sent(steward, ROLES.format(trust=trust))
    do_what_waits()
    other = signed_in(people[Role.CONTRIBUTOR])
    assert other.post(f"{HERE}{found.pk}/mend/", {"cell-0-1-3": "no"}).status_code == 404
    assert steward.get(f"{HERE}{found.pk}/mend/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people[Role.STEWARD])
    assert strict.post(f"{HERE}{found.pk}/mend/", {"cell-0-1-3": "no"}).status_code == 403
    found.refresh_from_db()
    assert found.mapping == {}


@pytest.mark.django_db(transaction=True)
def test_a_heading_that_is_not_read_can_be_named(steward, do_what_waits, trust, partnership):
    text = f"Person,Organisation,Role,Whence\nWren Thistledown,{trust},trustee,2020-09-01\n"
    found = sent(steward, text)
    do_what_waits()
    steward.post(f"{HERE}{found.pk}/mend/", {"cell-0-0-3": "First day"})
    do_what_waits()
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    assert str(told(partnership)["roles"]["start"][0]) == "2020-09-01"


def test_suggestions_are_found_in_an_advice():
    advice = (
        "Did you mean Bramble Lane Primary School, Town, AB1 2CD (urn:100001), like words or "
        "Thorn Hill Academy (urn:100002), the same place? Write its name."
    )
    assert suggested_in(advice) == (
        ("urn:100001", "Bramble Lane Primary School, Town, AB1 2CD"),
        ("urn:100002", "Thorn Hill Academy"),
    )
    assert suggested_in("Choose from the list.") == ()


@pytest.mark.django_db(transaction=True)
def test_a_page_of_faults_does_not_open_the_file_again(people, signed_in, do_what_waits):
    steward = signed_in(people[Role.STEWARD])
    text = b"Person,Organisation,Role,First day\nWren Thistledown,Nowhere,trustee,someday\n"
    steward.post(HERE, {"file": SimpleUploadedFile("Roles and seats.csv", text)})
    do_what_waits()
    found = Contribution.objects.get()
    path = path_of(found.upload)
    held = path.read_bytes()
    path.write_bytes(b"")  # large files take seconds to open; this one cannot be at all
    page = steward.get(f"{HERE}{found.pk}/").text
    assert 'value="Nowhere"' in page
    path.write_bytes(held)
    checked = path.with_name("check.json")
    now = checked.read_bytes()
    checked.write_bytes(b'{"rows": {}, "set_aside": 0, "faults": []}')  # as it once was
    assert "Check it again" in steward.get(f"{HERE}{found.pk}/").text
    checked.write_bytes(now)
    cell = re.search(r'name="(cell-[^"]+)"[^>]*value="Nowhere"', page)[1]
    answer = steward.post(f"{HERE}{found.pk}/mend/", {cell: "uid:90001"})
    assert "/jobs/" in answer["Location"]
    waiting = steward.get(f"{HERE}{found.pk}/").text
    assert "It is being checked" in waiting
    assert 'name="cell-' not in waiting
    do_what_waits()
    assert 'value="Nowhere"' not in steward.get(f"{HERE}{found.pk}/").text
    Contribution.objects.update(state=Contribution.State.IMPORTING)
    assert 'name="cell-' not in steward.get(f"{HERE}{found.pk}/").text
