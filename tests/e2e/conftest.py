"""A real browser, Debian's Chromium, on the pages of a live server."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any

import pytest
from django.conf import settings as project
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import leave_out

# The live server answers from a thread of this process while the browser's loop runs here too.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
CONFLICT = "409 (Conflict)"
"""What Chromium notes of an answer that tells of a conflict: the answer is meant."""
AXE = project.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(autouse=True)
def files_by_their_own_names(settings) -> None:
    """The live server finds static files where they are made; hashed names are for the collected ones."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or leave_out("Chromium is missing")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens an address; at the end no page may have complained on its console."""
    contexts, complaints = [], []

    def note(message, meant) -> None:
        if message.type == "error" and not any(text in message.text for text in meant):
            complaints.append(message.text)

    def open_page(path="/", *, language="en", size=DESKTOP, scripts=True, policy=True, before="", meant=()) -> Page:
        """`meant`: complaints that a test provokes."""
        context = browser.new_context(
            viewport=size, java_script_enabled=scripts, bypass_csp=not policy, locale=language
        )
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(before)
        page.on("console", lambda message: note(message, (CONFLICT, *meant)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    with answering() as idle:
        yield open_page
        for context in contexts:
            context.close()
        idle()
    assert complaints == []


@contextmanager
def answering() -> Iterator[Callable[[], None]]:
    """Follows what the live server answers; the function waits until it has answered all.

    A page that is closed leaves requests behind, which would meet the emptying of the database.
    """
    running: set[int] = set()

    def begun(**kwargs: Any) -> None:
        running.add(get_ident())

    def ended(**kwargs: Any) -> None:
        running.discard(get_ident())

    def idle() -> None:
        last = time.monotonic() + 30
        while running and time.monotonic() < last:
            time.sleep(0.05)

    request_started.connect(begun)
    request_finished.connect(ended)
    try:
        yield idle
    finally:
        request_started.disconnect(begun)
        request_finished.disconnect(ended)
