"""The chain of custody, and what an original is, cannot be changed: not by our code, and on PostgreSQL by nobody."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from reports.evidence.models import CustodyEntry, Evidence, Original
from reports.evidence.models.unchangeable import Unchangeable
from reports.evidence.vocabulary import CustodyStep
from tests.factories.evidence import CustodyEntryFactory, EvidenceFactory, OriginalFactory

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no such trigger")


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: CustodyEntry.objects.update(step=CustodyStep.STORED),
        lambda entry: CustodyEntry.objects.all().delete(),
        lambda entry: CustodyEntry.objects.bulk_update([entry], ["step"]),
        lambda entry: CustodyEntry.objects.bulk_create(
            [entry], update_conflicts=True, update_fields=["step"], unique_fields=["id"]
        ),
    ],
)
def test_no_code_changes_what_was_recorded(change):
    entry = CustodyEntryFactory()

    with pytest.raises(Unchangeable):
        change(entry)


@pytest.mark.parametrize(
    "change",
    [
        lambda original: original.save(),
        lambda original: original.save(update_fields=["size"]),
        lambda original: original.delete(),
        lambda original: Original.objects.update(media_type="image/png"),
        lambda original: Original.objects.bulk_update([original], ["size"]),
        lambda original: Original.objects.all().delete(),
    ],
)
def test_no_code_changes_an_original(change):
    original = OriginalFactory()

    with pytest.raises(Unchangeable):
        change(original)


def test_when_an_original_was_verified_may_change():
    original = OriginalFactory()
    original.verified_at = timezone.now()
    original.save(update_fields=["verified_at"])
    Original.objects.update(intact=False)

    original.refresh_from_db()

    assert original.verified_at is not None
    assert not original.intact


@on_postgresql
@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE evidence_custodyentry SET step = 'stored'", "chain of custody"),
        ("UPDATE evidence_custodyentry SET at = now() WHERE step = 'received'", "chain of custody"),
        ("DELETE FROM evidence_custodyentry", "chain of custody"),
        ("UPDATE evidence_original SET sha256 = repeat('0', 64)", "original is never"),
        ("UPDATE evidence_original SET size = size + 1", "original is never"),
        ("UPDATE evidence_original SET media_type = 'image/png'", "original is never"),
        ("DELETE FROM evidence_original", "original is never"),
        ("UPDATE evidence_evidence SET original_id = repeat('0', 64)", "same original"),
        ("DELETE FROM evidence_evidence", "never deleted"),
    ],
)
def test_the_database_refuses_it_to_everybody(statement, refusal):
    CustodyEntryFactory()

    with pytest.raises(DatabaseError, match=refusal), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@on_postgresql
def test_the_database_lets_through_what_may_change():
    evidence = EvidenceFactory()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_original SET verified_at = now(), intact = false")
        cursor.execute("UPDATE evidence_evidence SET caption = 'The cella'")

    evidence.refresh_from_db()
    assert evidence.caption == "The cella"
    assert Evidence.objects.filter(original__intact=False).exists()
