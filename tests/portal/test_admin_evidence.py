"""Photographs and documents in the admin: each person finds there what they may see, and nothing by guessing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from reports.conditions.models import ConditionReport
from reports.evidence import visibility
from reports.evidence.models import Capture, CustodyEntry, Evidence, Flag, Upload
from reports.evidence.vocabulary import CustodyStep, Door, FlagKind
from reports.restoration.models import Plan
from sites.models import Disclosure, Organisation, Responsibility
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.conditions import DraftFactory
from tests.factories.evidence import CustodyEntryFactory, EvidenceFactory, ShownFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory
from tests.files import photograph
from tests.list_actions import choose, have_done, work_off
from tests.queries import queries_of
from tests.reports.evidence.conftest import evidence_folder

pytestmark = pytest.mark.django_db

folders = evidence_folder
LIST = "/admin/evidence/evidence/"
FILE, SENDER = "SECRET-NAME.jpg", "Zenobia"


def page_of(evidence):
    return f"{LIST}{evidence.pk}/change/"


def seen(client, query=""):
    """The keys of what is in the list."""
    page = client.get(LIST + query).content.decode()
    return {one for one in Evidence.objects.all() if page_of(one) in page}


@pytest.fixture
def silo():
    return Organisation.objects.create(name="A Silo", silo=True)


@pytest.fixture
def of_silo(silo):
    """Published, so that all see it; who sent it is for its own people."""
    sender = EditorFactory(name=SENDER, organisation=silo)
    facts = {"uploaded_by": sender, "organisation": silo, "name": FILE, "published_at": timezone.now()}
    evidence = EvidenceFactory(**facts)
    Flag.objects.create(evidence=evidence, kind=FlagKind.FAR_FROM_PLACE, metres=12_345)
    CustodyEntryFactory(evidence=evidence, by=sender)
    return evidence


@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (UserFactory, 302),
        (ReporterFactory, 302),
        (EditorFactory, 200),
        (VerifierFactory, 200),
        (AdministratorFactory, 200),
    ],
)
def test_the_list_is_for_staff(sign_in, factory, status):
    assert sign_in(factory()).get(LIST).status_code == status


def test_each_sees_what_they_may_see(sign_in, silo):
    public = EvidenceFactory(published_at=timezone.now())
    waiting, confidential = EvidenceFactory(), EvidenceFactory(confidential=True)
    of_silo = EvidenceFactory(organisation=silo)

    assert seen(sign_in(EditorFactory())) == {public, waiting}
    assert seen(sign_in(EditorFactory(organisation=silo))) == {public, waiting, of_silo}
    assert seen(sign_in(VerifierFactory())) == {public, waiting, confidential, of_silo}


def test_what_may_not_be_seen_has_no_page(sign_in, silo):
    client = sign_in(EditorFactory())

    for hidden in (EvidenceFactory(confidential=True), EvidenceFactory(organisation=silo)):
        assert client.get(page_of(hidden)).status_code == 302
        assert client.get(f"{LIST}{hidden.pk}/step/withdraw/").status_code == 404
        assert client.post(f"{LIST}{hidden.pk}/original/").status_code == 404


def test_who_sent_it_and_its_file_are_for_those_who_may_know(sign_in, of_silo, silo):
    said = [FILE, SENDER, "A Silo", of_silo.original_id, "12.3", "Received"]
    stranger, colleague = EditorFactory(), EditorFactory(organisation=silo)

    page = sign_in(stranger).get(page_of(of_silo)).content.decode()
    assert [word for word in said if word in page] == []
    page = sign_in(colleague).get(page_of(of_silo)).content.decode()
    assert [word for word in said if word not in page] == []
    page = sign_in(stranger).get(LIST).content.decode()
    assert [word for word in said if word in page] == []


@pytest.mark.parametrize(
    "query",
    ["?q=SECRET", "?q={sha256}", "?flag=any", "?flag=far_from_place", "?organisation={organisation}"],
)
def test_nothing_hidden_is_found_out_by_searching_and_filtering(sign_in, of_silo, silo, query):
    EvidenceFactory(organisation=Organisation.objects.create(name="Open"))
    query = query.format(sha256=of_silo.original_id[:12], organisation=silo.pk)

    assert seen(sign_in(EditorFactory()), query) == set()
    assert seen(sign_in(EditorFactory(organisation=silo)), query) == {of_silo}


@pytest.mark.parametrize(
    "lookup",
    ["name__startswith=S", "uploaded_by__name=Z", "original__capture__latitude__gte=1", "monument__longitude__gte=1"],
)
def test_no_address_filters_by_what_is_hidden(sign_in, of_silo, lookup):
    assert sign_in(EditorFactory()).get(f"{LIST}?{lookup}").status_code == 400


def test_the_list_and_the_page_agree_on_whose_names_are_known(silo):
    sender = EditorFactory(organisation=silo)
    rows = [EvidenceFactory(), EvidenceFactory(organisation=silo, uploaded_by=sender)]
    readers = [sender, EditorFactory(), EditorFactory(organisation=silo), VerifierFactory(), ReporterFactory()]

    for user in readers:
        named = set(Evidence.objects.named_to(user))
        assert named == {one for one in rows if visibility.names_people_to(user, one)}


def test_where_it_was_taken_is_for_verifiers_of_the_site_and_logged(sign_in):
    evidence = EvidenceFactory()
    Capture.objects.create(original=evidence.original, longitude=38.268412, latitude=34.551234, camera="Leica")
    elsewhere = VerifierFactory()
    Responsibility.objects.create(user=elsewhere, country="IQ")

    for user in (EditorFactory(), elsewhere, AdministratorFactory()):
        page = sign_in(user).get(page_of(evidence)).content.decode()
        assert "34.551234" not in page
        assert "Leica" not in page
    page = sign_in(VerifierFactory()).get(page_of(evidence)).content.decode()
    assert "34.551234, 38.268412" in page
    assert Disclosure.objects.filter(what=Disclosure.What.ORIGINAL, of=evidence.pk).count() == 1


def test_of_the_withdrawn_only_when_and_why_is_told(sign_in):
    withdrawn = {"withdrawn_at": timezone.now(), "withdrawal_reason": "Shows a witness."}
    evidence = EvidenceFactory(name=FILE, caption="A man at the gate", **withdrawn)
    client = sign_in(VerifierFactory())

    assert seen(client) == set()
    assert seen(client, "?state=withdrawn") == {evidence}
    assert seen(client, "?state=withdrawn&q=gate") == seen(client, "?state=withdrawn&kind=photograph") == set()
    page = client.get(page_of(evidence)).content.decode()
    assert "Shows a witness." in page
    assert "A man at the gate" not in page
    assert FILE not in page


def test_states_kinds_and_missing_words_are_filtered_by(sign_in):
    public = EvidenceFactory(published_at=timezone.now(), alternative="An arch.")
    waiting, document = EvidenceFactory(), EvidenceFactory(kind="document", confidential=True)
    of_draft = EvidenceFactory(report=DraftFactory(), alternative="A wall.")
    client = sign_in(VerifierFactory())

    assert seen(client, "?state=public") == {public}
    assert seen(client, "?state=waiting") == {waiting, document}
    assert seen(client, "?state=report") == {of_draft}
    assert seen(client, "?state=confidential") == seen(client, "?kind=document") == {document}
    assert seen(client, "?alternative=missing") == {waiting}


def test_it_is_found_by_the_name_of_its_monument_and_by_its_words(sign_in):
    evidence = EvidenceFactory(monument=MonumentFactory(slug="temple-of-bel"), caption="The cella from the east")
    EvidenceFactory()

    assert seen(sign_in(EditorFactory()), "?q=bel+cella") == {evidence}


def test_the_verifier_sees_what_to_look_at_twice(sign_in):
    earlier, evidence = ShownFactory(), ShownFactory()
    hidden = EvidenceFactory(confidential=True)
    Flag.objects.create(evidence=evidence, kind=FlagKind.FAR_FROM_DATE, days=700)
    Flag.objects.create(evidence=evidence, kind=FlagKind.USED_BEFORE, other=earlier)
    Flag.objects.create(evidence=evidence, kind=FlagKind.USED_BEFORE, other=hidden)

    page = sign_in(EditorFactory()).get(page_of(evidence)).content.decode()

    assert "Taken long before or after the observed date: 700 days" in page
    assert page_of(earlier) in page
    assert page_of(hidden) not in page


def test_describing_goes_through_the_action_and_into_custody(sign_in):
    evidence, editor = EvidenceFactory(), EditorFactory()
    said = {"caption": "The arch", "alternative": "An arch without its top.", "language": "en"}

    sign_in(editor).post(page_of(evidence), said)

    evidence.refresh_from_db()
    assert evidence.caption == "The arch"
    [entry] = evidence.custody.all()
    assert (entry.step, entry.by, entry.facts["after"]["caption"]) == (CustodyStep.DESCRIBED, editor, "The arch")


@pytest.mark.parametrize("role", ["editor of another country", "administrator"])
def test_others_do_not_describe_it(sign_in, role):
    evidence = EvidenceFactory(published_at=timezone.now())
    user = AdministratorFactory() if role == "administrator" else EditorFactory()
    if role != "administrator":
        Responsibility.objects.create(user=user, country="IQ")

    answer = sign_in(user).post(page_of(evidence), {"caption": "x", "language": "en"})

    assert answer.status_code == 403
    assert not CustodyEntry.objects.exists()


def test_a_verifier_publishes_many_once_it_is_confirmed(sign_in):
    verifier = VerifierFactory()
    ready, own = EvidenceFactory(), EvidenceFactory(uploaded_by=verifier)
    client = sign_in(verifier)

    job = choose(client, LIST, "publish", [ready, own])
    assert "Everybody will see the pictures" in client.get(job.get_absolute_url()).content.decode()
    work_off()
    assert not Evidence.objects.exclude(published_at=None).exists()
    job = have_done(client, LIST, "publish", [ready, own])

    assert list(Evidence.objects.exclude(published_at=None)) == [ready]
    assert "Four eyes" in client.get(job.get_absolute_url()).content.decode()


def test_a_withdrawal_asks_for_its_reason(sign_in):
    evidence, client = EvidenceFactory(), sign_in(VerifierFactory())
    address = f"{LIST}{evidence.pk}/step/withdraw/"

    assert "The reason stays with the file" in client.get(address).content.decode()
    client.post(address, {"reason": " "})
    assert Evidence.objects.get().withdrawn_at is None
    client.post(address, {"reason": "The wrong monument."})

    assert Evidence.objects.get().withdrawal_reason == "The wrong monument."


def test_a_verifier_keeps_it_confidential_and_opens_it_again(sign_in):
    evidence, client = EvidenceFactory(), sign_in(VerifierFactory())

    client.post(f"{LIST}{evidence.pk}/step/confidential/", {"reason": "A face."})
    assert Evidence.objects.get().confidential
    client.post(f"{LIST}{evidence.pk}/step/open/", {"reason": "It is blurred now."})

    assert not Evidence.objects.get().confidential


@pytest.mark.parametrize("step", ["publish", "withdraw", "confidential"])
@pytest.mark.parametrize("factory", [EditorFactory, AdministratorFactory])
def test_who_is_no_verifier_is_offered_no_step_and_takes_none(sign_in, factory, step):
    evidence, client = EvidenceFactory(), sign_in(factory())
    address = f"{LIST}{evidence.pk}/step/{step}/"

    assert address not in client.get(page_of(evidence)).content.decode()
    client.post(address, {"reason": "?"})

    evidence.refresh_from_db()
    assert (evidence.published_at, evidence.withdrawn_at, evidence.confidential) == (None, None, False)


def test_the_original_is_given_to_verifiers_and_that_is_on_record(sign_in):
    evidence, verifier = EvidenceFactory(), VerifierFactory()

    refused = sign_in(EditorFactory()).post(f"{LIST}{evidence.pk}/original/")
    given = sign_in(verifier).post(f"{LIST}{evidence.pk}/original/")

    assert refused["Location"] == page_of(evidence)
    assert given["Location"].startswith("/pictures/link/")
    assert list(evidence.custody.values_list("step", "by")) == [(CustodyStep.VIEWED, verifier.pk)]
    assert Disclosure.objects.filter(what=Disclosure.What.ORIGINAL, of=evidence.pk).exists()


def test_what_it_is_called_tells_nothing():
    evidence = EvidenceFactory(name=FILE, caption="A witness")

    assert str(evidence) == f"Photograph {str(evidence.pk)[-8:]}"


def test_the_list_costs_the_same_however_long_it_is(sign_in):
    client = sign_in(VerifierFactory(organisation=Organisation.objects.create(name="Team")))
    ShownFactory(sizes=("list",))
    one = queries_of(client, LIST)
    for evidence in ShownFactory.create_batch(4, sizes=("list",)):
        Flag.objects.create(evidence=evidence, kind=FlagKind.FAR_FROM_PLACE, metres=5)

    assert queries_of(client, LIST) == one <= 12


def test_the_page_of_one_costs_little(sign_in):
    evidence = ShownFactory()
    Capture.objects.create(original=evidence.original)
    for earlier in ShownFactory.create_batch(3):
        Flag.objects.create(evidence=evidence, kind=FlagKind.USED_BEFORE, other=earlier)

    assert queries_of(sign_in(VerifierFactory()), page_of(evidence)) <= 12


def test_the_pages_of_what_it_belongs_to_show_it_and_take_more(sign_in):
    monument, plan, report = MonumentFactory(), PlanFactory(), DraftFactory()
    client = sign_in(EditorFactory())

    for kind, thing in {
        "sites/monument": monument,
        "restoration/plan": plan,
        "conditions/conditionreport": report,
    }.items():
        evidence = EvidenceFactory(monument=getattr(thing, "monument", thing), **_of(thing))
        page = client.get(f"/admin/{kind}/{thing.pk}/change/").content.decode()
        assert page_of(evidence) in page
        assert 'name="files"' in page


def _of(thing):
    return {name: thing for name, kind in {"plan": Plan, "report": ConditionReport}.items() if isinstance(thing, kind)}


def test_what_the_admin_sends_came_through_the_admin(sign_in):
    monument, file = MonumentFactory(), SimpleUploadedFile("a.jpg", photograph())

    sign_in(EditorFactory()).post(f"/monuments/{monument.slug}/evidence/add/", {"files": [file], "from": "admin"})

    assert Upload.objects.get().door == Door.ADMIN


def test_who_may_not_send_finds_no_form(sign_in):
    page = sign_in(AdministratorFactory()).get(f"/admin/sites/monument/{MonumentFactory().pk}/change/")

    assert 'name="files"' not in page.content.decode()
