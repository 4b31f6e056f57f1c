"""Inspections over REST, by the same rules as in the portal."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.inspections.models import Inspection
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory
from tests.factories.conditions import SubmittedFactory
from tests.factories.inspections import plan_inspection
from tests.factories.sites import MonumentFactory
from tests.factories.situation import HazardFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
ADDRESS = "/api/v1/inspections/"


def soon() -> str:
    return (timezone.localdate() + datetime.timedelta(days=10)).isoformat()


def test_an_editor_plans_sends_somebody_and_records_what_came_of_it(sign_in):
    monument, reporter = MonumentFactory(), ReporterFactory()
    client = sign_in(EditorFactory())

    facts = {"monument": monument.slug, "due_on": soon(), "tasks": ["damage"], "own_words": ["The north wall"]}
    planned = client.post(ADDRESS, facts, JSON).json()
    own = f"{ADDRESS}{planned['id']}/"
    sent = client.post(f"{own}assign/", {"assigned_to": reporter.email, "version": 1}, JSON).json()
    item = sent["checklist"][1]
    client.post(f"{own}tick/", {"item": item["id"], "looked_at": True, "note": "Leans."}, JSON)
    result = str(SubmittedFactory(monument=monument).pk)
    done = client.post(f"{own}record/", {"result": result, "version": sent["version"]}, JSON).json()

    assert (planned["state"], sent["state"], done["state"]) == ("planned", "assigned", "done")
    assert (item["label"], done["checklist"][1]["note"], done["result"]) == ("The north wall", "Leans.", result)
    assert [step["step"] for step in done["steps"]] == ["plan", "assign", "record"]


def test_who_is_late_is_answered_409_and_a_missing_reason_400(sign_in):
    inspection = plan_inspection()
    client = sign_in(EditorFactory())
    own = f"{ADDRESS}{inspection.pk}/"

    assert client.post(f"{own}cancel/", {"version": 1}, JSON).status_code == 400
    assert client.post(f"{own}cancel/", {"version": 7, "reason": "Mines."}, JSON).status_code == 409
    assert client.post(f"{own}cancel/", {"version": 1, "reason": "Mines."}, JSON).json()["state"] == "cancelled"


def test_one_that_is_sent_again_is_planned_once(sign_in):
    facts = {"monument": MonumentFactory().slug, "due_on": soon()}
    client = sign_in(EditorFactory())

    answers = [client.post(ADDRESS, facts, JSON, headers={"Idempotency-Key": "one"}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Inspection.objects.count() == 1


@pytest.mark.parametrize(("maker", "status", "found"), [(None, 401, 401), (UserFactory, 403, 404)])
def test_nobody_else_reads_or_writes(client, sign_in, maker, status, found):
    inspection = plan_inspection()
    client = sign_in(maker()) if maker else client

    assert client.post(ADDRESS, {"monument": MonumentFactory().slug, "due_on": soon()}, JSON).status_code == status
    assert client.get(f"{ADDRESS}{inspection.pk}/").status_code == found


def test_of_other_sites_staff_read_and_change_nothing(sign_in):
    inspection, editor = plan_inspection(), EditorFactory()
    Responsibility.objects.create(user=editor, country="IQ")
    client = sign_in(editor)

    assert client.get(ADDRESS).json()["results"] == []
    assert client.post(f"{ADDRESS}{inspection.pk}/cancel/", {"version": 1, "reason": "x"}, JSON).status_code == 404
    assert client.get(f"{ADDRESS}due/").json()["results"] == []


def test_lists_are_filtered_and_strict(sign_in):
    editor = EditorFactory()
    mine, late = plan_inspection(assigned_to=editor), plan_inspection(days=-3)
    client = sign_in(editor)

    def found(**asked) -> list[str]:
        return [row["id"] for row in client.get(ADDRESS, asked).json()["results"]]

    assert found() == [str(late.pk), str(mine.pk)]
    assert found(mine="true") == [str(mine.pk)]
    assert found(due_before=timezone.localdate().isoformat()) == [str(late.pk)]
    assert found(site=mine.monument.site.slug) == [str(mine.pk)]
    assert client.get(ADDRESS, {"colour": "red"}).status_code == 400


def test_what_is_due_says_why_and_warns(sign_in):
    monument = MonumentFactory()
    HazardFactory(site=monument.site)

    (row,) = sign_in(EditorFactory()).get(f"{ADDRESS}due/").json()["results"]

    assert (row["monument"], row["why"], row["warnings"]) == (monument.slug, "never", "mines")


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}due/"])
def test_a_longer_list_takes_no_more_queries(sign_in, address):
    client = sign_in(EditorFactory())
    for make in (plan_inspection, MonumentFactory):
        make()
    few = queries_of(client, address)
    for make in (plan_inspection, MonumentFactory):
        for _number in range(3):
            make()

    assert queries_of(client, address) == few
