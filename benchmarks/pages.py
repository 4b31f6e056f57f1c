"""What the main pages weigh on the wire and how steadily they appear, in Chromium, against the limits set for them.

Run: `.venv/bin/python -m benchmarks.pages`. Bytes are compressed, as they were sent, with an empty cache; the layout
shift is Chromium's (web.dev, CLS: good up to 0.1). Times are medians, for comparing pages with each other alone.
"""

from __future__ import annotations

import shutil
import sys
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tools.screenshots import running

ROUNDS = 5
KB = 1_000
SETTLED = 2_500
"""Milliseconds until a map has been drawn and nothing moves any more."""
PHONE = {"width": 360, "height": 740}
PAGES = {
    # Address: the limit in kilobytes.
    "/": 600,
    "/monuments/": 600,
    "/sites/palmyra/": 600,
    "/monuments/palmyra-temple-of-bel/": 150,
    "/restoration/": 150,
    "/alerts/": 150,
}
OBSERVE = """
window.shift = 0; window.painted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) window.shift += e.value }))
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { window.painted = list.getEntries().at(-1).startTime })
  .observe({ type: "largest-contentful-paint", buffered: true });
"""


class Figures(NamedTuple):
    bytes: int
    requests: int
    shift: float
    painted: float


def main() -> None:
    program = shutil.which("chromium") or sys.exit("Chromium is missing (Debian package chromium).")
    with running() as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        print("page | KB | of its limit | requests | layout shift | largest paint (ms)")
        for address, limit in PAGES.items():
            found = [measure(browser, portal.address + address) for _ in range(ROUNDS)]
            size = median(figures.bytes for figures in found) / KB
            shift, painted = median(f.shift for f in found), median(f.painted for f in found)
            print(f"{address} | {size:.0f} | {size / limit:.2f} | {found[0].requests} | {shift:.3f} | {painted:.0f}")
        browser.close()


def measure(browser: Browser, address: str) -> Figures:
    """One visit by a new reader."""
    context = browser.new_context(viewport=PHONE, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(OBSERVE)
    received: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(_size(event)))
    page.goto(address)
    page.wait_for_timeout(SETTLED)
    shift, painted = page.evaluate("[window.shift, window.painted]")
    context.close()
    return Figures(sum(received), len(received), shift, painted)


def _size(event: dict[str, Any]) -> int:
    return int(event["encodedDataLength"])


if __name__ == "__main__":
    main()
