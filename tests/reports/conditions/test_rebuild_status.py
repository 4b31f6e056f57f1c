"""`manage.py rebuild_status`: the kept periods agree with the reports, or it says where not."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports.conditions import actions, queries
from reports.conditions.models import MonumentStatus
from reports.vocabulary import DamageGrade
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db


def test_check_finds_that_all_agree():
    PublishedFactory()

    call_command("rebuild_status", check=True, stdout=StringIO())


def test_check_lists_what_differs_and_changes_nothing():
    report, out = PublishedFactory(), StringIO()
    MonumentStatus.objects.update(damage_grade=DamageGrade.NONE)

    with pytest.raises(CommandError, match="1 monuments differ"):
        call_command("rebuild_status", check=True, stdout=out)

    assert report.monument.slug in out.getvalue()
    assert MonumentStatus.objects.get().damage_grade == DamageGrade.NONE


def test_it_mends_what_differs():
    report = PublishedFactory(damage_grade=DamageGrade.SEVERE)
    MonumentStatus.objects.all().delete()

    call_command("rebuild_status", stdout=StringIO())

    assert queries.statuses([report.monument_id])[report.monument_id].damage_grade == DamageGrade.SEVERE


def test_it_takes_away_a_status_without_reports():
    report = PublishedFactory()
    other = MonumentFactory()
    MonumentStatus.objects.update(monument=other, report=None)

    call_command("rebuild_status", stdout=StringIO())

    assert queries.history(other.pk) == []
    assert queries.history(report.monument_id) != []


def test_rebuilding_again_writes_nothing():
    report = PublishedFactory()
    before = MonumentStatus.objects.get().pk

    actions.rebuild(report.monument_id)

    assert MonumentStatus.objects.get().pk == before
