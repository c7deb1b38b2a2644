"""Finding a place with the keyboard alone, as one types and without a script."""

from __future__ import annotations


def test_a_place_is_found_and_opened_without_a_mouse(opened):
    page = opened("/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("shire")
    page.wait_for_selector("#found a")
    assert page.inner_text(".count").endswith("found.")
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    assert first == "/places/authority:983/"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/authority:983/")


def test_a_place_is_found_without_a_script(opened):
    page = opened("/", has_script=False)
    page.fill("#q", "shire")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=shire")
    page.click("#found a")
    page.wait_for_url("**/places/authority:983/")


def test_another_place_is_chosen_to_compare_as_one_types(opened):
    page = opened("/compare/?place=authority:981")
    page.fill("#q", "town")
    page.wait_for_selector("#found a")
    wanted = "/compare/?place=authority%3A981&place=authority%3A982"
    assert page.get_attribute("#found a", "href") == wanted
