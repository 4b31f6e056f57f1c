"""The admin's doors, and the way of a report through it."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from portal.accounts.models import User
from portal.admin_menu import navigation
from reports.alerts.models import Delivery
from reports.conditions import queries
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import State
from reports.vocabulary import DamageGrade
from sites.models import Responsibility
from sites.vocabulary import Sensitivity
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.conditions import (
    DisturbanceFactory,
    DraftFactory,
    PublishedFactory,
    SourceFactory,
    SubmittedFactory,
)
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory
from tests.factories.situation import SituationEventFactory
from tests.list_actions import choose, have_done
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

REPORTS = "/admin/conditions/conditionreport/"
LISTS = {
    "sites/site": {EditorFactory, VerifierFactory, AdministratorFactory},
    "sites/monument": {EditorFactory, VerifierFactory, AdministratorFactory},
    "sources/source": {EditorFactory, VerifierFactory, AdministratorFactory},
    "conditions/conditionreport": {EditorFactory, VerifierFactory, AdministratorFactory},
    "conditions/monumentstatus": {EditorFactory, VerifierFactory, AdministratorFactory},
    "situation/situationevent": {EditorFactory, VerifierFactory, AdministratorFactory},
    "restoration/plan": {EditorFactory, VerifierFactory, AdministratorFactory},
    "alerts/alert": {EditorFactory, VerifierFactory, AdministratorFactory},
    "alerts/delivery": {EditorFactory, VerifierFactory, AdministratorFactory},
    "alerts/subscription": {AdministratorFactory},
    "accounts/user": {AdministratorFactory},
    "auth/group": {AdministratorFactory},
}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "factory", [UserFactory, ReporterFactory, EditorFactory, VerifierFactory, AdministratorFactory]
)
def test_each_role_sees_the_lists_that_are_for_it(sign_in, address, factory):
    answer = sign_in(factory()).get(f"/admin/{address}/")

    if factory in {UserFactory, ReporterFactory}:
        assert answer.status_code in {302, 403}
        return
    assert answer.status_code == (200 if factory in LISTS[address] else 403)


def test_strangers_sign_in_at_the_portals_door(client):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def form(report=None, **changes):
    """The fields of the report's form, as a browser sends them."""
    fields = {
        "monument": str(report.monument_id if report else MonumentFactory().pk),
        "part": "",
        "kind": "damage",
        "date_precision": "day",
        "date_from": "",
        "date_to": "2015-08-30",
        "damage_grade": "destroyed",
        "extent": "p91_100",
        "narrative": "The cella was blown up.",
        "language": "en",
        "source": str(report.source_id if report else SourceFactory().pk),
        "source_year": "2015",
        "certainty": "high",
        "disturbances-TOTAL_FORMS": "1",
        "disturbances-INITIAL_FORMS": "0",
        "disturbances-0-category": "military_armed_conflict",
        "disturbances-0-cause": "explosion_heavy_weaponry",
        "disturbances-0-certainty": "high",
        **{f"{kind}-{count}_FORMS": "0" for kind in ("effects", "threats", "risks") for count in ("TOTAL", "INITIAL")},
    }
    return fields | changes


def change_page(report):
    return f"{REPORTS}{report.pk}/change/"


def take(client, report, step, **fields):
    return client.post(f"{REPORTS}{report.pk}/step/{step}/", fields, follow=True)


def test_a_report_goes_from_the_editors_form_to_the_status(client, sign_in):
    sign_in(EditorFactory())
    client.post(f"{REPORTS}add/", form(_submit="1"))
    report = ConditionReport.objects.get()
    assert (report.state, report.disturbances.count()) == (State.SUBMITTED, 1)

    sign_in(VerifierFactory())
    assert "Verify and publish" in client.get(change_page(report)).content.decode()
    take(client, report, "verify_publish", method="satellite")

    held = queries.statuses([report.monument_id])[report.monument_id]
    assert held.damage_grade == DamageGrade.DESTROYED


def test_an_impossible_report_is_explained_and_nothing_is_saved(sign_in):
    answer = sign_in(EditorFactory()).post(f"{REPORTS}add/", form(damage_grade="", date_to=""))

    assert answer.status_code == 200
    assert "need a damage grade" in answer.content.decode()
    assert not ConditionReport.objects.exists()


@pytest.mark.parametrize("factory", [EditorFactory, VerifierFactory])
def test_a_published_report_cannot_be_changed(sign_in, factory):
    report = PublishedFactory()

    answer = sign_in(factory()).post(change_page(report), form(report, narrative="Nothing happened."))

    report.refresh_from_db()
    assert answer.status_code == 403
    assert report.narrative == "The cella was blown up."


def test_not_even_a_superuser_changes_or_deletes_a_published_report(sign_in):
    report = PublishedFactory()
    DisturbanceFactory(report=report)
    client = sign_in(UserFactory(is_staff=True, is_superuser=True))

    assert client.post(change_page(report), form(report)).status_code == 403
    assert client.post(f"{REPORTS}{report.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(REPORTS, {"action": "delete_selected", "_selected_action": [str(report.pk)], "post": "yes"})
    assert ConditionReport.objects.filter(pk=report.pk).exists()


def test_a_draft_can_be_deleted(sign_in):
    draft = DraftFactory()

    sign_in(EditorFactory()).post(f"{REPORTS}{draft.pk}/delete/", {"post": "yes"})

    assert not ConditionReport.objects.exists()


def test_four_eyes_are_asked_for_politely(sign_in):
    verifier = VerifierFactory()
    report = SubmittedFactory(author=verifier)
    client = sign_in(verifier)

    assert "Verify and publish" not in client.get(change_page(report)).content.decode()
    assert "Four eyes" in take(client, report, "verify", method="satellite").content.decode()


@pytest.mark.parametrize(
    ("step", "message"),
    [("retract", "Give a reason"), ("verify", "Choose how you verified"), ("publish", "not possible")],
)
def test_a_step_without_what_it_needs_says_so(sign_in, step, message):
    report = SubmittedFactory() if step == "verify" else PublishedFactory()

    answer = take(sign_in(VerifierFactory()), report, step)

    assert message in answer.content.decode()


def test_a_report_is_given_back_with_a_reason(sign_in):
    report = SubmittedFactory()

    page = take(sign_in(VerifierFactory()), report, "reject", reason="Which column?").content.decode()

    assert "Which column?" in page
    report.refresh_from_db()
    assert report.state == State.DRAFT


def test_a_published_report_is_corrected_by_a_new_draft(sign_in):
    report = PublishedFactory()

    answer = take(sign_in(EditorFactory()), report, "correct")

    draft = ConditionReport.objects.get(supersedes=report)
    assert answer.redirect_chain[-1][0] == change_page(draft)


def test_a_retraction_is_taken_from_the_page(sign_in):
    report = PublishedFactory()

    take(sign_in(VerifierFactory()), report, "retract", reason="Photograph is of 2013")

    report.refresh_from_db()
    assert (report.state, report.retraction_reason) == (State.RETRACTED, "Photograph is of 2013")


@pytest.mark.parametrize("step", ["submit", "verify_publish", "publish", "retract", "correct"])
def test_nothing_happens_by_following_a_link(sign_in, step):
    report = PublishedFactory()

    assert sign_in(VerifierFactory()).get(f"{REPORTS}{report.pk}/step/{step}/").status_code == 405


@pytest.mark.parametrize("factory", [EditorFactory, AdministratorFactory])
def test_only_verifiers_publish(sign_in, factory):
    report = SubmittedFactory()

    take(sign_in(factory()), report, "verify_publish", method="satellite")

    report.refresh_from_db()
    assert report.state == State.SUBMITTED


def test_exact_places_are_not_shown_to_administrators(sign_in):
    monument = MonumentFactory(sensitivity=Sensitivity.GENERALISED)
    client = sign_in(AdministratorFactory())

    assert "38.274321" not in client.get(f"/admin/sites/monument/{monument.pk}/change/").content.decode()
    assert client.get(f"/admin/sites/monument/{monument.pk}/history/").status_code == 403


def test_exact_places_are_shown_to_editors(sign_in):
    monument = MonumentFactory(sensitivity=Sensitivity.GENERALISED)

    page = sign_in(EditorFactory()).get(f"/admin/sites/monument/{monument.pk}/change/").content.decode()

    assert "38.274321" in page


def test_an_administrator_makes_no_superuser(sign_in):
    client = sign_in(AdministratorFactory())
    user = UserFactory()
    address = reverse("admin:accounts_user_change", args=[user.pk])

    inline = {"contact-TOTAL_FORMS": "0", "contact-INITIAL_FORMS": "0"}
    posted = {"email": user.email, "name": "Odaenathus", "is_active": "on", "is_superuser": "on", **inline}
    client.post(address, posted)

    user.refresh_from_db()
    assert (user.name, user.is_superuser) == ("Odaenathus", False)


def test_an_administrator_does_not_take_over_a_superuser(sign_in):
    superuser = UserFactory(is_superuser=True)
    client = sign_in(AdministratorFactory())

    assert client.post(f"/admin/accounts/user/{superuser.pk}/password/", {}).status_code == 403
    assert User.objects.get(pk=superuser.pk).password == superuser.password


def test_a_settled_delivery_is_sent_again_by_administrators_alone(sign_in):
    from reports.alerts import actions
    from reports.alerts.models import Alert
    from tests.factories.alerts import SubscriptionFactory

    subscription = SubscriptionFactory()
    PublishedFactory(monument=MonumentFactory(site=subscription.site))
    actions.fan_out(Alert.objects.get().pk)
    Delivery.objects.update(settled_at="2016-01-01T00:00Z", outcome="failed")
    chosen = ("/admin/alerts/delivery/", "send_again", Delivery.objects.all())

    assert choose(sign_in(EditorFactory()), *chosen) is None
    have_done(sign_in(AdministratorFactory()), *chosen)
    assert Delivery.objects.get().settled_at is None


@pytest.mark.parametrize(
    "address",
    [
        "sites/site",
        "sites/monument",
        "conditions/conditionreport",
        "conditions/monumentstatus",
        "situation/situationevent",
        "restoration/plan",
        "alerts/alert",
    ],
)
def test_longer_lists_cost_no_more_queries(sign_in, address):
    client = sign_in(VerifierFactory())

    def grow():
        for _ in range(3):
            PublishedFactory()
            SituationEventFactory()
            PlanFactory()

    grow()
    few = queries_of(client, f"/admin/{address}/")
    grow()

    assert queries_of(client, f"/admin/{address}/") == few


def test_the_admin_alone_relaxes_the_policy_and_only_for_staff(client, sign_in):
    assert "unsafe-eval" not in client.get("/accounts/login/")["Content-Security-Policy"]
    sign_in(EditorFactory())

    assert "unsafe-eval" in client.get("/admin/")["Content-Security-Policy"]
    assert "unsafe-eval" not in client.get("/")["Content-Security-Policy"]


def test_a_report_is_offered_the_monuments_of_the_sites_that_one_answers_for(sign_in):
    editor, near, far = EditorFactory(), MonumentFactory(site__country="SY"), MonumentFactory(site__country="IQ")
    Responsibility.objects.create(user=editor, country="SY")
    asked = {"app_label": "conditions", "model_name": "conditionreport", "field_name": "monument", "term": "monument"}

    answer = sign_in(editor).get("/admin/autocomplete/", asked).json()

    offered = {row["id"] for row in answer["results"]}
    assert str(near.pk) in offered
    assert str(far.pk) not in offered


def test_a_second_factor_is_taken_from_who_lost_it_and_never_shown(sign_in):
    lost = Authenticator.objects.create(user=UserFactory(), type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    client, address = sign_in(UserFactory(is_staff=True, is_superuser=True)), f"/admin/mfa/authenticator/{lost.pk}/"

    assert "JBSWY3DPEHPK3PXP" not in client.get(f"{address}change/").content.decode()
    client.post(f"{address}delete/", {"post": "yes"})
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    ("query", "entry"), [("", "Condition reports"), ("?state__exact=submitted", "To be reviewed")]
)
def test_one_entry_of_the_menu_is_the_one_where_one_is(rf, query, entry):
    request = rf.get(REPORTS + query)
    request.user = VerifierFactory()

    here = [item["title"] for section in navigation(request) for item in section["items"] if item.get("active")]

    assert here == [entry]
