"""Verifiers find what was sent without a report, and decide who sees it."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.evidence.models import Capture, CustodyEntry, Flag
from reports.evidence.vocabulary import CustodyStep, FlagKind
from sites.models import Responsibility
from tests.factories.accounts import ReporterFactory, VerifierFactory
from tests.factories.evidence import EvidenceFactory, ShownFactory
from tests.portal.test_pictures import ROLES, signed_in
from tests.queries import queries_of
from tests.reports.evidence.conftest import evidence_folder

pytestmark = pytest.mark.django_db
folders = evidence_folder
TAKEN = datetime.datetime(2015, 8, 30, 9, 13, tzinfo=datetime.UTC)
WAITING = "/pictures/waiting/"


def step(picture, name):
    return f"/pictures/{picture.pk}/steps/{name}/"


def sent(**values):
    return EvidenceFactory(uploaded_by=ReporterFactory(), **values)


def flagged():
    """Used before, taken by a camera that said when and where."""
    picture = sent()
    Capture.objects.create(original=picture.original, taken_at=TAKEN, camera="Canon EOS 5D")
    Flag.objects.create(evidence=picture, kind=FlagKind.USED_BEFORE, other=sent())
    Flag.objects.create(evidence=picture, kind=FlagKind.FAR_FROM_PLACE, metres=2_000)
    return picture


def words(client, address):
    page = client.get(address).content.decode()
    return {word for word in ("OF-OTHERS", "OWN", "PUBLIC") if word in page}


@pytest.mark.parametrize("role", list(ROLES))
def test_what_waits_is_for_verifiers(client, role):
    answer = signed_in(client, role).get(WAITING)

    assert answer.status_code == (200 if role == "verifier" else 302 if role == "public" else 403)


def test_what_waits_is_of_the_sites_that_one_answers_for_and_not_ones_own(sign_in):
    verifier = VerifierFactory()
    sent(caption="OF-OTHERS")
    EvidenceFactory(uploaded_by=verifier, caption="OWN")
    ShownFactory(published_at=timezone.now(), caption="PUBLIC")
    client = sign_in(verifier)
    assert words(client, WAITING) == {"OF-OTHERS"}
    assert "Pictures to publish" in client.get("/work/").content.decode()

    Responsibility.objects.create(user=verifier, country="IQ")

    assert words(client, WAITING) == set()


def test_a_picture_is_published_once_it_is_confirmed(sign_in):
    picture = sent()
    client = sign_in(VerifierFactory())
    client.get(step(picture, "publish"))
    picture.refresh_from_db()
    assert picture.published_at is None

    answer = client.post(step(picture, "publish"), {"next": WAITING})

    picture.refresh_from_db()
    assert picture.published_at
    assert answer.url == WAITING
    assert CustodyEntry.objects.get().step == CustodyStep.PUBLISHED


def test_withdrawing_wants_a_reason(sign_in):
    picture = ShownFactory()
    client = sign_in(VerifierFactory())

    refused = client.post(step(picture, "withdraw"), {"reason": " "})

    assert refused.status_code == 400
    assert "Give a reason" in refused.content.decode()
    client.post(step(picture, "withdraw"), {"reason": "A face is to be seen"})
    picture.refresh_from_db()
    assert picture.withdrawal_reason == "A face is to be seen"


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"verifier"}))
def test_nobody_else_decides(client, role):
    picture = ShownFactory()

    signed_in(client, role).post(step(picture, "withdraw"), {"reason": "x"})

    picture.refresh_from_db()
    assert picture.withdrawn_at is None


def test_an_unknown_step_is_not_found(sign_in):
    assert sign_in(VerifierFactory()).get(step(ShownFactory(), "burn")).status_code == 404


def test_the_number_of_queries_does_not_grow_with_what_waits(sign_in):
    client = sign_in(VerifierFactory())
    flagged()
    few = queries_of(client, WAITING)
    for _number in range(4):
        flagged()

    assert queries_of(client, WAITING) == few


def test_why_to_look_twice_is_told_where_it_is_decided(sign_in):
    flagged()

    page = sign_in(VerifierFactory()).get(WAITING).content.decode()

    assert "Taken far from the monument: 2.0\xa0km" in page.replace(" km", "\xa0km")
    assert "This picture was already used" in page


@pytest.mark.parametrize("role", list(ROLES))
def test_what_a_file_says_of_itself_is_for_verifiers(client, role):
    picture = flagged()
    picture.published_at = timezone.now()
    picture.save()

    page = signed_in(client, role).get(f"/pictures/{picture.pk}/").content.decode()

    assert ("Canon EOS 5D" in page) == (role == "verifier")


def test_who_sent_a_picture_is_told_what_it_says_and_the_day_is_proposed(sign_in):
    picture = flagged()
    client = sign_in(picture.uploaded_by)

    assert "Canon EOS 5D" in client.get(f"/pictures/{picture.pk}/").content.decode()
    form = client.get(f"/pictures/{picture.pk}/describe/").context["form"]
    assert form["taken_from"].value() == form["taken_to"].value() == TAKEN.date()
