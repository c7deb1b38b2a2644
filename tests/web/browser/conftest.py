"""The demo as a person opens it, `hedgerow serve --demo`, and a real browser to look at it with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "made-up hedgerow"
WIDTHS = (1280, 375)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 60_000
STILL_WORKING = 202

Opened = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of the demo."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo(demo_home: Path) -> Iterator[str]:
    """Address of the demo, open as long as the tests run."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {name: value for name, value in os.environ.items() if not name.startswith("HEDGEROW_")}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    told |= {"HEDGEROW_HOME": str(demo_home), "HEDGEROW_EMAIL": "file:"}
    command = [sys.executable, "-m", "hedgerow", "serve", "--demo", "--port", str(port)]
    with (demo_home / "log").open("wb") as log:
        site = subprocess.Popen(command, env=told, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    try:
        _wait_for(address, site, demo_home / "log")
        yield address
    finally:
        site.terminate()
        site.wait(30)


def _wait_for(address: str, site: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if site.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=30).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
        else:
            return
    raise AssertionError(f"the demo did not open: {log.read_text()}")


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def session_of(chromium: Browser, demo: str) -> Callable[[str], dict]:
    """Give the cookies of somebody of the demo who has signed in, once for all tests."""

    @cache
    def signed_in(user: str) -> dict:
        context = chromium.new_context(base_url=demo)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto("/account/sign-in/")
        page.get_by_label("Email").fill(f"{user}@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        state = context.storage_state()
        context.close()
        return state

    return signed_in


@pytest.fixture
def opened(chromium: Browser, demo: str, session_of: Callable[[str], dict]) -> Iterator[Opened]:
    """Open a page of the demo, signed in or not; whatever the browser complains of fails the
    test."""
    contexts = []
    complaints: list[str] = []

    def open_page(
        path: str = "/",
        *,
        user: str = "",
        width: int = 1280,
        is_dark: bool = False,
        has_script: bool = True,
    ) -> Page:
        context = chromium.new_context(
            base_url=demo,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if is_dark else "light",
            java_script_enabled=has_script,
            locale="en-GB",
            storage_state=session_of(user) if user else None,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: (
                complaints.append(f"{page.url}: {said.text}")
                if said.type == "error" and "status of 4" not in said.text
                else None
            ),
        )
        for _ in range(30):
            answer = page.goto(path)
            if answer is None or answer.status != STILL_WORKING:
                break
            page.wait_for_timeout(2000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints
