"""Pictures that move: they open under the site's policy without asking anybody else for anything,
can be steered by keyboard, and end in the same places as what works without scripts."""

from __future__ import annotations

import json

import pytest

from tests.web.browser.pages import HERE, TOWN

DAY = "on=2022-07-01"


@pytest.fixture
def inside(opened, demo):
    """Open a page and note whatever it asks for elsewhere."""

    def open_page(path, **how):
        page = opened(path, **how)
        elsewhere = []
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith((demo, "blob:", "data:"))
                else elsewhere.append(asked.url)
            ),
        )
        return page, elsewhere

    return open_page


@pytest.mark.parametrize("width", [1280, 375])
def test_the_map_moves_and_takes_an_area_by_keyboard(inside, width):
    page, elsewhere = inside(f"{HERE}{TOWN}map/?{DAY}&size=pupils", user="steward", width=width)
    page.get_by_role("button", name="Move and zoom in this map").click()
    page.locator(".maplibregl-canvas:focus").wait_for()
    first = page.locator("a[data-urn]").first
    name = page.locator("#list tbody th a").first.inner_text()
    first.click()
    assert page.locator(".maplibregl-popup a").inner_text() == name
    page.get_by_role("button", name="Draw an area").click()
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight"):
        page.keyboard.press("Enter")
        page.keyboard.press(key)
        page.wait_for_timeout(800)
    page.get_by_role("button", name="The area is done").click()
    drawn = json.loads(page.locator("[name=drawn]").input_value())
    assert drawn["type"] == "Polygon"
    assert len(drawn["coordinates"][0]) == 4
    page.get_by_label("Name of the area").fill(f"Drawn at {width}")
    page.get_by_role("button", name="Keep this area").click()
    page.wait_for_url(lambda url: "area:" in url)
    assert f"“Drawn at {width}” is kept." in page.get_by_role("status").all_inner_texts()
    assert elsewhere == []


@pytest.mark.parametrize("width", [1280, 375])
def test_the_network_moves_by_keyboard_and_its_layout_stays(inside, width):
    page, elsewhere = inside(f"{HERE}{TOWN}network/?{DAY}", user="steward", width=width)
    page.get_by_role("button", name="Move organisations in this network").click()
    page.locator("#live-network:focus").wait_for()
    page.keyboard.press("n")
    chosen = page.locator(".network-controls + p")
    assert "tied to" in chosen.inner_text()
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Keep this layout").click()
    page.get_by_role("button", name="Forget my layout").click()
    page.get_by_text("The layout is forgotten").wait_for()
    assert elsewhere == []


@pytest.mark.parametrize("width", [1280, 375])
def test_the_slider_leads_to_the_day_that_it_says(inside, width):
    page, elsewhere = inside(f"{TOWN}timeline/", width=width)
    page.locator("#slide").focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.wait_for_url(lambda url: "at=" in url)
    told = page.locator("#slide").get_attribute("aria-valuetext")
    page.locator("#day", has_text=told).wait_for()
    assert page.locator("#at").input_value() in page.url
    assert page.evaluate("document.activeElement.id") == "slide"
    assert elsewhere == []
