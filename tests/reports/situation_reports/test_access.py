"""Who may ask for what, who may read it, and what happens when something in it becomes confidential."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from portal.accounts import roles
from reports.conditions.models import ConditionReport
from reports.situation_reports import actions, queries
from reports.situation_reports.models import SituationReport
from reports.situation_reports.question import STAFF_ROLE, Audience
from sites.models import Disclosure, Monument, Responsibility
from sites.vocabulary import Sensitivity
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, UserFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.factories.situation_reports import MadeFactory, SituationReportFactory

pytestmark = pytest.mark.django_db

AREA = {"type": "Polygon", "coordinates": [[[38, 34], [39, 34], [39, 35], [38, 35], [38, 34]]]}


def question(**facts):
    return SituationReportFactory.build(**{"site": SiteFactory(), **facts})


def points(report):
    """Where the plan of the English edition shows something: the first circle of each mark."""
    return report.editions.get(language="en").content.section("map").pictures[-1].svg


def test_the_role_of_staff_reports_is_one_of_the_table():
    assert STAFF_ROLE == roles.EDITOR


def test_everybody_with_an_account_may_ask_for_a_public_report():
    report = actions.ask(question(), by=UserFactory())

    assert SituationReport.objects.get() == report


@pytest.mark.parametrize("maker", [UserFactory, ReporterFactory, AdministratorFactory])
def test_who_sees_no_exact_places_may_not_ask_for_a_staff_report(maker):
    with pytest.raises(actions.NotAllowed):
        actions.ask(question(audience=Audience.STAFF), by=maker())


def test_an_editor_asks_for_staff_reports_about_the_own_sites_alone():
    editor, own, other = EditorFactory(), SiteFactory(), SiteFactory(country="IQ")
    Responsibility.objects.create(user=editor, site=own)

    actions.ask(question(site=own, audience=Audience.STAFF), by=editor)
    for about in ({"site": other}, {"site": None, "country": "SY"}, {"site": None, "area": AREA}):
        with pytest.raises(actions.NotAllowed):
            actions.ask(question(**about, audience=Audience.STAFF), by=editor)


def test_staff_reports_are_read_by_who_sees_exact_places_there():
    report = MadeFactory(audience=Audience.STAFF)
    stranger = EditorFactory()
    Responsibility.objects.create(user=stranger, country="IQ")
    readers = [EditorFactory(), stranger, UserFactory(), AdministratorFactory()]

    assert [SituationReport.objects.visible_to(reader).contains(report) for reader in readers] == [
        True,
        False,
        False,
        False,
    ]


def test_a_public_report_shows_the_public_place_even_when_an_editor_asks(settings):
    monument = MonumentFactory(sensitivity=Sensitivity.GENERALISED)
    public = MadeFactory(site=monument.site, asked_by=EditorFactory())
    staff = MadeFactory(site=monument.site, audience=Audience.STAFF)

    assert public.told["places"] == {str(monument.pk): [38.27, 34.55]}
    assert staff.told["places"] == {str(monument.pk): [38.274321, 34.547123]}
    assert 'class="cell"' in points(public)
    assert 'class="cell"' not in points(staff)


def test_a_hidden_place_is_on_no_public_plan():
    monument = MonumentFactory(sensitivity=Sensitivity.HIDDEN)
    MonumentFactory(site=monument.site)

    report = MadeFactory(site=monument.site)

    assert str(monument.pk) not in report.told["places"]
    assert points(report).count("<circle") == 1


def test_reading_exact_places_in_a_report_leaves_a_trace(sign_in):
    monument = MonumentFactory(sensitivity=Sensitivity.HIDDEN)
    report = MadeFactory(site=monument.site, audience=Audience.STAFF)
    editor = EditorFactory()

    client = sign_in(editor)
    client.get(report.get_absolute_url())
    assert client.get(f"{report.get_absolute_url()}en.pdf").getvalue()

    assert Disclosure.objects.filter(user=editor, of=monument.pk).count() == 2


def test_confidential_reports_are_in_none():
    secret = PublishedFactory(confidential=True, narrative="Seen by the guard.")

    for audience in Audience:
        report = MadeFactory(site=secret.monument.site, audience=audience)
        assert "Seen by the guard." not in str(report.editions.values_list("filed"))


def test_what_became_confidential_is_shown_to_nobody_any_more(client):
    published = PublishedFactory(narrative="Seen by the guard.")
    report = MadeFactory(site=published.monument.site)
    ConditionReport.objects.filter(pk=published.pk).update(confidential=True)

    answers = [client.get(report.get_absolute_url()), client.get(f"{report.get_absolute_url()}en.pdf")]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert "Seen by the guard." not in answers[0].content.decode()
    assert actions.make(report.pk)
    assert "Seen by the guard." not in client.get(report.get_absolute_url()).content.decode()


def test_a_place_that_became_protected_is_drawn_no_more():
    monument = MonumentFactory()
    report = MadeFactory(site=monument.site)
    assert queries.is_still_tellable(report)

    Monument.objects.filter(pk=monument.pk).update(sensitivity=Sensitivity.GENERALISED)

    assert not queries.is_still_tellable(report)


def test_asking_twice_for_the_same_waits_for_one():
    person, site = UserFactory(), SiteFactory()

    first = actions.ask(question(site=site), by=person)
    second = actions.ask(question(site=site), by=person)

    assert first == second


def test_a_person_asks_for_so_many_a_day(settings):
    settings.SITUATION_REPORTS_PER_DAY = 2
    person = UserFactory()
    for _number in range(2):
        actions.ask(question(), by=person)

    with pytest.raises(actions.TooMany, match="within a day"):
        actions.ask(question(), by=person)


@pytest.mark.parametrize(
    "wrong",
    [
        {"site": None},
        {"country": "SY"},
        {"site": None, "area": {"type": "Point", "coordinates": [38, 34]}},
        {"period_to": datetime.date(2015, 4, 30)},
        {"period_to": datetime.date(2999, 1, 1)},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValidationError):
        actions.ask(question(**wrong), by=UserFactory())


def test_the_database_itself_keeps_one_place_and_an_order_of_days():
    with pytest.raises(IntegrityError):
        SituationReportFactory(country="SY")


def test_an_area_holds_what_lies_in_it_by_the_public_place():
    inside = MonumentFactory(longitude=38.5, latitude=34.5)
    MonumentFactory(longitude=38.999, latitude=34.5, sensitivity=Sensitivity.HIDDEN)
    MonumentFactory(longitude=39.5, latitude=34.5)

    asked = question(site=None, area=AREA, known_at=timezone.now()).question

    assert list(asked.monuments()) == [inside]


def test_a_country_and_an_area_are_told_by_site():
    one, other = PublishedFactory(), PublishedFactory()

    report = MadeFactory(site=None, country="SY")
    content = report.editions.get(language="en").content

    assert content.title == "Syria"
    assert content.section("figures").table.columns[1] == "Site"
    assert {row[1] for row in content.section("figures").table.rows} == {
        str(site.names.get().text) for site in (one.monument.site, other.monument.site)
    }
