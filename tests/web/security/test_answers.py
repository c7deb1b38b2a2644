"""What every answer of the site carries, whatever kind it is."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client

from hedgerow.web.access.audience import Role
from tests.web.security.pages import HERE, KINDS, OF_PEOPLE, OPEN, TOWN

pytestmark = pytest.mark.django_db

every_open = pytest.mark.parametrize("path", OPEN.values(), ids=OPEN)
every_of_people = pytest.mark.parametrize("path", OF_PEOPLE.values(), ids=OF_PEOPLE)

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>"
    r"|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
"""What the policy forbids: scripts and styles that stand in a page."""


def outside_text(page: str) -> str:
    """The tags of a page, without what stands between them."""
    return " ".join(re.findall(r"<[^>]*>", page))


@pytest.fixture
def get(home):
    """Ask for a page as the public, and close what was opened for it."""
    opened = []

    def ask(path):
        for _ in range(200):
            opened.append(Client().get(path))
            if opened[-1].status_code not in (202, 503):  # a place is still being worked out
                break
            time.sleep(0.2)
        return opened[-1]

    yield ask
    for answer in opened:
        answer.close()


def assert_headed(answer) -> None:
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Server" not in answer
    assert "X-Powered-By" not in answer
    assert "Access-Control-Allow-Origin" not in answer


@every_open
def test_headers_of_what_is_open(get, partnership, path):
    answer = get(path)
    assert_headed(answer)
    if not path.startswith("/static/"):
        assert answer["X-Frame-Options"] == "DENY"
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize(
    ("status", "method", "address", "given"),
    [
        (400, "get", "/search/?q=%00", {}),
        (400, "get", "/places/authority:982/?phase=none", {}),
        (404, "get", "/static/hedgerow/none.css", {}),
        (405, "put", "/", {}),
        (405, "put", "/api/indicators", {}),
        (403, "post", "/account/sign-in/", {"data": {"login": "a"}}),
        (413, "post", "/", {"CONTENT_LENGTH": str(2**31)}),
        (301, "get", "/account", {}),
        (302, "get", "/own/", {}),
    ],
)
def test_headers_of_what_is_refused(home, status, method, address, given):
    said = getattr(Client(enforce_csrf_checks=True), method)(address, **given)
    assert said.status_code == status
    assert_headed(said)
    assert said["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in said["Content-Security-Policy"]


def test_nothing_is_asked_for_with_what_somebody_else_was_given(people, signed_in, partnership):
    # the same address as a member and then as nobody, with what the first answer could be known by
    partnership.is_published = True
    partnership.save()
    path = f"{HERE}{TOWN}map.geojson"
    first = signed_in(people[Role.MEMBER]).get(path)
    assert first["Cache-Control"] == "no-store, private"
    assert "ETag" not in first
    assert "Last-Modified" not in first
    then = Client().get(path, headers={"If-None-Match": "*"})
    assert then.status_code == 200
    assert then["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(("kind", "declared"), KINDS.items(), ids=KINDS)
def test_each_kind_is_declared_as_what_it_is(get, kind, declared):
    answer = get(OPEN[kind])
    assert answer.status_code == 200
    assert answer["Content-Type"] == declared


def test_what_programs_read_is_saved_by_browsers(get):
    for path in ("/api/indicators", "/api/places/authority:none", "/api/openapi.json"):
        assert get(path)["Content-Disposition"] == 'attachment; filename="answer.json"'


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf", "json"])
def test_files_are_saved_and_bear_plain_names(get, kind):
    said = get(OPEN[kind])["Content-Disposition"]
    assert re.fullmatch(rf'attachment; filename="[a-z0-9-]+\.{kind}"', said), said


@every_of_people
def test_pages_of_people_are_kept_by_nobody_on_the_way(people, signed_in, path):
    answer = signed_in(people[Role.STEWARD]).get(path)
    assert answer.status_code in (200, 202, 503), path
    assert_headed(answer)
    assert answer["Cache-Control"] == "no-store, private"


def test_open_pages_are_kept_by_nobody_where_somebody_has_signed_in(people, signed_in, get):
    kept = get(OPEN["csv"])["Cache-Control"]
    client = signed_in(people[Role.MEMBER])
    assert client.get(TOWN)["Cache-Control"] == "no-store, private"
    assert client.get(OPEN["csv"])["Cache-Control"] == "no-store, private"
    assert "no-store" not in kept
    assert "Cookie" in get(TOWN)["Vary"]


@pytest.mark.parametrize(
    "path", [one for kind, one in OPEN.items() if kind in ("page", "place", "search", "sign in")]
)
def test_no_script_or_style_stands_in_an_open_page(get, path):
    assert INLINE.search(outside_text(get(path).text)) is None


@every_of_people
def test_no_script_or_style_stands_in_a_page_of_people(people, signed_in, path):
    answer = signed_in(people[Role.STEWARD]).get(path)
    if answer["Content-Type"].startswith("text/html"):
        assert INLINE.search(outside_text(answer.text)) is None


def test_what_somebody_writes_stays_text(people, signed_in, partnership):
    marked = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    partnership.name = marked
    partnership.about = marked
    partnership.save()
    client = signed_in(people[Role.STEWARD])
    client.post("/account/", {"name": marked})
    client.post("/own/", {"name": marked, "schools": "900148"})
    for path in ("/", "/own/", "/account/", "/partnerships/", f"{HERE}/", f"{HERE}/members/"):
        text = client.get(path).text
        assert "<img src=x" not in text, path
        assert INLINE.search(outside_text(text)) is None, path
    for path in ("/search/", "/places/authority:982/"):
        for name in ("q", "on", "phase", "beside", "within", "then", "from", "kind", "as"):
            text = Client().get(path, {name: marked}).text
            assert "<img src=x" not in text, (path, name)
