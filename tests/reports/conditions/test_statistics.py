"""How the work goes, in figures."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from reports.conditions import actions, statistics
from reports.conditions.models import ConditionReport
from reports.conditions.statistics import Share
from reports.conditions.workflow import VerificationMethod
from reports.vocabulary import DamageGrade
from sites.models import Monument
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2016, 4, 15, 12, tzinfo=datetime.UTC)


def test_months_count_what_was_entered_and_published_in_each():
    with time_machine.travel(NOON, tick=False):
        PublishedFactory()
        DraftFactory()
        DraftFactory(created_at=NOON - datetime.timedelta(days=31))

        *_, march, april = statistics.months(ConditionReport.objects.all())

    assert (march.first, march.entered, march.published) == (datetime.date(2016, 3, 1), 1, 0)
    assert (april.first, april.entered, april.published) == (datetime.date(2016, 4, 1), 2, 1)


def test_waiting_counts_from_the_first_handing_in():
    verifier = VerifierFactory()
    with time_machine.travel(NOON, tick=False) as clock:
        report = SubmittedFactory()
        clock.shift(datetime.timedelta(days=2))
        back = actions.reject(report, by=verifier, reason="Which tower?")
        report = actions.submit(back, by=back.author)
        clock.shift(datetime.timedelta(days=3))
        actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)

        found = statistics.waits(ConditionReport.objects.all())

    assert found == [Share(1, 0), Share(3, 0), Share(7, 1), Share(30, 0), Share(None, 0)]


def test_ages_tell_what_is_known_and_for_how_long_nobody_looked():
    with time_machine.travel(NOON, tick=False):
        PublishedFactory(date_to=NOON.date() - datetime.timedelta(days=10))
        PublishedFactory(date_to=NOON.date() - datetime.timedelta(days=200))
        PublishedFactory(damage_grade=DamageGrade.UNKNOWN)
        MonumentFactory()

        found = statistics.ages(Monument.objects.all())

    assert (found.monuments, found.known) == (4, 2)
    assert found.shares[0] == Share(90, 1)
    assert found.shares[2] == Share(365, 1)
    assert sum(share.number for share in found.shares) + found.never == 4
