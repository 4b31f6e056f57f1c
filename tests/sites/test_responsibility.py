"""Roles hold for the sites that somebody answers for; rival teams keep their work to themselves."""

from __future__ import annotations

import pytest

from reports.conditions import actions
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import NotAllowed, VerificationMethod
from sites import visibility
from sites.actions import NotAllowed as NotAllowedHere
from sites.actions import save_place
from sites.models import Disclosure, Organisation, Responsibility
from sites.vocabulary import Sensitivity
from tests.factories.accounts import AdministratorFactory, EditorFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def limited(factory=EditorFactory, **about):
    user = factory()
    Responsibility.objects.create(user=user, **about)
    return user


@pytest.fixture
def secret():
    return MonumentFactory(sensitivity=Sensitivity.GENERALISED)


def test_who_answers_for_nothing_in_particular_answers_for_all(secret):
    assert visibility.shows_exactly(secret, EditorFactory())


def test_exact_places_are_shown_for_ones_own_sites(secret):
    assert visibility.shows_exactly(secret, limited(site=secret.site))
    assert visibility.shows_exactly(secret, limited(country="SY"))
    assert not visibility.shows_exactly(secret, limited(site=SiteFactory()))
    assert not visibility.shows_exactly(secret, limited(country="IQ"))


def test_the_sites_of_others_are_not_written_about():
    draft = DraftFactory()
    stranger = limited(site=SiteFactory())

    with pytest.raises(NotAllowed, match="answer for"):
        actions.save_draft(draft, by=stranger)


def test_the_reports_of_others_are_not_verified():
    report = SubmittedFactory()

    with pytest.raises(NotAllowed, match="answer for"):
        actions.verify(report, by=limited(VerifierFactory, country="IQ"), method=VerificationMethod.SATELLITE)


def test_the_registry_of_others_is_not_changed():
    with pytest.raises(NotAllowedHere):
        save_place(MonumentFactory(), by=limited(country="IQ"))


def test_drafts_of_other_sites_are_seen_where_the_installation_says_read_only(settings):
    settings.OUTSIDE_RESPONSIBILITY = "read_only"
    DraftFactory()

    assert ConditionReport.objects.visible_to(limited(country="IQ")).exists()


def test_drafts_of_other_sites_are_unseen_where_the_installation_says_so(settings):
    settings.OUTSIDE_RESPONSIBILITY = "unseen"
    DraftFactory()

    assert not ConditionReport.objects.visible_to(limited(country="IQ")).exists()


def test_unseen_places_are_not_in_the_admin(settings, sign_in):
    settings.OUTSIDE_RESPONSIBILITY = "unseen"
    monument = MonumentFactory()

    page = sign_in(limited(country="IQ")).get(f"/admin/sites/monument/{monument.pk}/change/")

    assert page.status_code == 302


def test_places_of_others_are_to_look_at_in_the_admin(sign_in):
    monument = MonumentFactory()
    client = sign_in(limited(country="IQ"))
    address = f"/admin/sites/monument/{monument.pk}/change/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"slug": "taken-over"}).status_code == 403


def team(name, *, silo=True):
    return Organisation.objects.create(name=name, silo=silo)


def member(organisation, factory=EditorFactory):
    user = factory()
    user.organisation = organisation
    user.save()
    return user


def draft_of(author):
    draft = DraftFactory.build(monument=MonumentFactory(), source=PublishedFactory().source, author=None)
    return actions.save_draft(draft, by=author)


def sees(user, report):
    return ConditionReport.objects.visible_to(user).filter(pk=report.pk).exists()


def test_rival_teams_do_not_see_each_others_drafts():
    ours, theirs = team("Ours"), team("Theirs")
    draft = draft_of(member(ours))

    assert sees(member(ours), draft)
    assert not sees(member(theirs), draft)
    assert not sees(member(theirs, VerifierFactory), draft)


def test_a_neutral_verifier_sees_the_work_of_all():
    draft = draft_of(member(team("Ours")))

    assert sees(VerifierFactory(), draft)


def test_an_editor_of_no_team_sees_no_silo():
    draft = draft_of(member(team("Ours")))

    assert not sees(EditorFactory(), draft)


def test_a_team_that_is_no_silo_shares_its_drafts():
    draft = draft_of(member(team("Open", silo=False)))

    assert sees(member(team("Theirs")), draft)


def test_a_rival_verifier_takes_no_step():
    report = draft_of(member(team("Ours")))
    actions.submit(report, by=report.author)

    with pytest.raises(NotAllowed, match="may not read"):
        actions.verify(report, by=member(team("Theirs"), VerifierFactory), method=VerificationMethod.SATELLITE)


def test_reading_an_exact_place_is_logged(sign_in, secret):
    editor = EditorFactory()

    sign_in(editor).get(f"/monuments/{secret.slug}/")

    row = Disclosure.objects.get()
    assert (row.user, row.what, row.of) == (editor, Disclosure.What.EXACT_PLACE, secret.pk)
    assert row.where == f"/monuments/{secret.slug}/"


def test_reading_a_public_place_is_nobodys_business(sign_in):
    monument = MonumentFactory()

    sign_in(EditorFactory()).get(f"/monuments/{monument.slug}/")

    assert not Disclosure.objects.exists()


def test_reading_a_generalised_place_discloses_nothing(sign_in, secret):
    sign_in(UserFactory()).get(f"/monuments/{secret.slug}/")

    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/monuments/{slug}/",
        "/api/v1/monuments/",
        "/map/monuments.geojson",
        "/admin/sites/monument/{pk}/change/",
    ],
)
def test_every_exit_logs_what_it_discloses(sign_in, secret, address):
    sign_in(EditorFactory()).get(address.format(slug=secret.slug, pk=secret.pk))

    assert Disclosure.objects.filter(of=secret.pk).exists()


def test_a_part_is_as_sensitive_as_the_whole():
    whole = MonumentFactory()
    part = MonumentFactory(site=whole.site, parent=whole)
    whole.sensitivity, whole.cells_per_degree = Sensitivity.HIDDEN, 10

    save_place(whole, by=EditorFactory())

    part.refresh_from_db()
    assert (part.sensitivity, part.cells_per_degree) == (Sensitivity.HIDDEN, 10)


def test_a_part_does_not_become_less_sensitive_than_the_whole():
    whole = MonumentFactory(sensitivity=Sensitivity.GENERALISED)
    part = MonumentFactory(site=whole.site, parent=whole)
    part.sensitivity = Sensitivity.PUBLIC

    save_place(part, by=EditorFactory())

    part.refresh_from_db()
    assert part.sensitivity == Sensitivity.GENERALISED


def test_contact_data_is_unreadable_in_the_database_and_its_reading_is_logged(sign_in):
    from django.db import connection

    from portal.accounts.models import Contact

    person, administrator = UserFactory(), AdministratorFactory()
    contact = Contact.objects.create(user=person, real_name="Zenobia", telephone="+963 11 000")

    with connection.cursor() as cursor:
        cursor.execute("SELECT real_name, telephone FROM accounts_contact")
        stored = " ".join(cursor.fetchone())
    assert "Zenobia" not in stored
    assert "963" not in stored
    page = sign_in(administrator).get(f"/admin/accounts/user/{person.pk}/change/").content.decode()
    assert "Zenobia" in page
    assert Disclosure.objects.get(of=contact.pk).user == administrator
