"""Attendance files through the site: columns, names, check, import; never a delegate's name."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.checking import found_in
from hedgerow.web.evidence.models import Contribution, Record, SavedMapping
from hedgerow.web.evidence.tables import told
from hedgerow.web.registers import register_on

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/partnerships/town/evidence/"
DELEGATES = ("Wren Thistledown", "Robin Sedge", "Ivy Bramble")


@pytest.fixture
def schools(region, home):
    """Two schools of the region, by identifier and name."""
    names = register_on().names()
    found = region.evidence["participation"]["school"].unique().sort().to_list()
    return [(one, names[one]) for one in found[:2]]


def attendance(schools, *, day="2021-10-05", course="Reasoning work group"):
    (_, first), (_, second) = schools
    return (
        "School name,Delegate name,Job title,Course title,Date\n"
        f'"{first}",Wren Thistledown,Headteacher,{course},{day}\n'
        f'"{second[:-4]}",Robin Sedge,Maths lead,{course},{day}\n'
        f'"Somewhere that is no school",Ivy Bramble,Teacher,{course},{day}\n'
    ).encode()


def sent(client, content, name="autumn.csv", called=""):
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, content), "name": called})
    assert answer.status_code == 302, answer.text
    return Contribution.objects.order_by("-pk").first(), answer["Location"]


def chosen(page):
    """Give what a form shows as chosen, by the names of its fields."""
    fields = {}
    for name, inside in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        held = re.search(r'<option value="([^"]*)"[^>]*selected', inside)
        fields[name] = held[1] if held else ""
    return fields


PROVIDER = {"provider": "Hazel Training", "provider_kind": "company", "names": "count"}


def test_an_attendance_file_from_its_columns_to_its_import(
    people, signed_in, schools, do_what_waits, partnership
):
    steward = signed_in(people[Role.STEWARD])
    found, columns = sent(steward, attendance(schools))
    assert found.kind == Contribution.Kind.ATTENDANCE
    assert columns.endswith("/columns/")
    page = html.unescape(steward.get(columns).text)
    fields = chosen(page)
    given = [fields[f"column_{at}"] for at in range(5)]
    assert given == ["school", "delegate", "role", "course", "date"]
    assert "Reasoning work group" in page
    assert not any(name in page for name in DELEGATES)
    refused = steward.post(columns, {**fields, "names": "count", "provider": "Nobody Known"})
    assert "No organisation is called" in refused.text
    assert "--provider" not in refused.text
    answer = steward.post(columns, {**fields, **PROVIDER})
    assert "/jobs/" in answer["Location"]
    do_what_waits()
    page = steward.get(f"{HERE}{found.pk}/").text
    assert "3 rows of attendance" in page
    review = found_in(found).review
    at = next(n for n, row in enumerate(review) if row["found"].startswith("Somewhere"))
    names = f"{HERE}{found.pk}/names/"
    assert "likeness" in steward.get(names).text
    wrong = steward.post(names, {f"decide-{at}": "other", f"other-{at}": "No Such School"})
    assert wrong.status_code == 400
    assert "No one school answers to that" in wrong.text
    decisions = {f"decide-{at}": "other", f"other-{at}": f"{schools[0][1]} ({schools[0][0]})"}
    for number, row in enumerate(review):
        if number != at and row["what"] == "school":
            decisions[f"decide-{number}"] = schools[1][0]
    steward.post(names, decisions)
    do_what_waits()
    assert found_in(found).to_decide == 0
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    tables = told(partnership)
    assert tables["participation"]["staff"].sum() == 3
    assert set(tables["participation"]["school"]) == {schools[0][0], schools[1][0]}
    assert "persons" not in tables
    held = json.dumps([*Record.objects.values_list("values", flat=True)])
    held += json.dumps([*SavedMapping.objects.values_list("mapping", flat=True)])
    held += json.dumps([*Contribution.objects.values_list("mapping", "faults", "sources")])
    assert not any(name in held for name in DELEGATES)


def test_the_next_file_is_read_like_the_last_and_stands_beside_it(
    people, signed_in, schools, do_what_waits, partnership
):
    provider = signed_in(people[Role.PROVIDER])
    for day, course in (("2021-10-05", "Reasoning work group"), ("2022-03-01", "Early number")):
        found, columns = sent(provider, attendance(schools, day=day, course=course))
        page = provider.get(columns).text
        fields = chosen(page)
        said = PROVIDER if course != "Early number" else {"names": "count"}
        if course == "Early number":
            assert "read like your last attendance file" in page
            assert 'value="Hazel Training"' in page
            said |= {"provider": "Hazel Training", "provider_kind": fields["provider_kind"]}
        provider.post(columns, {**fields, **said})
        do_what_waits()
        provider.post(f"{HERE}{found.pk}/import/")
        do_what_waits()
    names = list(Contribution.objects.order_by("pk").values_list("name", "state"))
    assert names == [("autumn", "in force"), ("autumn-2022-03-01", "in force")]
    assert SavedMapping.objects.get().organisation == found.organisation
    assert set(told(partnership)["activities"]["name"]) == {"Reasoning work group", "Early number"}


def test_delegates_are_kept_under_pseudonyms_on_request(
    people, signed_in, schools, do_what_waits, partnership
):
    steward = signed_in(people[Role.STEWARD])
    found, columns = sent(steward, attendance(schools))
    fields = chosen(steward.get(columns).text)
    steward.post(columns, {**fields, **PROVIDER, "names": "pseudonymise"})
    do_what_waits()
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    persons = told(partnership)["persons"]
    assert persons.height >= 1
    assert persons["label"].str.starts_with("Person ").all()


def test_a_file_called_after_a_delegate_is_refused(people, signed_in, schools, do_what_waits):
    steward = signed_in(people[Role.STEWARD])
    found, columns = sent(steward, attendance(schools), called="Wren Thistledown")
    fields = chosen(steward.get(columns).text)
    steward.post(columns, {**fields, **PROVIDER})
    do_what_waits()
    assert found_in(found) is None
    assert "holds the name of one of its delegates" in steward.get(f"{HERE}{found.pk}/").text


def test_nobody_sees_the_columns_of_another_s_file(people, signed_in, schools):
    steward = signed_in(people[Role.STEWARD])
    found, columns = sent(steward, attendance(schools))
    other = signed_in(people[Role.PROVIDER])
    for page in (columns, f"{HERE}{found.pk}/names/", f"{HERE}{found.pk}/kinds/"):
        assert other.get(page).status_code == 404
        assert other.post(page, PROVIDER).status_code == 404


def test_who_brings_a_file_is_taken_for_its_provider_and_addresses_are_not_shown(
    people, signed_in, schools, do_what_waits
):
    text = attendance(schools).replace(b"Delegate name", b"Contact").replace(
        b"Wren Thistledown", b"wren@sedge.example"
    )  # fmt: skip  # one expression
    provider = signed_in(people[Role.PROVIDER])
    found, columns = sent(provider, text)
    page = html.unescape(provider.get(columns).text)
    assert "sedge.example" not in page
    own = register_on().names()[found.organisation]
    assert re.search(r'name="provider" value="([^"]*)"', page)[1] in (own, found.organisation)
    fields = chosen(page) | {"names": "count", "provider": own}
    assert "/jobs/" in provider.post(columns, fields)["Location"]
    do_what_waits()
    page = provider.get(f"{HERE}{found.pk}/").text
    assert "No faults" not in page  # rows of it wait for a decision
    assert '<button class="button quiet">Import what is sound' in page
    steward = signed_in(people[Role.STEWARD])
    _, columns = sent(steward, text)
    assert re.search(r'name="provider" value="([^"]*)"', steward.get(columns).text) is None
