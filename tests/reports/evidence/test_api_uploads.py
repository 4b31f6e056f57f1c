"""Sending files over REST: as a form, and in parts by tus 1.0."""

from __future__ import annotations

import base64
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts import keys
from portal.accounts.scopes import Scope
from reports.evidence import actions, quarantine
from reports.evidence.models import Upload
from reports.evidence.vocabulary import UploadState
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory
from tests.factories.conditions import DraftFactory, PublishedFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory
from tests.files import photograph
from tests.problems import named
from tests.queries import queries_of
from tests.reports.evidence.intake import begun, evidence_of, hash_of, sent

pytestmark = pytest.mark.django_db
UPLOADS = "/api/v1/uploads/"
TUS = {"Tus-Resumable": "1.0.0"}
PART = "application/offset+octet-stream"


def in_base64(text):
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def announce(client, size, **told):
    told = {"filename": "قوس.jpg", **told}
    metadata = ",".join(f"{name} {in_base64(value)}" for name, value in told.items())
    return client.post(UPLOADS, headers={**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata})


def send_part(client, address, content, offset=0, **headers):
    headers = {**TUS, "Upload-Offset": str(offset), **headers}
    return client.patch(address, content, content_type=PART, headers=headers)


def file(content, name="temple.jpg"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def editor(sign_in):
    sign_in(editor := EditorFactory())
    return editor


def test_a_form_sends_many_and_each_has_its_answer(client, editor):
    content, monument = photograph(), MonumentFactory()
    hashes = [hash_of(content), hash_of(b"<svg/>")]
    form = {"monument": monument.slug, "files": [file(content), file(b"<svg/>", "a.svg")], "sha256": hashes}

    answer = client.post(UPLOADS, form)
    for row in answer.json():
        actions.check(row["id"])
    good, bad = (client.get(f"{UPLOADS}{row['id']}/").json() for row in answer.json())

    assert answer.status_code == 201
    assert (good["state"], good["sha256"], good["client_sha256"]) == ("stored", hash_of(content), hash_of(content))
    assert (bad["state"], bad["refusal"], bad["name"]) == ("refused", "active", "a.svg")
    assert "can run code" in bad["reason"]
    assert bad["advice"]


def test_a_file_that_is_too_large_stops_no_other(client, editor, settings):
    settings.EVIDENCE_MAX_FILE_MB = 1

    answer = client.post(
        UPLOADS, {"monument": MonumentFactory().slug, "files": [file(bytes(2 << 20)), file(photograph())]}
    )

    assert [row["refusal"] for row in answer.json()] == ["too_large", ""]
    assert "at most 1.0\xa0MB" in answer.json()[0]["reason"]


def test_a_form_that_is_too_large_is_not_read(client, editor, settings):
    settings.EVIDENCE_MAX_REQUEST_MB = 0

    answer = client.post(UPLOADS, {"monument": MonumentFactory().slug, "files": [file(b"x")]})

    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


def test_more_files_than_a_form_may_have_are_refused_in_words(client, editor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1

    answer = client.post(UPLOADS, {"monument": MonumentFactory().slug, "files": [file(b"x"), file(b"y")]})

    assert answer.status_code == 400
    assert "at most 1 files" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "files"),
        ({"files": [b"x"]}, "non_field_errors"),
        ({"files": [b"x"], "monument": "nowhere"}, "monument"),
        ({"files": [b"x"], "report": "nonsense"}, "report"),
        ({"files": [b"x"], "sha256": ["nonsense"]}, "sha256"),
        ({"files": [b"x"], "sha256": ["a" * 64, "b" * 64]}, "sha256"),
    ],
)
def test_a_form_that_cannot_be_read_names_the_field(client, editor, form, field):
    form = {**form, "files": [file(content) for content in form.get("files", [])]}

    answer = client.post(UPLOADS, form)

    assert (answer.status_code, named(answer)) == (400, [field])
    assert not Upload.objects.exists()


def test_tus_takes_a_file_in_parts_and_goes_on_where_it_ended(client, editor):
    content, report = photograph(), DraftFactory()

    announced = announce(client, len(content), report=str(report.pk), sha256=hash_of(content))
    address = announced["Location"]
    first = send_part(client, address, content[:1000])
    where = client.head(address, headers=TUS)
    send_part(client, address, content[1000:], offset=1000)

    assert (announced.status_code, first.status_code) == (201, 204)
    assert (where["Upload-Offset"], where["Upload-Length"]) == ("1000", str(len(content)))
    assert where["Cache-Control"] == "no-store"
    assert where["Upload-Expires"].endswith("GMT")
    upload = Upload.objects.get()
    assert (upload.state, upload.name, upload.report, upload.by) == ("checking", "قوس.jpg", report, editor)
    assert upload.client_sha256 == hash_of(content)
    assert actions.check(upload.pk).original_id == hash_of(content)


def test_tus_says_what_it_speaks(client, editor):
    answer = client.options(UPLOADS)

    assert (answer["Tus-Resumable"], answer["Tus-Version"]) == ("1.0.0", "1.0.0")
    assert set(answer["Tus-Extension"].split(",")) == {"creation", "termination", "checksum", "expiration"}
    assert int(answer["Tus-Max-Size"]) == 100 << 20


def test_another_version_is_told_which_one_is_spoken(client, editor):
    address = f"{UPLOADS}{begun(10, by=editor).pk}/"

    for version in ({"Tus-Resumable": "0.2.2"}, {}):
        headers = {"Upload-Offset": "0", **version}
        answer = client.patch(address, b"x", content_type=PART, headers=headers)
        assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


@pytest.mark.parametrize(
    ("headers", "more", "status"),
    [
        ({"Upload-Offset": "3"}, {}, 409),
        ({"Upload-Offset": "-1"}, {}, 400),
        ({"Upload-Offset": "0"}, {"content_type": "application/json"}, 415),
        ({"Upload-Offset": "0", "Upload-Checksum": "md5 AAAA"}, {}, 400),
        ({"Upload-Offset": "0", "Upload-Checksum": "sha1 !"}, {}, 400),
    ],
)
def test_a_part_that_does_not_fit_is_refused_and_nothing_is_written(client, editor, headers, more, status):
    upload = begun(10, by=editor)

    answer = client.patch(f"{UPLOADS}{upload.pk}/", b"x", **{"content_type": PART, **more}, headers={**TUS, **headers})

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert quarantine.size_of(upload.pk) == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_part_that_was_altered_on_its_way_is_forgotten_and_sent_again(client, editor, algorithm):
    upload = begun(10, by=editor)
    address = f"{UPLOADS}{upload.pk}/"
    checksum = f"{algorithm} {in_base64(hashlib.new(algorithm, b'fine.').digest())}"

    altered = send_part(client, address, b"fire.", **{"Upload-Checksum": checksum})
    there = client.head(address, headers=TUS)["Upload-Offset"]
    again = send_part(client, address, b"fine.", **{"Upload-Checksum": checksum})

    assert (altered.status_code, there, again.status_code, again["Upload-Offset"]) == (460, "0", 204, "5")


def test_two_at_once_are_told_to_wait(client, editor):
    upload = begun(10, by=editor)

    with quarantine.held(upload.pk):
        assert send_part(client, f"{UPLOADS}{upload.pk}/", b"x").status_code == 423


def test_tus_announces_what_is_too_large_in_vain(client, editor, settings):
    settings.EVIDENCE_MAX_FILE_MB = 1

    answer = announce(client, 2 << 20, monument=MonumentFactory().slug)

    assert answer.status_code == 413
    assert "too large" in answer.json()["detail"]


@pytest.mark.parametrize("told", [{"Upload-Length": "many"}, {"Upload-Metadata": "monument !"}])
def test_tus_headers_that_cannot_be_read_are_named(client, editor, told):
    answer = client.post(UPLOADS, headers={**TUS, "Upload-Length": "10", **told})

    assert answer.status_code == 400


@pytest.mark.parametrize("way", ["DELETE", "POST"])
def test_tus_forgets_a_file_on_its_way(client, editor, way):
    upload = begun(10, by=editor)
    override = {"X-HTTP-Method-Override": "DELETE"} if way == "POST" else {}

    answer = client.generic(way, f"{UPLOADS}{upload.pk}/", headers={**TUS, **override})

    assert answer.status_code == 204
    assert not Upload.objects.exists()


def test_what_was_refused_is_gone_for_tus_and_says_why_to_others(client, editor):
    upload = sent(b"<svg/>", by=editor)
    address = f"{UPLOADS}{upload.pk}/"

    assert client.head(address, headers=TUS).status_code == 410
    assert client.get(address).json()["refusal"] == "active"


def test_a_plan_has_its_files_too(client, editor):
    plan = PlanFactory()

    assert announce(client, 10, plan=str(plan.pk)).status_code == 201
    assert Upload.objects.get().plan == plan


def test_uploads_of_others_are_nobodys_business(client, editor):
    upload = begun(10)
    address = f"{UPLOADS}{upload.pk}/"

    assert client.get(UPLOADS).json()["results"] == []
    assert client.get(address).status_code == 404
    assert send_part(client, address, b"x").status_code == 404
    assert client.delete(address).status_code == 404


@pytest.mark.parametrize(("role", "status"), [(None, 401), (UserFactory, 403), (ReporterFactory, 201)])
def test_who_may_send(client, sign_in, role, status):
    if role:
        sign_in(role())

    assert announce(client, 10, monument=MonumentFactory().slug).status_code == status


def test_where_nothing_is_added_that_is_said(client, editor):
    answer = announce(client, 10, report=str(PublishedFactory().pk))

    assert answer.status_code == 409
    assert "has been reviewed" in answer.json()["detail"]


def test_a_report_that_may_not_be_read_is_not_there(sign_in):
    answer = announce(sign_in(ReporterFactory()), 10, report=str(DraftFactory().pk))

    assert (answer.status_code, named(answer)) == (400, ["report"])


@pytest.mark.parametrize(("scope", "status"), [(Scope.WRITE, 201), (Scope.READ, 403), (Scope.REVIEW, 403)])
def test_a_key_sends_if_it_may_write_and_that_is_on_record(client, scope, status):
    _key, text = keys.make(EditorFactory(), name="A phone", scopes=[scope], days=1)
    headers = {"Authorization": f"Bearer {text}"}

    answer = client.post(UPLOADS, {"monument": MonumentFactory().slug, "files": [file(b"x")]}, headers=headers)

    assert answer.status_code == status
    assert set(Upload.objects.values_list("door", flat=True)) <= {"api"}


def test_a_picture_that_was_used_before_is_told_at_once(client, editor):
    content, then = photograph(), PublishedFactory(date_from="2015-08-27", date_to="2015-08-30")
    earlier = evidence_of(content, to=DraftFactory(monument=then.monument, date_to="2015-08-30"), by=editor)
    upload = sent(content, by=editor, to=DraftFactory(date_from="2020-01-01", date_to="2020-01-01"))

    [use] = client.get(f"{UPLOADS}{upload.pk}/").json()["used_before"]

    assert (use["evidence"], use["report"], use["other_date"]) == (str(earlier.pk), str(earlier.report_id), True)
    assert "already used in a report on" in use["says"]
    assert "for another date" in use["says"]


def test_an_earlier_use_that_may_not_be_seen_is_not_told(client, editor, sign_in):
    content, reporter = photograph(), ReporterFactory()
    evidence_of(content, to=DraftFactory(), by=editor)
    upload = sent(content, by=reporter)

    assert sign_in(reporter).get(f"{UPLOADS}{upload.pk}/").json()["used_before"] == []


def test_the_list_costs_the_same_however_long_it_is(client, editor):
    begun(10, by=editor)
    few = queries_of(client, UPLOADS)
    for _n in range(5):
        begun(10, by=editor)

    assert queries_of(client, UPLOADS) == few
    assert {row["state"] for row in client.get(UPLOADS, {"state": "receiving"}).json()["results"]} == {
        UploadState.RECEIVING
    }
    assert client.get(UPLOADS, {"name": "temple.jpg"}).status_code == 400
