"""Accounts from the outside: signing in, being slowed down, the second factor, a new password."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client

from hedgerow.web.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "seven quiet hedges"
SIGN_IN = "/account/sign-in/"


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_tries():
    cache.clear()


@pytest.fixture
def wren(home):
    return User.objects.create_user("wren@example.org", PASSWORD, name="Wren")


def test_signing_in_and_out(wren):
    client = Client()
    assert client.get("/account/").status_code == 302
    answer = client.post(SIGN_IN, {"login": "wren@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    assert "wren@example.org" in client.get("/account/").text
    assert client.post("/account/sign-out/").status_code == 302
    assert client.get("/account/").status_code == 302


def test_a_wrong_password_says_the_same_as_an_unknown_address(wren):
    wrong = Client().post(SIGN_IN, {"login": "wren@example.org", "password": "no"})
    unknown = Client().post(SIGN_IN, {"login": "none@example.org", "password": "no"})
    said = re.compile(r'class="faults".*?</ul>', re.DOTALL)
    assert said.search(wrong.text)[0] == said.search(unknown.text)[0]


def test_trying_again_and_again_is_slowed_down(wren):
    client = Client()
    answers = [
        client.post(SIGN_IN, {"login": "wren@example.org", "password": f"guess {n}"})
        for n in range(12)
    ]
    assert "Too many" in answers[-1].text
    # even the right password has to wait
    assert (
        client.post(SIGN_IN, {"login": "wren@example.org", "password": PASSWORD}).status_code != 302
    )


def test_what_was_tried_too_often_is_said_on_a_page_of_ours(wren, signed_in):
    client = signed_in(wren)
    given = {"oldpassword": "a guess", "password1": "x", "password2": "x"}
    answers = [client.post("/account/password/", given) for _ in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert "That was tried too often" in answers[-1].text
    assert "default-src 'none'" in answers[-1]["Content-Security-Policy"]


def test_nobody_opens_an_account_uninvited(home):
    client = Client()
    answer = client.post(
        "/account/invitation-needed/",
        {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert "by invitation" in answer.text
    assert not User.objects.exists()


def test_signing_in_leads_nowhere_else(wren):
    answer = Client().post(
        f"{SIGN_IN}?next=https://elsewhere.example/",
        {"login": "wren@example.org", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert answer["Location"] == "/"


def test_signing_in_leads_to_the_partnership_of_whoever_has_one(wren, partnership):
    partnership.memberships.create(user=wren, role="member")
    given = {"login": "wren@example.org", "password": PASSWORD}
    assert Client().post(SIGN_IN, given)["Location"] == "/partnerships/town/"
    other = type(partnership).objects.create(slug="shire", name="Shire", place=partnership.place)
    other.memberships.create(user=wren, role="member")
    assert Client().post(SIGN_IN, given)["Location"] == "/partnerships/"


def test_a_forgotten_password(wren):
    client = Client()
    client.post("/account/password/forgotten/", {"email": "wren@example.org"})
    link = re.search(r"/account/password/forgotten/\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    new = "eight quiet hedges"
    client.post(address, {"password1": new, "password2": new})
    assert Client().post(SIGN_IN, {"login": "wren@example.org", "password": new}).status_code == 302
    assert "has been used" in Client().get(link, follow=True).text
    # an address without an account gets the same page
    same = Client().post("/account/password/forgotten/", {"email": "none@example.org"}, follow=True)
    assert "Look in your e-mail" in same.text


def test_a_second_factor_is_asked_for(wren):
    secret = "JBSWY3DPEHPK3PXP"
    Authenticator.objects.create(
        user=wren, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(secret)}
    )
    client = Client()
    half = client.post(SIGN_IN, {"login": "wren@example.org", "password": PASSWORD}, follow=True)
    assert "Your second factor" in half.text
    assert client.get("/account/").status_code == 302
    wrong = client.post("/account/second-factor/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    client.post("/account/second-factor/authenticate/", {"code": code})
    assert client.get("/account/").status_code == 200


def test_switching_the_second_factor_on_asks_who_it_is(wren):
    client = Client()
    client.post(SIGN_IN, {"login": "wren@example.org", "password": PASSWORD})
    again = client.get("/account/second-factor/totp/activate/", follow=True)
    assert "Is it you?" in again.text
    page = client.post(again.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert "Switch the second factor on" in page.text
    assert "data:image/svg+xml" in page.text


def test_cookies_are_out_of_reach_of_scripts(wren):
    client = Client()
    client.post(SIGN_IN, {"login": "wren@example.org", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
