"""Making a report: filed with its question, made again with the same answer, stopped and taken up again."""

from __future__ import annotations

import datetime
import io

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from reports.conditions import actions as conditions
from reports.situation_reports import actions, making
from reports.situation_reports.models import Edition, State
from reports.vocabulary import DamageGrade
from sites.models import Name
from sites.vocabulary import NameKind
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory
from tests.factories.situation import SituationEventFactory
from tests.factories.situation_reports import MadeFactory, SituationReportFactory

pytestmark = pytest.mark.django_db

LATER = timezone.now() + datetime.timedelta(days=40)


def pdf(edition):
    with edition.pdf.open() as file:
        return file.read()


def pages(edition):
    """The text of each page, its lines joined."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf(edition))).pages]


def test_it_is_made_in_every_language_as_a_page_and_a_pdf():
    report = MadeFactory()

    assert (report.state, report.percent) == (State.READY, 100)
    assert [edition.language for edition in report.editions.all()] == ["ar", "en", "fr"]
    assert all(pdf(edition).startswith(b"%PDF-") for edition in report.editions.all())


def test_the_pdf_is_tagged_for_screen_readers_and_names_its_language():
    report = MadeFactory()

    for edition in report.editions.all():
        catalog = PdfReader(io.BytesIO(pdf(edition))).trailer["/Root"]
        assert catalog["/MarkInfo"]["/Marked"]
        assert catalog["/Lang"].startswith(edition.language)
        assert b"pdfuaid" in catalog["/Metadata"].get_object().get_data()


def test_the_pdf_says_what_the_page_says_with_its_address_and_moment_on_every_page():
    published = PublishedFactory(narrative="The cella was blown up.")
    report = MadeFactory(site=published.monument.site)
    read = pages(report.editions.get(language="en"))

    assert "The cella was blown up." in " ".join(read)
    assert all(str(report.pk) in page and "by what was known on" in page for page in read)


def test_made_again_later_it_says_the_same_though_more_is_known():
    published = PublishedFactory(damage_grade=DamageGrade.SEVERE, date_to=datetime.date(2015, 8, 30))
    site = published.monument.site
    report = MadeFactory(site=site)
    kept = dict(report.editions.values_list("language", "digest"))

    with time_machine.travel(LATER):
        PublishedFactory(monument=published.monument, damage_grade=DamageGrade.DESTROYED, date_to="2015-08-31")
        PublishedFactory(monument=MonumentFactory(site=site), date_to=datetime.date(2015, 9, 1))
        conditions.retract(published, by=VerifierFactory(), reason="Photograph is of 2013")
        PlanFactory(monument=published.monument, date_from=None, date_to=None, date_precision="")

        assert actions.differs(report) == []
        actions.make_again(report)
        assert actions.make(report.pk)

    assert dict(report.editions.values_list("language", "digest")) == kept


def test_a_new_report_of_the_same_period_says_what_is_known_by_then():
    published = PublishedFactory(damage_grade=DamageGrade.SEVERE)
    report = MadeFactory(site=published.monument.site)

    with time_machine.travel(LATER):
        PublishedFactory(monument=published.monument, damage_grade=DamageGrade.DESTROYED, date_to="2015-09-01")
        newer = MadeFactory(site=published.monument.site)

    first, second = (each.editions.get(language="en").content.summary[1] for each in (report, newer))
    assert ("1 severely damaged" in first, "1 destroyed" in second) == (True, True)


def test_the_same_question_gives_the_same_bytes():
    report = MadeFactory(site=PublishedFactory().monument.site)
    first = pdf(report.editions.get(language="ar"))

    actions.make_again(report)
    actions.make(report.pk)

    assert pdf(report.editions.get(language="ar")) == first


def test_what_a_source_wrote_is_never_read_as_markup():
    hostile = '#panic() $x$ *bold* @label <tag> \\ #import "evil" `raw` <script>alert(1)</script> = Heading'
    published = PublishedFactory(narrative=hostile)
    report = MadeFactory(site=published.monument.site)

    said = " ".join(pages(report.editions.get(language="en")))

    assert "#panic() $x$ *bold* @label <tag>" in said
    assert "<script>alert(1)</script>" in said


def test_a_letter_that_no_font_of_ours_has_does_not_stop_it():
    published = PublishedFactory(narrative="神殿 was blown up.")

    report = MadeFactory(site=published.monument.site)

    assert report.state == State.READY
    assert "was blown up." in " ".join(pages(report.editions.get(language="en")))


def test_who_makes_it_is_one_at_a_time():
    report = SituationReportFactory()
    assert actions._take(report.pk)

    assert actions.make(report.pk) is False
    assert actions.left_behind() == []


def test_a_worker_that_was_killed_is_followed_by_another_that_keeps_what_was_made(monkeypatch):
    report = SituationReportFactory()
    made = []
    file = making._file

    def killed_at_the_second(*args):
        if made:
            raise KeyboardInterrupt
        made.append(1)
        file(*args)

    monkeypatch.setattr(making, "_file", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        actions.make(report.pk)
    monkeypatch.setattr(making, "_file", file)
    first = Edition.objects.get()

    with time_machine.travel(timezone.now() + actions.LEASE + datetime.timedelta(minutes=1)):
        assert actions.left_behind() == [report.pk]
        assert actions.make(report.pk)

    report.refresh_from_db()
    assert report.state == State.READY
    assert first in report.editions.all()


def test_after_three_failures_it_has_failed_and_says_why(monkeypatch):
    report = SituationReportFactory()

    def broken(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(making, "_file", broken)
    for minutes in (0, 5, 10):
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=minutes)):
            assert actions.make(report.pk) is False

    report.refresh_from_db()
    assert (report.state, report.reason) == (State.FAILED, "OSError: No space left on device")


def test_a_pdf_that_was_let_go_is_made_again_for_its_next_reader():
    report = MadeFactory()
    edition = report.editions.get(language="en")
    kept, name = pdf(edition), edition.pdf.name

    assert actions.let_files_go(before=timezone.now() + datetime.timedelta(days=1)) == 3
    edition = report.editions.get(language="en")

    assert edition.pdf.name == ""
    assert actions.pdf_of(edition)
    assert pdf(edition) == kept
    assert default_storage.exists(name)


def test_the_files_are_named_by_nothing_but_the_report():
    site = MonumentFactory().site
    Name.objects.create(site=site, text="Secret valley", language="fr", kind=NameKind.PREFERRED)

    report = MadeFactory(site=site)

    names = [edition.pdf.name for edition in report.editions.all()]
    assert all(str(report.pk) in name and "alley" not in name for name in names)


def test_more_monuments_cost_no_more_queries(django_assert_max_num_queries):
    site = MonumentFactory().site
    report = SituationReportFactory(site=site)
    PlanFactory(monument=PublishedFactory(monument=MonumentFactory(site=site)).monument)

    def cost():
        with django_assert_max_num_queries(100) as counted:
            making.content_of(report, "en")
        return len(counted)

    report.known_at = timezone.now()
    few = cost()
    for _number in range(4):
        published = PublishedFactory(monument=MonumentFactory(site=site))
        PlanFactory(monument=published.monument)
        SituationEventFactory(site=site, date_to=datetime.date(2015, 6, 1))
    report.known_at = timezone.now()

    assert cost() == few
