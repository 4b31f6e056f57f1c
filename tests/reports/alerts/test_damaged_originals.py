"""Administrators hear that a file of evidence is damaged or missing; nobody else does."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from reports.alerts import actions, tasks
from reports.alerts.models import Alert, Delivery, Rule, Severity
from reports.evidence import actions as evidence_actions
from reports.evidence.models import DamagedOriginal
from sites.vocabulary import Sensitivity
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.evidence import EvidenceFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db
AN_HOUR = datetime.timedelta(minutes=61)


def check():
    """The storage is empty: whatever there should be is missing."""
    for _checked in evidence_actions.go_on_checking(evidence_actions.begin_check()):
        pass


def told(rule):
    for alert in Alert.objects.filter(fanned_out_at=None):
        actions.fan_out(alert.pk)
    return set(Delivery.objects.filter(alert__rule=rule).values_list("address", flat=True))


def test_administrators_hear_of_a_missing_file_at_once_and_nobody_else():
    evidence, administrator = EvidenceFactory(), AdministratorFactory()
    EditorFactory()
    VerifierFactory()
    SubscriptionFactory(site=evidence.monument.site)

    check()

    assert told(Rule.EVIDENCE_MISMATCH) == {administrator.email}
    alert = Alert.objects.get()
    assert alert.severity == Severity.CRITICAL
    assert alert.monument is None
    assert alert.facts["originals"]["missing"] == 1


def test_the_same_damage_is_told_once():
    EvidenceFactory()

    check()
    check()

    assert Alert.objects.count() == 1


def test_many_files_of_one_site_are_one_alert_and_each_site_has_its_own():
    site = SiteFactory()
    for _number in range(3):
        EvidenceFactory(monument=MonumentFactory(site=site))
    EvidenceFactory()

    check()

    assert sorted(alert.facts["originals"]["missing"] for alert in Alert.objects.all()) == [1, 3]


@pytest.mark.parametrize("factory", [ReporterFactory, EditorFactory, VerifierFactory, AnonymousUser])
def test_nobody_but_administrators_may_read_it(factory):
    EvidenceFactory()
    check()
    with time_machine.travel(timezone.now() + AN_HOUR):
        tasks.remind()

    assert Alert.objects.count() == 2
    assert not Alert.objects.visible_to(factory()).exists()
    assert Alert.objects.visible_to(AdministratorFactory()).count() == 2


def test_reminder_and_escalation_go_to_administrators_too():
    EvidenceFactory()
    administrator, _editor = AdministratorFactory(), EditorFactory()
    check()
    told(Rule.EVIDENCE_MISMATCH)

    with time_machine.travel(timezone.now() + 2 * AN_HOUR):
        tasks.remind()
        assert told(Rule.REMINDER) == told(Rule.ESCALATION) == {administrator.email}


def test_it_names_neither_the_monument_nor_the_file():
    evidence = EvidenceFactory(monument=MonumentFactory(slug="hidden-tomb", sensitivity=Sensitivity.HIDDEN))

    check()

    said = str(Alert.objects.get().facts)
    assert "hidden-tomb" not in said
    assert evidence.name not in said
    assert evidence.original_id not in said


@pytest.mark.parametrize(
    ("language", "subject", "asked"),
    [
        ("en", "Evidence damaged or missing", "restore the files"),
        ("ar", "أدلة", "استعادة"),
        ("fr", "Pièce", "restaurer les fichiers"),
    ],
)
def test_it_says_what_is_to_be_done_in_the_language_of_its_reader(postbox, language, subject, asked):
    EvidenceFactory()
    AdministratorFactory(language=language)
    check()
    told(Rule.EVIDENCE_MISMATCH)

    tasks.sweep()

    [message] = postbox.messages
    assert subject in message["Subject"]
    text = message.get_body(("plain",)).get_content()
    assert asked in text
    assert "/admin/evidence/damagedoriginal/" in text


def test_what_was_mended_or_accepted_meanwhile_is_not_told(postbox):
    EvidenceFactory()
    administrator = AdministratorFactory()
    check()
    told(Rule.EVIDENCE_MISMATCH)
    evidence_actions.accept_loss(DamagedOriginal.objects.get(), by=administrator, reason="Burnt.")

    tasks.sweep()

    assert postbox.messages == []
