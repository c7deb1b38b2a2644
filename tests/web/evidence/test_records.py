"""Records by form: added, changed, ended, taken out, each with its history."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hedgerow.fieldbook.plan import SHEETS
from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.record_saving import FORMS
from hedgerow.web.evidence.tables import told
from hedgerow.web.registers import register_on

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/partnerships/town/evidence/"
RECORDS = f"{HERE}records/"


@pytest.fixture
def steward(people, signed_in):
    return signed_in(people[Role.STEWARD])


@pytest.fixture
def trust(region, home):
    """A trust of the region, by identifier and name."""
    ties = region.evidence["ties"]
    found = sorted(ties.filter(ties["from_id"].str.starts_with("uid:"))["from_id"].unique())[0]
    return found, register_on().names()[found]


def of(**cells):
    return {f"cell-{name}": text for name, text in cells.items()}


ROLE = {"person": "Wren Thistledown", "role": "trustee", "is_seat": "yes", "start": "2020-09-01"}


def test_a_seat_is_added_changed_and_ended_with_its_history(steward, trust, partnership, people):
    version = partnership.evidence_version
    answer = steward.post(f"{RECORDS}roles-and-seats/add/", of(organisation=trust[1], **ROLE))
    assert answer.status_code == 302, answer.text
    first = Record.objects.get(table="roles")
    assert first.values["organisation"] == trust[0]
    assert first.values["person"].startswith("person:")
    assert first.contribution.name == FORMS
    partnership.refresh_from_db()
    assert partnership.evidence_version > version
    page = steward.get(f"{RECORDS}roles-and-seats/").text
    assert "Thistledown" not in page
    assert trust[1] in page
    assert "1 September 2020" in page
    assert "2020-09-01" not in page
    for day in ("2020-09-01", "1+September+2020"):
        assert "1 of 1 hold" in steward.get(f"{RECORDS}roles-and-seats/?q={day}").text
    # changed: the old record ends, the new one follows
    changing = f"{RECORDS}{first.pk}/change/"
    form = steward.get(changing).text
    assert 'value="2020-09-01"' in form
    label = told(partnership)["persons"]["label"][0]
    given = of(person=label, organisation=trust[1], role="chair", is_seat="yes", start="2020-09-01")
    assert steward.post(changing, given).status_code == 302
    first.refresh_from_db()
    assert first.ended is not None
    assert first.ended_by == people[Role.STEWARD]
    second = Record.objects.get(table="roles", ended__isnull=True)
    assert (second.follows, second.key) == (first, first.key)
    assert second.values["person"] == first.values["person"]
    assert steward.post(changing, given).status_code == 404
    # ended: it held until a day
    assert steward.post(f"{RECORDS}{second.pk}/end/", {"how": "until"}).status_code == 400
    steward.post(f"{RECORDS}{second.pk}/end/", {"how": "until", "last": "2021-08-31"})
    third = Record.objects.get(table="roles", ended__isnull=True)
    assert third.values["end"] == "2021-09-01"
    page = steward.get(f"{RECORDS}{third.pk}/history/").text
    assert page.index("2021-08-31") < page.index("chair") < page.index("Added by form")
    assert str(people[Role.STEWARD]) in page
    # taken out: nobody sees it, and its history stays
    steward.post(f"{RECORDS}{third.pk}/end/", {"how": "never"})
    assert "roles" not in told(partnership)
    assert "Taken out" in steward.get(f"{RECORDS}{first.pk}/history/").text
    actions = list(partnership.audit_entries.order_by("pk").values_list("action", flat=True))
    assert actions == [
        "added a record",
        "changed a record",
        "ended a record",
        "took out a record",
    ]
    assert Contribution.objects.count() == 1
    everything = json.dumps(list(Record.objects.values_list("values", flat=True)))
    assert "Thistledown" not in everything


def test_what_cannot_be_used_is_said_at_its_field(steward, trust, partnership):
    adding = f"{RECORDS}roles-and-seats/add/"
    for cells, words in (
        ({**ROLE, "organisation": "No Such Trust"}, "not known"),
        ({**ROLE, "organisation": trust[1], "end": "2019-01-01"}, "ends before it begins"),
        ({**ROLE, "organisation": trust[1], "days_a_week": "9"}, "number too large"),
        ({**ROLE, "organisation": ""}, "empty cell"),
        ({}, "nothing is said"),
        ({**ROLE, "organisation": "x" * 3000}, "letters were given"),
    ):
        answer = steward.post(adding, of(**cells))
        assert answer.status_code == 400, words
        assert words in answer.text.casefold(), words
    near = steward.post(adding, of(**{**ROLE, "organisation": trust[1][:-2]}))
    assert f'value="{trust[0]}"' in near.text
    assert not Record.objects.exists()
    picked = of(**{**ROLE, "organisation": trust[1][:-2]}) | {"pick-organisation": trust[0]}
    assert steward.post(adding, picked).status_code == 302
    again = steward.post(adding, of(**{**ROLE, "organisation": trust[1]}))
    assert "such a record already" in again.text


def test_a_record_of_a_file_is_changed_by_form(steward, trust, do_what_waits, partnership):
    names = register_on().names()
    school = next(one for one in names if one.startswith("urn:"))
    text = (
        "Cluster or association,Member,First day,Kind\n"
        f"Hazel Circle,{school},2020-09-01,cluster\n"
        f"Hazel Circle,{trust[0]},2020-09-01,cluster\n"
    )
    steward.post(HERE, {"file": SimpleUploadedFile("clusters.csv", text.encode())})
    found = Contribution.objects.get()
    do_what_waits()
    steward.post(f"{HERE}{found.pk}/import/")
    do_what_waits()
    sheet = f"{RECORDS}clusters-and-associations/"
    page = steward.get(f"{sheet}?q=hazel").text
    assert "2 of 2 hold" in page
    assert "0 of 2 hold" in steward.get(f"{sheet}?q=nothing+of+this").text
    record = Record.objects.get(table="ties", values__from_id=trust[0])
    steward.post(f"{RECORDS}{record.pk}/end/", {"how": "until", "last": "2021-08-31"})
    ties = told(partnership)["ties"].sort("from_id")
    assert ties.height == 2
    assert str(ties.filter(ties["from_id"] == trust[0])["end"][0]) == "2021-09-01"
    # a second spell of the same tie has a number of its own
    again = of(to_id="Hazel Circle", from_id=trust[0], start="2022-01-01")
    assert steward.post(f"{sheet}add/", again).status_code == 302
    assert told(partnership)["ties"].height == 3
    # the file itself can be undone; what forms told stays, and is undone by form alone
    forms = Contribution.objects.get(kind=Contribution.Kind.FORM)
    assert steward.post(f"{HERE}{forms.pk}/undo/").status_code == 400


def test_an_agreement_to_be_named_and_its_end(steward, trust, partnership):
    steward.post(f"{RECORDS}roles-and-seats/add/", of(organisation=trust[1], **ROLE))
    person = Record.objects.get(table="persons")
    changing = f"{RECORDS}{person.pk}/change/"
    agreed = {
        "is_named": "yes",
        "named_scope": "pages that the partnership sees",
        "named_since": "2022-05-01",
    }
    without_name = steward.post(changing, of(id=person.values["label"], **agreed))
    assert "needs the name" in without_name.text
    wrong = steward.post(changing, of(id="Robin Sedge", **agreed))
    assert "not what this person is called" in wrong.text
    half = steward.post(changing, of(id="Wren Thistledown", is_named="yes"))
    assert "agreement not recorded" in half.text.casefold()
    assert steward.post(changing, of(id="Wren Thistledown", **agreed)).status_code == 302
    persons = told(partnership)["persons"]
    assert persons["label"].to_list() == ["Wren Thistledown"]
    assert persons["named_scope"].to_list() == ["pages that the partnership sees"]
    named = Record.objects.get(table="persons", ended__isnull=True)
    # another form takes back nobody's agreement
    more = {**ROLE, "person": "Robin Sedge", "organisation": trust[1]}
    steward.post(f"{RECORDS}roles-and-seats/add/", of(**more))
    assert "Wren Thistledown" in told(partnership)["persons"]["label"].to_list()
    answer = steward.post(f"{RECORDS}{named.pk}/change/", of(id="Wren Thistledown", is_named="no"))
    assert answer.status_code == 302
    everything = json.dumps(list(Record.objects.values_list("values", flat=True)))
    assert "Thistledown" not in everything
    history = steward.get(f"{RECORDS}{named.pk}/history/").text
    assert "2022-05-01" in history
    assert "Thistledown" not in history


def test_each_edits_what_is_their_own(people, signed_in, steward, trust):
    steward.post(f"{RECORDS}roles-and-seats/add/", of(organisation=trust[1], **ROLE))
    record = Record.objects.get(table="roles")
    other = signed_in(people[Role.CONTRIBUTOR])
    for page in ("change", "end", "history"):
        assert other.get(f"{RECORDS}{record.pk}/{page}/").status_code == 404
    assert other.post(f"{RECORDS}{record.pk}/end/", {"how": "never"}).status_code == 404
    assert "0 records" in other.get(f"{RECORDS}roles-and-seats/").text
    assert other.get(f"{RECORDS}no-such-kind/").status_code == 404
    member = signed_in(people[Role.MEMBER])
    assert member.get(RECORDS).status_code == 403
    mine = other.post(f"{RECORDS}roles-and-seats/add/", of(organisation=trust[1], **ROLE))
    assert mine.status_code == 302
    assert Contribution.objects.filter(kind=Contribution.Kind.FORM).count() == 2
    # a pseudonym, which others see, never leads to a name
    person = Record.objects.filter(table="persons").last()
    given = of(id=person.values["id"], is_named="yes", named_scope="x", named_since="2022-05-01")
    other.post(f"{RECORDS}persons/add/", given)
    other.post(f"{RECORDS}{person.pk}/change/", given)
    everything = json.dumps(list(Record.objects.values_list("values", flat=True)))
    assert "Thistledown" not in everything


def test_what_others_point_at_is_not_taken_out(steward, trust, partnership):
    steward.post(f"{RECORDS}roles-and-seats/add/", of(organisation=trust[1], **ROLE))
    person = Record.objects.get(table="persons")
    refused = steward.post(f"{RECORDS}{person.pk}/end/", {"how": "never"})
    assert refused.status_code == 400
    assert "Roles and seats under Person" in refused.text
    role = Record.objects.get(table="roles")
    steward.post(f"{RECORDS}{role.pk}/end/", {"how": "until", "last": "2021-13-40"})
    assert steward.post(f"{RECORDS}{role.pk}/end/", {"how": "never"}).status_code == 302
    assert steward.post(f"{RECORDS}{person.pk}/end/", {"how": "never"}).status_code == 302
    assert told(partnership) == {}


def test_every_kind_of_record_has_its_pages(steward, partnership):
    page = steward.get(RECORDS).text
    for spec in SHEETS:
        assert spec.title in page
        assert steward.get(f"{RECORDS}{spec.slug}/").status_code == 200
        form = steward.get(f"{RECORDS}{spec.slug}/add/").text
        for column in spec.shown:
            assert f'name="cell-{column.name}"' in form, (spec.title, column.name)
