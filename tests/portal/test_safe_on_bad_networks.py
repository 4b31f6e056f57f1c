"""Sending again without doing twice, changing only what was seen, asking not too often."""

from __future__ import annotations

import datetime
import gzip
import json

import brotli
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portal.api import repeats
from portal.api.models import KeptAnswer
from reports.alerts.models import Search
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.alerts import SearchFactory
from tests.factories.conditions import DraftFactory
from tests.factories.sites import MonumentFactory
from tests.problems import named

pytestmark = pytest.mark.django_db
SEARCHES = "/api/v1/searches/"


def send(client, address, data, method="post", **headers):
    return getattr(client, method)(address, json.dumps(data), content_type="application/json", headers=headers)


def test_a_repeated_post_is_done_once_and_answered_alike(client, sign_in):
    client = sign_in(UserFactory())

    first = send(client, SEARCHES, {"name": "Syria", "country": "SY"}, **{"Idempotency-Key": "a1"})
    again = send(client, SEARCHES, {"name": "Syria", "country": "SY"}, **{"Idempotency-Key": "a1"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert Search.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(client, sign_in):
    client = sign_in(UserFactory())
    send(client, SEARCHES, {"name": "Syria", "country": "SY"}, **{"Idempotency-Key": "a1"})

    other = send(client, SEARCHES, {"name": "Iraq", "country": "IQ"}, **{"Idempotency-Key": "a1"})

    assert other.status_code == 422
    assert Search.objects.count() == 1


def test_nobody_is_given_the_answer_to_another(client, sign_in):
    send(sign_in(UserFactory()), SEARCHES, {"name": "Syria", "country": "SY"}, **{"Idempotency-Key": "a1"})

    other = send(sign_in(UserFactory()), SEARCHES, {"name": "Syria", "country": "SY"}, **{"Idempotency-Key": "a1"})

    assert "Idempotency-Replayed" not in other
    assert Search.objects.count() == 2


def test_a_refused_request_may_be_corrected_under_its_key(sign_in):
    client = sign_in(UserFactory())

    refused = send(client, SEARCHES, {"name": "Nowhere", "country": "Atlantis"}, **{"Idempotency-Key": "a1"})
    corrected = send(client, SEARCHES, {"name": "Syria", "country": "SY"}, **{"Idempotency-Key": "a1"})

    assert (refused.status_code, corrected.status_code) == (400, 201)


def test_answers_are_kept_for_two_days(sign_in):
    send(sign_in(UserFactory()), SEARCHES, {"name": "Syria", "country": "SY"}, **{"Idempotency-Key": "a1"})

    assert repeats.forget_old(timezone.now() + datetime.timedelta(hours=47)) == 0
    assert repeats.forget_old(timezone.now() + datetime.timedelta(hours=49)) == 1
    assert not KeptAnswer.objects.exists()


def test_what_has_not_changed_is_not_sent_again(client):
    monument = MonumentFactory()
    address = f"/api/v1/monuments/{monument.slug}/"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_change_that_names_another_version_changes_nothing_and_shows_the_present(sign_in):
    owner = UserFactory()
    search = SearchFactory(user=owner, name="Before")
    client, address = sign_in(owner), f"{SEARCHES}{search.pk}/"
    seen = client.get(address)["ETag"]
    send(client, address, {"name": "Meanwhile"}, "patch")

    answer = send(client, address, {"name": "After"}, "patch", **{"If-Match": seen})

    assert answer.status_code == 412
    assert answer.json()["current"]["name"] == "Meanwhile"
    search.refresh_from_db()
    assert search.name == "Meanwhile"


def test_a_change_that_names_the_present_version_is_made(sign_in):
    owner = UserFactory()
    search = SearchFactory(user=owner, name="Before")
    client, address = sign_in(owner), f"{SEARCHES}{search.pk}/"

    answer = send(client, address, {"name": "After"}, "patch", **{"If-Match": client.get(address)["ETag"]})

    assert (answer.status_code, answer.json()["name"]) == (200, "After")


def test_a_step_means_the_version_of_what_it_is_a_step_of(sign_in):
    draft = DraftFactory()
    client, address = sign_in(EditorFactory()), f"/api/v1/condition-reports/{draft.pk}/"
    client.get(address)

    stale = send(client, f"{address}submit/", {"version": draft.version}, **{"If-Match": '"of long ago"'})
    seen = client.get(address)["ETag"]
    right = send(client, f"{address}submit/", {"version": draft.version}, **{"If-Match": seen})

    assert (stale.status_code, right.status_code) == (412, 200)


def test_who_asks_too_often_is_told_when_to_ask_again(client, settings):
    settings.REQUESTS_PER_MINUTE = 2
    with time_machine.travel("2040-01-01T00:00:00Z", tick=False):
        answers = [client.get("/api/v1/sites/", REMOTE_ADDR="192.0.2.7") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0]["RateLimit"].startswith('"minute";r=1;t=')
    assert int(answers[2]["Retry-After"]) > 0
    assert answers[2]["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_long_answers_are_compressed(client, coding, unpack):
    for _ in range(5):
        MonumentFactory()

    plain = client.get("/api/v1/monuments/")
    packed = client.get("/api/v1/monuments/", headers={"Accept-Encoding": coding})

    assert packed["Content-Encoding"] == coding
    assert unpack(packed.content) == plain.content


def test_pages_that_carry_secrets_of_a_session_are_not_compressed(client):
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": "gzip"})


def test_a_refusal_says_what_and_where(client):
    answer = client.get("/api/v1/monuments/", {"as_of": "yesterday"})

    problem = answer.json()
    assert (problem["status"], problem["title"]) == (400, "Bad Request")
    assert problem["errors"][0]["parameter"] == "as_of"
    assert client.get("/api/nothing/").json()["status"] == 404


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_that_is_none_is_refused(sign_in, key):
    answer = send(sign_in(UserFactory()), SEARCHES, {"name": "Losses"}, **{"Idempotency-Key": key})

    assert answer.status_code == 400


def test_a_filter_without_a_value_is_refused_and_does_not_answer_with_everything(client):
    answer = client.get("/api/v1/monuments/?changed_since=")

    assert named(answer) == ["changed_since"]


def test_text_with_nul_is_refused_before_the_database_is_asked_for_it(sign_in):
    answer = send(sign_in(UserFactory()), "/api/v1/subscriptions/", {"site": "a\0b", "language": "en"})

    assert answer.status_code == 400


def test_who_sends_something_to_a_wrong_address_is_told_that_nothing_is_there():
    answer = Client(enforce_csrf_checks=True).post("/api/v1/nowhere/")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
