"""What becomes of a plan is recorded step by step, and nothing of it is lost."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reports.conditions.workflow import Conflict, NotAllowed, ReasonMissing, WrongState
from reports.recording import Unchangeable
from reports.restoration import actions, course, workflow
from reports.restoration.models import Plan, PlanStep
from reports.restoration.vocabulary import Phase, PlanStatus
from sites.models import Responsibility
from sites.vocabulary import DatePrecision
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import SourceFactory
from tests.factories.restoration import PlanFactory, StepFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def day(text):
    return datetime.date.fromisoformat(text)


def step(plan, status="", on="2020-06-01", **facts):
    return StepFactory.build(plan=plan, to_status=status, date_to=day(on), source=SourceFactory(), **facts)


def proposed(**facts):
    return PlanFactory(date_from=day("2018-01-01"), date_to=day("2018-01-01"), date_precision="day", **facts)


def new(**facts):
    return PlanFactory.build(**{"monument": MonumentFactory(), "source": SourceFactory(), **facts})


def test_a_new_plan_has_a_first_step_that_says_what_the_plan_says():
    editor = EditorFactory()

    plan = actions.save_plan(
        new(date_from=day("2018-01-01"), date_to=day("2018-01-01"), date_precision="day"), by=editor
    )

    [first] = plan.steps.all()
    assert (first.to_status, first.source, first.by, first.counts_from) == (
        PlanStatus.PROPOSED,
        plan.source,
        editor,
        day("2018-01-01"),
    )
    assert (plan.site, plan.created_by) == (plan.monument.site, editor)


def test_a_step_moves_the_plan_and_says_since_when():
    plan = actions.take_step(step(proposed(), PlanStatus.UNDER_STUDY), by=EditorFactory())

    plan.refresh_from_db()
    assert (plan.status, plan.status_on) == (PlanStatus.UNDER_STUDY, day("2020-06-01"))
    last = plan.steps.get(to_status=PlanStatus.UNDER_STUDY)
    assert (last.from_status, last.from_phase) == (PlanStatus.PROPOSED, Phase.ANASTYLOSIS)


def test_progress_and_new_dates_leave_the_status_as_it_was():
    plan = proposed(status=PlanStatus.IN_PROGRESS)
    news = {"progress": 40, "planned_from": day("2020-01-01"), "planned_to": day("2027-12-31")}

    plan = actions.take_step(step(plan, **news), by=EditorFactory())
    plan = actions.take_step(step(plan, on="2021-01-01", progress=55), by=EditorFactory())

    plan.refresh_from_db()
    assert (plan.status, plan.status_on) == (PlanStatus.IN_PROGRESS, day("2018-01-01"))
    assert (plan.progress, plan.planned_to, plan.changed_on) == (55, day("2027-12-31"), day("2021-01-01"))


def test_what_was_known_at_a_time_and_what_was_true_on_a_day_can_both_be_asked():
    plan = proposed()
    before = timezone.now()
    actions.take_step(step(plan, PlanStatus.APPROVED, on="2019-05-01"), by=VerifierFactory())
    steps = list(plan.steps.all())

    as_known_now, as_known_then = course.standing(steps), course.standing(steps, before)

    assert course.state_on(as_known_now, day("2019-06-01")).status == PlanStatus.APPROVED
    assert course.state_on(as_known_then, day("2019-06-01")).status == PlanStatus.PROPOSED
    assert course.state_on(as_known_now, day("2019-04-30")).status == PlanStatus.PROPOSED
    assert course.state_on(as_known_now, day("2017-12-31")) is None


def test_a_step_of_the_past_is_put_where_it_belongs():
    plan = proposed()
    verifier = VerifierFactory()
    actions.take_step(step(plan, PlanStatus.FUNDED, on="2020-06-01"), by=verifier)

    plan = actions.take_step(step(plan, PlanStatus.SUBMITTED, on="2019-06-01"), by=verifier)

    plan.refresh_from_db()
    assert (plan.status, plan.status_on) == (PlanStatus.FUNDED, day("2020-06-01"))
    assert course.state_on(course.standing(plan.steps.all()), day("2019-07-01")).status == PlanStatus.SUBMITTED


def test_a_step_of_the_past_that_its_neighbours_forbid_is_refused():
    plan = proposed()
    verifier = VerifierFactory()
    actions.take_step(step(plan, PlanStatus.SUBMITTED, on="2020-06-01"), by=verifier)

    with pytest.raises(WrongState, match="“Submitted” cannot follow “Completed”"):
        actions.take_step(step(plan, PlanStatus.COMPLETED, on="2019-06-01"), by=verifier)


def test_what_has_ended_takes_no_more_steps():
    plan = proposed(status=PlanStatus.COMPLETED)

    with pytest.raises(WrongState):
        actions.take_step(step(plan, PlanStatus.IN_PROGRESS), by=VerifierFactory())
    with pytest.raises(WrongState):
        actions.take_step(step(plan, progress=80), by=VerifierFactory())


def test_steps_are_never_changed():
    first = proposed().steps.get()

    with pytest.raises(Unchangeable):
        first.save()
    with pytest.raises(Unchangeable):
        first.delete()
    with pytest.raises(Unchangeable):
        PlanStep.objects.filter(pk=first.pk).update(reason="Because")


def test_a_wrong_step_is_answered_by_another_and_stays_readable():
    plan = proposed()
    verifier = VerifierFactory()
    actions.take_step(step(plan, PlanStatus.FUNDED), by=verifier)
    wrong, then = plan.steps.get(to_status=PlanStatus.FUNDED), timezone.now()

    plan = actions.correct_step(wrong, step(plan, PlanStatus.APPROVED), by=verifier, reason="Only approved.")

    assert plan.status == PlanStatus.APPROVED
    assert [one.to_status for one in course.standing(plan.steps.all())] == [PlanStatus.PROPOSED, PlanStatus.APPROVED]
    assert course.state_on(course.standing(plan.steps.all(), then)).status == PlanStatus.FUNDED
    assert wrong.correction.reason == "Only approved."


def test_what_never_happened_is_void():
    plan = proposed()
    verifier = VerifierFactory()
    actions.take_step(step(plan, PlanStatus.FUNDED), by=verifier)

    plan = actions.correct_step(
        plan.steps.get(to_status=PlanStatus.FUNDED), None, by=verifier, reason="Another monument."
    )

    assert (plan.status, plan.status_on) == (PlanStatus.PROPOSED, day("2018-01-01"))


def test_a_correction_needs_a_reason_and_leaves_an_order_that_can_be():
    plan = proposed()
    verifier = VerifierFactory()
    actions.take_step(step(plan, PlanStatus.REJECTED, on="2019-01-01"), by=verifier)
    actions.take_step(step(plan, PlanStatus.PROPOSED, on="2020-01-01"), by=verifier)
    rejected = plan.steps.get(to_status=PlanStatus.REJECTED)

    with pytest.raises(ReasonMissing):
        actions.correct_step(rejected, None, by=verifier, reason=" ")
    with pytest.raises(WrongState):
        actions.correct_step(
            rejected, step(plan, PlanStatus.COMPLETED, on="2019-01-01"), by=verifier, reason="It was completed."
        )
    with pytest.raises(WrongState, match="one step at least"):
        actions.correct_step(proposed().steps.get(), None, by=verifier, reason="No plan.")


def test_a_step_is_corrected_once():
    plan = proposed()
    verifier = VerifierFactory()
    actions.take_step(step(plan, PlanStatus.FUNDED), by=verifier)
    wrong = plan.steps.get(to_status=PlanStatus.FUNDED)
    actions.correct_step(wrong, None, by=verifier, reason="Never.")

    with pytest.raises(WrongState):
        actions.correct_step(wrong, None, by=verifier, reason="Never.")


def test_the_description_changes_and_the_state_does_not():
    plan = proposed()
    plan.method = "Dry masonry."
    actions.save_plan(plan, by=EditorFactory(), seen=plan.version)
    assert [old.method for old in plan.history.all()] == ["Dry masonry.", ""]

    plan.status = PlanStatus.FUNDED
    with pytest.raises(WrongState):
        actions.save_plan(plan, by=VerifierFactory())


def test_whoever_comes_second_is_told():
    plan = proposed()
    actions.take_step(step(plan, PlanStatus.UNDER_STUDY), by=EditorFactory(), seen=plan.version)

    with pytest.raises(Conflict):
        actions.take_step(step(plan, PlanStatus.SUBMITTED), by=EditorFactory(), seen=plan.version)


def test_decisions_are_recorded_by_verifiers():
    editor = EditorFactory()

    with pytest.raises(NotAllowed):
        actions.take_step(step(proposed(), PlanStatus.APPROVED), by=editor)
    with pytest.raises(NotAllowed):
        actions.save_plan(new(status=PlanStatus.FUNDED), by=editor)
    assert actions.save_plan(new(status=PlanStatus.HOPED), by=editor).status == PlanStatus.HOPED


@pytest.mark.parametrize("maker", [UserFactory, ReporterFactory, AdministratorFactory])
def test_others_record_nothing(maker):
    with pytest.raises(NotAllowed):
        actions.take_step(step(proposed(), PlanStatus.UNDER_STUDY), by=maker())
    with pytest.raises(NotAllowed):
        actions.save_plan(new(), by=maker())
    assert not Plan.objects.filter(steps__to_status=PlanStatus.UNDER_STUDY).exists()


def test_nobody_records_for_the_sites_of_others():
    plan, verifier = proposed(), VerifierFactory()
    Responsibility.objects.create(user=verifier, site=SiteFactory())

    with pytest.raises(NotAllowed):
        actions.take_step(step(plan, PlanStatus.APPROVED), by=verifier)
    with pytest.raises(NotAllowed):
        actions.save_plan(new(), by=verifier)
    plan.title = "Ours"
    with pytest.raises(NotAllowed):
        actions.save_plan(plan, by=verifier)


@pytest.mark.parametrize(
    "wrong",
    [
        {"date_to": datetime.date(2100, 1, 1)},
        {"progress": 101},
        {"planned_from": datetime.date(2021, 1, 1), "planned_to": datetime.date(2020, 1, 1)},
        {"date_from": None, "date_precision": DatePrecision.RANGE},
    ],
)
def test_a_step_that_cannot_be_is_refused(wrong):
    facts = {"date_to": day("2020-06-01"), **wrong}
    impossible = StepFactory.build(plan=proposed(), to_status=PlanStatus.UNDER_STUDY, source=SourceFactory(), **facts)

    with pytest.raises(ValidationError):
        actions.take_step(impossible, by=EditorFactory())


def test_a_plan_is_for_monuments_of_one_site_or_for_all_of_it():
    with pytest.raises(ValidationError):
        actions.save_plan(new(site=SiteFactory()), by=EditorFactory())
    whole = actions.save_plan(new(monument=None, site=SiteFactory()), by=EditorFactory())
    assert whole.monument is None
    with pytest.raises(ValidationError):
        actions.save_plan(new(monument=None), by=EditorFactory())


def test_an_undated_plan_counts_from_the_year_of_its_source():
    assert PlanFactory(source_year=2011).status_on == day("2011-12-31")
    assert PlanFactory(source_year=None).status_on == timezone.localdate()
    with pytest.raises(ValidationError, match="year of the source"):
        actions.save_plan(new(source_year=None), by=EditorFactory())


def test_every_status_leads_somewhere_or_is_an_end():
    assert {status for status, after in workflow.TRANSITIONS.items() if not after} == {PlanStatus.COMPLETED}
    assert all(status not in after for status, after in workflow.TRANSITIONS.items())


STEPS = st.lists(
    st.tuples(
        st.sampled_from(PlanStatus.values), st.integers(0, 900), st.integers(0, 900), st.none() | st.integers(0, 100)
    ),
    min_size=1,
    max_size=8,
)


@given(STEPS, st.integers(0, 1000), st.integers(0, 1000))
def test_what_is_entered_later_or_happens_later_changes_nothing_of_before(rows, happened, known):
    start = datetime.datetime(2015, 1, 1, tzinfo=datetime.UTC)
    steps = [
        PlanStep(
            to_status=status,
            to_phase=Phase.CONSERVATION,
            progress=progress,
            date_to=(start + datetime.timedelta(on)).date(),
            recorded_at=start + datetime.timedelta(on + later),
        )
        for status, on, later, progress in rows
    ]
    at, on = start + datetime.timedelta(known), (start + datetime.timedelta(happened)).date()
    of_before = [one for one in steps if one.recorded_at <= at and one.counts_from <= on]

    asked = course.state_on(course.standing(steps, at), on)

    assert asked == course.state_on(course.standing(of_before))
    assert (asked is None) == (not of_before)
