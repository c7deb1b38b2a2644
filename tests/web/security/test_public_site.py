"""A site as a partnership runs it: named hosts, HTTPS from a server before it, messages into files.

It is started as its own process and asked over the network, as that server would.
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.web.configuration import configuration

HOST = "site.example.org"
EMAIL = "wren@example.org"
OF_TESTS = ("HEDGEROW_", "DJANGO_")
"""Beginnings of variables that tell the tests' own site what to do."""
PASSWORD = "seven quiet hedges "
"""With a blank at its end, which is part of it."""


@dataclass
class Public:
    """A site that runs, as seen from the server before it."""

    port: int
    log: Path
    environment: dict[str, str]
    joining: str
    home: Path

    def ask(
        self,
        path: str,
        *,
        form: dict[str, str] | None = None,
        cookies: SimpleCookie | None = None,
        caller: str = "192.0.2.1",
        **headers: str,
    ) -> http.client.HTTPResponse:
        held = SimpleCookie() if cookies is None else cookies
        said = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": caller,
            "Cookie": "; ".join(f"{key}={one.value}" for key, one in held.items()),
            "Referer": f"https://{HOST}{path}",
            **headers,
        }
        body = None if form is None else urlencode(form)
        if body is not None:
            said["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET" if form is None else "POST", path, body, said)
        answer = line.getresponse()
        answer.text = answer.read().decode()
        line.close()
        for one in answer.headers.get_all("Set-Cookie", []):
            held.load(one)
        return answer

    def send(self, path: str, form: dict[str, str], cookies: SimpleCookie, **more):
        page = self.ask(path, cookies=cookies, **more)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        return self.ask(path, form=form | {"csrfmiddlewaretoken": token}, cookies=cookies, **more)


@pytest.fixture(scope="module")
def public(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    own = tmp_path_factory.mktemp("public-site")
    (own / "register").symlink_to(home / "register")
    environment = {
        **{
            name: one
            for name, one in os.environ.items()
            if not name.startswith(("HEDGEROW_", "DJANGO_"))
        },
        "HEDGEROW_HOME": str(own),
        "HEDGEROW_HOSTS": HOST,
        "HEDGEROW_EMAIL": "file:",
        "DJANGO_SETTINGS_MODULE": "hedgerow.web.settings",
    }
    with opened(environment, own / "log") as port:
        founded = subprocess.run(
            [
                *(sys.executable, "-m", "hedgerow.web", "found", "Town", "authority:982", EMAIL),
                *("--site", f"https://{HOST}"),
            ],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        joining = re.search(rf"https://{HOST}(/\S+)", founded.stdout)[1]
        yield Public(port, own / "log", environment, joining, own)


@contextmanager
def opened(environment: dict[str, str], log: Path) -> Iterator[int]:
    """Open a site in a process of its own, and give its port."""
    with log.open("w") as said:
        running = subprocess.Popen(
            [sys.executable, "-m", "hedgerow.web.serving", "--port", "0"],
            env=environment,
            stdout=said,
            stderr=said,
        )
    try:
        yield listening(running, log)
    finally:
        running.terminate()
        running.wait(30)


def listening(running: subprocess.Popen, log: Path) -> int:
    for _ in range(600):
        found = re.search(r"http://localhost:(\d+)/", log.read_text())
        if found:
            return int(found[1])
        assert running.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def steward(public: Public) -> SimpleCookie:
    """The cookies of somebody who took up an invitation."""
    cookies = SimpleCookie()
    answer = public.send(public.joining, {"name": "Wren", "password": PASSWORD}, cookies)
    assert answer.status == 302, answer.text
    return cookies


def test_djangos_own_check_of_a_public_site_finds_nothing(public):
    run = subprocess.run(
        [sys.executable, "-m", "hedgerow.web", "check", "--deploy", "--fail-level", "INFO"],
        env=public.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_everything_is_led_to_https_and_stays_there(public):
    plain = public.ask("/account/sign-in/", **{"X-Forwarded-Proto": "http"})
    assert plain.status == 301
    assert plain.headers["Location"] == f"https://{HOST}/account/sign-in/"
    answer = public.ask("/account/sign-in/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Server" not in answer.headers


def test_cookies_are_of_this_host_alone(public, steward):
    assert set(steward) == {"__Host-sessionid", "__Host-csrftoken"}
    for cookie in steward.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_a_password_is_taken_as_it_is_typed(public, steward):
    shorter = public.send(
        "/account/sign-in/", {"login": EMAIL, "password": PASSWORD.strip()}, SimpleCookie()
    )
    assert shorter.status == 200
    whole = public.send("/account/sign-in/", {"login": EMAIL, "password": PASSWORD}, SimpleCookie())
    assert whole.status == 302


def test_a_new_session_begins_with_signing_in(public, steward):
    cookies = SimpleCookie()
    cookies["__Host-sessionid"] = "chosen-by-somebody-else-1234567890"
    public.send("/account/sign-in/", {"login": EMAIL, "password": PASSWORD}, cookies)
    assert cookies["__Host-sessionid"].value != "chosen-by-somebody-else-1234567890"


def test_who_asks_is_told_apart_by_what_the_server_before_it_says(public, steward):
    def guess(number: int, caller: str, site: Public = public) -> str:
        form = {"login": f"nobody{number}@example.org", "password": "a guess of mine"}
        return site.send("/account/sign-in/", form, SimpleCookie(), caller=caller).text

    # what a caller writes before the last entry changes nothing
    told = [guess(number, f"198.51.100.{number}, 203.0.113.7") for number in range(12)]
    assert "Too many" in told[-1]
    assert "Too many" not in guess(99, "203.0.113.8")
    # nor does another process of the same site, or the same one opened again
    with opened(public.environment, public.home / "log of another") as port:
        assert "Too many" in guess(100, "203.0.113.7", replace(public, port=port))


def test_other_hosts_are_refused(public):
    answer = public.ask("/", Host="elsewhere.example")
    assert answer.status == 400
    assert "elsewhere.example" not in answer.text


def test_the_log_says_what_happened_and_no_secret_of_it(public, steward):
    public.send(
        "/account/sign-in/", {"login": EMAIL, "password": "wrong but secret"}, SimpleCookie()
    )
    public.ask(public.joining)  # taken up already: 404
    public.ask(public.joining, form={"name": "no token of a form"})
    public.ask("/partnerships/town/audit/", cookies=steward)
    public.ask("/no/such\nplace/ 2026-01-01T00:00:00Z".replace("\n", "%0a").replace(" ", "%20"))
    said = public.log.read_text()
    assert "signed in: account=1" in said
    assert "sign-in refused" in said
    assert "form refused: CSRF" in said
    assert re.search(r"refused: status=403 method=POST page=join account=none", said)
    assert re.search(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z WARNING", said, re.MULTILINE)
    secret = public.joining.rstrip("/").rpartition("/")[2]
    for one in (secret, EMAIL, "Wren", "seven quiet", "wrong but secret", "192.0.2.1"):
        assert one not in said, one
    for cookie in steward.values():
        assert cookie.value not in said
    for line in said.splitlines():
        assert "2026-01-01T00:00:00Z" not in line


def test_secrets_are_the_owners_alone(public, steward):
    assert (public.home / "secret").stat().st_mode & 0o077 == 0
    assert len((public.home / "secret").read_text()) >= 64


@pytest.mark.parametrize("secret", ["short", "x" * 60])
def test_a_secret_that_can_be_guessed_is_refused(tmp_path, secret):
    with pytest.raises(UsageError, match="too easily guessed"):
        configuration({"HEDGEROW_HOME": str(tmp_path), "HEDGEROW_SECRET": secret})


def test_servers_before_it_are_counted(tmp_path):
    def proxies(**given: str) -> int:
        return configuration({"HEDGEROW_HOME": str(tmp_path), **given}).proxies

    assert proxies() == 0
    assert proxies(HEDGEROW_HOSTS=HOST) == 1
    assert proxies(HEDGEROW_HOSTS=HOST, HEDGEROW_PROXIES="2") == 2
    with pytest.raises(UsageError, match="no number of servers"):
        proxies(HEDGEROW_PROXIES="one")


def test_a_demo_is_never_public(tmp_path):
    told = {"HEDGEROW_HOME": str(tmp_path), "HEDGEROW_DEMO": "1", "HEDGEROW_HOSTS": HOST}
    with pytest.raises(UsageError, match="own machine"):
        configuration(told)
