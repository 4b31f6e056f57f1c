"""The main ways through the portal in Arabic on a phone, from the first report to what the public reads."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext, override

from reports.conditions.models import ConditionReport
from reports.conditions.workflow import State
from reports.inspections.models import Inspection
from reports.vocabulary import DamageGrade
from tests.e2e.conftest import PHONE
from tests.e2e.test_pages import sign_in
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import SubmittedFactory
from tests.factories.sites import MonumentFactory, NameFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def said(words):
    """A message, or a label of a code list."""
    with override("ar"):
        return gettext(words) if isinstance(words, str) else str(words)


@pytest.fixture
def arabic(open_page):
    """Opens an address in Arabic on a phone, as somebody."""

    def arabic(address, user=None):
        page = open_page(address, language="ar", size=PHONE)
        if user:
            sign_in(page, user, address)
        assert page.get_attribute("html", "dir") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        return page

    return arabic


def test_a_reporter_hands_a_report_in(arabic):
    page = arabic(f"/reports/add/?monument={MonumentFactory().slug}", ReporterFactory())
    page.click("label:has([name=damage_grade][value=destroyed])")
    page.fill("textarea", "انهار الرواق.")
    page.click("label:has([name=certainty][value=high])")
    page.click(f"button:has-text('{said('Save')}') >> nth=-1")
    page.wait_for_url("**/reports/*-*/")
    page.click(f"button:has-text('{said('Hand in')}')")
    page.wait_for_selector(f"text={said('Handed in. A verifier reads it now; you hear of it here.')}")

    report = ConditionReport.objects.get()
    assert (report.state, report.narrative) == (State.SUBMITTED, "انهار الرواق.")


def test_a_verifier_publishes_and_the_public_reads_it(arabic):
    report = SubmittedFactory(damage_grade="destroyed")
    NameFactory(monument=report.monument, text="معبد بل", language="ar")
    page = arabic("/review/", VerifierFactory())
    page.check("[name=report]")
    page.select_option("[name=method]", "satellite")
    page.click(f"button:has-text('{said('Verify and publish')}')")
    page.wait_for_selector("[role=status], .messages")

    public = arabic(f"/monuments/{report.monument.slug}/")
    assert public.inner_text("h1").strip() == "معبد بل"
    assert said(DamageGrade.DESTROYED.label) in public.inner_text(".status")


def test_an_editor_plans_an_inspection(arabic):
    monument = MonumentFactory()
    address = f"/inspections/plan/?monument={monument.slug}"
    page = arabic(address, EditorFactory())
    page.fill("[name=due_on]", "2030-05-01")
    page.click(f"button:has-text('{said('Plan it')}')")
    page.wait_for_url("**/inspections/*-*/")

    assert Inspection.objects.get().monument == monument


def test_an_administrator_names_a_person(arabic):
    person = ReporterFactory()
    page = arabic(f"/admin/accounts/user/{person.pk}/change/", AdministratorFactory())
    page.fill("[name=name]", "زنوبيا")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/accounts/user/")

    person.refresh_from_db()
    assert person.name == "زنوبيا"
