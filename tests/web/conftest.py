"""A site to test from the outside: the made-up register, a partnership, and a person in each role.

``HEDGEROW_DATABASE_URL`` names a PostgreSQL server to test on; SQLite without it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

HOME = Path(tempfile.mkdtemp(prefix="hedgerow-site-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)  # after the last database is gone
os.environ["HEDGEROW_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.settings"
# playwright keeps an event loop in this thread, and Django would take the tests for async code
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django  # noqa: E402  # after Django is set up

django.setup()
if "PYTEST_XDIST_WORKER" not in os.environ and any(one.startswith("-n") for one in sys.argv):
    # processes that share out the tests make homes of their own, and are not to be told of ours
    for name in ("HEDGEROW_HOME", "DJANGO_SETTINGS_MODULE"):
        del os.environ[name]

from django.test import Client  # noqa: E402  # after Django is set up

from hedgerow.fieldbook.made_up.open_files import write_open_files  # noqa: E402  # after Django is set up
from hedgerow.fieldbook.made_up.region import Region, make_region  # noqa: E402  # after Django is set up
from hedgerow.fieldbook.made_up.seed import DEFAULT_SEED  # noqa: E402  # after Django is set up
from hedgerow.sources.register import RegisterInputs, build  # noqa: E402  # after Django is set up
from hedgerow.web.access.audience import ACTS_FOR, Role  # noqa: E402  # after Django is set up
from hedgerow.web.accounts.models import User  # noqa: E402  # after Django is set up
from hedgerow.web.partnerships.models import Membership, Partnership  # noqa: E402  # after Django is set up

TOWN = "authority:982"
"""Address of the made-up Town."""

SignIn = Callable[[User], Client]


@pytest.fixture(scope="session")
def region() -> Region:
    """The made-up region, with all that is known in it."""
    return make_region(DEFAULT_SEED)


@pytest.fixture(scope="session")
def home(region: Region) -> Path:
    """Home of the site, with the register of the made-up region."""
    files = write_open_files(region, HOME / "open-data")
    build(RegisterInputs(**vars(files)), HOME / "register")
    return HOME


@pytest.fixture
def partnership(db: None, home: Path) -> Partnership:
    """A partnership that looks after the made-up Town."""
    return Partnership.objects.create(slug="town", name="Town Learning Partnership", place=TOWN)


@pytest.fixture
def people(partnership: Partnership, region: Region) -> dict[Role, User]:
    """A person in each role; those who act for an organisation act for the trust with most
    schools."""
    trusts = region.evidence["ties"].filter(
        region.evidence["ties"]["from_id"].str.starts_with("uid:")
    )["from_id"]
    organisation = sorted(trusts.unique())[0] if len(trusts) else "uid:90001"
    made = {}
    for role in Role:
        user = User.objects.create_user(f"{role}@example.org", "a long enough password")
        made[role] = user
        if role is not Role.PUBLIC:
            Membership.objects.create(
                partnership=partnership,
                user=user,
                role=role,
                organisation=organisation if role in ACTS_FOR else "",
            )
    return made


@pytest.fixture
def signed_in() -> SignIn:
    """Give a client of the site in which a person has signed in."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of
