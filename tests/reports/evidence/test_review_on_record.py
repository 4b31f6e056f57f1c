"""What is decided of a report is on record with each piece of its evidence."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from reports.conditions import actions
from reports.conditions.workflow import VerificationMethod
from reports.evidence.models import CustodyEntry
from reports.evidence.vocabulary import CustodyStep
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import PublishedFactory, SubmittedFactory
from tests.factories.evidence import EvidenceFactory

pytestmark = pytest.mark.django_db


def evidence_of(report, **facts):
    return EvidenceFactory(report=report, monument=report.monument, **facts)


def steps(evidence):
    return list(evidence.custody.values_list("step", flat=True))


def test_verification_and_publication_of_the_report_are_steps_of_its_evidence():
    report, verifier = SubmittedFactory(), VerifierFactory()
    evidence = evidence_of(report)

    report = actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)
    actions.publish(report, by=verifier)

    assert steps(evidence) == [CustodyStep.REVIEWED, CustodyStep.PUBLISHED]
    reviewed = evidence.custody.first()
    assert reviewed.by == verifier
    assert reviewed.at == report.steps.get(step="verify").at
    assert reviewed.facts == {"report": str(report.pk), "decision": "verify", "method": "satellite"}


def test_a_rejection_is_a_review_too():
    report = SubmittedFactory()
    evidence = evidence_of(report)

    actions.reject(report, by=VerifierFactory(), reason="Which column?")

    assert evidence.custody.get().facts == {"report": str(report.pk), "decision": "reject"}


def test_a_retraction_is_on_record():
    report = PublishedFactory()
    evidence = evidence_of(report)

    actions.retract(report, by=VerifierFactory(), reason="Another temple.")

    assert steps(evidence) == [CustodyStep.RETRACTED]


def test_evidence_of_others_is_left_alone():
    report = SubmittedFactory()
    evidence_of(SubmittedFactory(monument=report.monument))
    EvidenceFactory(monument=report.monument)

    actions.verify(report, by=VerifierFactory(), method=VerificationMethod.SATELLITE)

    assert not CustodyEntry.objects.exists()


def test_a_step_that_fails_leaves_nothing_on_record():
    report = SubmittedFactory()
    evidence = evidence_of(report)

    with transaction.atomic():
        actions.verify(report, by=VerifierFactory(), method=VerificationMethod.SATELLITE)
        transaction.set_rollback(True)

    assert steps(evidence) == []


def test_the_number_of_files_does_not_change_the_number_of_statements():
    def queries_to_verify(files):
        report, verifier = SubmittedFactory(), VerifierFactory()
        for _number in range(files):
            evidence_of(report)
        with CaptureQueriesContext(connection) as found:
            actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)
        return len(found)

    assert queries_to_verify(1) == queries_to_verify(5)
