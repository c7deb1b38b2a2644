"""Passwords as they are typed, and sessions that last while somebody writes."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_a_password_can_be_seen_while_it_is_typed(opened):
    page = opened("/account/sign-in/")
    field = page.locator("input[name=password]")
    show = page.locator("form button", has_text="Show")
    field.fill("seven quiet hedges")
    assert field.get_attribute("type") == "password"
    show.click()
    assert field.get_attribute("type") == "text"
    assert show.get_attribute("aria-pressed") == "true"
    show.click()
    assert field.get_attribute("type") == "password"


def test_a_new_password_is_told_how_far_it_has_come(opened):
    page = opened("/account/password/", user="member")
    field = page.locator("input[name=password1]")
    said = page.locator("form [role=status]")
    assert said.count() == 1
    for text, words in (
        ("hedge", "5 of at least 12 characters"),
        ("aaaaaaaaaaaaaaa", "easily guessed"),
        ("seven quiet hedges", "another word makes it stronger"),
        ("seven quiet hedges at dawn", "Long and strong"),
    ):
        field.fill(text)
        assert words in said.inner_text()


def test_whoever_writes_stays_signed_in(opened):
    page = opened("/account/", user="member")
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    field = page.locator("input[name=name]")
    field.press_sequentially("W")
    assert not [one for one in asked if one.endswith("/account/here/")]
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 6 * 60 * 1000 }")
    with page.expect_response(lambda one: one.url.endswith("/account/here/")) as answer:
        field.press_sequentially("ren")
    assert answer.value.status == 204
    assert len([one for one in asked if one.endswith("/account/here/")]) == 1
