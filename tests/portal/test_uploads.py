"""Sending files by a plain form."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.evidence import actions
from reports.evidence.models import Upload
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory
from tests.factories.conditions import DraftFactory, PublishedFactory
from tests.factories.sites import MonumentFactory
from tests.files import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.EVIDENCE_DIR = tmp_path
    for name in ("originals",):
        options = {**settings.STORAGES[name]["OPTIONS"], "location": tmp_path / name}
        settings.STORAGES = {**settings.STORAGES, name: {**settings.STORAGES[name], "OPTIONS": options}}


def files(*contents):
    return {"files": [SimpleUploadedFile(f"file-{n}.jpg", content) for n, content in enumerate(contents)]}


def test_many_are_sent_at_once_and_each_has_its_receipt(sign_in):
    client, monument = sign_in(ReporterFactory()), MonumentFactory()

    client.post(f"/monuments/{monument.slug}/evidence/add/", files(photograph(), b"<svg/>"))
    for upload in Upload.objects.all():
        actions.check(upload.pk)
    page = client.get("/uploads/").content.decode()

    assert set(Upload.objects.values_list("state", flat=True)) == {"stored", "refused"}
    assert Upload.objects.get(state="stored").sha256 in page
    assert "The file can run code. Send a photograph or a PDF; a drawing as PNG." in page


def test_a_report_is_proved_by_its_author(sign_in):
    report = DraftFactory()

    answer = sign_in(report.author).post(f"/reports/{report.pk}/evidence/add/", files(photograph()))

    assert answer.status_code == 302
    assert Upload.objects.get().report == report


@pytest.mark.parametrize(("role", "status"), [(EditorFactory, 200), (ReporterFactory, 200), (UserFactory, 403)])
def test_who_may_open_the_form(sign_in, role, status):
    assert sign_in(role()).get(f"/monuments/{MonumentFactory().slug}/evidence/add/").status_code == status


def test_nothing_is_added_to_what_is_published_or_is_not_there_to_be_seen(sign_in):
    client = sign_in(ReporterFactory())

    assert client.get(f"/reports/{PublishedFactory().pk}/evidence/add/").status_code == 403
    assert client.get(f"/reports/{DraftFactory().pk}/evidence/add/").status_code == 404


def test_a_form_that_is_too_large_is_not_read(sign_in, settings):
    settings.EVIDENCE_MAX_REQUEST_MB = 0

    answer = sign_in(EditorFactory()).post(f"/monuments/{MonumentFactory().slug}/evidence/add/", files(photograph()))

    assert answer.status_code == 400
    assert "send fewer at once" in answer.content.decode()
