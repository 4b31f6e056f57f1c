"""Pictures that look alike are found by index, exactly those that a scan of all would find."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.evidence import likeness
from reports.evidence.models import PerceptualHash
from tests.factories.evidence import OriginalFactory

pytestmark = pytest.mark.django_db
BITS = st.integers(0, 2**64 - 1)
FEW = st.sets(st.integers(0, 63), max_size=10)


def flipped(bits, places):
    for place in places:
        bits ^= 1 << place
    return bits


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(asked=BITS, near=st.lists(FEW, max_size=6), others=st.lists(BITS, max_size=3))
def test_the_index_finds_what_a_scan_finds(asked, near, others):
    PerceptualHash.objects.all().delete()
    kept = {}
    for bits in [*(flipped(asked, places) for places in near), *others]:
        original = OriginalFactory()
        likeness.remember(original, bits)
        kept[original.pk] = bits

    found = {one.original: one.distance for one in likeness.near(asked)}

    distances = {pk: (asked ^ bits).bit_count() for pk, bits in kept.items()}
    assert found == {pk: distance for pk, distance in distances.items() if distance <= likeness.FARTHEST}


def test_the_nearest_come_first():
    for places in ({1, 2, 3}, set(), {9}):
        likeness.remember(OriginalFactory(), flipped(7, places))

    assert [one.distance for one in likeness.near(7)] == [0, 1, 3]


def test_every_bit_is_kept():
    original = OriginalFactory()

    likeness.remember(original, 0xFEDC_BA98_7654_3210)

    assert str(PerceptualHash.objects.get()) == "fedcba9876543210"
    assert likeness.near(0xFEDC_BA98_7654_3210)[0].original == original.pk


def test_no_look_up_goes_through_all():
    """What the database says that it would do: every band by its index."""
    with CaptureQueriesContext(connection) as queries:
        likeness.near(0)

    [query] = queries.captured_queries
    plan = connection.cursor()
    if connection.vendor == "postgresql":
        plan.execute("SET LOCAL enable_seqscan = off")
    plan.execute(f"{'EXPLAIN QUERY PLAN' if connection.vendor == 'sqlite' else 'EXPLAIN'} {query['sql']}")
    said = str(plan.fetchall())
    assert all(f"looks_band_{number}" in said for number in range(4))
