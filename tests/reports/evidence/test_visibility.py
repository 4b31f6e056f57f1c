"""Who may look at which evidence."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from reports.conditions import actions as condition_actions
from reports.evidence.models import Evidence
from reports.evidence.visibility import may_view_original, names_people_to
from sites.models import Organisation, Responsibility
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.evidence import EvidenceFactory
from tests.factories.restoration import PlanFactory

pytestmark = pytest.mark.django_db
PUBLIC = AnonymousUser()


def sees(user, evidence):
    return Evidence.objects.visible_to(user).filter(pk=evidence.pk).exists()


def of(report, **facts):
    return EvidenceFactory(report=report, monument=report.monument, **facts)


def withdrawn(**facts):
    return EvidenceFactory(withdrawn_at=timezone.now(), withdrawal_reason="Shows a witness.", **facts)


def test_evidence_of_a_report_is_public_with_the_report():
    assert not sees(PUBLIC, of(DraftFactory()))
    assert not sees(PUBLIC, of(SubmittedFactory()))
    assert sees(PUBLIC, of(PublishedFactory()))
    assert not sees(PUBLIC, of(PublishedFactory(confidential=True)))


def test_evidence_of_a_retracted_report_can_still_be_looked_at_as_the_report_can():
    report = PublishedFactory()
    evidence = of(report)

    condition_actions.retract(report, by=VerifierFactory(), reason="Photograph is of 2013.")

    assert sees(PUBLIC, evidence)


@pytest.mark.parametrize("about", ["monument", "plan"])
def test_evidence_by_itself_is_public_once_it_was_published(about):
    plan = PlanFactory() if about == "plan" else None
    facts = {"plan": plan, "monument": plan.monument} if plan else {}

    assert not sees(PUBLIC, EvidenceFactory(**facts))
    assert sees(PUBLIC, EvidenceFactory(**facts, published_at=timezone.now()))


def test_who_sent_it_sees_it_and_another_reporter_does_not():
    sender = ReporterFactory()
    evidence = EvidenceFactory(uploaded_by=sender, confidential=True)

    assert sees(sender, evidence)
    assert not sees(ReporterFactory(), evidence)
    assert not sees(UserFactory(), evidence)


@pytest.mark.parametrize("role", [EditorFactory, VerifierFactory, AdministratorFactory])
def test_staff_see_what_is_under_way(role):
    assert sees(role(), EvidenceFactory())
    assert sees(role(), of(DraftFactory()))


def test_the_confidential_is_for_verifiers_of_the_site():
    evidence = of(PublishedFactory(), confidential=True)
    elsewhere = VerifierFactory()
    Responsibility.objects.create(user=elsewhere, country="IQ")

    assert sees(VerifierFactory(), evidence)
    for user in (PUBLIC, EditorFactory(), AdministratorFactory(), elsewhere):
        assert not sees(user, evidence)


def test_a_silo_keeps_what_is_under_way_to_itself():
    team, rivals = (Organisation.objects.create(name=name, silo=True) for name in ("Team", "Rivals"))
    evidence = EvidenceFactory(organisation=team)

    assert sees(EditorFactory(organisation=team), evidence)
    assert sees(VerifierFactory(), evidence)
    assert not sees(EditorFactory(), evidence)
    assert not sees(VerifierFactory(organisation=rivals), evidence)


def test_where_others_are_unseen_staff_see_of_them_what_everybody_sees(settings):
    settings.OUTSIDE_RESPONSIBILITY = "unseen"
    editor = EditorFactory()
    Responsibility.objects.create(user=editor, country="IQ")

    assert not sees(editor, EvidenceFactory())
    assert sees(editor, EvidenceFactory(published_at=timezone.now()))


def test_what_was_withdrawn_leaves_a_tombstone_where_it_was_public():
    public, hidden = withdrawn(published_at=timezone.now()), withdrawn()

    assert not sees(VerifierFactory(), public)
    assert list(Evidence.objects.tombstones_for(PUBLIC)) == [public]
    assert list(Evidence.objects.known_to(PUBLIC)) == [public]
    assert set(Evidence.objects.tombstones_for(EditorFactory())) == {public, hidden}


def test_only_verifiers_of_the_site_may_have_the_original():
    evidence = EvidenceFactory(published_at=timezone.now())
    elsewhere = VerifierFactory()
    Responsibility.objects.create(user=elsewhere, country="IQ")

    assert may_view_original(VerifierFactory(), evidence)
    for user in (PUBLIC, ReporterFactory(), EditorFactory(), AdministratorFactory(), elsewhere):
        assert not may_view_original(user, evidence)


def test_who_sent_it_is_known_to_staff_and_in_a_silo_to_its_own():
    team, rivals = (Organisation.objects.create(name=name, silo=True) for name in ("Team", "Rivals"))
    open_one, siloed = EvidenceFactory(), EvidenceFactory(organisation=team)

    assert names_people_to(EditorFactory(), open_one)
    assert not names_people_to(PUBLIC, open_one)
    assert not names_people_to(ReporterFactory(), open_one)
    assert not names_people_to(VerifierFactory(organisation=rivals), siloed)
    assert not may_view_original(VerifierFactory(organisation=rivals), siloed)
