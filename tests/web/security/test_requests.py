"""Requests that no page of the site makes: refused, whatever address they are for."""

from __future__ import annotations

import io
import zipfile
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution
from tests.web.security.pages import HERE, TOWN

pytestmark = pytest.mark.django_db

SAMPLES = {
    "slug": "town",
    "int": 1,
    "uuid": "7c9f7a2e-8d53-4c6e-9c9b-1d1f0f5a9f10",
    "section": "bridging",
}
"""What stands in an address, by the converter of its pattern."""


def every_address() -> list[str]:
    """An address of each pattern, those of other packages too."""

    def walk(resolver, before):
        for one in resolver.url_patterns:
            path = before + filled(one)
            if isinstance(one, URLResolver):
                yield from walk(one, path)
            else:
                yield path

    def filled(one: URLPattern | URLResolver) -> str:
        text = str(one.pattern)
        for name, converter in one.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").casefold()
            before, _, rest = text.partition(f"{name}>")
            text = f"{before[: before.rindex('<')]}{SAMPLES.get(kind, 'x')}{rest}"
        # the one pattern that is an expression: of a forgotten password
        return "password/forgotten/1-x/" if text.startswith("^") else text

    return sorted(walk(get_resolver(), "/"))


ADDRESSES = every_address()


def test_every_address_is_tried():
    assert len(ADDRESSES) > 50
    assert not [one for one in ADDRESSES if "<" in one]


@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_is_sent_without_the_token_of_a_form(path, people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people[Role.STEWARD])
    answer = client.post(path, {})
    if path.startswith("/api/"):  # takes nothing, with a token or without
        assert answer.status_code == 405, path
        assert answer.json()["error"]["message"] == "This API is for reading: use GET."
        return
    assert answer.status_code == 403, path
    assert "That form has expired" in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "MADEUP"])
def test_odd_methods_are_refused(home, method):
    for path in ("/", "/account/sign-in/", "/static/hedgerow/site.css", "/api/indicators"):
        answer = Client().generic(method, path)
        assert answer.status_code == 405, path
        assert "Cookie" not in answer.text


def test_a_method_cannot_be_put_on_over_another(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people[Role.STEWARD])
    answer = client.get(f"{HERE}/members/1/end/", headers={"X-HTTP-Method-Override": "POST"})
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "trick",
    [
        "../../../etc/passwd",
        "..%2f..%2fsecret",
        "..\\..\\secret",
        "/etc/passwd",
        "list:../../secret",
        "area:..%2f..%2fkeys%2ftown.json",
        "file:///etc/passwd",
        "list:\u202e",
        "a" * 3000,
    ],
)
def test_no_address_leads_out_of_the_site(home, trick):
    secret = (home / "secret").read_text()
    written = quote(trick, safe="%")
    for path in (
        f"/places/{written}/",
        f"/places/{TOWN.split('/')[2]}/figures/{written}/",
        f"/places/{TOWN.split('/')[2]}/download.{written}",
        f"/places/{written}/map.geojson",
        f"/api/places/{written}",
        f"/api/places/{TOWN.split('/')[2]}/findings/{written}",
        f"/partnerships/invitations/{written}/",
        f"/stop/{written}/",
        f"/static/{written}",
        f"/static/hedgerow/../../settings.py?{written}",
    ):
        answer = Client().get(path)
        assert answer.status_code in (200, 301, 302, 400, 404), path
        if answer.status_code == 200:
            assert path.startswith("/stop/")  # says that the link no longer holds
        body = answer.getvalue().decode(errors="replace")
        assert secret not in body
        assert "root:" not in body
        assert "SECRET_KEY" not in body


def test_a_sign_that_no_address_has_is_refused(home):
    for path in ("/places/list:%00/", "/search/?q=%00", "/partnerships/invitations/%00/"):
        assert Client().get(path).status_code == 400, path


def test_too_much_is_refused_before_it_is_read(people, signed_in):
    client = signed_in(people[Role.STEWARD])
    answer = client.generic(
        "POST", f"{HERE}/evidence/", b"x", CONTENT_LENGTH=str(3 * 2**30), CONTENT_TYPE="text/plain"
    )
    assert answer.status_code == 413
    assert "20 megabytes" in answer.text
    many = {f"field{n}": "x" for n in range(1500)}
    assert client.post(f"{HERE}/settings/", many).status_code == 400
    long = client.post(f"{HERE}/settings/", {"name": "x" * (3 * 2**20)})
    assert long.status_code in (400, 413)


@override_settings(MOST_UPLOADED=2000)
def test_a_file_that_is_too_large_is_not_kept(people, signed_in, home):
    client = signed_in(people[Role.STEWARD])
    before = set((home / "uploads").glob("*"))
    answer = client.post(
        f"{HERE}/evidence/", {"file": SimpleUploadedFile("roles.csv", b"a,b\n" * 1000)}
    )
    assert "larger than" in answer.text
    assert not Contribution.objects.exists()
    assert set((home / "uploads").glob("*")) == before


def swelling() -> bytes:
    """A small file that unzips to a quarter of a gigabyte."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts,
        parts.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(250):
            part.write(b"0" * 2**20)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("run.py", b"print(1)"),
        ("picture.svg", b"<svg onload='alert(1)'/>"),
        ("book.xlsx", b"MZ\x90\x00 a program"),
        ("book.xlsx", b"<script>alert(1)</script>"),
        ("book.xlsm", b""),
    ],
)
def test_what_is_not_what_it_says_is_not_taken(people, signed_in, home, name, content, caplog):
    client = signed_in(people[Role.STEWARD])
    answer = client.post(f"{HERE}/evidence/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    if content:  # an empty file is refused by its field
        assert f"file refused: account={people[Role.STEWARD].pk}" in caplog.text
    assert not Contribution.objects.exists()
    assert not list((home / "uploads").glob("*/*"))


def test_what_swells_is_not_taken(people, signed_in, home):
    client = signed_in(people[Role.STEWARD])
    answer = client.post(f"{HERE}/evidence/", {"file": SimpleUploadedFile("book.xlsx", swelling())})
    assert "far more than it seems" in answer.text
    assert not list((home / "uploads").glob("*/*"))


@override_settings(ALLOWED_HOSTS=["site.example.org"])
def test_another_hosts_name_is_refused_in_words(home):
    answer = Client().get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "made no sense" in answer.text
    assert "elsewhere.example" not in answer.text


def test_a_fault_of_ours_shows_nothing_of_itself(people, signed_in, monkeypatch, caplog):
    from hedgerow.web.partnerships.models import Membership

    def breaks(*_args, **_kwargs):
        raise RuntimeError("the inside of the site, with the password hunter2")

    client = signed_in(people[Role.MEMBER])
    client.raise_request_exception = False
    monkeypatch.setattr(Membership.objects, "filter", breaks)
    answer = client.get("/partnerships/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    for part in ("hunter2", "Traceback", "RuntimeError", ".py", "Django"):
        assert part not in answer.text


def test_leading_elsewhere_after_signing_in_is_refused(people):
    from hedgerow.web.accounts.models import User

    User.objects.create_user("lark@example.org", "seven quiet hedges")
    for elsewhere in ("//elsewhere.example/", "https:elsewhere.example", "/\\elsewhere.example"):
        answer = Client().post(
            "/account/sign-in/",
            {"login": "lark@example.org", "password": "seven quiet hedges", "next": elsewhere},
        )
        assert answer.status_code == 302
        assert answer["Location"] == "/", elsewhere


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_no_page_of_an_account_leads_elsewhere(people, signed_in, elsewhere):
    password = "a long enough password"
    for path, form in (
        ("/account/sign-in/", None),  # by somebody who has signed in
        ("/account/again/", {"password": password}),
        ("/account/password/", {"oldpassword": password, "password1": "x"}),
        ("/account/sign-out/", {}),
    ):
        client = signed_in(people[Role.MEMBER])
        asked = f"{path}?{urlencode({'next': elsewhere})}"
        answer = client.get(asked) if form is None else client.post(asked, form)
        assert "elsewhere" not in answer.get("Location", ""), path
        if form is not None:
            answer = client.post(path, {**form, "next": elsewhere})
            assert "elsewhere" not in answer.get("Location", ""), path


def test_an_account_that_is_closed_opens_nothing(people, signed_in, partnership):
    from hedgerow.web.out.tokens import draw

    member = people[Role.MEMBER]
    client = signed_in(member)
    secret = draw(partnership, member, "a script")
    member.is_active = False
    member.save()
    assert client.get(f"{HERE}/").status_code == 302
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get(f"/api{HERE}{TOWN.rstrip('/')}").status_code == 401


def test_permission_is_asked_of_the_site_and_not_of_what_is_sent(people, signed_in, partnership):
    # a form that sends more than it has fields for changes nothing more
    client = signed_in(people[Role.MEMBER])
    client.post(
        "/account/",
        {"name": "Lark", "email": "other@example.org", "is_active": "", "is_staff": "on"},
    )
    member = people[Role.MEMBER]
    member.refresh_from_db()
    assert (member.name, member.email, member.is_active) == ("Lark", "member@example.org", True)
    client = signed_in(people[Role.STEWARD])
    given = {"name": "Town", "place": "authority:982", "slug": "x", "evidence_version": "900"}
    client.post(f"{HERE}/settings/", given)
    partnership.refresh_from_db()
    assert (partnership.name, partnership.slug) == ("Town", "town")
    assert partnership.evidence_version < 900
