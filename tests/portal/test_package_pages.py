"""Evidence packages in the portal and over REST: asked for, watched, fetched, by their asker alone."""

from __future__ import annotations

import io
import zipfile

import pytest

from reports.evidence import tasks
from reports.evidence.models import EvidencePackage
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
API = "/api/v1/evidence-packages/"


@pytest.fixture(autouse=True)
def packages_folder(settings, tmp_path):
    settings.EVIDENCE_DIR = tmp_path
    packages = settings.STORAGES["packages"]
    options = {**packages["OPTIONS"], "location": str(tmp_path / "packages")}
    settings.STORAGES = {**settings.STORAGES, "packages": {**packages, "OPTIONS": options}}


@pytest.fixture
def monument():
    return PublishedFactory(monument=MonumentFactory(slug="bel")).monument


@pytest.fixture
def at_once(monkeypatch, django_capture_on_commit_callbacks):
    """A worker takes what is committed at once."""
    monkeypatch.setattr(tasks.pack, "delay", tasks.pack)
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_from_the_page_of_a_monument_to_the_file(sign_in, monument, at_once):
    client = sign_in(VerifierFactory())
    assert "/monuments/bel/package/" in client.get("/monuments/bel/").content.decode()

    with at_once():
        answer = client.post("/monuments/bel/package/", {"language": "en"})
    page = client.get(answer["Location"]).content.decode()
    assert "Ready" in page
    link = client.get(f"{answer['Location']}download/")["Location"]
    client.logout()
    fetched = client.get(link)

    body = b"".join(fetched.streaming_content)
    assert fetched["Content-Type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None


def test_progress_is_shown_until_it_is_ready(sign_in, monument):
    user = VerifierFactory()
    package = EvidencePackage.objects.create(monument=monument, asked_by=user, language="en", done=3, total=10)

    page = sign_in(user).get(f"/packages/{package.pk}/").content.decode()

    assert 'value="3" max="10"' in page
    assert "3 of 10 files" in page


def test_who_may_not_is_not_offered_it(sign_in, monument):
    client = sign_in(EditorFactory())

    assert "/monuments/bel/package/" not in client.get("/monuments/bel/").content.decode()
    assert client.post("/monuments/bel/package/", {"language": "en"}).status_code == 403


def test_a_period_that_ends_before_it_begins_is_refused(sign_in, monument):
    wrong = {"language": "en", "day_from": "2016-01-02", "day_to": "2016-01-01"}

    answer = sign_in(VerifierFactory()).post("/monuments/bel/package/", wrong)

    assert answer.status_code == 400
    assert "The time ends before it begins." in answer.content.decode()


def test_nobody_sees_the_packages_of_others(sign_in, monument, at_once):
    with at_once():
        sign_in(VerifierFactory()).post("/monuments/bel/package/", {"language": "en"})
    package = EvidencePackage.objects.get()
    client = sign_in(VerifierFactory())

    for address in (f"/packages/{package.pk}/", f"/packages/{package.pk}/download/", f"{API}{package.pk}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/packages/{package.pk}/remove/").status_code == 404
    assert str(package.pk) not in client.get("/packages/").content.decode()


def test_its_asker_deletes_it(sign_in, monument, at_once):
    client = sign_in(VerifierFactory())
    with at_once():
        client.post("/monuments/bel/package/", {"language": "en"})
    package = EvidencePackage.objects.get()

    client.post(f"/packages/{package.pk}/remove/")

    assert "Its file was deleted." in client.get(f"/packages/{package.pk}/").content.decode()
    assert client.get(f"/packages/{package.pk}/download/").status_code == 404


def test_a_forged_link_leads_nowhere(client):
    assert client.get("/packages/file/nonsense/").status_code == 404


def test_the_list_takes_as_many_queries_for_many(sign_in, monument):
    user = VerifierFactory()
    client = sign_in(user)
    EvidencePackage.objects.create(monument=monument, asked_by=user, language="en")
    few = queries_of(client, "/packages/")
    for _number in range(4):
        EvidencePackage.objects.create(monument=MonumentFactory(), asked_by=user, language="en")

    assert queries_of(client, "/packages/") == few


def test_over_rest_it_is_asked_for_watched_and_fetched(sign_in, monument, at_once):
    client = sign_in(VerifierFactory())

    with at_once():
        asked = client.post(API, {"monument": "bel", "language": "ar"}, content_type="application/json")
    assert asked.status_code == 201
    found = client.get(f"{API}{asked.json()['id']}/").json()

    assert (found["state"], found["left_out"]) == ("ready", 0)
    fetched = client.get(found["download"].removeprefix("http://testserver"))
    assert b"".join(fetched.streaming_content).startswith(b"PK")
    assert client.get(f"{API}{found['id']}/download/").status_code == 302


def test_over_rest_refusals_say_why(sign_in, monument):
    other = PublishedFactory()
    client = sign_in(VerifierFactory())

    def ask(**facts):
        return client.post(API, {"monument": "bel", **facts}, content_type="application/json")

    assert "another monument" in str(ask(report=str(other.pk)).json())
    assert "ends before" in str(ask(day_from="2016-01-02", day_to="2016-01-01").json())
    assert ask(language="xx").status_code == 400
    client.force_login(EditorFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert ask().status_code == 403
    client.logout()
    assert ask().status_code == 401
