"""When somebody must look again: the table of docs/inspections.md, and what holds for every status."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reports.conditions.queries import STALE_DAYS
from reports.conditions.status import Status
from reports.inspections import queries
from reports.inspections.due import DAYS, Threatened, Why, due
from reports.vocabulary import GRADE_RANK, Certainty, Condition, DamageGrade, ReportKind
from tests.factories.accounts import EditorFactory
from tests.factories.conditions import PublishedFactory, ThreatFactory
from tests.factories.inspections import plan_inspection
from tests.factories.sites import MonumentFactory

TODAY = datetime.date(2026, 6, 1)
LOOKED = datetime.date(2026, 1, 1)


def held(**facts) -> Status:
    return Status(**{"assessed_on": LOOKED, "certainty": Certainty.HIGH, **facts})


@pytest.mark.parametrize(
    ("status", "threatened", "why", "days"),
    [
        (held(assessed_on=None), Threatened(), Why.NEVER, 0),
        (held(), Threatened(imminent=True, at_all=True), Why.IMMINENT, 14),
        (held(contested=True), Threatened(), Why.DOUBTFUL, 30),
        (held(suspected=True), Threatened(), Why.DOUBTFUL, 30),
        (held(damage_grade=DamageGrade.SEVERE), Threatened(), Why.GRAVE, 60),
        (held(condition=Condition.VERY_BAD), Threatened(), Why.GRAVE, 60),
        (held(damage_grade=DamageGrade.MODERATE), Threatened(), Why.WEAKENED, 120),
        (held(condition=Condition.POOR), Threatened(), Why.WEAKENED, 120),
        (held(), Threatened(at_all=True), Why.WEAKENED, 120),
        (held(damage_grade=DamageGrade.DESTROYED), Threatened(), Why.USUAL, 180),
        (held(damage_grade=DamageGrade.NONE), Threatened(), Why.USUAL, 180),
        (held(certainty=Certainty.MEDIUM), Threatened(), Why.USUAL, 90),
    ],
)
def test_each_line_of_the_table(status, threatened, why, days):
    found = due(status, threatened, today=TODAY)

    assert (found.why, found.days) == (why, days)
    assert found.on == (LOOKED + datetime.timedelta(days=days) if status.assessed_on else TODAY)


statuses = st.builds(
    held,
    damage_grade=st.sampled_from(DamageGrade.values),
    condition=st.sampled_from(Condition.values),
    certainty=st.sampled_from([Certainty.MEDIUM, Certainty.HIGH, Certainty.DEFINITE]),
    contested=st.booleans(),
    suspected=st.booleans(),
    assessed_on=st.dates(datetime.date(2000, 1, 1), TODAY) | st.none(),
)
threats = st.sampled_from([Threatened(), Threatened(at_all=True), Threatened(imminent=True, at_all=True)])


@given(statuses, threats)
def test_nobody_waits_longer_than_until_a_status_is_stale(status, threatened):
    found = due(status, threatened, today=TODAY)

    assert found.days <= STALE_DAYS
    assert (status.assessed_on or TODAY) <= found.on


@given(statuses)
def test_a_graver_threat_never_gives_a_later_day(status):
    days = [
        due(status, Threatened(*threat), today=TODAY).on for threat in ((False, False), (False, True), (True, True))
    ]

    assert days == sorted(days, reverse=True)


def test_the_lines_stand_in_order_of_their_intervals():
    assert list(DAYS.values()) == sorted(DAYS.values())


@pytest.mark.django_db
def test_the_list_finds_exactly_the_monuments_that_the_rule_calls_due():
    today = timezone.localdate()
    MonumentFactory()
    for grade in GRADE_RANK:
        for days in (20, 70, 130):
            for certainty in (Certainty.HIGH, Certainty.MEDIUM):
                day = today - datetime.timedelta(days=days)
                report = PublishedFactory(damage_grade=grade, certainty=certainty, date_to=day)
                if grade in {DamageGrade.NONE, DamageGrade.SEVERE}:
                    kind = {"kind": ReportKind.THREAT, "damage_grade": "", "monument": report.monument}
                    threat = ThreatFactory(probability="possible" if days == 130 else "planned").report
                    type(threat).objects.filter(pk=threat.pk).update(
                        **kind, state="published", published_at=timezone.now(), date_from=day, date_to=day
                    )

    found = set(queries.to_plan(EditorFactory()).values_list("pk", flat=True))

    everything = queries.due_dates(MonumentFactory._meta.model.objects.values_list("pk", flat=True))
    assert found == {pk for pk, date in everything.items() if date.on <= today}
    assert 0 < len(found) < len(everything)


@pytest.mark.django_db
def test_what_is_planned_already_is_not_to_be_planned():
    monument = MonumentFactory()
    plan_inspection(monument=monument)

    assert not queries.to_plan(EditorFactory()).filter(pk=monument.pk).exists()


@pytest.mark.django_db
def test_due_dates_take_two_queries_however_many_they_are(django_assert_num_queries):
    monuments = [MonumentFactory().pk for _number in range(4)]

    with django_assert_num_queries(2):
        queries.due_dates(monuments)
