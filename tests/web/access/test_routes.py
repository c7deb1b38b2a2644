"""Every address of the site, tried from the outside by everybody.

A new address is tried as soon as it is there. If its pattern takes something that `EXAMPLES` does
not know yet, the test says what to add.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from hedgerow.web.access.audience import ACTS_FOR, Role
from hedgerow.web.access.permissions import ACTION, NEEDS_ACCOUNT, PERMISSIONS, Action
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.jobs.models import Job
from hedgerow.web.out.models import ApiToken
from hedgerow.web.partnerships.models import AuditEntry, Invitation, Membership, Partnership

pytestmark = pytest.mark.django_db

FOREIGN = ("allauth", "django.views.static", "django.contrib.staticfiles")
"""Whose views decide for themselves who may reach them."""

EXAMPLES: dict[str, Any] = {
    "partnership": "town",
    "place": "trust:90000",
    "section": "bridging",
    "sheet": "roles-and-seats",
    "figure": "linked_systems.maintained_share",
    "form": "json",
    "indicator": "linked_systems.maintained_share",
    "urn": 900148,
    "secret": "no-such-invitation",
    "signed": "no-such-signature",
}
"""What stands in an address where a pattern takes it, by the name in the pattern.

What a partnership holds (contributions, jobs and so on) is made anew for each test: see `held`.
"""

OF_A_PARTNERSHIP = {
    "contribution_id": Contribution,
    "record_id": Record,
    "job_id": Job,
    "membership_id": Membership,
    "invitation_id": Invitation,
    "token_id": ApiToken,
}
"""Numbers in addresses that belong to one partnership: guessing another's gives nothing."""

OF_A_PERSON = ("number",)
"""Numbers in addresses that belong to one person."""


@dataclass(frozen=True)
class Route:
    """One pattern of the site's addresses."""

    path: str
    name: str
    takes: tuple[str, ...]
    view: Any

    @property
    def action(self) -> Action | None:
        return getattr(self.view, ACTION, None)

    @property
    def is_of_a_partnership(self) -> bool:
        return "partnership" in self.takes

    @property
    def is_of_the_api(self) -> bool:
        """Whether programs read it: they are told with a number what people are told with a page,
        and can send nothing."""
        return self.path.startswith("/api/")

    def refusal(self, usual: int, method: str) -> int:
        """Give the status of a refusal."""
        if self.is_of_the_api:
            return 405 if method == "post" else 404
        return usual

    def at(self, **values: Any) -> str:
        """Give an address of the pattern."""
        filled = self.path
        for name in self.takes:
            if name not in values:
                pytest.fail(
                    f"The address {self.path} takes “{name}”, of which no example is known: add "
                    "one to EXAMPLES, or say in OF_A_PARTNERSHIP whose it is and make one in "
                    "`held`."
                )
            filled = filled.replace(f"<{name}>", str(values[name]))
        return filled


def routes() -> Iterator[Route]:
    """Walk all patterns, those of other packages left out."""

    def walk(
        resolver: URLResolver, before: str, taken: tuple[str, ...]
    ) -> Iterator[tuple[str, tuple[str, ...], URLPattern]]:
        for pattern in resolver.url_patterns:
            path = before + plain(pattern)
            takes = (*taken, *pattern.pattern.converters)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, path, takes)
            else:
                yield path, takes, pattern

    def plain(pattern: URLPattern | URLResolver) -> str:
        text = str(pattern.pattern)
        for name in pattern.pattern.converters:
            before, _, rest = text.partition(f"{name}>")
            text = before[: before.rindex("<")] + f"<{name}>" + rest
        return text

    for path, takes, pattern in walk(get_resolver(), "/", ()):
        if not pattern.callback.__module__.startswith(FOREIGN):
            yield Route(path, pattern.name or "", takes, pattern.callback)


ALL = list(routes())
INSIDE = [one for one in ALL if one.is_of_a_partnership]
every_route = pytest.mark.parametrize("route", ALL, ids=lambda one: one.path)
every_inside = pytest.mark.parametrize("route", INSIDE, ids=lambda one: one.path)


@pytest.fixture
def elsewhere(db, partnership) -> Partnership:
    """A partnership that none of the people is part of."""
    return Partnership.objects.create(slug="elsewhere", name="Elsewhere", place="authority:983")


def things_of(partnership, user, organisation="") -> dict[str, Any]:
    """Make one of each thing that a partnership holds."""
    other, _ = type(user).objects.get_or_create(email=f"somebody@{partnership.slug}.example.org")
    contribution = Contribution.objects.create(
        partnership=partnership,
        name="a fieldbook",
        kind=Contribution.Kind.FIELDBOOK,
        state=Contribution.State.IN_FORCE,
        imported=timezone.now(),
        organisation=organisation,
    )
    return {
        "contribution_id": contribution.pk,
        "record_id": Record.objects.create(
            contribution=contribution,
            table="concerns",
            key='["concern:1"]',
            values={"id": "concern:1", "text": "Leads are not released", "stage": "raised"},
        ).pk,
        "job_id": Job.objects.create(partnership=partnership, asked_by=user, what="work").pk,
        "membership_id": Membership.objects.create(
            partnership=partnership, user=other, role=Role.MEMBER
        ).pk,
        "invitation_id": Invitation.objects.create(
            partnership=partnership,
            email="new@example.org",
            role=Role.MEMBER,
            secret_hash=uuid.uuid4().hex,
            expires=timezone.now() + timedelta(days=7),
        ).pk,
        "token_id": ApiToken.objects.create(
            partnership=partnership,
            user=user,
            name="mine",
            secret_hash=uuid.uuid4().hex,
            expires=timezone.now() + timedelta(days=7),
        ).pk,
        "number": 0,
    }


def organisation_of(user) -> str:
    return getattr(user.memberships.first(), "organisation", "")


def is_sent_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/account/sign-in/")


def assert_is_asked_who_it_is(route: Route, answer: Any) -> None:
    if route.is_of_the_api:
        assert answer.status_code == route.refusal(404, answer.wsgi_request.method.lower())
    else:
        assert is_sent_to_sign_in(answer)


def state() -> list[Any]:
    """All that somebody could change."""
    return [
        list(kind.objects.order_by("pk").values())
        for kind in (Partnership, Membership, Invitation, Contribution, Job, ApiToken, AuditEntry)
    ]


def tried(client: Client, address: str, method: str) -> Any:
    return getattr(client, method)(address)


def test_there_are_addresses_to_try():
    assert len(ALL) > 20
    assert len(INSIDE) > 15


@every_route
def test_every_view_says_what_it_needs(route):
    assert isinstance(route.action, Action), (
        f"{route.view.__module__}.{route.view.__name__} at {route.path} does not say what it needs:"
        " put @needs(Action.…) above it, outermost"
    )


@pytest.mark.parametrize("action", list(Action))
def test_every_action_is_somebodys(action):
    assert PERMISSIONS[action] <= frozenset(Role)
    assert PERMISSIONS[action]


@every_inside
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_do_it_cannot_reach_it_in_a_partnership(
    route, method, partnership, people, signed_in
):
    for role, user in people.items():
        if role in PERMISSIONS[route.action] and role is not Role.PUBLIC:
            continue
        things = things_of(partnership, user, organisation_of(user))
        address = route.at(**EXAMPLES, **things)
        before = state()
        answer = tried(signed_in(user), address, method)
        usual = 404 if role is Role.PUBLIC else 403
        assert answer.status_code == route.refusal(usual, method), (role, address)
        assert state() == before
        Membership.objects.filter(pk=things["membership_id"]).delete()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head"])
def test_other_methods_reach_nothing_that_get_and_post_do_not(
    method, partnership, elsewhere, people, signed_in
):
    things = things_of(elsewhere, people[Role.MEMBER])
    steward, outsider = signed_in(people[Role.STEWARD]), signed_in(people[Role.PUBLIC])
    before = state()
    for route in INSIDE:
        refused = 404 if method == "head" else 405
        theirs = route.at(**EXAMPLES | {"partnership": "elsewhere"}, **things)
        assert tried(outsider, theirs, method).status_code == refused, theirs
        assert tried(steward, theirs, method).status_code == refused, theirs
        if method != "head":
            own = route.at(**EXAMPLES, **things)
            assert tried(steward, own, method).status_code == 405, own
    assert state() == before


@every_inside
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_has_not_signed_in_is_sent_to_do_so(route, method, partnership, people):
    things = things_of(partnership, people[Role.STEWARD])
    before = state()
    assert_is_asked_who_it_is(route, tried(Client(), route.at(**EXAMPLES, **things), method))
    assert state() == before


@every_inside
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_partnership_of_others_answers_like_one_that_is_not_there(
    route, method, partnership, elsewhere, people, signed_in
):
    user = people[Role.STEWARD]
    theirs = things_of(elsewhere, people[Role.MEMBER])
    before = state()
    for slug in ("elsewhere", "no-such-partnership"):
        address = route.at(**EXAMPLES | {"partnership": slug}, **theirs)
        answer = tried(signed_in(user), address, method)
        assert answer.status_code == route.refusal(404, method), address
        assert_is_asked_who_it_is(route, tried(Client(), address, method))
    assert state() == before


@pytest.mark.parametrize(
    "route",
    [one for one in INSIDE if set(one.takes) & set(OF_A_PARTNERSHIP)],
    ids=lambda one: one.path,
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_guessing_a_number_of_another_partnership_gives_nothing(
    route, method, partnership, elsewhere, people, signed_in
):
    for role in sorted(PERMISSIONS[route.action] - {Role.PUBLIC}):
        user = people[role]
        theirs = things_of(elsewhere, user, organisation_of(user))
        before = state()
        answer = tried(signed_in(user), route.at(**EXAMPLES, **theirs), method)
        # a view that only takes what is sent says so before it looks for anything
        assert answer.status_code == 404 or (method == "get" and answer.status_code == 405)
        assert state() == before
        Membership.objects.filter(pk=theirs["membership_id"]).delete()


@pytest.mark.parametrize(
    "route",
    [one for one in INSIDE if {"contribution_id", "record_id"} & set(one.takes)],
    ids=lambda one: one.path,
)
def test_what_another_organisation_brought_is_not_there(route, partnership, people, signed_in):
    for role in (Role.STEWARD, *ACTS_FOR):
        theirs = things_of(partnership, people[Role.MEMBER], "urn:900148")
        address = route.at(**EXAMPLES, **theirs)
        before = state()
        assert tried(signed_in(people[role]), address, "get").status_code in (404, 405)
        assert tried(signed_in(people[role]), address, "post").status_code == 404
        assert state() == before
        Membership.objects.filter(pk=theirs["membership_id"]).delete()


@every_inside
def test_who_may_do_it_can_reach_it(route, partnership, people, signed_in):
    for role in sorted(PERMISSIONS[route.action] - {Role.PUBLIC}):
        user = people[role]
        things = things_of(partnership, user, organisation_of(user))
        if set(route.takes) & set(OF_A_PERSON):
            things["number"] = own_number(user)
        answer = tried(signed_in(user), route.at(**EXAMPLES, **things), "get")
        assert answer.status_code < 500, (role, route.path)
        assert not is_sent_to_sign_in(answer)
        # a marked copy is not there for a contribution that was never checked
        if not route.path.endswith(".xlsx"):
            assert answer.status_code not in (403, 404), (role, route.path)
        Membership.objects.filter(pk=things["membership_id"]).delete()
        if route.action is Action.SEE_OPEN_DATA:
            break  # the same page for all inside; it is measured only once


def own_number(user) -> int:
    from hedgerow.web.places.models import OwnPlace

    return OwnPlace.objects.create(
        user=user, kind="list", slug="mine", name="Mine", content={"schools": ["urn:900148"]}
    ).pk


@pytest.mark.parametrize(
    "route",
    [one for one in ALL if not one.is_of_a_partnership and one.action in NEEDS_ACCOUNT],
    ids=lambda one: one.path,
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_needs_an_account_asks_for_one(route, method, home):
    values = EXAMPLES | {"number": 1}
    assert is_sent_to_sign_in(tried(Client(), route.at(**values), method))


def test_a_partnership_that_publishes_is_there_for_the_public_and_no_further(
    partnership, people, signed_in
):
    partnership.is_published = True
    partnership.save()
    for route in INSIDE:
        if route.action is Action.SEE_OPEN_DATA and route.name != "search":
            continue  # places inside a partnership are measured in the tests of their pages
        things = things_of(partnership, people[Role.MEMBER])
        answer = tried(signed_in(people[Role.PUBLIC]), route.at(**EXAMPLES, **things), "get")
        if route.action is Action.SEE_OPEN_DATA or route.action in NEEDS_ACCOUNT:
            assert answer.status_code in (200, 405), route.path
        else:
            assert answer.status_code == 404, route.path
        Membership.objects.filter(pk=things["membership_id"]).delete()


def test_somebody_whose_membership_ended_is_the_public(partnership, people, signed_in):
    user = people[Role.STEWARD]
    Membership.objects.filter(user=user).update(ended=timezone.now())
    assert signed_in(user).get("/partnerships/town/").status_code == 404


def test_no_view_is_guarded_only_inside_another(settings=settings):
    # a decorator outside @needs would run before anybody was asked for
    assert "hedgerow.web.access.middleware.AudienceMiddleware" in settings.MIDDLEWARE
    for route in ALL:
        assert route.view.__name__ == getattr(route.view, "__wrapped__", route.view).__name__
