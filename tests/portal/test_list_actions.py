"""What is done with many rows of a list of the admin: confirmed, row by row, to the end, by a worker."""

from __future__ import annotations

import datetime

import pytest
from django.db.models.signals import post_save
from django.utils import timezone

from portal.bulk import actions, tasks
from portal.bulk.models import Job, State
from portal.bulk.registry import BULKS
from reports.conditions.models import ConditionReport, Incident, ReportStep
from reports.conditions.workflow import State as Stands
from reports.vocabulary import CauseType
from sites.models import Responsibility
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DisturbanceFactory, DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.list_actions import choose, have_done, work_off
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

REPORTS = "/admin/conditions/conditionreport/"
OFFERED = {
    EditorFactory: {"fold"},
    VerifierFactory: {"fold", "assign", "retract", "publish", "withdraw", "confidential", "open"},
    AdministratorFactory: {"send_again", "stop", "remove", "make_again"},
}


@pytest.fixture
def verifier():
    return VerifierFactory()


@pytest.fixture
def client(client, sign_in, verifier):
    return sign_in(verifier)


def page(client, job):
    return client.get(job.get_absolute_url()).content.decode()


@pytest.mark.parametrize("factory", [UserFactory, ReporterFactory, *OFFERED])
def test_each_role_may_do_what_its_permissions_say(factory):
    person = factory()

    assert {name for name, bulk in BULKS.items() if actions.may(person, bulk)} == OFFERED.get(factory, set())


def test_nothing_happens_before_it_is_confirmed_with_what_it_needs(client):
    reports = [PublishedFactory(), PublishedFactory()]

    job = choose(client, REPORTS, "retract", reports)
    asked = page(client, job)
    refused = client.post(job.get_absolute_url(), {"confirm": "yes", "reason": " "})
    work_off()

    assert "This is about 2 rows." in asked
    assert f'href="{REPORTS}{reports[0].pk}/change/"' in asked
    assert "This field is required" in refused.content.decode()
    assert ConditionReport.objects.filter(state=Stands.PUBLISHED).count() == 2


def test_what_is_refused_is_told_with_its_reason_and_a_link_and_hinders_no_other(client, verifier):
    own, other = PublishedFactory(author=verifier), PublishedFactory()

    job = have_done(client, REPORTS, "retract", [own, other], reason="The photograph is of 2013.")

    other.refresh_from_db()
    assert (other.state, other.retraction_reason) == (Stands.RETRACTED, "The photograph is of 2013.")
    said = page(client, job)
    assert "1 done" in said
    assert "1 refused" in said
    assert f'href="{REPORTS}{own.pk}/change/"' in said
    assert "Four eyes" in said


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_who_asked_sees_it(client, sign_in, method):
    job = choose(client, REPORTS, "retract", [PublishedFactory()])

    answer = getattr(sign_in(VerifierFactory()), method)(job.get_absolute_url(), {"confirm": "yes", "reason": "x"})

    assert answer.status_code == 404
    assert Job.objects.get().state == State.ASKED


def test_a_worker_killed_in_between_is_followed_by_one_that_goes_on_and_doubles_nothing(client):
    reports = [PublishedFactory() for _ in range(3)]
    job = choose(client, REPORTS, "retract", reports)
    client.post(job.get_absolute_url(), {"confirm": "yes", "reason": "Not this temple."})
    taken = []

    def dies(sender, instance, **kwargs):
        taken.append(instance)
        if len(taken) == 2:
            raise SystemExit

    post_save.connect(dies, sender=ReportStep)
    with pytest.raises(SystemExit):
        tasks.go_on(str(job.pk))
    post_save.disconnect(dies, sender=ReportStep)
    assert actions.to_go_on_with() == []
    Job.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
    work_off()

    job.refresh_from_db()
    assert (job.state, job.done, job.refusals.count()) == (State.DONE, 3, 0)
    assert ReportStep.objects.filter(to_state=Stands.RETRACTED).count() == 3


def test_of_two_workers_at_one_list_the_later_one_does_nothing(client):
    job = choose(client, REPORTS, "retract", [PublishedFactory()])
    client.post(job.get_absolute_url(), {"confirm": "yes", "reason": "x"})

    assert actions.take(job.pk)
    assert not actions.take(job.pk)


def test_what_kills_every_worker_is_given_up(client):
    job = choose(client, REPORTS, "retract", [PublishedFactory()])
    client.post(job.get_absolute_url(), {"confirm": "yes", "reason": "x"})
    Job.objects.update(state=State.RUNNING, tries=actions.TRIES)

    tasks.sweep()

    assert "stopped each time" in page(client, job)


def test_who_loses_the_right_in_between_has_nothing_done(client, verifier):
    job = choose(client, REPORTS, "retract", [PublishedFactory()])
    client.post(job.get_absolute_url(), {"confirm": "yes", "reason": "x"})
    verifier.groups.clear()
    work_off()

    job.refresh_from_db()
    assert (job.state, job.done) == (State.FAILED, 0)


def test_long_lists_are_done_in_pieces_and_can_be_stopped(client, verifier, monkeypatch):
    monkeypatch.setattr(actions, "PIECE", 2)
    job = choose(client, REPORTS, "assign", [SubmittedFactory() for _ in range(3)])
    client.post(job.get_absolute_url(), {"confirm": "yes", "to": verifier.pk})

    tasks.go_on(str(job.pk))
    assert "2 of 3 rows" in page(client, job)
    client.post(job.get_absolute_url(), {"stop": "yes"})
    work_off()

    assert "Stopped" in page(client, job)
    assert ConditionReport.objects.filter(assigned_to=verifier).count() == 2


def test_reviews_are_handed_to_whom_the_rule_accepts_and_nobody_else_is_offered(client, verifier):
    superuser, elsewhere = UserFactory(name="Zenobia", is_superuser=True), VerifierFactory(name="Longinus")
    Responsibility.objects.create(user=elsewhere, site=SiteFactory())
    EditorFactory(name="Vaballathus")
    report = SubmittedFactory()

    offered = page(client, choose(client, REPORTS, "assign", [report]))
    refused = have_done(client, REPORTS, "assign", [report], to=elsewhere.pk)
    have_done(client, REPORTS, "assign", [report], to=superuser.pk)

    report.refresh_from_db()
    assert report.assigned_to == superuser
    assert "of this site" in page(client, refused)
    assert "Zenobia" in offered
    assert "Vaballathus" not in offered


def test_reports_are_folded_into_one_incident_by_a_worker_and_what_does_not_belong_is_refused(client):
    site, elsewhere = SiteFactory(), PublishedFactory()
    reports = [PublishedFactory(monument=MonumentFactory(site=site)) for _ in range(3)]
    for report, cause in zip(
        reports, (CauseType.FIRE, CauseType.SEISMIC_ACTIVITY, CauseType.SEISMIC_ACTIVITY), strict=True
    ):
        DisturbanceFactory(report=report, cause=cause)
    draft = DraftFactory(monument=reports[0].monument)

    job = choose(client, REPORTS, "fold", [draft, *reports, elsewhere])
    Job.objects.update(keys=[str(report.pk) for report in (draft, *reports, elsewhere)])
    client.post(job.get_absolute_url(), {"confirm": "yes", "title": "The night of the fire"})
    work_off()

    incident = Incident.objects.get()
    assert set(incident.reports.all()) == set(reports)
    assert (incident.title, incident.cause) == ("The night of the fire", CauseType.SEISMIC_ACTIVITY)
    said = page(client, job)
    assert f'href="/admin/conditions/incident/{incident.pk}/change/"' in said
    assert "3 done" in said
    assert "Only published reports" in said
    assert "of several" in said


def test_the_dashboard_leads_back_to_it(client, verifier):
    job = have_done(client, REPORTS, "assign", [SubmittedFactory()], to=verifier.pk)

    assert job.get_absolute_url() in client.get("/admin/").content.decode()


def test_more_than_anybody_can_confirm_is_not_asked_for(client, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)

    assert choose(client, REPORTS, "assign", [SubmittedFactory(), SubmittedFactory()]) is None


def test_what_was_never_confirmed_is_forgotten(client):
    choose(client, REPORTS, "assign", [SubmittedFactory()])
    Job.objects.update(asked_at=timezone.now() - datetime.timedelta(days=2))

    tasks.sweep()

    assert not Job.objects.exists()


def test_more_rows_and_refusals_cost_the_page_no_more_queries(client, verifier):
    def cost(number):
        reports = [PublishedFactory(author=verifier) for _ in range(number)]
        asked = queries_of(client, choose(client, REPORTS, "retract", reports).get_absolute_url())
        ended = have_done(client, REPORTS, "retract", reports, reason="x")
        return asked, queries_of(client, ended.get_absolute_url())

    assert cost(2) == cost(5)
    assert max(cost(2)) <= 12
