"""How urgent help is, and why."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.conditions.status import Status
from reports.conditions.workflow import NotAllowed, ReasonMissing
from reports.restoration import actions
from reports.restoration.models import PlanStatus
from reports.restoration.priority import Facts, suggest
from reports.restoration.queries import priorities
from reports.vocabulary import Condition, DamageGrade, ThreatProbability
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.conditions import PublishedFactory, ThreatFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory
from tests.queries import queries_of

TODAY = datetime.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("condition", "threat", "plans", "letter"),
    [
        (Condition.VERY_BAD, None, [], "A"),
        (Condition.POOR, TODAY, [], "A"),
        (Condition.VERY_BAD, None, [PlanStatus.APPROVED], "B"),
        (Condition.POOR, TODAY, [PlanStatus.FUNDED], "B"),
        (Condition.POOR, None, [PlanStatus.PROPOSED], "C"),
        (Condition.POOR, None, [PlanStatus.FUNDED], "D"),
        (Condition.GOOD, None, [], "E"),
        (Condition.VERY_BAD, TODAY, [PlanStatus.IN_PROGRESS], "F"),
    ],
)
def test_the_letter_follows_from_condition_threats_and_plans(condition, threat, plans, letter):
    held = Status(damage_grade=DamageGrade.SEVERE, condition=condition)

    found = suggest(Facts(held, threat, frozenset(plans)))

    assert found.letter == letter
    assert found.reasons


@pytest.mark.parametrize("held", [Status(), Status(damage_grade=DamageGrade.DESTROYED, condition=Condition.DESTROYED)])
def test_what_is_lost_or_unknown_has_no_letter(held):
    assert suggest(Facts(held, None, frozenset())).letter == ""


@pytest.mark.django_db
def test_a_decision_holds_against_the_suggestion_with_its_reason():
    monument = PublishedFactory(condition=Condition.VERY_BAD).monument

    actions.decide_priority(monument, "C", "Propped in March.", by=EditorFactory())

    found = priorities([monument.pk])[monument.pk]
    assert (found.letter, found.suggested, found.overridden) == ("C", "A", True)
    assert found.reasons == ["Propped in March."]


@pytest.mark.django_db
def test_an_empty_decision_goes_back_to_the_suggestion():
    monument, editor = PublishedFactory(condition=Condition.VERY_BAD).monument, EditorFactory()
    actions.decide_priority(monument, "C", "Propped.", by=editor)

    actions.decide_priority(monument, "", "The props were stolen.", by=editor)

    assert priorities([monument.pk])[monument.pk].letter == "A"


@pytest.mark.django_db
def test_a_decision_needs_a_right_and_a_reason():
    monument = MonumentFactory()

    with pytest.raises(NotAllowed):
        actions.decide_priority(monument, "A", "Because.", by=UserFactory())
    with pytest.raises(ReasonMissing):
        actions.decide_priority(monument, "A", " ", by=EditorFactory())


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "letter"), [(10, "A"), (400, "C")])
def test_an_old_threat_is_not_imminent(age, letter):
    day = timezone.localdate() - datetime.timedelta(days=age)
    report = PublishedFactory(date_to=day, condition=Condition.POOR)
    ThreatFactory(report=report, probability=ThreatProbability.PLANNED)

    assert priorities([report.monument_id])[report.monument_id].letter == letter


@pytest.mark.django_db
def test_plans_are_read_by_monument():
    plan = PlanFactory(status=PlanStatus.FUNDED)
    PublishedFactory(monument=plan.monument, condition=Condition.VERY_BAD)
    other = PublishedFactory(condition=Condition.VERY_BAD).monument

    found = priorities([plan.monument_id, other.pk])

    assert (found[plan.monument_id].letter, found[other.pk].letter) == ("B", "A")


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(client):
    PublishedFactory()
    few = queries_of(client, "/api/v1/priorities/")
    for _ in range(3):
        PublishedFactory()

    assert queries_of(client, "/api/v1/priorities/") == few


@pytest.mark.django_db
def test_four_queries_for_any_number():
    monuments = [PublishedFactory().monument_id for _ in range(3)]

    with CaptureQueriesContext(connection) as queries:
        priorities(monuments)

    assert len(queries) == 4
