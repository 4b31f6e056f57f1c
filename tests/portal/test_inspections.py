"""Pages of inspections."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.inspections import actions
from reports.inspections.models import Inspection
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, UserFactory
from tests.factories.conditions import SubmittedFactory
from tests.factories.inspections import plan_inspection
from tests.factories.sites import MonumentFactory
from tests.factories.situation import HazardFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_staff_see_what_is_due_the_most_overdue_first(sign_in):
    soon, late = plan_inspection(), plan_inspection(days=-3)
    HazardFactory(site=late.monument.site)

    page = text(sign_in(EditorFactory()), "/inspections/")

    assert page.index(str(late.pk)) < page.index(str(soon.pk))
    assert page.count("Overdue") == 1
    assert "Mines" in page


def test_one_site_and_what_is_assigned_to_me(sign_in):
    editor = EditorFactory()
    mine, other = plan_inspection(assigned_to=editor), plan_inspection()
    client = sign_in(editor)

    assert str(other.pk) not in text(client, "/inspections/?show=mine")
    assert str(mine.pk) not in text(client, f"/inspections/?site={other.monument.site.slug}")


def test_the_public_and_accounts_without_a_role_see_none(client, sign_in):
    inspection = plan_inspection()

    assert client.get("/inspections/").status_code == 302
    signed_in = sign_in(UserFactory())
    assert signed_in.get("/inspections/").status_code == 403
    assert signed_in.get(inspection.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("maker", [ReporterFactory, AdministratorFactory])
def test_who_may_not_plan_is_not_offered_it(sign_in, maker):
    monument = MonumentFactory()
    client = sign_in(maker())

    assert "?show=to-plan" not in text(client, "/inspections/")
    assert client.get("/inspections/?show=to-plan").status_code == 403
    assert client.get(f"/inspections/plan/?monument={monument.slug}").status_code == 403
    assert "Plan an inspection" not in text(client, f"/monuments/{monument.slug}/")


def test_an_editor_plans_what_should_be_planned(sign_in):
    monument = MonumentFactory()
    HazardFactory(site=monument.site)
    client = sign_in(EditorFactory())
    address = f"/inspections/plan/?monument={monument.slug}"
    assert address in text(client, "/inspections/?show=to-plan")
    assert "Before anybody goes there" in text(client, address)

    day = (timezone.localdate() + datetime.timedelta(days=5)).isoformat()
    answer = client.post(address, {"due_on": day, "tasks": ["damage"], "own_words": "The arch\n\nThe tower"})

    assert answer.status_code == 302
    assert [str(item) for item in Inspection.objects.get().checklist.all()][1:] == ["The arch", "The tower"]
    assert address not in text(client, "/inspections/?show=to-plan")


def test_what_is_wrong_is_said_on_the_page(sign_in):
    monument = MonumentFactory()

    answer = sign_in(EditorFactory()).post(f"/inspections/plan/?monument={monument.slug}", {"due_on": "2001-01-01"})

    assert answer.status_code == 400
    assert "This day has passed." in answer.content.decode()


def test_the_page_of_one_warns_and_takes_every_step(sign_in):
    editor = EditorFactory()
    inspection = plan_inspection()
    HazardFactory(site=inspection.monument.site)
    client, own = sign_in(editor), inspection.get_absolute_url()
    page = text(client, own)
    assert "Before anybody goes there" in page
    assert f"/reports/add/?monument={inspection.monument.slug}" in page

    item = inspection.checklist.first()
    client.post(f"{own}checklist/", {f"looked-{item.pk}": "on", f"note-{item.pk}": "Dry."})
    client.post(f"{own}assign/", {"assign-assigned_to": editor.pk, "version": 1})
    day = (timezone.localdate() + datetime.timedelta(days=50)).isoformat()
    client.post(f"{own}reschedule/", {"reschedule-due_on": day, "reschedule-reason": "Rain.", "version": 2})
    report = SubmittedFactory(monument=inspection.monument)
    client.post(f"{own}record/", {"record-result": report.pk, "version": 3})

    inspection.refresh_from_db()
    assert (inspection.state, inspection.assigned_to, inspection.result_id) == ("done", editor, report.pk)
    assert "Dry." in text(client, own)


def test_who_is_late_is_told_and_nothing_is_overwritten(sign_in):
    inspection = plan_inspection()
    own = inspection.get_absolute_url()

    answer = sign_in(EditorFactory()).post(f"{own}cancel/", {"cancel-reason": "Mines.", "version": 9})

    assert answer.status_code == 400
    assert "Nothing was overwritten" in answer.content.decode()


def test_the_page_of_the_monument_leads_staff_to_its_inspection_and_nobody_else(client, sign_in):
    inspection = plan_inspection()
    address = f"/monuments/{inspection.monument.slug}/"

    assert inspection.get_absolute_url() not in text(client, address)
    assert inspection.get_absolute_url() in text(sign_in(EditorFactory()), address)


def test_the_admin_plans_by_the_same_rules_and_shows_the_history(sign_in):
    monument, editor = MonumentFactory(), EditorFactory()
    client = sign_in(editor)
    day = (timezone.localdate() + datetime.timedelta(days=5)).isoformat()
    address = "/admin/inspections/inspection/"

    refused = client.post(f"{address}add/", {"monument": monument.pk, "due_on": "2001-01-01", "tasks": ["damage"]})
    client.post(f"{address}add/", {"monument": monument.pk, "due_on": day, "tasks": ["damage"], "assigned_to": ""})

    assert refused.status_code == 302
    inspection = Inspection.objects.get()
    actions.assign(inspection, to=editor, by=editor)
    assert "Assign" in text(client, f"{address}{inspection.pk}/change/")
    assert str(inspection.pk) in text(client, address)


@pytest.mark.parametrize("show", ["", "to-plan"])
def test_a_longer_list_takes_no_more_queries(sign_in, show):
    client = sign_in(EditorFactory())
    address = f"/inspections/?show={show}"
    for make in (plan_inspection, MonumentFactory):
        make()
    few = queries_of(client, address)
    for make in (plan_inspection, MonumentFactory):
        for _number in range(3):
            make()

    assert queries_of(client, address) <= few + 1  # the list of sites to choose from
