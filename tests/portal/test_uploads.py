"""Sending files by a plain form."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.evidence import actions
from reports.evidence.models import Upload
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.files import photograph
from tests.queries import queries_of
from tests.reports.evidence.conftest import evidence_folder
from tests.reports.evidence.intake import arrived, begun, hash_of, sent

pytestmark = pytest.mark.django_db


folders = evidence_folder


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


def test_a_plan_has_its_photographs(sign_in):
    plan = PlanFactory()

    page = sign_in(EditorFactory()).get(f"/restoration/plans/{plan.pk}/")
    address = f"/restoration/plans/{plan.pk}/evidence/add/"
    answer = sign_in(EditorFactory()).post(address, files(photograph()))

    assert address in page.content.decode()
    assert answer.status_code == 302
    assert Upload.objects.get().plan == plan


def test_a_plan_for_a_whole_site_offers_nothing(sign_in):
    plan = PlanFactory(monument=None, site=SiteFactory())
    client = sign_in(EditorFactory())

    assert "evidence/add" not in client.get(f"/restoration/plans/{plan.pk}/").content.decode()
    assert client.get(f"/restoration/plans/{plan.pk}/evidence/add/").status_code == 404


def test_a_reporter_is_offered_no_plan(sign_in):
    plan = PlanFactory()
    client = sign_in(ReporterFactory())

    assert "evidence/add" not in client.get(f"/restoration/plans/{plan.pk}/").content.decode()
    assert client.get(f"/restoration/plans/{plan.pk}/evidence/add/").status_code == 403


def test_open_reports_of_the_monument_are_offered(sign_in):
    author, monument = ReporterFactory(), MonumentFactory()
    own = DraftFactory(monument=monument, author=author)
    others = [SubmittedFactory(monument=monument), PublishedFactory(monument=monument, author=author), DraftFactory()]

    page = sign_in(author).get(f"/monuments/{monument.slug}/evidence/add/").content.decode()

    assert f"/reports/{own.pk}/evidence/add/" in page
    assert not any(str(report.pk) in page for report in others)


def test_a_receipt_compares_the_hashes_and_tells_of_earlier_uses(sign_in):
    editor, content, first = EditorFactory(), photograph(), PublishedFactory()
    earlier = sent(content, to=first.monument, by=editor)
    upload = sent(content, by=editor, client_sha256=hash_of(content))

    page = sign_in(editor).get(f"/uploads/receipts/?id={upload.pk}").content.decode()

    assert "The same as on your device." in page
    assert "This picture was already used for" in page
    assert f"/pictures/{earlier.evidence_id}/" in page


def test_what_changed_on_its_way_shows_both_hashes(sign_in):
    editor, here, there = EditorFactory(), photograph(), hash_of(b"as it was sent")
    upload = sent(here, by=editor, client_sha256=there)

    page = sign_in(editor).get(f"/uploads/receipts/?id={upload.pk}").content.decode()

    assert "The file changed on its way." in page
    assert hash_of(here) in page
    assert there in page


def test_receipts_are_for_the_sender_alone(sign_in):
    upload = sent()

    page = sign_in(EditorFactory()).get(f"/uploads/receipts/?id={upload.pk}").content.decode()

    assert upload.sha256 not in page
    assert upload.name not in page


def test_what_is_no_id_has_no_receipt(sign_in):
    assert sign_in(EditorFactory()).get("/uploads/receipts/?id=nonsense").status_code == 400


def test_more_uploads_take_no_more_queries(sign_in):
    editor = EditorFactory()
    client, monument = sign_in(editor), MonumentFactory()
    for number in range(2):
        begun(10, to=monument, by=editor, name=f"{number}.jpg")
    few = queries_of(client, "/uploads/")
    for _number in range(5):
        arrived(by=editor, to=DraftFactory(author=editor))
        begun(10, by=editor, to=PlanFactory())

    assert queries_of(client, "/uploads/") == few
