"""Partnerships from the outside: invited, joined, ended, decided, written down."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from hedgerow.web.access.audience import Role
from hedgerow.web.access.middleware import audience_of
from hedgerow.web.accounts.models import User
from hedgerow.web.out.models import Watch
from hedgerow.web.out.tokens import draw, recognised
from hedgerow.web.partnerships import invitations
from hedgerow.web.partnerships.models import AuditEntry, Invitation, Membership, Partnership
from tests.web.conftest import TOWN

pytestmark = pytest.mark.django_db

HERE = "/partnerships/town/"
PASSWORD = "seven quiet hedges"


def invited(steward, committing, email, role):
    """Invite through the form, and give the link that was sent."""
    with committing(execute=True):
        answer = steward.post(f"{HERE}members/", {"email": email, "role": role})
    assert answer.status_code == 302, answer.text
    return re.search(r"/partnerships/invitations/\S+", mail.outbox[-1].body)[0]


@pytest.fixture
def steward(people, signed_in):
    return signed_in(people[Role.STEWARD])


def test_somebody_new_joins_by_invitation(steward, django_capture_on_commit_callbacks):
    committing = django_capture_on_commit_callbacks
    link = invited(steward, committing, "New.Head@example.org", Role.MEMBER)
    newcomer = Client()
    assert "new.head@example.org" in newcomer.get(link).text
    weak = newcomer.post(link, {"name": "Nell", "password": "password"})
    assert "too common" in weak.text or "too short" in weak.text
    assert not User.objects.filter(email="new.head@example.org").exists()
    joined = newcomer.post(link, {"name": "Nell", "password": PASSWORD}, follow=True)
    assert joined.redirect_chain[-1][0] == HERE
    assert "You are here as a member" in joined.text
    # the link is good once
    assert Client().get(link).status_code == 404


def test_an_invitation_is_for_one_address(steward, people, signed_in, partnership):
    secret = invitations.invite(partnership, "other@example.org", Role.STEWARD, by=None)
    member = signed_in(people[Role.MEMBER])
    answer = member.post(f"/partnerships/invitations/{secret}/")
    assert answer.status_code == 400
    assert "another address" in answer.text
    assert partnership.memberships.get(user=people[Role.MEMBER]).role == Role.MEMBER


def test_old_and_withdrawn_invitations_do_not_hold(steward, partnership):
    secret = invitations.invite(partnership, "late@example.org", Role.MEMBER, by=None)
    partnership.invitations.update(expires=timezone.now() - timedelta(minutes=1))
    assert Client().get(f"/partnerships/invitations/{secret}/").status_code == 404
    secret = invitations.invite(partnership, "soon@example.org", Role.MEMBER, by=None)
    held = partnership.invitations.get(email="soon@example.org")
    steward.post(f"{HERE}invitations/{held.pk}/withdraw/")
    assert Client().get(f"/partnerships/invitations/{secret}/").status_code == 404


def test_a_later_invitation_withdraws_the_earlier(partnership, home):
    first = invitations.invite(partnership, "twice@example.org", Role.MEMBER, by=None)
    second = invitations.invite(partnership, "twice@example.org", Role.STEWARD, by=None)
    assert invitations.find(first) is None
    assert invitations.find(second).role == Role.STEWARD


def test_a_new_role_ends_the_old(people, signed_in, partnership):
    member = people[Role.MEMBER]
    secret = invitations.invite(partnership, member.email, Role.RESEARCHER, by=None)
    signed_in(member).post(f"/partnerships/invitations/{secret}/")
    held = Membership.objects.filter(user=member, ended__isnull=True)
    assert [one.role for one in held] == [Role.RESEARCHER]


def test_contributors_act_for_an_organisation_that_is_there(steward):
    lacking = steward.post(f"{HERE}members/", {"email": "a@example.org", "role": Role.CONTRIBUTOR})
    assert "Say which organisation they act for" in lacking.text
    unknown = steward.post(
        f"{HERE}members/",
        {"email": "a@example.org", "role": Role.CONTRIBUTOR, "organisation": "No Such Trust"},
    )
    assert "There is no organisation called" in unknown.text
    odd = steward.post(
        f"{HERE}members/", {"email": "a@example.org", "role": Role.MEMBER, "organisation": "x"}
    )
    assert "Only contributors and providers" in odd.text
    assert not mail.outbox


def test_the_last_steward_stays(steward, people, partnership):
    own = partnership.memberships.get(user=people[Role.STEWARD])
    answer = steward.post(f"{HERE}members/{own.pk}/end/")
    assert answer.status_code == 400
    assert "last one" in answer.text
    member = partnership.memberships.get(user=people[Role.MEMBER])
    assert steward.post(f"{HERE}members/{member.pk}/end/").status_code == 302
    member.refresh_from_db()
    assert member.ended is not None


def test_who_is_ended_leaves_nothing_open_behind_them(steward, people, signed_in, partnership):
    other = User.objects.create_user("second@example.org", PASSWORD)
    held = Membership.objects.create(partnership=partnership, user=other, role=Role.STEWARD)
    draw(partnership, other, "a script")
    Watch.objects.create(user=other, partnership=partnership, place=TOWN)
    for email, by in (("friend@example.org", other), (other.email, None), ("x@example.org", None)):
        invitations.invite(partnership, email, Role.STEWARD, by=by)
    steward.post(f"{HERE}members/{held.pk}/end/")
    left = invitations.open_invitations(partnership).values_list("email", flat=True)
    assert list(left) == ["x@example.org"]
    assert not partnership.tokens.filter(ended__isnull=True).exists()
    assert not partnership.watches.exists()


def test_the_last_steward_does_not_step_down_by_an_invitation(people, signed_in, partnership):
    last = people[Role.STEWARD]
    secret = invitations.invite(partnership, last.email, Role.MEMBER, by=None)
    answer = signed_in(last).post(f"/partnerships/invitations/{secret}/")
    assert answer.status_code == 400
    assert "you are the last one" in answer.text
    assert partnership.memberships.get(user=last, ended__isnull=True).role == Role.STEWARD
    assert invitations.find(secret) is not None


def test_one_person_sends_so_many_invitations_a_day(steward, people, partnership, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_A_DAY", 2)
    told = [
        steward.post(f"{HERE}members/", {"email": f"n{n}@example.org", "role": Role.MEMBER})
        for n in range(3)
    ]
    assert [one.status_code for one in told] == [302, 302, 200]
    assert "You have sent 2 invitations in a day, which is the most." in told[-1].text
    assert "n2@example.org" in told[-1].text  # what was typed stays
    assert len(mail.outbox) == 2
    Invitation.objects.update(invited=timezone.now() - timedelta(days=1, minutes=1))
    again = steward.post(f"{HERE}members/", {"email": "n2@example.org", "role": Role.MEMBER})
    assert again.status_code == 302


def test_a_mail_server_that_is_not_there_is_said(steward, settings, partnership):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    given = {"email": "n@example.org", "role": Role.MEMBER}
    answer = steward.post(f"{HERE}members/", given, follow=True)
    assert answer.status_code == 200
    assert "The message to n@example.org could not be sent." in answer.text


@pytest.fixture
def asks_second_factor(settings):
    settings.SITE = replace(settings.SITE, needs_second_factor=True)


def switch_on(user):
    data = {"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)


def test_stewards_are_told_of_the_second_factor_until_they_have_one(steward, people, signed_in):
    for path in ("/account/", HERE):
        assert "As a steward you invite people" in steward.get(path).text
        assert "As a steward you invite" not in signed_in(people[Role.MEMBER]).get(path).text
    assert steward.get(f"{HERE}members/").status_code == 200
    switch_on(people[Role.STEWARD])
    for path in ("/account/", HERE):
        assert "As a steward you invite people" not in steward.get(path).text


@pytest.mark.usefixtures("asks_second_factor")
def test_where_it_is_asked_of_them_stewards_are_members_until_then(steward, people, partnership):
    page = steward.get(HERE)
    assert "This site asks stewards for a second factor." in page.text
    assert "You are here as a member" in page.text
    for path in ("members/", "settings/", "audit/", "out/package.zip"):
        assert steward.get(f"{HERE}{path}").status_code == 403, path
    secret = draw(partnership, people[Role.STEWARD], "a script")
    token = recognised(secret)
    assert audience_of(token.user, partnership).role is Role.MEMBER
    switch_on(people[Role.STEWARD])
    assert "You are here as a steward" in steward.get(HERE).text
    assert steward.get(f"{HERE}members/").status_code == 200


def test_who_left_sees_nothing_more(people, signed_in, partnership):
    member = signed_in(people[Role.MEMBER])
    assert member.get(HERE).status_code == 200
    partnership.memberships.filter(user=people[Role.MEMBER]).update(ended=timezone.now())
    assert member.get(HERE).status_code == 404


def test_an_organisation_decides_and_takes_back(people, signed_in, partnership):
    contributor = signed_in(people[Role.CONTRIBUTOR])
    page = contributor.get(f"{HERE}sharing/")
    assert page.text.count('value="aggregate"') == page.text.count("checked") == 5
    choice = dict.fromkeys(("learning", "practice", "people", "links", "meeting"), "aggregate")
    before = partnership.evidence_version
    contributor.post(f"{HERE}sharing/", choice | {"people": "private"})
    contributor.post(f"{HERE}sharing/", choice | {"people": "named"})
    told = partnership.sharing.values_list("kind", "level")
    assert list(told) == [("people", "private"), ("people", "named")]
    partnership.refresh_from_db()
    assert partnership.evidence_version == before + 2
    refused = contributor.post(f"{HERE}sharing/", choice | {"people": "everything"})
    assert "Select a valid choice" in refused.text


def test_what_was_done_is_written_down_and_stays(steward, partnership):
    steward.post(f"{HERE}settings/", {"name": "Town together", "place": TOWN, "about": ""})
    entry = partnership.audit_entries.first()
    assert (entry.action, entry.subject) == ("changed the partnership", "name")
    assert "changed the partnership" in steward.get(f"{HERE}audit/").text
    with pytest.raises(TypeError, match="stays as it is"):
        entry.save()
    with pytest.raises(TypeError, match="stays as it is"):
        entry.delete()


def test_whoever_starts_a_partnership_is_its_steward(people, signed_in):
    somebody = signed_in(people[Role.PUBLIC])
    given = {"name": "Hedge Schools Together", "place": TOWN, "about": "Maths first."}
    assert (
        "There is no place called"
        in somebody.post("/partnerships/start/", given | {"place": "authority:Nowhere"}).text
    )
    answer = somebody.post("/partnerships/start/", given, follow=True)
    assert "You are here as a steward" in answer.text
    assert AuditEntry.objects.filter(action="started").exists()
    again = somebody.post("/partnerships/start/", given)
    assert "of that name already" in again.text
    assert Partnership.objects.filter(slug="hedge-schools-together").count() == 1


def test_the_first_partnership_is_founded_from_the_command_line(home, capsys):
    call_command("found", "First Hedge", TOWN, "first@example.org", site="https://hedge.example/")
    link = re.search(
        r"https://hedge.example(/partnerships/invitations/\S+)", capsys.readouterr().out
    )
    assert link[1] in mail.outbox[0].body
    joined = Client().post(link[1], {"name": "First", "password": PASSWORD}, follow=True)
    assert "You are here as a steward" in joined.text
    with pytest.raises(CommandError, match="There is no place"):
        call_command("found", "Second", "authority:Nowhere", "second@example.org")
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("found", "Third", TOWN, "nobody")
