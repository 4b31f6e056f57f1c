"""Asking for a situation report, waiting for it, and reading it in the portal."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.situation_reports import actions, tasks
from reports.situation_reports.models import SituationReport, State
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import SiteFactory
from tests.factories.situation_reports import MadeFactory, SituationReportFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

ASK = "/situation-reports/ask/"


@pytest.fixture
def woken(monkeypatch):
    """The reports for which workers were woken."""
    keys = []
    monkeypatch.setattr(tasks.make, "delay", keys.append)
    return keys


def text(answer):
    return " ".join(answer.content.decode().split())


def test_somebody_asks_on_the_page_of_a_site_and_reads_the_report(sign_in, woken, django_capture_on_commit_callbacks):
    published = PublishedFactory(narrative="The cella was blown up.")
    site = published.monument.site
    client = sign_in(UserFactory())

    assert f"{ASK}?site={site.slug}" in text(client.get(f"/sites/{site.slug}/"))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(ASK, {"site": site.slug, "preset": "everything"})
    report = SituationReport.objects.get()

    assert answer["Location"] == report.get_absolute_url()
    assert woken == [str(report.pk)]
    assert (report.period_from, report.period_to) == (datetime.date(2015, 8, 30), timezone.localdate())
    waiting = client.get(report.get_absolute_url())
    assert waiting["Refresh"]
    assert "It waits for its turn." in text(waiting)
    actions.make(report.pk)
    page = text(client.get(report.get_absolute_url()))
    assert "The cella was blown up." in page
    assert "<svg" in page


def test_the_progress_is_told_in_words_and_percent(client):
    report = SituationReportFactory(state=State.MAKING, percent=35, doing="setting")

    page = text(client.get(report.get_absolute_url()))

    assert 'value="35"' in page
    assert "Setting the PDF" in page


@pytest.mark.parametrize(("preset", "days"), [("7", 7), ("30", 30), ("365", 365)])
def test_a_preset_is_so_many_days_up_to_today(sign_in, preset, days):
    sign_in(UserFactory()).post(ASK, {"site": SiteFactory().slug, "preset": preset})

    report = SituationReport.objects.get()

    assert report.period_to == timezone.localdate()
    assert (report.period_to - report.period_from).days == days - 1


def _own(**days):
    return {"site": SiteFactory().slug, "preset": "own", **days}


def test_days_that_were_written_count_whatever_period_is_chosen(sign_in):
    said = _own(preset="365", period_from="2015-05-01", period_to="2015-09-15")

    sign_in(UserFactory()).post(ASK, said)

    report = SituationReport.objects.get()
    assert (str(report.period_from), str(report.period_to)) == ("2015-05-01", "2015-09-15")


def test_an_own_period_needs_both_days(sign_in):
    answer = sign_in(UserFactory()).post(
        ASK, {"site": SiteFactory().slug, "preset": "own", "period_from": "2015-05-01"}
    )

    assert answer.status_code == 400
    assert "Write a date as YYYY-MM-DD" in text(answer)
    assert 'value="2015-05-01"' in text(answer)


def test_who_asks_for_too_many_is_told_when_to_come_again(sign_in, settings):
    settings.SITUATION_REPORTS_PER_DAY = 0

    answer = sign_in(UserFactory()).post(ASK, {"site": SiteFactory().slug, "preset": "7"})

    assert answer.status_code == 429
    assert "ask again tomorrow" in text(answer)


def test_only_staff_are_asked_for_whom_it_is(client, sign_in):
    assert 'name="audience"' not in text(sign_in(UserFactory()).get(ASK))
    assert 'name="audience"' in text(sign_in(EditorFactory()).get(ASK))


def test_without_an_account_one_reads_and_does_not_ask(client):
    report = MadeFactory()

    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.get(ASK).status_code == 302


def test_the_report_is_read_in_the_language_of_the_page(client):
    report = MadeFactory()

    page = text(client.get(report.get_absolute_url(), headers={"accept-language": "ar"}))

    assert '<article class="sitrep" lang="ar" dir="rtl">' in page


def test_the_file_opens_in_the_browser_under_a_name_that_says_what_it_is(client):
    report = MadeFactory(site=SiteFactory(slug="hatra"))

    answer = client.get(f"{report.get_absolute_url()}fr.pdf")

    assert answer.getvalue().startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="hatra-2015-09-15-fr.pdf"'
    assert client.get(f"{report.get_absolute_url()}de.pdf").status_code == 404


def test_the_page_says_what_was_published_since(client):
    published = PublishedFactory()
    report = MadeFactory(site=published.monument.site)
    PublishedFactory(monument=published.monument, date_to=datetime.date(2015, 9, 1))

    assert "Since it was made, 1 report about this place was published or retracted." in text(
        client.get(report.get_absolute_url())
    )


def test_a_failed_report_is_tried_again_by_who_asked(sign_in):
    person = UserFactory()
    report = SituationReportFactory(state=State.FAILED, reason="OSError: disk full", asked_by=person)
    client = sign_in(person)

    page = text(client.get(report.get_absolute_url()))
    assert "could not be made" in page
    assert "disk full" not in page
    client.post(f"{report.get_absolute_url()}again/")

    report.refresh_from_db()
    assert report.state == State.WAITING


def test_nobody_else_tries_it_again(sign_in):
    report = SituationReportFactory(state=State.FAILED, reason="OSError: disk full", asked_by=UserFactory())

    assert sign_in(UserFactory()).post(f"{report.get_absolute_url()}again/").status_code == 403


def test_the_list_shows_what_the_reader_may_read_and_own_ones_under_way(sign_in):
    person = UserFactory()
    waiting = SituationReportFactory(asked_by=person)
    ready, staff = MadeFactory(), MadeFactory(audience="staff")
    client = sign_in(person)

    everything, own = text(client.get("/situation-reports/")), text(client.get("/situation-reports/?show=own"))

    assert ready.get_absolute_url() in everything
    assert staff.get_absolute_url() not in everything
    assert waiting.get_absolute_url() not in everything
    assert waiting.get_absolute_url() in own


def test_longer_lists_and_reports_cost_no_more_queries(client):
    site = SiteFactory()
    report = MadeFactory(site=site)
    few = queries_of(client, "/situation-reports/"), queries_of(client, report.get_absolute_url())

    for _number in range(3):
        MadeFactory()
    published = PublishedFactory(monument__site=site)
    longer = MadeFactory(site=published.monument.site)

    assert queries_of(client, "/situation-reports/") == few[0]
    assert queries_of(client, longer.get_absolute_url()) <= few[1] + 2  # what it cites, what it draws
