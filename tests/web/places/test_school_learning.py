"""A school's page: what is on offer to it and what it took part in, as each reader may see it."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.web.access.audience import Role
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.recording import write_records
from hedgerow.web.partnerships.models import Membership, SharingDecision
from hedgerow.web.registers import register_on
from tests.web.access.test_seeing import SOURCE
from tests.web.places.conftest import tables_in

DAY = date(2022, 7, 1)
OPEN, OWN = "Reading circle of the open trust", "Number walks of the trust that keeps to itself"


@pytest.fixture
def school(home):
    """A school of Town that a trust governs."""
    today = register_on(DAY).on(DAY)
    ties = today.ties.filter(pl.col("kind") == "governs").select(
        "from_id", pl.col("to_id").alias("id")
    )
    found = today.schools.filter(pl.col("authority") == "la:982").join(ties, on="id").sort("id")
    return found.row(0, named=True)


@pytest.fixture
def told(partnership, school, region):
    """Two records of the school's learning: with a hub, and with its own trust."""
    activities = region.evidence["activities"]
    hub = activities.filter(pl.col("provider").str.starts_with("mh:"))["provider"][0]

    def bring(name, provider):
        activity = activities.head(1).with_columns(
            pl.lit(f"act:{provider}").alias("id"),
            pl.lit(provider).alias("provider"),
            pl.lit(name).alias("name"),
            pl.lit("charged").alias("cost_basis"),
            pl.lit(45.0).alias("cost"),
            pl.lit(date(2022, 6, 1)).alias("start"),
            pl.lit(date(2022, 7, 20)).alias("end"),
        )
        record = (
            region.evidence["participation"]
            .head(1)
            .with_columns(
                pl.lit(f"part:{provider}").alias("id"),
                pl.lit(school["id"]).alias("school"),
                pl.lit(f"act:{provider}").alias("activity"),
                pl.lit(date(2022, 6, 2)).alias("start"),
                pl.lit(date(2022, 7, 20)).alias("end"),
            )
        )
        contribution = Contribution.objects.create(
            partnership=partnership,
            name=name,
            kind=Contribution.Kind.FIELDBOOK,
            state=Contribution.State.IN_FORCE,
            sources=[SOURCE],
        )
        write_records(contribution, {"activities": activity, "participation": record}, by=None)

    bring(OPEN, hub)
    bring(OWN, school["from_id"])
    return hub


def decide(partnership, organisation, level):
    SharingDecision.objects.create(
        partnership=partnership,
        organisation=organisation,
        kind=RecordKind.LEARNING.value,
        level=level.value,
    )
    partnership.touch()


def page_of(client, school, more=""):
    return client.get(f"/partnerships/town/schools/{school['urn']}/?on={DAY}{more}")


def test_open_data_alone_says_what_would_tell(get, school):
    page = get(f"/schools/{school['urn']}/?on={DAY}")
    for heading in (
        "What is on offer to it",
        "What its staff took part in",
        "What schools like it",
    ):
        assert heading in page
    assert "No offer of professional learning is on record" in page
    assert "attendance records" in page
    get(f"/schools/{school['urn']}/?on={DAY}&table=offers&as=csv", 400)


def test_what_is_shared_by_name_is_listed_with_day_provider_form_and_cost(
    partnership, people, signed_in, school, told
):
    for one in (told, school["id"], school["from_id"]):
        decide(partnership, one, Level.NAMED)
    client = signed_in(people[Role.MEMBER])
    page = page_of(client, school)
    tables = dict(tables_in(page.text))
    heading, taken = tables["What its staff took part in, the latest first"][:2]
    assert heading == ["activity", "provider", "from", "cost", "role", "staff"]
    assert taken[0].startswith(OPEN) or taken[0].startswith(OWN)
    assert taken[2] == "2 June 2022 to 19 July 2022"
    assert taken[3] == "charged, £45 a place"
    assert OWN in page.text.split("What its staff took part in")[0]
    file = page_of(client, school, "&table=offers&as=csv").content.decode("utf-8-sig")
    assert file.splitlines()[0].startswith("offer,provider,when,")
    assert OWN in file
    assert page_of(client, school, "&table=took-part&as=xlsx").status_code == 200


def test_what_an_organisation_keeps_private_shows_nowhere(
    partnership, people, signed_in, school, told
):
    decide(partnership, told, Level.NAMED)
    decide(partnership, school["id"], Level.NAMED)
    trust = school["from_id"]
    decide(partnership, trust, Level.PRIVATE)
    Membership.objects.exclude(organisation="").update(organisation="uid:1")
    for role in Role:
        client = signed_in(people[role])
        for more in ("", "&table=offers&as=csv", "&table=took-part&as=csv"):
            answer = page_of(client, school, more)
            assert OWN not in answer.content.decode("utf-8", "replace")
            # a record of a school speaks of the trust that governs it
            assert "2 June 2022" not in answer.content.decode("utf-8", "replace")


def test_what_is_shared_in_aggregate_is_counted_and_not_listed(
    partnership, people, signed_in, school, told
):
    page = page_of(signed_in(people[Role.MEMBER]), school).text
    assert OPEN not in page
    assert OWN not in page
    assert "with what is shared in aggregate" in page
    assert "professional_learning.external_reach" in page
