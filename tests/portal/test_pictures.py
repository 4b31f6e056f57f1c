"""Pictures go to those who may see them, and originals to almost nobody."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from reports.evidence import links
from reports.evidence.models import CustodyEntry, Evidence
from sites.models import Organisation, Responsibility
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.conditions import DraftFactory, PublishedFactory
from tests.factories.evidence import PhotographFactory, ShownFactory, show
from tests.pictures import quarters
from tests.queries import queries_of
from tests.reports.evidence.conftest import evidence_folder

pytestmark = pytest.mark.django_db
folders = evidence_folder
ROLES = {
    "public": None,
    "account": UserFactory,
    "reporter": ReporterFactory,
    "editor": EditorFactory,
    "verifier": VerifierFactory,
    "administrator": AdministratorFactory,
}
STAFF = {"editor", "verifier", "administrator"}


def public(**facts):
    return ShownFactory(published_at=timezone.now(), **facts)


def files(evidence):
    return [f"/pictures/{rendition.file}" for rendition in evidence.renditions.order_by("pk")]


def signed_in(client, role):
    if ROLES[role]:
        client.force_login(ROLES[role](), backend="django.contrib.auth.backends.ModelBackend")
    return client


def fetch(client, address, **how):
    """The answer, and its file read to the end, as `body`."""
    answer = client.get(address, **how)
    answer.body = answer.getvalue()
    return answer


@pytest.mark.parametrize("role", list(ROLES))
def test_everybody_sees_what_is_public(client, role):
    answers = [fetch(signed_in(client, role), address) for address in files(public())]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert {answer["Content-Type"] for answer in answers} == {"image/avif", "image/jpeg"}
    assert {answer["Cache-Control"] for answer in answers} == {"public, max-age=600"}


@pytest.mark.parametrize("role", list(ROLES))
def test_what_is_under_way_is_for_staff_and_lies_in_no_shared_cache(client, role):
    report = DraftFactory()
    of_draft = ShownFactory(report=report, monument=report.monument)

    for evidence in (ShownFactory(), of_draft):
        answer = fetch(signed_in(client, role), files(evidence)[0])

        assert answer.status_code == (200 if role in STAFF else 404)
        if role in STAFF:
            assert answer["Cache-Control"] == "private, no-cache"
            assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("role", list(ROLES))
def test_the_confidential_is_for_verifiers(client, role):
    report = PublishedFactory(confidential=True)
    of_secret = ShownFactory(report=report, monument=report.monument)

    for evidence in (public(confidential=True), of_secret):
        assert fetch(signed_in(client, role), files(evidence)[0]).status_code == (200 if role == "verifier" else 404)


@pytest.mark.parametrize("role", list(ROLES))
def test_nobody_sees_what_was_withdrawn(client, role):
    evidence = public(withdrawn_at=timezone.now(), withdrawal_reason="Shows a witness.")

    assert fetch(signed_in(client, role), files(evidence)[0]).status_code == 404


@pytest.mark.parametrize("role", list(ROLES))
def test_what_is_beneath_the_blur_is_for_who_marks_it(client, role):
    [plain] = show(evidence := public(), "plain", quarters())

    answer = fetch(signed_in(client, role), f"/pictures/{plain.file}")

    assert evidence.renditions.count() == 6
    assert answer.status_code == (200 if role in {"editor", "verifier"} else 404)


def test_in_the_preview_of_the_public_staff_see_what_it_sees(sign_in):
    client, address = sign_in(VerifierFactory()), files(ShownFactory())[0]
    assert fetch(client, address).status_code == 200

    client.post("/view-as/", {"role": "public"})

    assert fetch(client, address).status_code == 404


def test_a_file_runs_nothing_is_what_it_says_and_is_asked_for_once(client):
    address = files(public())[0]

    first = fetch(client, address)
    second = fetch(client, address, headers={"If-None-Match": first["ETag"]})

    assert first["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in first["Content-Security-Policy"]
    assert first["Access-Control-Allow-Origin"] == "*"
    assert (second.status_code, second.content) == (304, b"")
    assert second["Cache-Control"] == first["Cache-Control"]


def test_a_file_that_is_gone_is_not_found(client, evidence_folder):
    address = files(public())[0]
    for path in (evidence_folder / "renditions").rglob("full-*"):
        path.unlink()

    assert fetch(client, address).status_code == 404


def test_the_web_server_sends_it_where_it_was_told_to(client, settings):
    settings.INTERNAL_REDIRECT = "/stored/"
    evidence = public()

    answer = client.get(files(evidence)[0])

    assert answer["X-Accel-Redirect"] == f"/stored/renditions/{evidence.renditions.order_by('pk')[0].file}"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content == b""


def test_a_picture_takes_one_query(client, settings):
    settings.INTERNAL_REDIRECT = "/stored/"

    assert queries_of(client, files(public())[0]) == 1


def test_over_rest_everybody_gets_addresses_of_what_is_public(client):
    evidence = public()

    pictures = client.get(f"/api/v1/evidence/{evidence.pk}/").json()["pictures"]

    assert {(one["size"], one["media_type"]) for one in pictures} >= {("page", "image/avif"), ("full", "image/jpeg")}
    assert all(fetch(client, one["url"]).status_code == 200 for one in pictures)


def test_over_rest_staff_get_links_that_expire(sign_in, client, settings):
    evidence = ShownFactory()
    show(evidence, "plain", quarters())
    pictures = sign_in(EditorFactory()).get(f"/api/v1/evidence/{evidence.pk}/").json()["pictures"]
    client.logout()

    assert {one["size"] for one in pictures} == {"full", "page", "list"}
    assert {fetch(client, one["url"]).status_code for one in pictures} == {200}
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=settings.SIGNED_LINK_SECONDS + 1)):
        assert {fetch(client, one["url"]).status_code for one in pictures} == {404}


def test_a_list_over_rest_asks_as_often_for_many_as_for_few(client):
    public()
    few = queries_of(client, "/api/v1/evidence/")
    for _n in range(5):
        public()

    assert queries_of(client, "/api/v1/evidence/") == few


def test_a_link_ends_with_the_right_of_who_asked(client):
    user, evidence = EditorFactory(), ShownFactory()
    address = links.to_rendition(evidence.renditions.first(), user)
    assert fetch(client, address).status_code == 200

    Evidence.objects.filter(pk=evidence.pk).update(confidential=True)
    assert fetch(client, address).status_code == 404

    Evidence.objects.filter(pk=evidence.pk).update(confidential=False)
    user.is_active = False
    user.save()
    assert fetch(client, address).status_code == 404


def test_a_link_cannot_be_made_up(client):
    evidence, asker = PhotographFactory(), VerifierFactory()
    forged = signing.dumps(["originals", str(evidence.pk), str(asker.pk)], salt="another")

    assert client.get(f"/pictures/link/{forged}/").status_code == 404


def test_a_link_of_the_original_leads_to_the_very_bytes_and_saves_them(client, evidence_folder):
    evidence = PhotographFactory(name="Name of a witness.jpg")

    answer = fetch(client, links.to_original(evidence, VerifierFactory()))

    digest = evidence.original_id
    kept = evidence_folder / "originals" / digest[:2] / digest[2:4] / digest
    assert answer.body == kept.read_bytes()
    assert answer["Content-Disposition"] == f'attachment; filename="{digest[:16]}.jpeg"'
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("role", [name for name in ROLES if name not in {"public", "verifier"}])
def test_a_link_of_the_original_is_good_for_nobody_else(client, role):
    published = PhotographFactory(published_at=timezone.now())

    assert fetch(client, links.to_original(published, ROLES[role]())).status_code == 404


def test_originals_are_for_verifiers_of_the_site_and_of_the_silo(client):
    far, rival = VerifierFactory(), VerifierFactory(organisation=Organisation.objects.create(name="Rivals"))
    Responsibility.objects.create(user=far, country="IQ")
    team = Organisation.objects.create(name="Team", silo=True)
    evidence = PhotographFactory(organisation=team, published_at=timezone.now())

    assert fetch(client, links.to_original(evidence, far)).status_code == 404
    assert fetch(client, links.to_original(evidence, rival)).status_code == 404
    assert CustodyEntry.objects.count() == 0
