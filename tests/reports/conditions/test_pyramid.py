"""The counts under the map follow whatever is written, by whichever door."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.models import Sum
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reports.conditions import actions, pyramid
from reports.conditions.models import CellCount, ConditionReport, MonumentStatus
from reports.conditions.rebuilding import rebuild_all
from reports.conditions.workflow import State
from reports.vocabulary import DamageGrade
from sites.models import Monument
from sites.vocabulary import Sensitivity
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory


def add(monuments, n):
    MonumentFactory.create_batch(2, longitude=38 + n, latitude=34)


def move_one(monuments, n):
    monument = monuments.first()
    monument.longitude, monument.latitude = 40 + n / 10, 34
    monument.save()


def move_all(monuments, n):
    monuments.update(longitude=37, latitude=30 + n)


def hide_some(monuments, n):
    monuments.filter(longitude__gt=39).update(sensitivity=list(Sensitivity.values)[n % 3])


def take_the_place_away(monuments, n):
    monuments.filter(pk=monuments.last().pk).update(longitude=None, latitude=None)


def publish(monuments, n):
    PublishedFactory(monument=list(monuments)[n % len(monuments)], damage_grade=DamageGrade.values[n % 7])


def retract(monuments, n):
    report = ConditionReport.objects.filter(state=State.PUBLISHED).first()
    if report:
        actions.retract(report, by=VerifierFactory(), reason="Of another monument.")


def rebuild_statuses(monuments, n):
    MonumentStatus.objects.all().delete()
    list(rebuild_all())


def delete_one(monuments, n):
    Monument.objects.filter(pk__in=monuments.filter(reports=None).values("pk")[:1]).delete()


STEPS = [
    add,
    move_one,
    move_all,
    hide_some,
    take_the_place_away,
    publish,
    publish,
    retract,
    rebuild_statuses,
    delete_one,
]


class WhateverIsWritten(TestCase):
    @hypothesis_settings(max_examples=25)
    @given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 6)), min_size=1, max_size=6))
    def test_every_count_follows(self, steps):
        MonumentFactory.create_batch(7)
        for step, n in steps:
            step(Monument.objects.order_by("pk"), n)

        assert pyramid.differing() == 0


pytestmark = pytest.mark.django_db


def test_what_is_hidden_is_counted_nowhere():
    MonumentFactory()
    Monument.objects.update(sensitivity=Sensitivity.HIDDEN)

    assert CellCount.objects.aggregate(n=Sum("number"))["n"] == 0


def test_counts_that_went_wrong_are_found_and_made_anew():
    MonumentFactory()
    CellCount.objects.update(number=7)

    with pytest.raises(CommandError, match="rebuild_map"):
        call_command("rebuild_map", check=True)
    call_command("rebuild_map")
    call_command("rebuild_map", check=True)


def test_folding_leaves_every_sum_as_it_is():
    monument = MonumentFactory()
    for grade in (DamageGrade.SLIGHT, DamageGrade.SEVERE, DamageGrade.DESTROYED):
        PublishedFactory(monument=monument, damage_grade=grade)

    pyramid.fold()

    assert pyramid.differing() == 0
    assert CellCount.objects.filter(number__gt=0).count() == len(pyramid.LEVELS)


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_lose_no_count():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    monuments = MonumentFactory.create_batch(4)

    def write(n):
        try:
            if n % 3 == 0:
                Monument.objects.filter(pk=monuments[n % 4].pk).update(longitude=n)
            elif n % 3 == 1:
                pyramid.fold()
            else:
                PublishedFactory(monument=monuments[n % 4], damage_grade=DamageGrade.values[n % 7])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(36)))

    assert pyramid.differing() == 0
