"""What one organisation told is not offered to another that does not see it by name."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution, Record

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/partnerships/town/evidence/"
CONCERN = "Hazel Row cannot pay for supply teachers this term"


def of(**cells):
    return {f"cell-{name}": text for name, text in cells.items()}


def test_a_concern_of_others_is_not_suggested(people, signed_in, do_what_waits, partnership):
    theirs = signed_in(people[Role.CONTRIBUTOR])
    told = of(text=CONCERN, forum="Heads' forum", stage="raised", raised="2022-02-10")
    assert theirs.post(f"{HERE}records/concerns/add/", told).status_code == 302
    steward = signed_in(people[Role.STEWARD])
    nearly = CONCERN[:-5]
    action = of(text="Share cover", concern=nearly, agreed="2022-03-10")
    form = steward.post(f"{HERE}records/actions/add/", action)
    assert form.status_code == 400
    assert "a concern that is not known" in form.text.casefold()
    assert CONCERN not in form.text
    text = f"Action,About which concern,Agreed on\nShare cover,{nearly},2022-03-10\n"
    steward.post(HERE, {"file": SimpleUploadedFile("actions.csv", text.encode())})
    do_what_waits()
    found = Contribution.objects.get(name="actions")
    page = steward.get(f"{HERE}{found.pk}/").text
    assert nearly in page
    assert CONCERN not in page
    # those who told it are helped, and whoever knows it exactly can speak of it
    assert CONCERN in theirs.post(f"{HERE}records/actions/add/", action).text
    exactly = action | of(concern=CONCERN)
    assert steward.post(f"{HERE}records/actions/add/", exactly).status_code == 302
    assert Record.objects.get(table="actions").values["concern"].startswith("concern:")
