"""Keys: made and revoked by their owner, hashed, and good for what their scopes name."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from knox.models import AuthToken

from portal.accounts import keys, roles, scopes
from portal.accounts.scopes import Scope
from reports.conditions.models import ConditionReport
from sites.vocabulary import Sensitivity
from tests.factories.accounts import EditorFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DraftFactory
from tests.factories.sites import MonumentFactory

ALL = set().union(*roles.PERMISSIONS.values())


def with_key(user, *wanted, days=1):
    key, text = keys.make(user, name="A script", scopes=wanted, days=days)
    return key, Client(headers={"Authorization": f"Bearer {text}"})


@given(st.sampled_from(sorted(ALL)), st.sets(st.sampled_from(Scope.values)))
def test_a_key_allows_what_one_of_its_scopes_names_and_nothing_else(permission, wanted):
    assert scopes.allows(wanted, permission) == (scopes.scope_of(permission) in wanted)


def test_accounts_and_responsibilities_are_beyond_every_key():
    beyond = {permission for permission in ALL if scopes.scope_of(permission) is None}

    assert {"accounts.change_user", "sites.add_responsibility", "accounts.view_contact"} <= beyond


@pytest.mark.django_db
def test_only_a_hash_of_a_key_is_kept():
    key, text = keys.make(UserFactory(), name="A script", scopes=[Scope.READ], days=1)

    row = AuthToken.objects.values().get(pk=key.pk)
    assert text not in str(row)


@pytest.mark.django_db
def test_a_key_signs_in_and_notes_when(client):
    key, program = with_key(UserFactory(), Scope.READ)

    assert program.get("/api/v1/subscriptions/").status_code == 200
    key.refresh_from_db()
    assert key.last_used_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize(("wanted", "exact"), [([Scope.READ], False), ([Scope.READ, Scope.SENSITIVE], True)])
def test_exact_places_need_their_scope(wanted, exact):
    monument = MonumentFactory(sensitivity=Sensitivity.GENERALISED)
    _key, program = with_key(EditorFactory(), *wanted)

    location = program.get(f"/api/v1/monuments/{monument.slug}/").json()["location"]

    assert (location["coordinates"][0] == monument.longitude) is exact


@pytest.mark.django_db
def test_a_key_that_may_only_read_changes_nothing():
    draft = DraftFactory()
    _key, program = with_key(VerifierFactory(), Scope.READ)

    answer = program.delete(f"/api/v1/condition-reports/{draft.pk}/")

    assert answer.status_code == 403
    assert ConditionReport.objects.filter(pk=draft.pk).exists()


@pytest.mark.django_db
def test_drafts_of_others_that_the_owner_may_not_read_stay_hidden():
    DraftFactory()
    _key, program = with_key(UserFactory(), *Scope.values)

    assert program.get("/api/v1/condition-reports/").json()["results"] == []


@pytest.mark.django_db
def test_a_key_opens_neither_pages_nor_the_admin():
    _key, program = with_key(EditorFactory(), *Scope.values)

    assert program.get("/admin/").status_code == 302
    assert program.get("/subscriptions/").status_code == 302


@pytest.mark.django_db
def test_a_revoked_key_opens_nothing(sign_in):
    owner = UserFactory()
    key, program = with_key(owner, Scope.READ)

    sign_in(owner).post("/keys/revoke/", {"key": key.pk})

    assert program.get("/api/v1/sites/").status_code == 401


@pytest.mark.django_db
def test_a_key_of_the_past_opens_nothing():
    key, program = with_key(UserFactory(), Scope.READ)
    AuthToken.objects.filter(pk=key.pk).update(expiry=key.token.expiry - datetime.timedelta(days=2))

    answer = program.get("/api/v1/sites/")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.django_db
def test_nobody_revokes_the_key_of_another(sign_in):
    key, program = with_key(UserFactory(), Scope.READ)

    assert sign_in(UserFactory()).post("/keys/revoke/", {"key": key.pk}).status_code == 404
    assert program.get("/api/v1/sites/").status_code == 200


@pytest.mark.django_db
def test_the_page_shows_a_new_key_once(sign_in):
    client = sign_in(UserFactory())

    made = client.post("/keys/", {"name": "QGIS", "scopes": ["read"], "days": "90"}).content.decode()
    text = made.split("Bearer ")[1].split("<")[0]

    assert Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/subscriptions/").status_code == 200
    again = client.get("/keys/").content.decode()
    assert "QGIS" in again
    assert text not in again


@pytest.mark.django_db
def test_one_person_has_only_so_many_keys(sign_in):
    owner = UserFactory()
    for _ in range(keys.MOST_OF_ONE):
        keys.make(owner, name="A script", scopes=[Scope.READ], days=1)

    answer = sign_in(owner).post("/keys/", {"name": "One more", "scopes": ["read"], "days": "90"})

    assert answer.status_code == 400
    assert keys.of(owner).count() == keys.MOST_OF_ONE
