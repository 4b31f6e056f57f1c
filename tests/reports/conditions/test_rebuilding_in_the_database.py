"""The rule as SQL gives what the rule in Python gives, for every history."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reports.conditions import queries, status
from reports.conditions.models import ConditionReport, MonumentStatus
from reports.conditions.rebuilding import rebuild_all
from reports.conditions.workflow import State
from reports.sources.models import Source
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.reports.conditions.observations import SOURCES, histories

pytestmark = pytest.mark.django_db


def enter(monument, history):
    """The observations as published reports, with what they cite."""
    for number, pk in enumerate(SOURCES):
        Source.objects.get_or_create(pk=pk, defaults={"name": f"Source {number}"})
    ConditionReport.objects.bulk_create(
        ConditionReport(
            id=o.id,
            monument=monument,
            kind=o.kind,
            damage_grade=o.damage_grade,
            condition=o.condition,
            fabric_status=o.fabric_status,
            certainty=o.certainty,
            suspected=o.suspected,
            date_from=o.observed_from,
            date_to=o.observed_on,
            date_precision=o.observed_precision,
            published_at=o.published_at,
            source_id=o.source,
            state=State.PUBLISHED,
        )
        for o in history
    )
    through = ConditionReport.cites.through
    through.objects.bulk_create(
        through(from_conditionreport_id=o.id, to_conditionreport_id=cited) for o in history for cited in o.cites
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(histories(), min_size=1, max_size=3))
def test_the_database_derives_what_the_rule_derives(histories_of):
    ids = [o.id for history in histories_of for o in history]
    assume(len(set(ids)) == len(ids))
    with transaction.atomic():
        check(histories_of)
        transaction.set_rollback(True)  # the next example begins with an empty registry


def check(histories_of):
    site = SiteFactory()
    monuments = [MonumentFactory(site=site) for _ in histories_of]
    for monument, history in zip(monuments, histories_of, strict=True):
        enter(monument, history)

    list(rebuild_all(batch=2))

    kept = queries.histories(monument.pk for monument in monuments)
    for monument, history in zip(monuments, histories_of, strict=True):
        assert kept[monument.pk] == status.derive(history)


def test_what_agrees_is_left_alone():
    monument = MonumentFactory()
    list(rebuild_all())
    rows = set(MonumentStatus.objects.filter(monument=monument).values_list("pk", flat=True))

    assert [batch.differing for batch in rebuild_all()] == [[]]
    assert set(MonumentStatus.objects.filter(monument=monument).values_list("pk", flat=True)) == rows
