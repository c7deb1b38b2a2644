"""The journeys that the site serves so far, with a mouse and with keys alone."""

from __future__ import annotations

import io
import json
import re
import time
from urllib.parse import urlsplit

import openpyxl
import pytest

HERE = "/partnerships/three-places"
TOWN = f"{HERE}/places/authority:982/"


def reached(page, name, most=80):
    """Press Tab until something of that name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement;"
            " return (e.getAttribute('aria-label') || e.innerText || e.labels?.[0]?.innerText"
            " || '').trim(); }"
        )
        if focused.startswith(name):
            return
    raise AssertionError(f"“{name}” cannot be reached with the Tab key on {page.url}")


def until_there(page):
    """Wait while a page says that its place is being worked out; it looks again by itself."""
    page.wait_for_function("() => !document.querySelector('h1').innerText.includes('worked out')")
    page.wait_for_load_state()


def file_of(page, address):
    """Give the content of a file, asked for until its place is worked out."""
    for _ in range(60):
        answer = page.request.get(address)
        if answer.status not in (202, 503):
            assert answer.status == 200, address
            return answer.body()
        time.sleep(1)
    raise AssertionError(f"{address} is never worked out")


def test_newcomer_sees_three_localities_with_every_feature(opened):
    page = opened("/")
    for name in ("City", "Town", "Shire"):
        page.goto("/")
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        until_there(page)
        assert name in page.locator("h1").inner_text()
        text = page.locator("main").inner_text()
        for feature in (
            "What counts as local",
            "Many linked systems",
            "Professional learning",
            "Practices, tools and routines",
            "Bridging boundaries",
            "Sense making",
            "Coherence",
            "Quality",
            "Equity",
            "Locality leadership",
        ):
            assert feature in text, (name, feature)
    page.goto(f"{TOWN}professional_learning/")
    until_there(page)
    assert page.locator("article.finding").count() > 5


def test_newcomer_with_keys_alone(opened):
    page = opened("/")
    page.keyboard.press("Tab")
    assert "Skip to the content" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    reached(page, "Town")
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/authority:982/**")
    until_there(page)
    reached(page, "Many linked systems")
    page.keyboard.press("Enter")
    page.wait_for_url("**/linked_systems/**")
    until_there(page)
    assert page.locator("h1").count() == 1


def test_analyst_finds_a_place_as_they_type(opened):
    page = opened("/")
    page.get_by_role("searchbox").press_sequentially("tow", delay=30)
    link = page.locator("#found").get_by_role("link", name=re.compile("Town")).first
    link.wait_for()
    link.click()
    until_there(page)
    assert "Town" in page.locator("h1").inner_text()


def test_analyst_takes_a_trust_on_a_date_away(opened):
    page = opened("/search/?q=trust")
    link = page.locator("#found a[href*='/places/trust:']").first
    address = urlsplit(link.get_attribute("href")).path
    content = file_of(page, f"{address}download.xlsx?on=2020-07-01&phase=all")
    assert len(openpyxl.load_workbook(io.BytesIO(content)).sheetnames) >= 3
    assert file_of(page, f"{address}download.pdf").startswith(b"%PDF")
    shown = json.loads(file_of(page, f"{address}download.json?on=2020-07-01"))
    assert shown["on"] == "2020-07-01"
    api = json.loads(file_of(page, f"/api{address.rstrip('/')}?on=2020-07-01"))
    assert api["findings"] == shown["findings"]


def test_the_address_holds_place_day_and_view(opened):
    page = opened("/places/authority:982/local_lens/?on=2020-07-01&phase=all&within=district:none")
    assert "There is no place" in page.locator("main").inner_text()
    page.goto("/places/authority:982/local_lens/?on=2020-07-01&phase=all")
    assert "1 July 2020" in page.content()


def test_a_table_beside_a_picture_leaves_as_the_same_numbers(opened):
    page = opened("/places/authority:982/linked_systems/")
    link = page.get_by_role("link", name=re.compile("^CSV")).first
    assert link.count() == 1
    text = page.request.get(link.get_attribute("href")).text()
    first = text.splitlines()[1].split(",")[0].strip('"')
    assert first in page.content()


def test_a_steward_invites_and_somebody_joins(opened, demo_home):
    page = opened(f"{HERE}/members/", user="steward")
    email = f"head{int(time.time())}@example.org"
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Role").select_option("member")
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text(f"on its way to {email}").wait_for()
    sent = max((demo_home / "outbox").iterdir(), key=lambda file: file.stat().st_mtime)
    link = re.search(r"http://\S+/invitations/\S+", sent.read_text())[0]
    newcomer = opened(urlsplit(link).path)
    newcomer.get_by_label("Your name").fill("Nell Sedge")
    newcomer.get_by_label("Choose a password").fill("seven quiet hedges")
    newcomer.get_by_role("button", name="Join").click()
    newcomer.get_by_text("You are here as a member").wait_for()
    page.goto(f"{HERE}/audit/")
    assert email in page.locator("main").inner_text()


def test_a_contributor_brings_a_file_mends_it_and_takes_it_back(opened):
    page = opened(f"{HERE}/evidence/", user="contributor")
    rows = "Person,Organisation,Role,First day\nWren Sedge,uid:90001,trustee,2020-09-01\n"
    rows += "Robin Bramble,No Such Trust,trustee,2021-09-01\n"
    file = {"name": "roles.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("link", name="See what came of it").click()
    assert "row 3" in page.locator("main").inner_text()
    page.get_by_role("button", name=re.compile("^Import")).click()
    page.get_by_role("link", name="See what came of it").click()
    page.get_by_role("heading", name="roles.csv").wait_for()
    assert "In force" in page.locator("main").inner_text()
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text("is undone").wait_for()


def test_hub_lead_brings_last_terms_attendance(opened):
    schools = opened("/places/authority:982/schools/")
    links = schools.locator("main table a[href*='/schools/']")
    names = [links.nth(at).inner_text() for at in range(2)]
    rows = ["School name,Delegate name,Job title,Course title,Date"]
    rows += [f'"{one}",Wren Sedge,Maths lead,Hedge maths,2022-03-08' for one in names]
    rows += ['"Somewhere that is no school",Ivy Bramble,Teacher,Hedge maths,2022-03-08']
    file = {"name": "spring.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    page = opened(f"{HERE}/evidence/", user="steward")
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Check it").click()
    page.get_by_label("Who provided the courses").fill("Hazel Training")
    page.get_by_label("What kind of organisation that is").select_option("company")
    assert "Wren Sedge" not in page.content()
    page.get_by_role("button", name="Check it so").click()
    page.get_by_role("link", name="See what came of it").click()
    page.get_by_role("heading", name="spring.csv").wait_for()
    assert "3 rows of attendance" in page.locator("main").inner_text()
    # what matches no school is listed for somebody to decide, not dropped
    page.locator("main a[href*='/names/']").first.click()
    page.get_by_text("Somewhere that is no school").first.wait_for()
    page.go_back()
    page.get_by_role("button", name=re.compile("^Import")).click()
    page.get_by_role("link", name="See what came of it").click()
    page.get_by_text("In force").first.wait_for()
    page.goto(f"{TOWN}professional_learning/?on=2022-07-01")
    until_there(page)
    assert page.locator("article.finding").count() > 5
    page.goto(f"{HERE}/evidence/")
    page.get_by_role("link", name="spring").first.click()
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text("is undone").wait_for()


def test_an_organisation_keeps_its_records_to_itself(opened):
    page = opened(f"{HERE}/sharing/", user="provider")
    people = page.get_by_role("group", name=re.compile("^People"))
    people.get_by_label(re.compile("Private")).check()
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("Your decision holds from now on").wait_for()
    people = page.get_by_role("group", name=re.compile("^People"))
    assert people.get_by_label(re.compile("Private")).is_checked()
    people.get_by_label(re.compile("By name")).check()
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("Your decision holds from now on").wait_for()


@pytest.mark.parametrize("kind", ["map", "network", "timeline"])
def test_pictures_have_their_table_with_and_without_scripts(opened, kind):
    for has_script in (True, False):
        page = opened(f"{TOWN}{kind}/", user="member", has_script=has_script)
        assert page.locator("main svg, main canvas").count() >= 1
        assert page.locator("main table").count() >= 1


def test_signing_in_with_keys_alone(opened):
    page = opened("/account/sign-in/")
    reached(page, "Email")
    page.keyboard.type("researcher@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("made-up hedgerow")
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    assert "Sign out" in page.locator("header").inner_text()
