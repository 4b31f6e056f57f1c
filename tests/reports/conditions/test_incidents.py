"""Ten witnesses of one explosion are one incident."""

from __future__ import annotations

import datetime

import pytest

from reports.conditions import incidents, queries
from reports.conditions.models import Incident
from reports.conditions.querysets import Moment
from reports.conditions.workflow import NotAllowed, WrongState
from reports.vocabulary import CauseType, DamageGrade
from tests.factories.accounts import EditorFactory, ReporterFactory
from tests.factories.conditions import DisturbanceFactory, DraftFactory, PublishedFactory, SourceFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2015, 8, 30)


@pytest.fixture
def site():
    return SiteFactory()


def witness(site, day=DAY, cause=CauseType.EXPLOSION_HEAVY_WEAPONRY, **facts):
    facts.setdefault("monument", None)
    facts["monument"] = facts["monument"] or MonumentFactory(site=site)
    report = PublishedFactory(date_to=day, **facts)
    DisturbanceFactory(report=report, cause=cause)
    return report


def test_reports_near_in_place_time_and_cause_are_akin(site):
    report = witness(site)
    same = witness(site, day=DAY + datetime.timedelta(days=3))
    witness(site, day=DAY + datetime.timedelta(days=4))
    witness(site, cause=CauseType.FIRE)
    witness(SiteFactory())

    assert list(incidents.akin(report)) == [same]


def test_folded_reports_count_as_one(site):
    reports = [witness(site) for _ in range(3)]
    witness(site, day=DAY + datetime.timedelta(days=100))

    incidents.fold([r.pk for r in reports], by=EditorFactory())

    assert incidents.tally_of_site(site.pk) == (2, 4, 4)


def test_a_copy_is_no_independent_source(site):
    first, second = witness(site), witness(site)
    editor = EditorFactory()
    incident = incidents.fold([first.pk, second.pk], by=editor)

    incidents.mark_as_copy(second, of=first, by=editor)

    assert incidents.sources_of(incident) == 1
    assert incidents.tally_of_site(site.pk).sources == 1


def test_a_copy_of_a_copy_repeats_the_original(site):
    a, b, c = witness(site), witness(site), witness(site)
    editor = EditorFactory()
    incidents.fold([a.pk, b.pk, c.pk], by=editor)
    incidents.mark_as_copy(c, of=b, by=editor)

    b.refresh_from_db()
    incidents.mark_as_copy(b, of=a, by=editor)

    c.refresh_from_db()
    assert c.repeats == a


def test_two_copies_do_not_contradict_each_other(site):
    monument, editor = MonumentFactory(site=site), EditorFactory()
    first = witness(site, monument=monument, damage_grade=DamageGrade.DESTROYED)
    second = witness(site, monument=monument, damage_grade=DamageGrade.NONE)
    incidents.fold([first.pk, second.pk], by=editor)
    assert queries.statuses([monument.pk])[monument.pk].contested

    incidents.mark_as_copy(second, of=first, by=editor)

    assert not queries.statuses([monument.pk])[monument.pk].contested


def test_folding_two_incidents_makes_one(site):
    editor = EditorFactory()
    a, b, c = witness(site), witness(site), witness(site)
    incidents.fold([a.pk, b.pk], by=editor)

    incidents.fold([a.pk, c.pk], by=editor)

    assert Incident.objects.get().reports.count() == 3


def test_an_incident_spans_its_reports(site):
    early, late = witness(site), witness(site, day=DAY + datetime.timedelta(days=2))

    incident = incidents.fold([early.pk, late.pk], by=EditorFactory())

    assert (incident.date_from, incident.date_to) == (DAY, DAY + datetime.timedelta(days=2))
    assert incident.cause == CauseType.EXPLOSION_HEAVY_WEAPONRY


def test_an_incident_without_reports_goes(site):
    editor, report = EditorFactory(), witness(site)
    incidents.fold([report.pk], by=editor)

    report.refresh_from_db()
    incidents.unfold(report, by=editor)

    assert not Incident.objects.exists()


def test_an_incident_is_of_one_site(site):
    with pytest.raises(WrongState, match="one site"):
        incidents.fold([witness(site).pk, witness(SiteFactory()).pk], by=EditorFactory())


def test_drafts_make_no_incident(site):
    draft = DraftFactory(monument__site=site)

    with pytest.raises(WrongState, match="published"):
        incidents.fold([draft.pk], by=EditorFactory())


def test_reporters_fold_nothing(site):
    with pytest.raises(NotAllowed):
        incidents.fold([witness(site).pk], by=ReporterFactory())


def test_confidential_reports_are_in_no_count(site):
    witness(site, confidential=True)

    assert incidents.tally_of_site(site.pk) == (0, 0, 0)


def test_counts_are_of_the_moment_asked_about(site):
    witness(site)

    assert incidents.tally_of_site(site.pk, Moment(as_of=DAY - datetime.timedelta(days=1))).incidents == 0


def test_the_same_source_twice_is_one_source(site):
    source = SourceFactory()
    witness(site, source=source)
    witness(site, source=source)

    assert incidents.tally_of_site(site.pk).sources == 1
