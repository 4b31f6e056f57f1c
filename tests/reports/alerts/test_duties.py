"""What staff must do is told to those whose duty it is, until somebody takes it up."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from reports.alerts import actions, tasks
from reports.alerts.models import Alert, Delivery, Rule, Severity, Subscription
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import NotAllowed
from reports.inspections import actions as inspections
from reports.vocabulary import DamageGrade
from sites.models import Organisation, Responsibility
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory, SubmittedFactory
from tests.factories.inspections import plan_inspection
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db
AN_HOUR = datetime.timedelta(minutes=61)


def told(rule=None):
    for alert in Alert.objects.filter(fanned_out_at=None):
        actions.fan_out(alert.pk)
    found = Delivery.objects.filter(alert__rule=rule) if rule else Delivery.objects
    return set(found.values_list("address", flat=True))


def digested(rule):
    told()
    return set(Delivery.objects.filter(items__alert__rule=rule).values_list("address", flat=True))


@pytest.fixture
def lost():
    """A monument, destroyed; an alert that is critical."""
    return PublishedFactory(damage_grade=DamageGrade.DESTROYED).monument


def responsible_for(site, factory=EditorFactory, **facts):
    user = factory(**facts)
    Responsibility.objects.create(user=user, site=site)
    Subscription.objects.filter(user=user).delete()
    return user


def test_a_critical_alert_reaches_those_who_answer_for_the_site_without_a_subscription(lost):
    here = responsible_for(lost.site)
    responsible_for(SiteFactory())
    ReporterFactory()

    assert told() == {here.email}
    assert Delivery.objects.get().duty


def test_who_is_subscribed_besides_gets_one_message(lost):
    here = responsible_for(lost.site)
    SubscriptionFactory(user=here, site=lost.site)

    assert told() == {here.email}
    assert Delivery.objects.get().reasons.count() == 1


def test_what_nobody_acknowledges_is_sent_again_and_then_to_administrators(lost):
    here, administrator = responsible_for(lost.site), AdministratorFactory()
    told()
    now = timezone.now()

    with time_machine.travel(now + AN_HOUR):
        tasks.remind()
        tasks.remind()
        assert told(Rule.REMINDER) == {here.email}
        assert told(Rule.ESCALATION) == set()
    with time_machine.travel(now + 2 * AN_HOUR):
        tasks.remind()
        assert told(Rule.ESCALATION) == {administrator.email}


def test_what_somebody_acknowledged_is_left_in_peace(lost):
    here = responsible_for(lost.site)
    actions.acknowledge(Alert.objects.get(), by=here)

    with time_machine.travel(timezone.now() + AN_HOUR):
        tasks.remind()

    assert Alert.objects.count() == 1
    assert Alert.objects.get().acknowledged_by == here


def test_to_acknowledge_the_reminder_ends_it_all(lost):
    here = responsible_for(lost.site)
    with time_machine.travel(timezone.now() + AN_HOUR):
        tasks.remind()
    actions.acknowledge(Alert.objects.get(rule=Rule.REMINDER), by=here)

    with time_machine.travel(timezone.now() + 3 * AN_HOUR):
        tasks.remind()

    assert not Alert.objects.filter(rule=Rule.ESCALATION).exists()


def test_the_first_who_acknowledged_stays(lost):
    first, second = responsible_for(lost.site), responsible_for(lost.site, VerifierFactory)
    actions.acknowledge(Alert.objects.get(), by=first)
    actions.acknowledge(Alert.objects.get(), by=second)

    assert Alert.objects.get().acknowledged_by == first


@pytest.mark.parametrize("somebody", [ReporterFactory, lambda: responsible_for(SiteFactory())])
def test_only_who_answers_for_the_site_acknowledges(lost, somebody):
    with pytest.raises(NotAllowed):
        actions.acknowledge(Alert.objects.get(), by=somebody())


def test_an_old_alert_is_not_escalated_by_a_clock_that_stood_still(lost):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        tasks.remind()

    assert Alert.objects.count() == 1


def test_verifiers_hear_of_a_report_that_waits_too_long_once():
    report = SubmittedFactory()
    verifier = responsible_for(report.monument.site, VerifierFactory)
    responsible_for(report.monument.site, EditorFactory)

    tasks.tell_what_waits()
    assert not Alert.objects.exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        tasks.tell_what_waits()
        tasks.tell_what_waits()
        assert digested(Rule.REVIEW_WAITING) == {verifier.email}
    assert Alert.objects.get().facts.keys() == {
        "monument",
        "monument_names",
        "site",
        "site_names",
        "warnings",
        "waiting",
    }


def test_what_a_silo_works_on_is_not_told_to_others():
    team = Organisation.objects.create(name="Team", silo=True)
    report = SubmittedFactory(organisation=team)
    responsible_for(report.monument.site, VerifierFactory, organisation=Organisation.objects.create(name="Rival"))
    own = responsible_for(report.monument.site, VerifierFactory, organisation=team)

    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        tasks.tell_what_waits()
        assert digested(Rule.REVIEW_WAITING) == {own.email}


def test_editors_hear_of_a_grave_monument_that_nobody_looked_at_for_long(lost):
    Alert.objects.all().delete()
    PublishedFactory(monument=MonumentFactory(site=lost.site), damage_grade=DamageGrade.SLIGHT)
    Alert.objects.all().delete()
    editor = responsible_for(lost.site)

    tasks.tell_what_is_overdue()
    tasks.tell_what_is_overdue()

    assert digested(Rule.INSPECTION_OVERDUE) == {editor.email}
    assert Alert.objects.get().monument == lost


def test_a_very_bad_condition_is_grave_whatever_the_damage():
    report = PublishedFactory(damage_grade=DamageGrade.SLIGHT, condition="very_bad")
    PublishedFactory(damage_grade=DamageGrade.SLIGHT, condition="poor")

    assert [alert.monument for alert in actions.tell_what_is_overdue()] == [report.monument]


def test_who_is_made_to_answer_for_a_site_is_subscribed_by_default():
    site = SiteFactory()
    for factory, least in ((EditorFactory, Severity.INFO), (VerifierFactory, Severity.MAJOR)):
        user = factory()
        Responsibility.objects.create(user=user, site=site)
        assert Subscription.objects.get(user=user).min_severity == least


def test_who_ended_the_default_is_not_subscribed_again():
    site, user = SiteFactory(), EditorFactory()
    given = Responsibility.objects.create(user=user, site=site)
    actions.end(Subscription.objects.get())
    given.delete()
    Responsibility.objects.create(user=user, site=site)

    assert not Subscription.objects.running().exists()


def test_a_retraction_follows_to_those_who_had_it_as_a_duty(postbox, lost):
    from reports.conditions import actions as conditions

    here = responsible_for(lost.site)
    told()
    tasks.sweep()
    conditions.retract(ConditionReport.objects.get(), by=VerifierFactory(), reason="Another temple.")

    assert told(Rule.RETRACTION) == {here.email}


def sent_later(postbox):
    told()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=13)):
        tasks.sweep()
    return postbox.messages


def test_what_was_reviewed_meanwhile_is_not_asked_for(postbox):
    from reports.conditions import actions as conditions

    report = SubmittedFactory()
    verifier = responsible_for(report.monument.site, VerifierFactory)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        tasks.tell_what_waits()
    conditions.reject(report, by=verifier, reason="Which temple?")

    assert sent_later(postbox) == []


def test_what_still_waits_is_asked_for(postbox):
    report = SubmittedFactory()
    verifier = responsible_for(report.monument.site, VerifierFactory)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        tasks.tell_what_waits()

    [message] = sent_later(postbox)
    assert message["To"] == verifier.email
    assert "Please review it." in message.get_body(("plain",)).get_content()


def test_what_was_looked_at_meanwhile_is_not_overdue(postbox, lost):
    responsible_for(lost.site)
    tasks.tell_what_is_overdue()
    PublishedFactory(monument=lost, kind="assessment", date_to=timezone.localdate())
    Alert.objects.exclude(rule=Rule.INSPECTION_OVERDUE).delete()

    assert sent_later(postbox) == []


def test_a_reminder_is_not_sent_to_what_was_just_acknowledged(postbox, lost):
    here = responsible_for(lost.site)
    with time_machine.travel(timezone.now() + AN_HOUR):
        tasks.remind()
    told()
    actions.acknowledge(Alert.objects.get(rule=Rule.REMINDER), by=here)

    subjects = [message["Subject"] for message in sent_later(postbox)]

    assert len(subjects) == 1
    assert "Nobody has acknowledged" not in subjects[0]


def test_that_a_silo_has_a_report_under_way_is_not_seen_by_others():
    team, rival = (Organisation.objects.create(name=name, silo=True) for name in ("Team", "Rival"))
    SubmittedFactory(organisation=team)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        tasks.tell_what_waits()

    assert not Alert.objects.visible_to(VerifierFactory(organisation=rival)).exists()
    assert Alert.objects.visible_to(VerifierFactory(organisation=team)).exists()


def test_an_overdue_inspection_is_told_once_to_editors_and_to_who_is_sent(lost):
    Alert.objects.all().delete()
    editor, reporter = responsible_for(lost.site), responsible_for(lost.site, ReporterFactory)
    inspection = plan_inspection(monument=lost, by=editor, assigned_to=reporter, days=-2)

    tasks.tell_what_is_overdue()
    tasks.tell_what_is_overdue()

    assert digested(Rule.INSPECTION_OVERDUE) == {editor.email, reporter.email}
    assert Alert.objects.get().inspection == inspection


def test_of_a_planned_inspection_its_own_day_counts(lost):
    Alert.objects.all().delete()
    plan_inspection(monument=lost, by=responsible_for(lost.site))

    assert list(actions.tell_what_is_overdue()) == []


def test_an_inspection_of_a_silo_is_told_to_its_people_alone(lost):
    Alert.objects.all().delete()
    team, rivals = (Organisation.objects.create(name=name, silo=True) for name in ("Team", "Rivals"))
    own = responsible_for(lost.site, organisation=team)
    rival = responsible_for(lost.site, organisation=rivals)
    plan_inspection(monument=lost, by=own, days=-2)

    tasks.tell_what_is_overdue()

    assert digested(Rule.INSPECTION_OVERDUE) == {own.email}
    assert not Alert.objects.visible_to(rival).filter(rule=Rule.INSPECTION_OVERDUE).exists()


def test_what_was_put_off_meanwhile_is_not_asked_for(lost, postbox):
    Alert.objects.all().delete()
    editor = responsible_for(lost.site)
    inspection = plan_inspection(monument=lost, by=editor, days=-2)
    tasks.tell_what_is_overdue()

    later = timezone.localdate() + datetime.timedelta(days=60)
    inspections.reschedule(inspection, due_on=later, reason="Rain.", by=editor)

    assert sent_later(postbox) == []
