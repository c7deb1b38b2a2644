"""A fieldbook through the site: sent, checked, imported, replaced, undone."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hedgerow.landscape.lens import Lens
from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.checking import found_in
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.tables import told
from hedgerow.web.jobs.models import Job
from hedgerow.web.jobs.work import take_up_again
from hedgerow.web.registers import register_on

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/partnerships/town/evidence/"


def sent(client, name, content):
    """Send a file and give the contribution made of it."""
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.text
    return Contribution.objects.order_by("-pk").first()


def roles(*rows):
    lines = ["Person,Organisation,Role,First day", *rows]
    return "\n".join(lines).encode()


@pytest.fixture
def steward(people, signed_in):
    return signed_in(people[Role.STEWARD])


def test_a_whole_workbook(steward, workbook, do_what_waits, partnership, region):
    found = sent(steward, "region.xlsx", workbook.read_bytes())
    do_what_waits()
    page = steward.get(f"{HERE}{found.pk}/")
    assert "What the check found" in page.text
    assert "Checked, not imported" in page.text
    assert not Record.objects.exists()
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    found.refresh_from_db()
    assert found.state == Contribution.State.IN_FORCE
    assert found.upload == ""
    tables = told(partnership)
    for name in ("participation", "roles", "meetings", "adoptions"):
        assert tables[name].height == region.evidence[name].height, name
    # nobody is known by name, but those who agreed
    persons = tables["persons"]
    assert persons.filter(~persons["is_named"])["label"].str.starts_with("Person").all()
    entry = partnership.audit_entries.first()
    assert (entry.action, entry.subject) == ("imported", "region")
    trail = steward.get("/partnerships/town/audit/").text
    assert f"{entry.detail['rows']:,} rows from a fieldbook" in trail


def test_faults_are_shown_where_they_stand_and_the_sound_rows_go_in(
    steward, do_what_waits, partnership
):
    text = roles(
        "Wren Thistledown,uid:90001,trustee,2020-09-01",
        "Robin Sedge,No Such Trust at All,trustee,2020-09-01",
        "Ivy Bramble,uid:90001,trustee,not a day",
    )
    found = sent(steward, "Roles and seats.csv", text)
    do_what_waits()
    page = steward.get(f"{HERE}{found.pk}/")
    assert "row 3, Organisation" in page.text
    assert "No Such Trust at All" in page.text
    assert "row 4, First day" in page.text
    copy = steward.get(f"{HERE}{found.pk}/marked.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(copy.streaming_content)))
    assert "Faults" in " ".join(book.sheetnames)
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    assert told(partnership)["roles"].height >= 1
    # what is kept of the faults holds nothing that stood in the cells
    found.refresh_from_db()
    assert "No Such Trust" not in json.dumps(found.faults)
    names = json.dumps(list(Record.objects.values_list("values", flat=True)))
    assert "Thistledown" not in names


def test_a_later_file_takes_the_place_and_undoing_puts_the_earlier_back(
    steward, do_what_waits, partnership
):
    first = sent(steward, "roles.csv", roles("Wren Thistledown,uid:90001,trustee,2020-09-01"))
    do_what_waits()
    steward.post(f"{HERE}{first.pk}/import/")
    do_what_waits()
    second = sent(
        steward,
        "roles.csv",
        roles(
            "Wren Thistledown,uid:90001,trustee,2020-09-01",
            "Robin Sedge,uid:90001,trustee,2021-09-01",
        ),
    )
    do_what_waits()
    assert "takes the place" in steward.get(f"{HERE}{second.pk}/").text
    steward.post(f"{HERE}{second.pk}/import/")
    do_what_waits()
    assert told(partnership)["roles"].height == 2
    steward.post(f"{HERE}{second.pk}/undo/")
    first.refresh_from_db()
    assert first.state == Contribution.State.IN_FORCE
    assert told(partnership)["roles"].height == 1
    again = steward.post(f"{HERE}{second.pk}/undo/")
    assert again.status_code == 400


def test_the_same_person_keeps_one_pseudonym_in_every_file(steward, do_what_waits, partnership):
    for name in ("one.csv", "two.csv"):
        found = sent(steward, name, roles("Wren Thistledown,uid:90001,trustee,2020-09-01"))
        do_what_waits()
        steward.post(f"{HERE}{found.pk}/import/")
        do_what_waits()
    assert told(partnership)["roles"]["person"].n_unique() == 1


def test_what_is_no_fieldbook_is_refused_in_words(steward):
    for name, content, words in (
        ("notes.pdf", b"%PDF-1.7", "of no kind that can be read here"),
        ("book.xlsx", b"not a zip", "not what its name says"),
        ("../../etc/passwd", b"root", "of no kind that can be read here"),
    ):
        answer = steward.post(HERE, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 200
        assert words in answer.text
    assert not Contribution.objects.exists()


def test_a_file_that_swells_is_not_opened(steward):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(3):
            parts.writestr(f"xl/{number}.xml", b"0" * (80 * 2**20))
    answer = steward.post(HERE, {"file": SimpleUploadedFile("b.xlsx", bomb.getvalue())})
    assert "holds far more than it seems" in answer.text


def test_a_file_in_which_nothing_is_sound_can_be_sent_away(steward, do_what_waits):
    found = sent(steward, "roles.csv", roles("Wren Thistledown,Nowhere Trust,trustee,2020-09-01"))
    do_what_waits()
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    found.refresh_from_db()
    assert found.state == Contribution.State.FAILED
    assert not Record.objects.exists()
    steward.post(f"{HERE}{found.pk}/discard/")
    assert not Contribution.objects.exists()


def test_an_import_that_was_cut_off_is_taken_up_again(steward, do_what_waits, partnership):
    found = sent(steward, "roles.csv", roles("Wren Thistledown,uid:90001,trustee,2020-09-01"))
    do_what_waits()
    steward.post(f"{HERE}{found.pk}/import/")
    # the server is killed while it works: the job says that it runs, and nobody works on it
    job = Job.objects.get(work="import a fieldbook")
    long_ago = timezone.now() - timedelta(minutes=10)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, beat=long_ago)
    do_what_waits()
    assert not Record.objects.exists()
    assert take_up_again() == 1
    assert take_up_again() == 0
    do_what_waits()
    found.refresh_from_db()
    assert found.state == Contribution.State.IN_FORCE
    assert told(partnership)["roles"].height == 1


def test_a_cancelled_import_leaves_nothing_behind(steward, do_what_waits):
    found = sent(steward, "roles.csv", roles("Wren Thistledown,uid:90001,trustee,2020-09-01"))
    do_what_waits()
    steward.post(f"{HERE}{found.pk}/import/")
    job = Job.objects.get(work="import a fieldbook")
    steward.post(f"/partnerships/town/jobs/{job.pk}/stop/")
    do_what_waits()
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    found.refresh_from_db()
    assert found.state == Contribution.State.CHECKED
    assert not Record.objects.exists()


def test_each_organisation_has_its_own_files(people, signed_in, steward, do_what_waits):
    contributor = signed_in(people[Role.CONTRIBUTOR])
    found = sent(contributor, "roles.csv", roles("Wren Thistledown,uid:90001,trustee,2020-09-01"))
    do_what_waits()
    assert contributor.get(f"{HERE}{found.pk}/").status_code == 200
    for other in (steward, signed_in(people[Role.MEMBER])):
        assert other.get(f"{HERE}{found.pk}/").status_code in (403, 404)
        assert other.post(f"{HERE}{found.pk}/import/").status_code in (403, 404)


PERSONS = "Person,Agreed to be named,Agreed for what,Agreed on\n"


def test_undoing_brings_back_no_name_that_was_taken_back(steward, do_what_waits, partnership):
    agreed = "Wren Thistledown,yes,pages that the partnership sees,2022-05-01\n"
    for text in (PERSONS + agreed, PERSONS + "Wren Thistledown,no,,\n"):
        found = sent(steward, "persons.csv", text.encode())
        do_what_waits()
        steward.post(f"{HERE}{found.pk}/import/")
        do_what_waits()
    steward.post(f"{HERE}{found.pk}/undo/")
    persons = told(partnership)["persons"]
    assert persons["is_named"].to_list() == [False]
    held = json.dumps(list(Record.objects.values_list("values", flat=True)))
    assert "Thistledown" not in held


def test_another_file_of_the_same_name_is_refused_in_words_for_the_page(
    steward, do_what_waits, partnership
):
    names = ("Alder", "Briar", "Clover", "Dock", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Jay")
    for surname in ("Thistledown", "Sedge"):
        rows = [f"{one} {surname},uid:90001,trustee,2020-09-01" for one in names]
        found = sent(steward, "roles.csv", roles(*rows))
        do_what_waits()
        steward.post(f"{HERE}{found.pk}/import/")
        do_what_waits()
    job = Job.objects.filter(work="import a fieldbook").first()
    assert job.state == Job.State.FAILED
    assert "seems to be another fieldbook" in job.words
    assert "--" not in job.words
    page = steward.get(f"{HERE}{found.pk}/").text
    assert "Could not be imported" in page
    steward.post(f"{HERE}{found.pk}/import/", {"is_replacing": "yes"})
    do_what_waits()
    found.refresh_from_db()
    assert found.state == Contribution.State.IN_FORCE


def test_a_file_with_nothing_in_it_is_called_so(steward, do_what_waits):
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    found = sent(steward, "blank.xlsx", held.getvalue())
    do_what_waits()
    page = steward.get(f"{HERE}{found.pk}/").text
    assert "no sheet of it holds a row that could be read" in page
    assert "No faults" not in page
    assert "Import it" not in page
    nothing = steward.post(HERE, {"file": SimpleUploadedFile("none.csv", b"")})
    assert "This file is empty" in nothing.text
    wrong = sent(steward, "Roles and seats.csv", roles("Wren Thistledown,Nowhere,trustee,"))
    do_what_waits()
    assert "its one row has faults" in steward.get(f"{HERE}{wrong.pk}/").text


def test_an_empty_fieldbook_is_to_be_had_and_comes_back_filled_in(
    steward, do_what_waits, signed_in
):
    page = steward.get(HERE).text
    assert f'href="{HERE}fieldbook.xlsx"' in page
    answer = steward.get(f"{HERE}fieldbook.xlsx")
    assert 'filename="town-learning-partnership-fieldbook.xlsx"' in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    listed = {cell.value for row in book["Lists"].iter_rows() for cell in row}
    register = register_on()
    schools = register.through(Lens.authority("la:982"), phase="all").schools["name"]
    assert len(schools) > 10
    assert all(any(name in str(one) for one in listed) for name in schools[:10])
    sheet = book["Roles and seats"]
    headings = [cell.value for cell in sheet[1]]
    row = {"Person": "Wren Thistledown", "Organisation": "uid:90001", "Role": "trustee"}
    for heading, value in row.items():
        sheet.cell(row=4, column=headings.index(heading) + 1, value=value)
    held = io.BytesIO()
    book.save(held)
    found = sent(steward, "filled.xlsx", held.getvalue())
    do_what_waits()
    assert found_in(found).rows["roles"] == 1
