"""Pages of records where there are thousands: none reads them all to show or change one."""

from __future__ import annotations

import polars as pl
import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from hedgerow.fieldbook.folding import fold
from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.record_search import folded
from hedgerow.web.registers import register_on

pytestmark = pytest.mark.django_db(transaction=True)

RECORDS = "/partnerships/town/evidence/records/"
MANY = 3_000
FEW = 120
"""More than a page shows, and far fewer than there are."""
OWN = {"cell-role": "trustee", "cell-organisation": "uid:90001", "cell-start": "2020-09-01"}


@pytest.fixture
def steward(people, signed_in):
    return signed_in(people[Role.STEWARD])


@pytest.fixture
def schools(home):
    return [one for one in register_on().names() if one.startswith("urn:")][:2]


@pytest.fixture
def many(partnership, schools):
    """Thousands of adoptions, told by one file."""
    told = Contribution.objects.create(
        partnership=partnership, name="many", kind="fieldbook", state="in force", file="many.csv"
    )
    values = {
        "school": schools[0],
        "item_kind": "practice",
        "is_scheme": False,
        "is_used": True,
        "form": "adopted",
        "start": "2020-09-01",
        "end": None,
        "through": None,
        "number": 0,
        "source": "many",
    }
    Record.objects.bulk_create(
        Record(
            contribution=told,
            table="adoptions",
            key=f'["{schools[0]}", "number talk {at}"]',
            values={**values, "item": f"Number talk & café {at}"},
        )
        for at in range(MANY)
    )
    return told


@pytest.fixture
def made():
    """Count the records that are made into objects."""
    counted = []

    def count(sender, instance, **kwargs):
        counted.append(instance)

    post_init.connect(count, sender=Record)
    yield counted
    post_init.disconnect(count, sender=Record)


def test_a_page_and_a_search_make_objects_of_no_record(steward, many, made, schools):
    page = steward.get(f"{RECORDS}adoptions/").text
    assert f"1 to 50 of {MANY:,}" in page
    assert page.count(">Change</a>") == 50
    assert "101 to 150" in steward.get(f"{RECORDS}adoptions/?page=3").text
    for search, found in (
        ("talk 2999", 1),
        ("CAFE number", MANY),
        (f"{schools[0]} 1234", 1),
        (register_on().names()[schools[0]], MANY),
        ("2999 2998", 0),
    ):
        page = steward.get(f"{RECORDS}adoptions/", {"q": search}).text
        assert f"{found:,} of {MANY:,} hold" in page, search
    assert "51 to 100" in steward.get(f"{RECORDS}adoptions/", {"q": "cafe", "page": 2}).text
    assert len(made) < FEW


def test_a_form_makes_objects_of_few_records(steward, many, made):
    record = Record.objects.last()
    assert steward.get(f"{RECORDS}{record.pk}/change/").status_code == 200
    answer = steward.post(f"{RECORDS}roles-and-seats/add/", {**OWN, "cell-person": "Wren Sedge"})
    assert answer.status_code == 302, answer.text
    assert len(made) < FEW


def test_names_are_looked_up_once_until_evidence_changes(steward, many):
    steward.get(f"{RECORDS}adoptions/")
    with CaptureQueriesContext(connection) as asked:
        steward.get(f"{RECORDS}adoptions/")
    assert not [one for one in asked if "'persons'" in one["sql"]]
    steward.post(f"{RECORDS}roles-and-seats/add/", {**OWN, "cell-person": "Wren Sedge"})
    page = steward.get(f"{RECORDS}roles-and-seats/").text
    assert register_on().names()["uid:90001"] in page
    told = Record.objects.get(table="persons").values["label"]
    assert told in page


def test_texts_are_folded_all_at_once_as_one_by_one():
    texts = ["Café & Crème", "It's  A_B", "***", "", "urn:100001", "\x1f x\x00", "ﬁne", "½ £"]
    assert folded(pl.Series(texts)).to_list() == [fold(one) for one in texts]
