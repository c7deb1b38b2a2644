"""The site as a whole: it answers, says plainly what is not there, and sets its headers."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_way_in_is_open_to_everybody(home):
    answer = Client().get("/")
    assert answer.status_code == 200
    assert "Find a place" in answer.text


def test_no_script_or_style_runs_that_is_not_the_sites_own(home):
    policy = Client().get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_what_is_not_there_is_said_in_words(home):
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_form_from_elsewhere_is_refused(home):
    answer = Client(enforce_csrf_checks=True).post(
        "/account/sign-in/", {"login": "a", "password": "b"}
    )
    assert answer.status_code == 403
    assert "That form has expired" in answer.text
