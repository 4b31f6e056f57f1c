"""Many files at once, on lines that break."""

from __future__ import annotations

import base64
import random
import time

import pytest
from PIL import Image

from reports.evidence import actions
from reports.evidence.models import Upload
from reports.evidence.vocabulary import UploadState
from tests.e2e.conftest import AXE, DESKTOP, PHONE
from tests.e2e.test_pages import FOUND, sign_in
from tests.factories.accounts import EditorFactory
from tests.factories.conditions import DraftFactory
from tests.factories.sites import MonumentFactory
from tests.files import photograph, saved
from tests.reports.evidence.conftest import evidence_folder
from tests.reports.evidence.intake import hash_of, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
folders = evidence_folder
FILES = """
(files) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    carried.items.add(new File([bytes], name));
  }
  return carried;
}
"""


def drop(page, **files):
    named = [[name.replace("_", "."), base64.b64encode(content).decode()] for name, content in files.items()]
    page.dispatch_event("main", "drop", {"dataTransfer": page.evaluate_handle(FILES, named)})


def begins(request):
    """Whether it sends the first part."""
    return request.headers.get("upload-offset") == "0"


def look_until_done(page, number):
    """As a worker does, until so many receipts are on the page."""
    last = time.monotonic() + 30
    while page.locator("[data-receipt]").count() < number:
        assert time.monotonic() < last, page.inner_text("main")
        for upload in Upload.objects.filter(state=UploadState.CHECKING):
            actions.check(upload.pk)
        page.wait_for_timeout(100)


def test_many_are_dropped_and_each_has_its_receipt(open_page):
    editor, monument = EditorFactory(), MonumentFactory()
    used = sent(photograph(seed=1), to=DraftFactory(author=editor), by=editor)
    page = open_page(f"/monuments/{monument.slug}/evidence/add/")
    sign_in(page, editor, "/add/")

    drop(page, gate_jpg=photograph(), again_jpg=photograph(seed=1), bad_jpg=b"<svg><script>1</script></svg>")
    look_until_done(page, 3)

    page.wait_for_selector("text=Done: 3 of 3. Not taken in: 1")
    shown = {row.locator("bdi").first.inner_text(): row.inner_text() for row in page.locator("[data-receipt]").all()}
    assert hash_of(photograph()) in shown["gate.jpg"]
    assert "The same as on your device." in shown["gate.jpg"]
    assert "The file can run code." in shown["bad.jpg"]
    assert "This picture was already used in a report" in shown["again.jpg"]
    assert set(Upload.objects.exclude(pk=used.pk).values_list("door", "monument")) == {("portal", monument.pk)}


def test_a_file_whose_line_breaks_goes_on_even_after_the_page_was_closed(open_page):
    content = saved(Image.frombytes("RGB", (1500, 1200), random.Random(1).randbytes(3 * 1500 * 1200)), "PNG")
    report = DraftFactory()
    page = open_page(f"/reports/{report.pk}/evidence/add/", meant=["net::ERR_"])
    sign_in(page, report.author, "/add/")
    page.on("dialog", lambda dialog: dialog.accept())
    file = {"name": "large.png", "mimeType": "image/png", "buffer": content}
    later = "**/api/v1/uploads/*/"
    page.route(later, lambda route: route.continue_() if begins(route.request) else route.abort())

    page.set_input_files("#files", file)
    page.wait_for_selector("text=The line is broken.")
    began = Upload.objects.get()
    page.unroute(later)
    page.reload()
    page.set_input_files("#files", file)
    look_until_done(page, 1)

    upload = Upload.objects.get()
    assert 0 < began.received < len(content)
    assert (upload.pk, upload.state, upload.sha256) == (began.pk, UploadState.STORED, hash_of(content))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_of_uploads_are_accessible(open_page, language, size):
    editor, monument = EditorFactory(), MonumentFactory()
    sent(by=editor)
    sent(b"<svg/>", by=editor)
    address = f"/monuments/{monument.slug}/evidence/add/"
    page = open_page(address, language=language, size=size, policy=False)
    sign_in(page, editor, address)
    drop(page, gate_jpg=photograph())
    look_until_done(page, 1)

    for path in (None, "/uploads/"):
        if path:
            page.goto(page.url.replace(address, path))
        page.add_script_tag(path=AXE)
        assert page.evaluate(FOUND) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path


def test_without_scripts_the_form_sends_them(open_page):
    address = f"/monuments/{MonumentFactory().slug}/evidence/add/"
    page = open_page(address, scripts=False)
    sign_in(page, EditorFactory(), address)

    page.set_input_files("#files", {"name": "gate.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    page.click("main form button")

    page.wait_for_url("**/uploads/")
    assert Upload.objects.get().state == UploadState.CHECKING
