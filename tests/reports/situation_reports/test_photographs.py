"""Photographs in situation reports: published ones alone, on page and in PDF, with words for who cannot see them."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from pypdf import PdfReader

from reports.situation_reports import actions, queries
from tests.factories.evidence import ShownFactory
from tests.factories.sites import MonumentFactory
from tests.factories.situation_reports import SituationReportFactory

pytestmark = pytest.mark.django_db
ALTERNATIVE = "The arch seen from the east, its keystone gone."


def photograph(monument, **facts):
    """A public one, with its picture in the store."""
    usual = {"published_at": timezone.now(), "alternative": ALTERNATIVE, "caption": "The arch", "language": "en"}
    return ShownFactory(monument=monument, **{**usual, **facts})


@pytest.fixture
def monument():
    return MonumentFactory()


def made(monument):
    report = SituationReportFactory(site=monument.site, period_to=timezone.localdate(), known_at=timezone.now())
    assert actions.make(report.pk)
    report.refresh_from_db()
    return report


def test_the_page_and_the_pdf_show_it_with_its_alternative(client, monument):
    evidence = photograph(monument)
    report = made(monument)

    page = client.get(report.get_absolute_url()).content.decode()
    edition = report.editions.get(language="en")

    assert f"/pictures/{evidence.renditions.get(size='page', format='image/jpeg').file}" in page
    assert f'alt="{ALTERNATIVE}"' in page
    with edition.pdf.open() as file:
        assert sum(len(sheet.images) for sheet in PdfReader(file).pages) == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"published_at": None},
        {"confidential": True},
        {"alternative": ""},
        {"taken_from": datetime.date(1999, 1, 1), "taken_to": datetime.date(1999, 1, 1)},
    ],
    ids=["not published", "confidential", "not described", "of another time"],
)
def test_nothing_else_is_shown(monument, facts):
    photograph(monument, **facts)

    content = made(monument).editions.get(language="en").content

    assert [one for section in content.sections for one in section.photographs] == []


def test_a_report_with_a_photograph_that_was_withdrawn_is_told_no_more(monument):
    evidence = photograph(monument)
    report = made(monument)
    assert queries.is_still_tellable(report)

    evidence.withdrawn_at, evidence.withdrawal_reason = timezone.now(), "A face is seen."
    evidence.save()

    assert not queries.is_still_tellable(report)


def test_a_pdf_that_was_let_go_is_set_again_with_its_photographs(monument):
    photograph(monument)
    report = made(monument)
    edition = report.editions.get(language="en")
    with edition.pdf.open() as file:
        before = file.read()
    edition.pdf.delete(save=True)

    with actions.pdf_of(edition).open() as file:
        assert file.read() == before
