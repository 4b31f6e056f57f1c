"""What is not public yet, and what never will be."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from reports.alerts.models import Alert
from reports.conditions import actions, queries, tasks
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import NotAllowed, ReasonMissing, State, VerificationMethod, WrongState
from reports.vocabulary import DamageGrade
from tests.factories.accounts import EditorFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


def verified(**facts):
    return actions.verify(SubmittedFactory(**facts), by=VerifierFactory(), method=VerificationMethod.SATELLITE)


def embargoed(**terms):
    terms = {"until": timezone.now() + A_DAY, "reason": "The witnesses leave first."} | terms
    return actions.embargo(verified(), by=VerifierFactory(), **terms)


def grade_of(report):
    return queries.statuses([report.monument_id])[report.monument_id].damage_grade


def test_under_embargo_nothing_is_public():
    report = embargoed()
    tasks.end_embargoes()

    assert grade_of(report) == DamageGrade.UNKNOWN
    assert not ConditionReport.objects.visible_to(UserFactory()).exists()


def test_the_clock_publishes_it_in_the_name_of_who_set_it():
    verifier = VerifierFactory()
    report = actions.embargo(verified(), by=verifier, until=timezone.now() + A_DAY, reason="Wait.")

    with time_machine.travel(timezone.now() + 2 * A_DAY):
        tasks.end_embargoes()

    report.refresh_from_db()
    assert (report.state, grade_of(report)) == (State.PUBLISHED, DamageGrade.SEVERE)
    assert report.steps.last().by == verifier


@pytest.mark.parametrize("tell", [True, False])
def test_its_end_is_told_only_if_that_was_asked_for(tell):
    embargoed(tell=tell)

    with time_machine.travel(timezone.now() + 2 * A_DAY):
        tasks.end_embargoes()

    assert Alert.objects.exists() is tell


def test_ending_an_embargo_twice_publishes_once():
    report = embargoed()
    later = timezone.now() + 2 * A_DAY

    assert actions.end_embargo(report, now=later)
    assert actions.end_embargo(report, now=later) is None


def test_an_embargo_that_cannot_end_holds_up_no_other():
    first = PublishedFactory()
    stuck = actions.start_correction(first, by=EditorFactory())
    actions.submit(stuck, by=stuck.author)
    actions.verify(stuck, by=VerifierFactory(), method=VerificationMethod.SATELLITE)
    actions.embargo(stuck, by=VerifierFactory(), until=timezone.now() + A_DAY, reason="Wait.")
    actions.retract(first, by=VerifierFactory(), reason="Wrong.")
    free = embargoed()

    with time_machine.travel(timezone.now() + 2 * A_DAY):
        tasks.end_embargoes()

    free.refresh_from_db()
    assert free.state == State.PUBLISHED


def test_an_embargo_ends_in_the_future():
    with pytest.raises(WrongState, match="past"):
        embargoed(until=timezone.now() - A_DAY)


def test_an_embargo_needs_a_reason():
    with pytest.raises(ReasonMissing):
        embargoed(reason=" ")


def test_an_editor_sets_no_embargo():
    with pytest.raises(NotAllowed):
        actions.embargo(verified(), by=EditorFactory(), until=timezone.now() + A_DAY, reason="Wait.")


def test_a_confidential_report_gives_no_status_and_no_alert():
    report = PublishedFactory(confidential=True)

    assert grade_of(report) == DamageGrade.UNKNOWN
    assert not Alert.objects.exists()


@pytest.mark.parametrize(("reader", "sees"), [(VerifierFactory, True), (EditorFactory, False), (UserFactory, False)])
def test_a_confidential_report_is_for_verifiers(reader, sees):
    PublishedFactory(confidential=True)

    assert ConditionReport.objects.visible_to(reader()).exists() is sees


def test_a_confidential_correction_cannot_replace_a_public_report():
    draft = actions.start_correction(PublishedFactory(), by=EditorFactory())
    draft.confidential = True
    actions.save_draft(draft, by=draft.author)

    with pytest.raises(WrongState, match="as confidential"):
        actions.submit(draft, by=draft.author)


def test_its_author_sees_it_all_the_same():
    report = DraftFactory(confidential=True)

    assert ConditionReport.objects.visible_to(report.author).get() == report


def test_a_note_in_confidence_is_written_by_verifiers():
    report = SubmittedFactory()

    with pytest.raises(NotAllowed):
        actions.note_in_confidence(report, "The guard saw it.", by=EditorFactory())
    assert actions.note_in_confidence(report, "The guard saw it.", by=VerifierFactory()).text
