"""Inspections in somebody's own calendar program."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from reports.inspections import actions
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory
from tests.factories.inspections import plan_inspection
from tests.factories.situation import HazardFactory

pytestmark = pytest.mark.django_db


def events(client, secret: str, more: str = "inspections.ics") -> list:
    answer = client.get(f"/calendar/{secret}/{more}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_an_event_is_the_day_with_its_monument_and_what_warns_of_it(client):
    inspection = plan_inspection(reason="New pits?")
    HazardFactory(site=inspection.monument.site)

    (event,) = events(client, actions.open_calendar(by=EditorFactory()))

    assert event["DTSTART"].dt == inspection.due_on
    assert event["SUMMARY"] == f"Inspection: {inspection.monument.names.get().text}"
    assert "New pits?" in event["DESCRIPTION"]
    assert "Before anybody goes there: mines" in event["DESCRIPTION"]


def test_the_calendar_of_one_site_and_of_what_is_ones_own(client):
    editor = EditorFactory()
    mine, other = plan_inspection(assigned_to=editor), plan_inspection()
    secret = actions.open_calendar(by=editor)

    assert [event["UID"] for event in events(client, secret, "inspections.ics?mine=1")] == [f"{mine.pk}@tadmor"]
    of_site = events(client, secret, f"{other.monument.site.slug}/inspections.ics")
    assert [event["UID"] for event in of_site] == [f"{other.pk}@tadmor"]


def test_it_shows_what_its_owner_may_know_today(client):
    plan_inspection()
    editor = EditorFactory()
    secrets = [actions.open_calendar(by=person) for person in (editor, ReporterFactory())]

    assert [len(events(client, secret)) for secret in secrets] == [1, 0]
    Responsibility.objects.create(user=editor, country="IQ")
    assert events(client, secrets[0]) == []


def test_what_is_cancelled_is_told_to_the_program(client):
    inspection = plan_inspection()
    actions.cancel(inspection, reason="Shelling.", by=EditorFactory())

    (event,) = events(client, actions.open_calendar(by=EditorFactory()))

    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_new_address_closes_the_former_and_closing_the_last(client):
    editor = EditorFactory()
    former, now = actions.open_calendar(by=editor), actions.open_calendar(by=editor)

    assert client.get(f"/calendar/{former}/inspections.ics").status_code == 404
    assert events(client, now) == []
    actions.close_calendar(by=editor)
    assert client.get(f"/calendar/{now}/inspections.ics").status_code == 404


def test_of_who_was_shut_out_the_calendar_is_closed(client):
    editor = EditorFactory()
    secret = actions.open_calendar(by=editor)
    editor.is_active = False
    editor.save()

    assert client.get(f"/calendar/{secret}/inspections.ics").status_code == 404


def test_the_address_is_shown_once(sign_in):
    plan_inspection()
    client = sign_in(EditorFactory())

    assert "inspections.ics" in client.post("/inspections/calendar/").content.decode()
    page = client.get("/inspections/calendar/").content.decode()

    assert "inspections.ics" not in page
    assert "Open since" in page
