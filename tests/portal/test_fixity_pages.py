"""Administrators see which files are to be restored, have them checked again, and accept what is lost."""

from __future__ import annotations

import pytest

from reports.evidence import actions, tasks
from reports.evidence.models import DamagedOriginal
from tests.factories.accounts import AdministratorFactory, EditorFactory, VerifierFactory
from tests.factories.evidence import EvidenceFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = "/admin/evidence/damagedoriginal/"


@pytest.fixture
def damage():
    """The storage is empty: the file of the one piece of evidence is missing."""
    return make_damage()


def make_damage():
    EvidenceFactory()
    for _checked in actions.go_on_checking(actions.begin_check()):
        pass
    return DamagedOriginal.objects.first()


def test_the_list_says_what_is_to_be_done(sign_in, damage):
    page = sign_in(AdministratorFactory()).get(LIST).content.decode()

    assert "1 original has to be restored from the backup." in page
    assert damage.original_id in page
    assert damage.original.evidence.get().monument.slug in page


def test_what_was_checked_is_a_list_of_its_own(sign_in, damage):
    page = sign_in(AdministratorFactory()).get("/admin/evidence/fixityrun/").content.decode()

    assert "The last check ended on" in page


def test_checking_again_is_work_for_a_worker(sign_in, damage, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(tasks.verify_original, "delay", asked.append)
    client = sign_in(AdministratorFactory())

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{LIST}{damage.pk}/step/check/")

    assert asked == [damage.original_id]


def test_a_loss_is_accepted_with_its_reason(sign_in, damage):
    client = sign_in(AdministratorFactory())

    page = client.post(f"{LIST}{damage.pk}/step/accept/", {"reason": "The backup burnt, too."}, follow=True)

    assert "on record" in page.content.decode()
    damage.refresh_from_db()
    assert damage.acceptance_reason == "The backup burnt, too."
    assert "No original is known to be damaged." in client.get(LIST).content.decode()


def test_a_loss_without_a_reason_is_refused(sign_in, damage):
    page = sign_in(AdministratorFactory()).post(f"{LIST}{damage.pk}/step/accept/", {"reason": " "}, follow=True)

    assert "Say why" in page.content.decode()
    assert DamagedOriginal.objects.get().accepted_at is None


@pytest.mark.parametrize("factory", [EditorFactory, VerifierFactory])
@pytest.mark.parametrize("step", ["check", "accept"])
def test_others_neither_see_nor_do_it(sign_in, damage, factory, step):
    client = sign_in(factory())

    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}{damage.pk}/step/{step}/", {"reason": "?"}).status_code == 403


def test_the_list_takes_as_many_queries_for_many(sign_in):
    client = sign_in(AdministratorFactory())
    make_damage()
    few = queries_of(client, LIST)
    for _number in range(4):
        make_damage()

    assert queries_of(client, LIST) == few


def test_metrics_tell_what_is_damaged(sign_in, damage):
    said = sign_in(AdministratorFactory()).get("/metrics").content.decode()

    assert 'tadmor_originals_damaged{kind="missing"} 1.0' in said
    assert "tadmor_originals 1.0" in said
    assert "tadmor_originals_never_verified 0.0" in said
