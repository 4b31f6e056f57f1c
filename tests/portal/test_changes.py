"""The feed of changes: everything, once, in order, for who may know of it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, transaction  # noqa: F401 - `connection` is for skipif

from portal.api import changes
from portal.api.models import Change, ChangeKind, Thing
from reports.conditions import actions
from reports.conditions.workflow import VerificationMethod
from sites.ids import uuid7
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory, NameFactory

CHANGES = "/api/v1/changes/"


def since(client, position=0):
    """What changed behind a position, as (kind, thing, id), and where to go on."""
    answer = client.get(CHANGES, {"after": position, "limit": 1000}).json()
    return [(row["kind"], row["thing"], row["id"]) for row in answer["results"]], answer["after"]


@pytest.mark.django_db
def test_a_mirror_hears_of_what_is_created_and_changed(client):
    _old, position = since(client)
    monument = MonumentFactory()
    NameFactory(monument=monument, language="ar")

    found, _position = since(client, position)

    assert ("created", "monument", str(monument.pk)) in found
    assert found[-1] == ("changed", "monument", str(monument.pk))


@pytest.mark.django_db
def test_a_draft_is_nobodys_business_and_its_publication_is(client):
    report = SubmittedFactory()
    found, position = since(client)
    assert not [row for row in found if row[1] == Thing.REPORT]

    actions.verify(report, by=VerifierFactory(), method=VerificationMethod.SATELLITE)
    actions.publish(report, by=VerifierFactory())

    assert since(client, position)[0] == [("published", "condition-report", str(report.pk))]


@pytest.mark.django_db
def test_a_retraction_is_told(client):
    report = PublishedFactory()
    _found, position = since(client)

    actions.retract(report, by=VerifierFactory(), reason="Photograph is of 2013")

    assert since(client, position)[0] == [("retracted", "condition-report", str(report.pk))]


@pytest.mark.django_db
def test_confidential_reports_are_told_to_those_who_may_read_them(client, sign_in):
    report = PublishedFactory(confidential=True)
    row = ("published", "condition-report", str(report.pk))

    assert row not in since(client)[0]
    assert row in since(sign_in(VerifierFactory()))[0]


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repetition(client):
    for _ in range(3):
        DraftFactory()
    everything, _end = since(client)

    paged, position = [], 0
    while rows := client.get(CHANGES, {"after": position, "limit": 2}).json()["results"]:
        paged += [(row["kind"], row["thing"], row["id"]) for row in rows]
        position = rows[-1]["position"]

    assert paged == everything


@pytest.mark.django_db
@pytest.mark.parametrize(("parameter", "value"), [("after", "-1"), ("after", "x"), ("limit", "0"), ("limit", "1001")])
def test_a_number_that_cannot_be_read_is_named(client, parameter, value):
    answer = client.get(CHANGES, {parameter: value})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == parameter


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_who_commits_late_is_not_missed():
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            changes.note(ChangeKind.CREATED, Thing.SITE, uuid7())
            written.set()
            go_on.wait(10)
        connections.close_all()

    writer = threading.Thread(target=slow)
    writer.start()
    written.wait(10)
    changes.note(ChangeKind.CREATED, Thing.SITE, uuid7())  # begun later, committed earlier
    changes.give_positions()
    [first] = Change.objects.exclude(position=None)
    go_on.set()
    writer.join()

    changes.give_positions()

    behind = list(Change.objects.filter(position__gt=first.position))
    assert len(behind) == 1
    assert behind[0].pk < first.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_many_writers_and_readers_leave_no_gap_and_miss_nothing():
    seen, stop = [], threading.Event()

    def write():
        for _ in range(20):
            with transaction.atomic():
                changes.note(ChangeKind.CREATED, Thing.SITE, uuid7())
        connections.close_all()

    def follow():
        position = 0
        last_time = False
        while not last_time:
            last_time = stop.is_set()
            changes.give_positions()
            for change in Change.objects.filter(position__gt=position).order_by("position"):
                seen.append(change.pk)
                position = change.position
        connections.close_all()

    reader = threading.Thread(target=follow)
    other = threading.Thread(target=lambda: [changes.give_positions() for _ in range(50)] and connections.close_all())
    writers = [threading.Thread(target=write) for _ in range(4)]
    for thread in (reader, other, *writers):
        thread.start()
    for thread in (*writers, other):
        thread.join()
    stop.set()
    reader.join()

    assert sorted(seen) == sorted(Change.objects.values_list("pk", flat=True))
    positions = list(Change.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(positions[0], positions[0] + 80))
