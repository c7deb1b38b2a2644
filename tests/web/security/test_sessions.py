"""How long somebody is believed to be who they are, and what is told when that changes."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from hedgerow.web.access.audience import Role
from hedgerow.web.accounts.events import BEGAN, PROVED, SEEN
from hedgerow.web.accounts.models import User
from tests.web.security.pages import HERE

pytestmark = pytest.mark.django_db

PASSWORD = "seven quiet hedges"
NEW = "eight quiet hedges"
MINUTE, HOUR = 60, 3600


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_tries():
    cache.clear()


@pytest.fixture
def wren(home):
    return User.objects.create_user("wren@example.org", PASSWORD, name="Wren")


def signed_in_anew(password: str = PASSWORD) -> Client:
    client = Client()
    answer = client.post("/account/sign-in/", {"login": "wren@example.org", "password": password})
    assert answer.status_code == 302
    return client


def long_ago(client: Client, **seconds: int) -> None:
    """Let what a session holds have happened so many seconds earlier."""
    session = client.session
    for name, earlier in seconds.items():
        session[name] -= earlier
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_session_ends_after_half_an_hour_without_a_request(wren):
    client = signed_in_anew()
    long_ago(client, **{SEEN: 29 * MINUTE})
    assert is_in(client)
    long_ago(client, **{SEEN: 29 * MINUTE})  # the request in between counts
    assert is_in(client)
    long_ago(client, **{SEEN: 31 * MINUTE})
    assert not is_in(client)
    assert not is_in(client)


def test_a_session_ends_after_twelve_hours_whatever_is_done_in_it(wren):
    client = signed_in_anew()
    long_ago(client, **{BEGAN: 11 * HOUR})
    assert is_in(client)
    long_ago(client, **{BEGAN: 2 * HOUR})
    assert not is_in(client)


def test_a_session_that_was_signed_out_of_opens_nothing(wren):
    client = signed_in_anew()
    cookie = client.cookies["sessionid"].value
    client.post("/account/sign-out/")
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert not is_in(thief)


def test_a_new_password_ends_all_other_sessions_and_is_told(wren):
    here, elsewhere = signed_in_anew(), signed_in_anew()
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/account/password/", given).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    assert [one.to for one in mail.outbox] == [["wren@example.org"]]
    assert "password has been changed" in mail.outbox[0].body
    assert NEW not in mail.outbox[0].body


def test_whoever_sees_a_session_that_is_not_theirs_ends_it(wren, people, signed_in):
    here, elsewhere = signed_in_anew(), signed_in_anew()
    other = signed_in(people[Role.MEMBER])
    page = here.get("/account/").text
    assert page.count('<th scope="row">Another</th>') == 1
    assert page.count('<th scope="row">This one</th>') == 1
    assert here.post("/account/elsewhere/end/").status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    assert is_in(other)
    assert "Another</th>" not in here.get("/account/").text


def test_a_password_is_not_changed_without_the_old_one(wren):
    client = signed_in_anew()
    given = {"oldpassword": "a guess of mine", "password1": NEW, "password2": NEW}
    assert client.post("/account/password/", given).status_code == 200
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_is_told_of_and_its_secret_lies_enciphered(wren):
    client = signed_in_anew()
    address = "/account/second-factor/totp/activate/"
    asked = client.get(address)
    client.post(asked["Location"], {"password": PASSWORD})
    secret = re.search(r"\b[A-Z2-7]{32}\b", client.get(address).text)[0]
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    assert client.post(address, {"code": code}).status_code == 302
    kept = Authenticator.objects.get(user=wren, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    assert get_adapter().decrypt(kept.data["secret"]) == secret
    assert [one.to for one in mail.outbox] == [["wren@example.org"]]
    # a code that opened a session opens no other
    first, thief = Client(), Client()
    for one in (first, thief):
        one.post("/account/sign-in/", {"login": "wren@example.org", "password": PASSWORD})
        one.post("/account/second-factor/authenticate/", {"code": code})
    assert is_in(first)
    assert not is_in(thief)


@pytest.mark.parametrize(
    ("role", "method", "path", "back"),
    [
        (Role.STEWARD, "get", "members/", "members/"),
        (Role.STEWARD, "post", "members/", "members/"),
        (Role.STEWARD, "post", "members/1/end/", "members/"),
        (Role.STEWARD, "get", "settings/", "settings/"),
        (Role.STEWARD, "post", "settings/", "settings/"),
        (Role.CONTRIBUTOR, "post", "sharing/", "sharing/"),
        (Role.MEMBER, "post", "out/tokens/", "out/"),
        (Role.RESEARCHER, "get", "out/package.zip", "out/"),
    ],
)
def test_what_matters_asks_once_more_who_it_is(people, signed_in, role, method, path, back):
    client = signed_in(people[role])
    long_ago(client, **{PROVED: 31 * MINUTE})
    answer = getattr(client, method)(f"{HERE}/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/again/?next=")
    again = client.post(answer["Location"], {"password": "a long enough password"})
    assert again["Location"] == f"{HERE}/{back}"
    assert getattr(client, method)(f"{HERE}/{path}").status_code in (200, 302, 404)
    assert client.session[PROVED] > time.time() - MINUTE


def test_whoever_may_not_do_it_is_not_asked_who_they_are(people, signed_in):
    client = signed_in(people[Role.MEMBER])
    long_ago(client, **{PROVED: HOUR})
    assert client.get(f"{HERE}/members/").status_code == 403


@pytest.mark.parametrize(
    "password",
    [
        "eleven char",
        "passwordpassword",
        "password2026!",
        "QWERTYUIOP12",
        "123456789012",
        "abcdefghijklm",
        "aaaaaaaaaaab",
        "wren@example.org",
        "x1 hedge" * 17,
    ],
)
def test_passwords_that_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(email="wren@example.org", name="Wren"))


@pytest.mark.parametrize(
    "password", ["only small letters", "  blanks  count  ", "ĝardeno ☘ pomo", "x1 hedge" * 16]
)
def test_passwords_that_are_taken(password):
    validate_password(password, User(email="wren@example.org", name="Wren"))


def test_fields_for_passwords_can_be_filled_by_a_keeper_of_passwords(wren, home):
    for path in ("/account/sign-in/", "/account/password/forgotten/"):
        assert 'autocomplete="off"' not in Client().get(path).text
    assert 'autocomplete="current-password"' in Client().get("/account/sign-in/").text
    assert 'autocomplete="new-password"' in signed_in_anew().get("/account/password/").text


def test_what_bears_on_security_is_written_down(people, signed_in, caplog):
    caplog.set_level("INFO", logger="hedgerow.security")
    client = signed_in(people[Role.MEMBER])
    number = people[Role.MEMBER].pk
    client.get(f"{HERE}/members/")
    signed_in(people[Role.PUBLIC]).get(f"{HERE}/")
    client.post("/account/sign-out/")
    Client().post("/account/sign-in/", {"login": "member@example.org", "password": "a guess"})
    Client().get("/api/indicators", headers={"Authorization": "Bearer hedgerow_guess"})
    said = caplog.text
    assert f"signed in: account={number}" in said
    assert f"status=403 method=GET page=members account={number}" in said
    assert f"status=404 method=GET page=partnership account={people[Role.PUBLIC].pk}" in said
    assert f"signed out: account={number}" in said
    assert "sign-in refused" in said
    assert "status=401 method=GET page=api_indicators" in said
    assert "example.org" not in said
    assert "guess" not in said
