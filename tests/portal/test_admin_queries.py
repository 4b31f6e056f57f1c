"""No page of the admin takes more than 12 queries, however much there is. A new list is found by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.saved_filters.actions import save, show_on_first_page
from reports.alerts import actions as alerts
from reports.alerts.models import Suppression
from reports.conditions import incidents
from reports.evidence.models import DamagedOriginal, FixityRun
from reports.restoration.models import PriorityOverride, Weighting
from sites.models import Disclosure, Organisation, Responsibility
from sites.vocabulary import NameKind
from tests.factories.accounts import UserFactory
from tests.factories.alerts import EndpointFactory, SubscriptionFactory
from tests.factories.conditions import DisturbanceFactory, DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.evidence import CustodyEntryFactory, OriginalFactory, ShownFactory
from tests.factories.inspections import plan_inspection
from tests.factories.restoration import (
    CostFactory,
    MilestoneFactory,
    PlanFactory,
    PledgeFactory,
    ProspectStatementFactory,
)
from tests.factories.sites import DesignationFactory, MonumentFactory, NameFactory
from tests.factories.situation import SituationEventFactory
from tests.factories.situation_reports import SituationReportFactory
from tests.list_actions import choose, have_done
from tests.reports.evidence.conftest import evidence_folder

pytestmark = pytest.mark.django_db
folders = evidence_folder
MOST = 12
LISTS = 4
"""Slashes in the address of a list."""
WHOLE_FILES = {"restoration/plan": 40, "conditions/conditionreport": 30}
"""Forms of a thing with all that was recorded of it; a plan's grows by two with each cost or pledge of its own."""
REPORTS = "/admin/conditions/conditionreport/"
OTHERS = ["/admin/", "/admin/password_change/", "/admin/eamena/", "/admin/search/?s=name"]


def test_no_page_of_the_admin_takes_more_queries_than_it_may_nor_more_for_more_rows(client):
    everyone, superuser = UserFactory(is_staff=True), UserFactory(is_staff=True, is_superuser=True)
    everyone.groups.set(Group.objects.all())
    show_on_first_page(save("conditions.conditionreport", "Named", "q=name", owner=everyone))
    of = Things(everyone)
    client.force_login(everyone)
    addresses = [*OTHERS, *pages(), *pages_of_list_actions(client, of.report)]
    few = costs(client, everyone, superuser, addresses)

    for _ in range(3):
        of.grow()
    many = costs(client, everyone, superuser, addresses)

    assert {page: number for page, number in many.items() if number > (whole_file(page) or MOST)} == {}
    assert {page: n for page, n in many.items() if n > few[page] and not whole_file(page)} == {}
    assert {page for page in addresses if page.count("/") == LISTS} <= many.keys()


class Things:
    """A row for each list of the admin, and with each growth one more, also below those there were."""

    def __init__(self, who: Any) -> None:
        self.who = who
        self.report = PublishedFactory()
        self.draft = DraftFactory(author=who)
        self.monument, self.site = self.report.monument, self.report.monument.site
        self.plan = PlanFactory(monument=self.monument)
        self.evidence = ShownFactory(monument=self.monument, size=(90, 60), alternative="Columns")
        self.subscription = SubscriptionFactory(user=who, site=self.site)
        self.grow()

    def grow(self) -> None:
        other = PublishedFactory(monument=MonumentFactory(site=self.site))
        for report in (self.report, other):
            DisturbanceFactory(report=report)
        DisturbanceFactory(report=self.draft)
        SubmittedFactory(monument=self.monument)
        incidents.fold([self.report.pk, other.pk], by=self.who)
        self._restoration()
        self._registry()
        SituationEventFactory(site=self.site)
        plan_inspection(monument=other.monument)
        SituationReportFactory(site=self.site)
        CustodyEntryFactory(evidence=self.evidence)
        ShownFactory(monument=self.monument, size=(90, 60), alternative="Columns")
        DamagedOriginal.objects.create(original=OriginalFactory(), kind="missing")
        FixityRun.objects.create()
        self._people()
        alerts.fan_out(other.alerts.get().pk)

    def _restoration(self) -> None:
        for factory in (CostFactory, PledgeFactory, MilestoneFactory):
            factory(plan=self.plan)
        PlanFactory(monument=self.monument)
        ProspectStatementFactory(monument=self.monument)
        PriorityOverride.objects.create(monument=self.monument, letter="A", reason="It leans.", by=self.who)
        Weighting.objects.create(
            significance=20, condition=20, risk=20, feasibility=20, access=20, reason="Even.", by=self.who
        )

    def _registry(self) -> None:
        for place in ({"monument": self.monument, "site": None}, {"site": self.site}):
            NameFactory(**place, kind=NameKind.ALTERNATE)
            DesignationFactory(**place)
        Responsibility.objects.create(user=UserFactory(), site=self.site)
        Disclosure.objects.create(user=self.who, what="place", of=str(self.monument.pk), where="/")

    def _people(self) -> None:
        person = UserFactory(organisation=Organisation.objects.create(name=f"DGAM {UserFactory().pk}"))
        EmailAddress.objects.create(user=person, email=person.email)
        Authenticator.objects.create(user=person, type="totp", data={})
        SubscriptionFactory(user=person, site=self.site)
        EndpointFactory(user=person)
        Suppression.objects.create(address=person.email, reason="bounce")


def pages() -> Iterable[str]:
    """Of every list: itself, searched, a new row, the first one, its history; and what its fields look up."""
    for model, own in admin.site._registry.items():
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.order_by("pk").first()
        assert row is not None, f"{model._meta.label} has no row: make one in Things"
        lists = reverse(f"{label}_changelist")
        yield from (lists, reverse(f"{label}_add"))
        if own.search_fields:
            yield f"{lists}?q=name"
        yield reverse(f"{label}_change", args=[row.pk])
        yield reverse(f"{label}_history", args=[row.pk])
        for part in (own, *own.inlines):
            for field in part.autocomplete_fields:
                of = part.model._meta
                asked = {"app_label": of.app_label, "model_name": of.model_name, "field_name": field, "term": "name"}
                yield f"{reverse('admin:autocomplete')}?{urlencode(asked)}"


def pages_of_list_actions(client: Client, report: Any) -> Iterable[str]:
    """Before it is confirmed, and when it has ended."""
    asked = choose(client, REPORTS, "fold", [report])
    assert asked is not None
    yield asked.get_absolute_url()
    yield have_done(client, REPORTS, "fold", [report]).get_absolute_url()


def whole_file(page: str) -> int | None:
    return next((most for name, most in WHOLE_FILES.items() if f"/{name}/" in page and "/change/" in page), None)


def costs(client: Client, everyone: Any, superuser: Any, addresses: list[str]) -> dict[str, int]:
    """By address, how many queries it takes for who has every role; what is not for roles, for a superuser."""
    found = costs_for(client, everyone, addresses)
    return found | costs_for(client, superuser, [address for address in addresses if address not in found])


def costs_for(client: Client, who: Any, addresses: list[str]) -> dict[str, int]:
    client.force_login(who)
    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code == 200:
            found[address] = sum("SAVEPOINT" not in query["sql"] for query in queries)
    return found
