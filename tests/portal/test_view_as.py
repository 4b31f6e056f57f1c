"""Seeing every page as somebody else gets it."""

from __future__ import annotations

import pytest

from portal.accounts import roles
from sites.models import Disclosure
from sites.vocabulary import Sensitivity
from tests.factories.accounts import AdministratorFactory, EditorFactory, UserFactory
from tests.factories.conditions import DraftFactory, PublishedFactory
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db
EXACT = "38.274321"


@pytest.fixture
def secret():
    return MonumentFactory(sensitivity=Sensitivity.GENERALISED)


def view_as(client, role):
    return client.post("/view-as/", {"role": role})


def test_an_editor_sees_what_the_public_sees(sign_in, secret):
    client = sign_in(EditorFactory())
    address = f"/api/v1/monuments/{secret.slug}/"
    assert EXACT in client.get(address).content.decode()

    view_as(client, "public")

    assert EXACT not in client.get(address).content.decode()
    assert "You see this as" in client.get("/").content.decode()


def test_the_preview_ends(sign_in, secret):
    client = sign_in(EditorFactory())
    view_as(client, "public")

    view_as(client, "")

    assert EXACT in client.get(f"/api/v1/monuments/{secret.slug}/").content.decode()


def test_an_editor_does_not_preview_another_role(sign_in):
    client = sign_in(EditorFactory())

    view_as(client, roles.VERIFIER)

    assert "You see this as" not in client.get("/").content.decode()


@pytest.mark.parametrize("role", list(roles.PERMISSIONS))
def test_an_administrator_previews_every_role(sign_in, role):
    report = PublishedFactory()
    client = sign_in(AdministratorFactory())

    view_as(client, role)

    assert client.get(f"/monuments/{report.monument.slug}/").status_code == 200
    assert client.get("/").status_code == 200
    assert client.get("/admin/").status_code == (200 if role in roles.STAFF else 302)


def test_what_an_administrator_sees_in_a_preview_is_logged_under_their_name(sign_in, secret):
    administrator = AdministratorFactory()
    client = sign_in(administrator)
    view_as(client, roles.EDITOR)

    assert EXACT in client.get(f"/api/v1/monuments/{secret.slug}/").content.decode()
    assert Disclosure.objects.get().user == administrator


def test_nothing_is_changed_in_a_preview(sign_in):
    client = sign_in(AdministratorFactory())
    view_as(client, roles.EDITOR)

    assert client.post("/subscriptions/add/", {}).status_code == 403
    assert client.get("/subscriptions/").status_code == 403


def test_a_reader_of_no_role_has_no_preview(sign_in):
    client = sign_in(UserFactory())

    view_as(client, "public")

    assert "You see this as" not in client.get("/").content.decode()


def test_an_editors_preview_shows_drafts_and_a_reporters_does_not(sign_in):
    draft = DraftFactory()
    client = sign_in(AdministratorFactory())
    address = f"/api/v1/condition-reports/{draft.pk}/"

    view_as(client, roles.EDITOR)
    assert client.get(address).status_code == 200
    view_as(client, roles.REPORTER)
    assert client.get(address).status_code == 404
