"""The read API: the command line's JSON, one shape of faults, tokens that open what their person
sees."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hedgerow.landscape.places import find_place
from hedgerow.localities.profile import profile
from hedgerow.web.access.audience import Role
from hedgerow.web.out.answering import AT_MOST
from hedgerow.web.out.models import ApiToken
from hedgerow.web.out.tokens import draw
from hedgerow.web.registers import register_on
from tests.web.conftest import TOWN

pytestmark = pytest.mark.django_db

TOWN_API = f"/api/places/{TOWN}"


def with_token(secret):
    return Client(headers={"Authorization": f"Bearer {secret}"})


def asked(address, given=None, client=None):
    """Ask, and ask again while the place is still being worked out."""
    for _ in range(120):
        answer = (client or Client()).get(address, given)
        if answer.status_code != 503:
            return answer
        time.sleep(0.5)
    raise AssertionError(f"{address} is never worked out")


def test_a_profile_is_the_command_lines(home):
    answer = asked(TOWN_API, {"on": "2022-07-01"})
    landscape = register_on()
    lens = find_place(landscape, TOWN)
    on = timezone.datetime(2022, 7, 1).date()
    same = json.loads(json.dumps(profile(landscape, lens, on=on).to_json()))
    assert answer.json()["findings"] == same["findings"]
    assert {key: answer.json()[key] for key in ("place", "on", "register", "phase")} == {
        key: same[key] for key in ("place", "on", "register", "phase")
    }


def test_one_finding_and_several_places(home):
    one = asked(f"{TOWN_API}/findings/context.schools").json()
    assert one["id"] == "context.schools"
    assert one["value"] > 60
    assert asked(f"{TOWN_API}/findings/no.such").status_code == 404
    both = asked("/api/compare", {"place": [TOWN, "authority:981"]}).json()
    assert len(both["profiles"]) == 2
    assert Client().get("/api/compare", {"place": TOWN}).status_code == 400


def test_faults_come_in_one_shape(home):
    for address, status in (
        ("/api/places/authority:Nowhere", 404),
        ("/api/places/authority:Twon", 404),
        (f"{TOWN_API}?on=yesterday", 400),
        (f"{TOWN_API}?phase=nursery", 400),
        ("/api/partnerships/none/places/authority:982", 404),
    ):
        answer = Client().get(address)
        assert answer.status_code == status, address
        assert set(answer.json()) == {"error"}
        assert set(answer.json()["error"]) == {"message", "advice", "candidates"}
        assert answer.json()["error"]["message"].endswith(".")


def test_it_only_reads(home):
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(TOWN_API).status_code == 405


def test_a_token_opens_what_its_person_sees_and_no_more(partnership, people):
    inside = f"/api/partnerships/town/places/{TOWN}"
    assert Client().get(inside).status_code == 404
    secret = draw(partnership, people[Role.MEMBER], "a script")
    assert asked(inside, client=with_token(secret)).status_code == 200
    assert with_token(secret + "x").get(inside).status_code == 401
    assert secret not in json.dumps(list(ApiToken.objects.values_list("secret_hash", flat=True)))
    partnership.memberships.filter(user=people[Role.MEMBER]).update(ended=timezone.now())
    assert with_token(secret).get(inside).status_code == 404


def test_tokens_end(partnership, people, signed_in):
    inside = f"/api/partnerships/town/places/{TOWN}"
    member = signed_in(people[Role.MEMBER])
    member.post("/partnerships/town/out/tokens/", {"name": "my script"})
    page = member.get("/partnerships/town/out/")
    secret = page.text.split("<code>hedgerow_")[1].split("</code>")[0]
    assert "hedgerow_" + secret not in member.get("/partnerships/town/out/").text
    program = with_token(f"hedgerow_{secret}")
    assert asked(inside, client=program).status_code == 200
    token = ApiToken.objects.get()
    other = signed_in(people[Role.STEWARD])
    assert other.post(f"/partnerships/town/out/tokens/{token.pk}/end/").status_code == 404
    member.post(f"/partnerships/town/out/tokens/{token.pk}/end/")
    assert program.get(inside).status_code == 401
    late = draw(partnership, people[Role.MEMBER], "late")
    ApiToken.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert with_token(late).get(inside).status_code == 401


def test_a_token_is_no_session(partnership, people):
    secret = draw(partnership, people[Role.STEWARD], "a script")
    for address in ("/partnerships/town/members/", "/partnerships/town/out/package.zip"):
        assert with_token(secret).get(address).status_code == 302
    assert with_token(secret).post("/partnerships/town/settings/", {}).status_code == 302


def test_who_asks_too_often_is_told_to_wait(home, monkeypatch):
    caller = Client(REMOTE_ADDR="203.0.113.9")
    answers = [caller.get("/api/openapi.json").status_code for _ in range(AT_MOST + 1)]
    assert answers[:AT_MOST] == [200] * AT_MOST
    assert answers[-1] == 429


def test_what_is_described_is_what_is_there(home):
    described = Client().get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    values = {"partnership": "none", "place": TOWN, "indicator": "context.schools"}
    for path, methods in described["paths"].items():
        answer = asked("/api" + path.format(**values), {"place": [TOWN, "authority:981"]})
        said = methods["get"]["responses"][str(answer.status_code)]
        name = said["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        needed = described["components"]["schemas"][name]["required"]
        assert set(needed) <= set(answer.json()), path
