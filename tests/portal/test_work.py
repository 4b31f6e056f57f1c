"""My work, statistics and the account: what waits for whom, and nothing of others."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from reports.conditions import actions
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
WORK, STATISTICS, ACCOUNT = "/work/", "/statistics/", "/account/"


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def pile(page, name):
    """What stands in one pile; empty where there is none."""
    return page.split(f'<h2 id="{name}">')[1].split("</section>")[0] if f'<h2 id="{name}">' in page else ""


def test_drafts_and_what_was_given_back_are_apart(sign_in):
    reporter = ReporterFactory()
    draft = DraftFactory(author=reporter)
    back = SubmittedFactory(author=reporter)
    actions.reject(back, by=VerifierFactory(), reason="Which tower?")

    page = text(sign_in(reporter), WORK)

    assert str(draft.pk) in pile(page, "drafts")
    assert str(back.pk) in pile(page, "returned")
    assert str(back.pk) not in pile(page, "drafts")


def test_a_pile_shows_the_ten_that_have_waited_longest_and_says_how_many_there_are(sign_in):
    reporter = ReporterFactory()
    drafts = DraftFactory.create_batch(12, author=reporter)

    shown = pile(text(sign_in(reporter), WORK), "drafts")

    assert "12" in shown.split("</h2>")[0]
    assert [str(draft.pk) in shown for draft in drafts] == [True] * 10 + [False] * 2


def test_nobody_finds_the_drafts_of_others(sign_in):
    draft = DraftFactory(author=ReporterFactory())

    for reader in (ReporterFactory(), EditorFactory(), VerifierFactory()):
        assert str(draft.pk) not in text(sign_in(reader), WORK)


def test_a_verifier_finds_what_is_theirs_and_what_is_free(sign_in):
    verifier = VerifierFactory()
    mine, free = SubmittedFactory(), SubmittedFactory()
    actions.assign(mine, to=verifier, by=verifier)

    page = text(sign_in(verifier), WORK)

    assert str(mine.pk) in pile(page, "assigned")
    assert str(free.pk) in pile(page, "free")


@pytest.mark.parametrize("address", [WORK, STATISTICS, ACCOUNT])
def test_strangers_are_asked_to_sign_in(client, address):
    assert client.get(address).status_code == 302


def test_the_page_costs_the_same_however_much_waits(sign_in):
    client = sign_in(VerifierFactory())
    SubmittedFactory()
    few = queries_of(client, WORK)
    SubmittedFactory.create_batch(4)

    assert queries_of(client, WORK) == few


@pytest.mark.parametrize(
    ("reader", "status"), [(ReporterFactory, 403), (EditorFactory, 200), (AdministratorFactory, 200)]
)
def test_statistics_are_for_staff(sign_in, reader, status):
    assert sign_in(reader()).get(STATISTICS).status_code == status


def test_statistics_are_of_the_site_that_was_asked_for(sign_in):
    here = PublishedFactory()
    PublishedFactory()
    client = sign_in(EditorFactory())

    assert "1 of 1 monument" in text(client, f"{STATISTICS}?site={here.monument.site.slug}")
    assert "2 of 2 monuments" in text(client, STATISTICS)
    assert client.get(f"{STATISTICS}?site=nowhere").status_code == 400


def test_who_chose_a_time_zone_reads_times_in_it(sign_in):
    reporter = ReporterFactory()
    client = sign_in(reporter)
    client.post(ACCOUNT, {"name": "Zenobia", "language": "ar", "time_zone": "Asia/Damascus"})

    reporter.refresh_from_db()
    assert (reporter.name, reporter.language) == ("Zenobia", "ar")
    with time_machine.travel(datetime.datetime(2016, 3, 27, 22, 30, tzinfo=datetime.UTC), tick=False):
        page = text(client, "/reports/add/?monument=" + DraftFactory().monument.slug)
    assert 'value="2016-03-28"' in page


def test_an_unknown_time_zone_is_refused(sign_in):
    answer = sign_in(ReporterFactory()).post(ACCOUNT, {"name": "", "language": "", "time_zone": "Mars/Base"})

    assert answer.status_code == 422


def test_the_admin_begins_with_what_waits_in_few_queries(sign_in):
    client = sign_in(VerifierFactory())
    waiting = SubmittedFactory.create_batch(3)

    page = text(client, "/admin/")

    assert all(f"/admin/conditions/conditionreport/{report.pk}/change/" in page for report in waiting)
    assert queries_of(client, "/admin/") <= 12
