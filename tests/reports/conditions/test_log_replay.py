"""Two times: whatever was published, corrected and retracted, asking the past replays the log."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.conditions import actions, queries
from reports.conditions.models import ConditionReport
from reports.conditions.querysets import Moment
from reports.conditions.workflow import State, VerificationMethod
from reports.vocabulary import Certainty, DamageGrade
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, SourceFactory
from tests.factories.sites import MonumentFactory

START = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
DAYS = [datetime.date(2015, 1, 1) + datetime.timedelta(days=n) for n in (0, 5, 40)]

steps = st.lists(
    st.tuples(
        st.sampled_from(["publish", "correct", "retract"]),
        st.integers(0, 5),
        st.sampled_from(DAYS),
        st.sampled_from([DamageGrade.NONE, DamageGrade.SEVERE, DamageGrade.DESTROYED]),
        st.sampled_from([Certainty.HIGH, Certainty.LOW]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_what_was_believed_is_what_stood_in_the_log(log):
    monument, story = MonumentFactory(), Story()
    believed = []
    for number, step in enumerate(log):
        now = START + datetime.timedelta(days=number)
        story.take(step, monument, now)
        believed.append((now, {day: status_on(monument, Moment(day)) for day in DAYS}))

    for now, then in believed:
        assert {day: status_on(monument, Moment(day, known_at=now)) for day in DAYS} == then


def status_on(monument, moment):
    return queries.statuses([monument.pk], moment)[monument.pk]


class Story:
    def __init__(self):
        self.editor, self.verifier = EditorFactory(), VerifierFactory()
        self.sources = [SourceFactory(), SourceFactory()]

    def take(self, step, monument, now):
        """Publish, correct or retract; with nothing to correct or retract, publish."""
        what, which, day, grade, certainty = step
        published = list(ConditionReport.objects.filter(monument=monument, state=State.PUBLISHED).order_by("pk"))
        chosen = published[which % len(published)] if published else None
        if what == "retract" and chosen:
            actions.retract(chosen, by=self.verifier, reason="A mistake", at=now)
            return
        if what == "correct" and chosen:
            draft = actions.start_correction(chosen, by=self.editor)
        else:
            draft = DraftFactory(monument=monument, author=self.editor, source=self.sources[which % 2])
        draft.date_from = draft.date_to = day
        draft.damage_grade, draft.certainty = grade, certainty
        draft.save()
        actions.submit(draft, by=self.editor)
        actions.verify(draft, by=self.verifier, method=VerificationMethod.TWO_SOURCES)
        actions.publish(draft, by=self.verifier, at=now)
