"""Situation reports over REST."""

from __future__ import annotations

import pytest

from reports.situation_reports.models import SituationReport
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import SiteFactory
from tests.factories.situation_reports import MadeFactory, SituationReportFactory

pytestmark = pytest.mark.django_db

ALL = "/api/v1/situation-reports/"
PERIOD = {"period_from": "2015-05-01", "period_to": "2015-09-15"}


def ask(client, **question):
    return client.post(ALL, {**PERIOD, **question}, content_type="application/json")


def test_a_program_asks_and_sees_how_far_it_is(sign_in):
    client = sign_in(UserFactory())

    answer = ask(client, site=SiteFactory(slug="hatra").slug)

    assert answer.status_code == 201
    found = client.get(answer.json()["url"]).json()
    assert (found["site"], found["state"], found["percent"], found["pdf"]) == ("hatra", "waiting", 0, {})


def test_it_reads_the_content_and_the_file_of_a_report_that_is_ready(client):
    published = PublishedFactory(narrative="The cella was blown up.")
    report = MadeFactory(site=published.monument.site)

    found = client.get(f"{ALL}{report.pk}/").json()
    content = client.get(f"{ALL}{report.pk}/content/?language=ar").json()
    file = client.get(f"{ALL}{report.pk}/file/?language=fr", headers={"accept": "application/pdf"})

    assert set(found["pdf"]) == {"ar", "en", "fr"}
    assert "The cella was blown up." in str(content)
    assert b"".join(file.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({}, "Choose exactly one"),
        ({"country": "Atlantis"}, "country"),
        ({"site": "atlantis"}, "site"),
        ({"country": "SY", "period_to": "2999-01-01"}, "period_to"),
        ({"area": {"type": "Point", "coordinates": [1, 2]}}, "area"),
    ],
)
def test_a_wrong_question_names_its_field(sign_in, question, field):
    answer = ask(sign_in(UserFactory()), **question)

    assert answer.status_code == 400
    assert field in answer.content.decode()


def test_without_an_account_nobody_asks(client):
    assert ask(client, country="SY").status_code in {401, 403}


def test_staff_reports_are_asked_for_by_staff(sign_in):
    assert ask(sign_in(UserFactory()), country="SY", audience="staff").status_code == 403
    assert ask(sign_in(EditorFactory()), country="SY", audience="staff").status_code == 201


def test_too_many_are_refused_with_when_to_come_again(sign_in, settings):
    settings.SITUATION_REPORTS_PER_DAY = 0

    answer = ask(sign_in(UserFactory()), country="SY")

    assert answer.status_code == 429
    assert answer["Retry-After"]


def test_the_list_is_filtered_and_hides_those_for_staff(client):
    public = SituationReportFactory()
    SituationReportFactory()
    SituationReportFactory(site=public.site, audience="staff")

    rows = client.get(f"{ALL}?site={public.site.slug}").json()["results"]

    assert [row["id"] for row in rows] == [str(public.pk)]
    assert SituationReport.objects.count() == 3
