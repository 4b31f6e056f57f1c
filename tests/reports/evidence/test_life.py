"""What happens to evidence once it is here."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.conditions import actions as condition_actions
from reports.conditions.workflow import NotAllowed, ReasonMissing, VerificationMethod, WrongState
from reports.evidence import actions
from reports.evidence.models import Evidence
from reports.evidence.vocabulary import CustodyStep
from sites.models import Organisation, Responsibility
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.evidence import EvidenceFactory

pytestmark = pytest.mark.django_db


def of(report, **facts):
    return EvidenceFactory(report=report, monument=report.monument, **facts)


def elsewhere(role):
    user = role()
    Responsibility.objects.create(user=user, country="IQ")
    return user


def steps(evidence):
    return [entry.step for entry in evidence.custody.all()]


def is_public(evidence):
    return Evidence.objects.visible_to(AnonymousUser()).filter(pk=evidence.pk).exists()


def test_what_is_said_of_a_file_is_kept_with_what_was_said_before():
    editor = EditorFactory()
    evidence = EvidenceFactory(caption="The arch", taken_from=datetime.date(2015, 8, 1))

    actions.describe(evidence, by=editor, caption="The arch from the east", taken_from=datetime.date(2015, 8, 30))

    entry = evidence.custody.get()
    assert (entry.step, entry.by) == (CustodyStep.DESCRIBED, editor)
    assert entry.facts == {
        "before": {"caption": "The arch", "taken_from": "2015-08-01"},
        "after": {"caption": "The arch from the east", "taken_from": "2015-08-30"},
    }


def test_saying_the_same_again_is_no_step():
    evidence = EvidenceFactory(caption="The arch")

    actions.describe(evidence, by=EditorFactory(), caption="The arch")

    assert steps(evidence) == []


def test_a_description_is_checked():
    evidence = EvidenceFactory(taken_from=datetime.date(2015, 8, 30))

    with pytest.raises(ValidationError):
        actions.describe(evidence, by=EditorFactory(), taken_to=datetime.date(2015, 8, 1))
    with pytest.raises(ValidationError):
        actions.describe(evidence, by=EditorFactory(), language="no language")


def may(act, evidence, by, **facts):
    try:
        act(Evidence.objects.get(pk=evidence.pk), by=by, **facts)
    except NotAllowed:
        return False
    return True


def test_who_sent_it_describes_it_until_it_is_published():
    reporter = ReporterFactory()
    evidence = EvidenceFactory(uploaded_by=reporter)

    assert may(actions.describe, evidence, reporter, caption="a")
    actions.publish(evidence, by=VerifierFactory())
    assert not may(actions.describe, evidence, reporter, caption="b")
    assert may(actions.describe, evidence, EditorFactory(), caption="c")


def test_who_may_describe_what_others_sent():
    siloed = EvidenceFactory(organisation=Organisation.objects.create(name="Team", silo=True))

    assert may(actions.describe, EvidenceFactory(), EditorFactory(), caption="a")
    for user in (ReporterFactory(), UserFactory(), AdministratorFactory(), elsewhere(EditorFactory)):
        assert not may(actions.describe, EvidenceFactory(), user, caption="a")
    assert not may(actions.describe, siloed, EditorFactory(), caption="a")


def test_a_verifier_who_did_not_send_it_publishes_it():
    verifier = VerifierFactory()
    evidence = EvidenceFactory(uploaded_by=VerifierFactory())

    actions.publish(evidence, by=verifier)

    assert is_public(evidence)
    entry = evidence.custody.get()
    assert (entry.step, entry.by) == (CustodyStep.PUBLISHED, verifier)


def test_nobody_publishes_what_they_sent_unless_there_is_nobody_else(settings):
    verifier = VerifierFactory()
    evidence = EvidenceFactory(uploaded_by=verifier)

    assert not may(actions.publish, evidence, verifier)
    settings.FOUR_EYES = False
    assert may(actions.publish, evidence, verifier)


def test_who_may_not_publish():
    rival = VerifierFactory(organisation=Organisation.objects.create(name="Rivals"))
    siloed = EvidenceFactory(organisation=Organisation.objects.create(name="Team", silo=True))

    for user in (ReporterFactory(), EditorFactory(), AdministratorFactory(), elsewhere(VerifierFactory)):
        assert not may(actions.publish, EvidenceFactory(), user)
    assert not may(actions.publish, siloed, rival)


def test_evidence_of_a_report_is_not_published_by_itself():
    with pytest.raises(WrongState):
        actions.publish(of(SubmittedFactory()), by=VerifierFactory())


def test_the_steps_of_a_report_go_into_the_custody_of_its_evidence():
    report, verifier = DraftFactory(), VerifierFactory()
    evidence = of(report)
    condition_actions.submit(report, by=report.author)
    condition_actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)
    condition_actions.publish(report, by=verifier)
    condition_actions.retract(report, by=verifier, reason="Photograph is of 2013.")

    reviewed, published, retracted = evidence.custody.all()
    assert (reviewed.step, reviewed.by, reviewed.facts["method"]) == (CustodyStep.REVIEWED, verifier, "satellite")
    assert (published.step, published.facts["report"]) == (CustodyStep.PUBLISHED, str(report.pk))
    assert (retracted.step, retracted.facts["report"]) == (CustodyStep.RETRACTED, str(report.pk))
    evidence.refresh_from_db()
    assert evidence.published_at == published.at


def test_the_end_of_an_embargo_makes_it_public_in_the_name_of_who_set_it():
    report, verifier = SubmittedFactory(), VerifierFactory()
    evidence = of(report)
    condition_actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)
    until = timezone.now() + datetime.timedelta(seconds=1)
    condition_actions.embargo(report, by=verifier, until=until, reason="They leave first.")

    assert not is_public(evidence)
    condition_actions.end_embargo(report, now=until)

    assert is_public(evidence)
    assert evidence.custody.last().by == verifier


def test_the_confidential_is_not_published_with_its_report():
    report = SubmittedFactory()
    evidence = of(report, confidential=True)
    verifier = VerifierFactory()
    condition_actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)
    condition_actions.publish(report, by=verifier)

    assert not is_public(evidence)
    assert CustodyStep.PUBLISHED not in steps(evidence)

    actions.keep_confidential(evidence, False, by=verifier, reason="The witness is safe.")

    assert is_public(evidence)
    assert steps(evidence)[-2:] == [CustodyStep.REVIEWED, CustodyStep.PUBLISHED]


def test_making_confidential_takes_it_out_of_the_public_with_a_reason():
    evidence = of(PublishedFactory())

    with pytest.raises(ReasonMissing):
        actions.keep_confidential(evidence, True, by=VerifierFactory(), reason=" ")
    actions.keep_confidential(evidence, True, by=VerifierFactory(), reason="A face.")

    assert not is_public(evidence)
    assert evidence.custody.get().facts == {"confidential": True, "reason": "A face."}


def test_who_may_keep_it_confidential():
    reporter = ReporterFactory()
    facts = {"confidential": True, "reason": "A face."}

    assert may(actions.keep_confidential, EvidenceFactory(uploaded_by=reporter), reporter, **facts)
    assert may(actions.keep_confidential, EvidenceFactory(), VerifierFactory(), **facts)
    for user in (EditorFactory(), ReporterFactory(), AdministratorFactory(), elsewhere(VerifierFactory)):
        assert not may(actions.keep_confidential, EvidenceFactory(), user, **facts)


def test_a_withdrawal_has_a_reason_and_leaves_the_rest():
    verifier = VerifierFactory()
    evidence = EvidenceFactory(published_at=timezone.now())

    with pytest.raises(ReasonMissing):
        actions.withdraw(evidence, by=verifier, reason="")
    actions.withdraw(evidence, by=verifier, reason="Shows a witness.")

    evidence.refresh_from_db()
    assert not is_public(evidence)
    assert evidence.withdrawal_reason == "Shows a witness."
    assert (evidence.custody.get().step, evidence.custody.get().by) == (CustodyStep.WITHDRAWN, verifier)


def test_a_picture_that_endangers_somebody_waits_for_no_second_person():
    verifier = VerifierFactory()
    evidence = EvidenceFactory(uploaded_by=verifier, published_at=timezone.now())

    assert may(actions.withdraw, evidence, verifier, reason="Shows a witness.")


def test_who_may_withdraw():
    reporter = ReporterFactory()
    own, public = EvidenceFactory(uploaded_by=reporter), EvidenceFactory(published_at=timezone.now())
    own_public = EvidenceFactory(uploaded_by=reporter, published_at=timezone.now())

    assert may(actions.withdraw, own, reporter, reason="The wrong one.")
    assert not may(actions.withdraw, own_public, reporter, reason="The wrong one.")
    for user in (ReporterFactory(), EditorFactory(), AdministratorFactory(), elsewhere(VerifierFactory)):
        assert not may(actions.withdraw, public, user, reason="The wrong one.")


def test_nothing_happens_any_more_to_what_was_withdrawn():
    verifier = VerifierFactory()
    evidence = actions.withdraw(EvidenceFactory(), by=verifier, reason="The wrong one.")

    for act, facts in [
        (actions.withdraw, {"reason": "again"}),
        (actions.publish, {}),
        (actions.describe, {"caption": "a"}),
        (actions.keep_confidential, {"confidential": True, "reason": "a"}),
    ]:
        with pytest.raises(WrongState):
            act(evidence, by=verifier, **facts)


def test_evidence_outlives_the_draft_that_it_was_sent_with():
    report = DraftFactory()
    evidence, pk = of(report), report.pk

    condition_actions.delete_draft(report, by=report.author)

    evidence.refresh_from_db()
    assert (evidence.report, evidence.monument) == (None, report.monument)
    assert evidence.withdrawn_at
    assert [entry.facts.get("report") for entry in evidence.custody.all()] == [str(pk), None]
