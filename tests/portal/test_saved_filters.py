"""Filters of the admin's lists, kept under a name by who uses them."""

from __future__ import annotations

import pytest

from portal.saved_filters import actions
from portal.saved_filters.models import SavedFilter
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

REPORTS = "/admin/conditions/conditionreport/"
LABEL = "conditions.conditionreport"


@pytest.fixture
def editor():
    return EditorFactory()


@pytest.fixture
def client(client, sign_in, editor):
    return sign_in(editor)


def save(client, query="state__exact=published&q=bel&o=-2", name="Bel", label=LABEL):
    return client.post(f"/admin/saved-filters/{label}/", {"name": name, "query": query})


def test_filters_search_and_order_are_kept_under_a_name_above_the_list(client):
    answer = save(client, query="state__exact=published&q=bel&o=-2&p=3&e=1")

    assert answer["Location"] == f"{REPORTS}?state__exact=published&q=bel&o=-2"
    page = client.get(REPORTS).content.decode()
    assert 'href="?state__exact=published&amp;q=bel&amp;o=-2"' in page
    assert "<bdi>Bel</bdi>" in page


def test_they_are_ones_own(client, sign_in):
    save(client)
    saved = SavedFilter.objects.get()
    other = sign_in(EditorFactory())

    assert "<bdi>Bel</bdi>" not in other.get(REPORTS).content.decode()
    assert other.post(f"/admin/saved-filters/{saved.pk}/", {"delete": ""}).status_code == 404
    assert SavedFilter.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "colour=red", "author__email__startswith=a", "next=https://example.org/", "https://example.org/"]
)
def test_what_is_not_of_the_list_is_not_kept(client, query):
    answer = save(client, query)

    assert answer["Location"] == REPORTS
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("label", ["accounts.user", "conditions.nothing", "nothing"])
def test_lists_that_one_may_not_see_have_none(client, label):
    assert save(client, "is_active__exact=1", label=label).status_code == 404


def test_a_name_is_taken_once_by_each_person_for_each_list(client, sign_in):
    save(client)

    said = client.get(save(client, "state__exact=draft")["Location"]).content.decode()
    save(client, "q=bel", label="sites.monument")
    save(sign_in(EditorFactory()))

    assert "of this name already" in said
    assert SavedFilter.objects.count() == 3


def test_of_two_sessions_that_save_one_name_at_once_the_later_is_told_so(client, editor, monkeypatch):
    checked = SavedFilter.full_clean

    def and_then_the_other_session_saves(saved):
        checked(saved)
        SavedFilter.objects.bulk_create([SavedFilter(owner=editor, list=LABEL, name="Bel", query="q=bel")])

    monkeypatch.setattr(SavedFilter, "full_clean", and_then_the_other_session_saves)
    answer = save(client, "state__exact=draft")

    assert "of this name already" in client.get(answer["Location"]).content.decode()
    assert SavedFilter.objects.get().query == "q=bel"


def test_they_are_deleted_again(client):
    save(client)

    answer = client.post(f"/admin/saved-filters/{SavedFilter.objects.get().pk}/", {"delete": ""})

    assert answer["Location"] == REPORTS
    assert not SavedFilter.objects.exists()


def test_nothing_is_saved_or_deleted_by_following_a_link_or_a_form_of_another_site(client, editor):
    save(client)
    client.handler.enforce_csrf_checks = True

    assert client.get(f"/admin/saved-filters/{LABEL}/").status_code == 405
    assert save(client, name="Again").status_code == 403
    assert client.post(f"/admin/saved-filters/{SavedFilter.objects.get().pk}/", {"delete": ""}).status_code == 403


def test_one_of_them_stands_on_the_first_page_with_its_count(client):
    save(client, "state__exact=published", name="Public ones")
    save(client, "state__exact=draft", name="Drafts")
    for report in SavedFilter.objects.order_by("saved_at"):
        client.post(f"/admin/saved-filters/{report.pk}/", {"show": ""})
    [DraftFactory() for _ in range(3)]
    PublishedFactory()

    page = client.get("/admin/").content.decode()

    assert "<bdi>Drafts</bdi>" in page
    assert "<span>3</span>" in page
    assert f'href="{REPORTS}?state__exact=draft"' in page
    assert "Public ones" not in page


def test_who_may_not_see_the_list_any_more_is_told_nothing_of_it(client, editor):
    save(client)
    actions.show_on_first_page(SavedFilter.objects.get())
    editor.groups.clear()

    assert "<bdi>Bel</bdi>" not in client.get("/admin/").content.decode()


def test_neither_more_rows_nor_more_saved_filters_cost_more_queries(client, sign_in):
    client = sign_in(VerifierFactory())
    save(client, "state__exact=submitted", name="1")
    actions.show_on_first_page(SavedFilter.objects.get())
    PublishedFactory(), SubmittedFactory()

    few = [queries_of(client, address) for address in ("/admin/", REPORTS)]
    for number in range(2, 5):
        save(client, "state__exact=submitted", name=str(number))
        PublishedFactory(), SubmittedFactory()

    assert [queries_of(client, address) for address in ("/admin/", REPORTS)] == few
    assert max(few) <= 12
