"""What is seen follows what stands in the database: decisions, contributions, publishing."""

from __future__ import annotations

import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.web.access.audience import PUBLIC, Audience, Role
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.access.seeing import counted_for, seen
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.recording import write_records
from hedgerow.web.partnerships.audit import record
from hedgerow.web.partnerships.models import AuditEntry, Partnership, SharingDecision
from hedgerow.web.registers import register_on

pytestmark = pytest.mark.django_db

MEMBER = Audience("town", Role.MEMBER)
TOWN = Lens.authority("la:982")
SOURCE = {
    "id": "made-up fieldbook",
    "title": "Fieldbook of the made-up region",
    "publisher": "Nobody",
    "licence": "none",
    "as_of": "2022-07-01",
}


@pytest.fixture
def adoptions(partnership, region):
    """What practices the region's schools use, brought for the partnership."""
    table = region.evidence["adoptions"]
    contribution = Contribution.objects.create(
        partnership=partnership,
        name="practices",
        kind=Contribution.Kind.FIELDBOOK,
        state=Contribution.State.IN_FORCE,
        sources=[SOURCE],
    )
    write_records(contribution, {"adoptions": table}, by=None)
    partnership.touch()
    return table


def decide(partnership, organisation, level):
    SharingDecision.objects.create(
        partnership=partnership,
        organisation=organisation,
        kind=RecordKind.PRACTICE.value,
        level=level.value,
    )
    partnership.touch()


def maintained(register, table):
    """A school of the table that no trust ever governed."""
    governed = set(register.ties.filter(register.ties["kind"] == "governs")["to_id"])
    return next(one for one in table["school"] if one not in governed)


def test_outside_partnerships_there_is_open_data_alone(partnership, adoptions):
    assert seen(PUBLIC).named is register_on()
    assert seen(PUBLIC).counted is register_on()


def test_the_latest_decision_stands(partnership, adoptions):
    one = maintained(register_on(), adoptions)
    for level, is_seen in ((Level.NAMED, True), (Level.PRIVATE, False), (Level.NAMED, True)):
        decide(partnership, one, level)
        schools = set(seen(MEMBER).named.table("adoptions")["school"])
        assert schools == ({one} if is_seen else set())


def test_what_is_counted_for_the_own_place_is_no_more_than_there_is(partnership, adoptions):
    found = seen(MEMBER)
    assert not found.named.has("adoptions")
    counted = counted_for(found, TOWN).table("adoptions")
    assert 0 < counted.height <= adoptions.height
    assert set(counted["school"]) <= set(adoptions["school"])
    assert found.counted.table("adoptions").height == counted.height
    assert counted_for(found, TOWN & ~Lens.district("lad:none")) is found.named


def test_a_source_is_named_only_with_what_is_seen_of_it(partnership, adoptions):
    titles = [one.title for one in seen(MEMBER).named.sources]
    assert SOURCE["title"] not in titles
    titles = [one.title for one in counted_for(seen(MEMBER), TOWN).sources]
    assert SOURCE["title"] in titles


def test_the_public_sees_figures_once_a_partnership_publishes(partnership, adoptions):
    public = Audience("town")
    assert counted_for(seen(public), TOWN) is register_on()
    Partnership.objects.update(is_published=True)
    assert counted_for(seen(public), TOWN).has("adoptions")
    assert not seen(public).named.has("adoptions")


def test_another_partnership_sees_none_of_it(partnership, adoptions):
    Partnership.objects.create(slug="shire", name="Shire", place="authority:983")
    steward = seen(Audience("shire", Role.STEWARD))
    assert not steward.named.has("adoptions")
    assert not counted_for(steward, TOWN).has("adoptions")


def test_what_was_undone_is_seen_no_more(partnership, adoptions):
    assert seen(Audience("town", Role.STEWARD)).named.has("adoptions")
    partnership.contributions.update(state=Contribution.State.UNDONE)
    partnership.touch()
    assert not seen(Audience("town", Role.STEWARD)).named.has("adoptions")


def test_versions_tell_apart_whatever_is_seen_differently(partnership, adoptions):
    audiences = [
        PUBLIC,
        Audience("town"),
        MEMBER,
        Audience("town", Role.STEWARD),
        Audience("town", Role.CONTRIBUTOR, "uid:90000"),
        Audience("town", Role.CONTRIBUTOR, "uid:90001"),
    ]
    before = [seen(one).version for one in audiences]
    assert len(set(before)) == len(audiences)
    decide(partnership, "uid:90000", Level.PRIVATE)
    after = [seen(one).version for one in audiences]
    assert set(before) & set(after) == {seen(PUBLIC).version}


def test_a_partnership_that_takes_the_place_of_another_starts_with_nothing(partnership, adoptions):
    assert seen(Audience("town", Role.STEWARD)).named.has("adoptions")
    number, version = partnership.pk, partnership.evidence_version
    partnership.delete()
    Partnership.objects.create(
        pk=number, slug="town", name="Town", place="authority:982", evidence_version=version
    )
    assert not seen(Audience("town", Role.STEWARD)).named.has("adoptions")


def test_the_trail_keeps_what_was_done_and_by_whom(partnership, people):
    entry = record(partnership, people[Role.STEWARD], "imported", "x" * 300, {"rows": 3})
    held = AuditEntry.objects.get(pk=entry.pk)
    assert (held.actor, held.action, held.detail) == (people[Role.STEWARD], "imported", {"rows": 3})
    assert len(held.subject) == 200
    with pytest.raises(TypeError, match="stays as it is"):
        held.save()
    with pytest.raises(ValueError, match="what was done"):
        record(partnership, None, " ")
