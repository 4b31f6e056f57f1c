"""From planning an inspection to its result: who may, what is kept, what the database holds."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from reports.conditions.workflow import Conflict, NotAllowed, ReasonMissing, WrongState
from reports.inspections import actions
from reports.inspections.models import Inspection
from reports.inspections.vocabulary import State
from reports.recording import Unchangeable
from sites.models import Organisation, Responsibility
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.inspections import plan_inspection
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db


def later(days: int = 30) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.mark.parametrize("maker", [EditorFactory, VerifierFactory])
def test_staff_plan_assign_put_off_and_record(maker):
    staff, reporter = maker(), ReporterFactory()

    inspection = plan_inspection(by=staff)
    inspection = actions.assign(inspection, to=reporter, by=staff)
    inspection = actions.reschedule(inspection, due_on=later(), reason="The road is closed.", by=staff)
    inspection = actions.record(inspection, result=SubmittedFactory(monument=inspection.monument), by=staff)

    assert [step.step for step in inspection.steps.all()] == ["plan", "assign", "reschedule", "record"]
    assert (inspection.state, inspection.version) == (State.DONE, 4)


@pytest.mark.parametrize("maker", [UserFactory, ReporterFactory, AdministratorFactory])
def test_who_does_not_edit_plans_none(maker):
    with pytest.raises(NotAllowed):
        plan_inspection(by=maker())


def test_nobody_plans_where_they_do_not_answer():
    editor = EditorFactory()
    Responsibility.objects.create(user=editor, country="IQ")

    with pytest.raises(NotAllowed):
        plan_inspection(by=editor)


def test_who_is_sent_records_the_result_and_does_nothing_else():
    reporter = ReporterFactory()
    inspection = plan_inspection(assigned_to=reporter)

    with pytest.raises(NotAllowed):
        actions.cancel(inspection, reason="Too far.", by=reporter)
    actions.tick(inspection.checklist.first(), looked_at=True, note="Three new pits.", by=reporter)
    report = SubmittedFactory(monument=inspection.monument, author=reporter)

    assert actions.record(inspection, result=report, by=reporter).state == State.DONE


@pytest.mark.parametrize("who", [UserFactory, AdministratorFactory])
def test_only_who_writes_reports_there_can_be_sent(who):
    with pytest.raises(ValidationError) as refused:
        plan_inspection(assigned_to=who())

    assert "assigned_to" in refused.value.message_dict


def test_one_inspection_of_a_monument_at_a_time():
    first = plan_inspection()

    with pytest.raises(ValidationError):
        plan_inspection(monument=first.monument)
    actions.cancel(first, reason="Planned twice.", by=EditorFactory())

    assert plan_inspection(monument=first.monument).state == State.PLANNED


def test_its_day_lies_ahead():
    with pytest.raises(ValidationError):
        actions.plan(Inspection(monument=MonumentFactory(), due_on=later(-1)), by=EditorFactory())


@pytest.mark.parametrize(
    "step", [actions.cancel, lambda row, **facts: actions.reschedule(row, due_on=later(), **facts)]
)
def test_giving_up_and_putting_off_need_a_reason(step):
    with pytest.raises(ReasonMissing):
        step(plan_inspection(), reason=" ", by=EditorFactory())


def test_who_comes_second_is_told_and_overwrites_nothing():
    inspection, editor = plan_inspection(), EditorFactory()
    actions.assign(inspection, to=editor, by=editor, seen=1)

    with pytest.raises(Conflict):
        actions.cancel(inspection, reason="Nobody can go.", by=editor, seen=1)


def test_what_is_over_stays_as_it_was():
    inspection = actions.cancel(plan_inspection(), reason="Demolished.", by=EditorFactory())

    with pytest.raises(WrongState):
        actions.reschedule(inspection, due_on=later(), reason="After all.", by=EditorFactory())


def test_the_result_is_a_report_of_it_that_stands():
    inspection, editor = plan_inspection(), EditorFactory()
    part = MonumentFactory(site=inspection.monument.site, parent=inspection.monument)

    for report in (DraftFactory(monument=inspection.monument), SubmittedFactory()):
        with pytest.raises(ValidationError):
            actions.record(inspection, result=report, by=editor)

    assert actions.record(inspection, result=PublishedFactory(monument=part), by=editor).state == State.DONE


@pytest.mark.parametrize(
    "facts",
    [
        {"state": State.ASSIGNED},
        {"state": State.DONE},
        {"state": "lost"},
    ],
)
def test_the_database_holds_what_a_state_means(facts):
    inspection = plan_inspection()

    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.filter(pk=inspection.pk).update(**facts)


def test_steps_are_never_changed():
    step = plan_inspection().steps.get()

    with pytest.raises(Unchangeable):
        step.save()
    if connection.vendor == "postgresql":
        with pytest.raises(Exception, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE inspections_inspectionstep SET reason = 'x'")


def seen_by(user) -> set:
    return set(Inspection.objects.visible_to(user))


def test_inspections_are_known_to_staff_of_the_site_and_to_who_is_sent():
    reporter, elsewhere = ReporterFactory(), EditorFactory()
    Responsibility.objects.create(user=elsewhere, country="IQ")
    inspection = plan_inspection(assigned_to=reporter)

    for user in (EditorFactory(), VerifierFactory(), AdministratorFactory(), reporter):
        assert seen_by(user) == {inspection}
    for user in (ReporterFactory(), UserFactory(), elsewhere):
        assert seen_by(user) == set()


def test_of_a_silo_its_people_and_neutral_verifiers_know():
    team, rivals = (Organisation.objects.create(name=name, silo=True) for name in ("Team", "Rivals"))
    inspection = plan_inspection(by=EditorFactory(organisation=team))

    assert seen_by(EditorFactory(organisation=team)) == seen_by(VerifierFactory()) == {inspection}
    assert seen_by(EditorFactory(organisation=rivals)) == seen_by(EditorFactory()) == set()
    with pytest.raises(ValidationError):
        actions.assign(inspection, to=EditorFactory(organisation=rivals), by=EditorFactory(organisation=team))
