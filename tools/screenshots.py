"""Photographs the main pages for people to look at: two languages, two sizes, two themes, into screenshots/."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tools import packages
from tools.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "screenshots"
PAGES = {
    "home": "/",
    "site": "/sites/palmyra/",
    "monument": "/monuments/palmyra-temple-of-bel/",
    "find": "/monuments/",
    "story": "/sites/palmyra/story/",
    "restoration": "/restoration/",
    "alerts": "/alerts/",
    "work": "/work/",
    "report": "/reports/add/?monument=palmyra-temple-of-bel",
    "statistics": "/statistics/",
    "review": "/review/",
}
LANGUAGES = ("en", "ar")
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}
THEMES = ("light", "dark")
DRAWN = 1_000
"""Milliseconds for a map to be drawn."""


class Portal(NamedTuple):
    address: str
    password: str


def main() -> None:
    packages.install()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    program = shutil.which("chromium") or sys.exit("Chromium is missing (Debian package chromium).")
    with running() as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for language, size, theme in product(LANGUAGES, SIZES, THEMES):
            photograph(browser, portal, language, size, theme)
            print(f"  {language}, {size}, {theme}", flush=True)
        browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER.relative_to(ROOT)}/")


@contextmanager
def running() -> Iterator[Portal]:
    """A portal with the founding data and sample accounts, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="tadmor-pictures-") as folder:
        port = free_port()
        command = [sys.executable, "manage.py", "run_portal", "--port", str(port)]
        environment = {**os.environ, "EMBEDDED": "1", "DATA_DIR": folder, "PYTHONUNBUFFERED": "1"}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            yield Portal(f"http://127.0.0.1:{port}", _password(server))
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def _password(server: subprocess.Popen[str]) -> str:
    """What the first start prints once; it is over when the portal is ready."""
    password = ""
    for line in server.stdout or ():
        if found := re.match(r"\s*verifier@\S+\s+(\S+)", line):
            password = found[1]
        if "is ready" in line:
            return password
    sys.exit("The portal did not start.")


def photograph(browser: Browser, portal: Portal, language: str, size: str, theme: str) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=theme, locale=language)  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": language, "url": portal.address}])
    sign_in(context, portal)
    page = context.new_page()
    for name, address in PAGES.items():
        page.goto(portal.address + address)
        page.wait_for_timeout(DRAWN)
        page.screenshot(path=FOLDER / f"{name}-{language}-{size}-{theme}.png", full_page=True)
    context.close()


def sign_in(context: BrowserContext, portal: Portal) -> None:
    page = context.new_page()
    page.goto(f"{portal.address}/accounts/login/")
    page.fill("input[name=login]", "verifier@example.org")
    page.fill("input[name=password]", portal.password)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    page.close()


if __name__ == "__main__":
    main()
