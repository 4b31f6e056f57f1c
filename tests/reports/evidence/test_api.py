"""Photographs and documents over REST."""

from __future__ import annotations

import pytest

from portal.accounts import keys
from portal.accounts.scopes import Scope
from reports.evidence import actions
from reports.evidence.models import Evidence
from sites.models import Disclosure, Organisation
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DraftFactory
from tests.factories.evidence import EvidenceFactory
from tests.problems import named
from tests.queries import queries_of
from tests.reports.evidence.intake import evidence_of

pytestmark = pytest.mark.django_db
EVIDENCE = "/api/v1/evidence/"


def send(client, evidence, step="", data=None, method="post"):
    address = f"{EVIDENCE}{evidence.pk}/{step}"
    return getattr(client, method)(address, data or {}, content_type="application/json")


def ids(answer):
    return [row["id"] for row in answer.json()["results"]]


def test_the_public_finds_what_was_published_and_nothing_of_where_it_came_from(client):
    sender = EditorFactory(name="Zenobia")
    public, _waiting = EvidenceFactory(uploaded_by=sender, name="secret-name.jpg"), EvidenceFactory()
    actions.publish(public, by=VerifierFactory())

    answer = client.get(EVIDENCE)
    row = client.get(f"{EVIDENCE}{public.pk}/").json()

    assert ids(answer) == [str(public.pk)]
    withheld = ("name", "uploaded_by", "came_through", "sha256", "size", "flags", "capture", "custody")
    assert [row[name] for name in withheld] == [None] * len(withheld)


def test_staff_see_where_it_came_from_and_what_happened_to_it(sign_in):
    evidence = evidence_of(by=EditorFactory(name="Zenobia"))

    row = sign_in(EditorFactory()).get(f"{EVIDENCE}{evidence.pk}/").json()

    assert (row["uploaded_by"], row["name"], row["sha256"]) == ("Zenobia", "temple.jpg", evidence.original_id)
    assert [entry["step"] for entry in row["custody"]] == ["received", "stored"]
    assert row["capture"] is None


def test_what_a_file_says_of_itself_is_for_verifiers_and_that_they_saw_it_is_logged(sign_in):
    evidence, verifier = evidence_of(), VerifierFactory()

    row = sign_in(verifier).get(f"{EVIDENCE}{evidence.pk}/").json()

    assert row["capture"]["camera"] == "Canon EOS 5D"
    assert Disclosure.objects.filter(user=verifier, what=Disclosure.What.ORIGINAL, of=evidence.pk).exists()


def test_the_silo_of_others_stays_shut(sign_in):
    team = Organisation.objects.create(name="Team", silo=True)
    evidence = EvidenceFactory(organisation=team)
    rival = VerifierFactory(organisation=Organisation.objects.create(name="Rivals", silo=True))

    assert sign_in(rival).get(f"{EVIDENCE}{evidence.pk}/").status_code == 404


def test_it_is_described_and_custody_keeps_what_was_said_before(sign_in):
    evidence = EvidenceFactory(caption="Old.")
    description = {"caption": "The arch.", "alternative": "An arch of three gates.", "taken_to": "2015-08-30"}

    row = send(sign_in(EditorFactory()), evidence, data=description, method="patch").json()

    assert (row["caption"], row["alternative"], row["taken_to"]) == tuple(description.values())
    assert row["custody"][-1]["facts"]["before"]["caption"] == "Old."


def test_a_description_that_cannot_be_names_the_field(sign_in):
    description = {"taken_from": "2015-08-30", "taken_to": "2015-08-01"}

    answer = send(sign_in(EditorFactory()), EvidenceFactory(), data=description, method="patch")

    assert (answer.status_code, named(answer)) == (400, ["non_field_errors"])


def test_it_is_published_by_somebody_else_and_withdrawn_with_a_reason(client, sign_in):
    evidence = EvidenceFactory(uploaded_by=(sender := VerifierFactory()))

    assert send(sign_in(sender), evidence, "publish/").status_code == 403
    assert send(sign_in(VerifierFactory()), evidence, "publish/").json()["published_at"]
    assert send(client, evidence, "publish/").status_code == 409
    assert named(send(client, evidence, "withdraw/")) == ["reason"]
    assert send(client, evidence, "withdraw/", {"reason": "It shows a guard."}).status_code == 200

    client.logout()
    row = client.get(f"{EVIDENCE}{evidence.pk}/").json()
    told = {name for name, value in row.items() if value is not None}
    assert told == {"id", "url", "monument", "withdrawn_at", "withdrawal_reason"}
    assert ids(client.get(EVIDENCE)) == []


def test_what_belongs_to_a_report_is_published_with_it(sign_in):
    answer = send(sign_in(VerifierFactory()), EvidenceFactory(report=DraftFactory()), "publish/")

    assert (answer.status_code, answer.json()["detail"]) == (409, "It is published with its report.")


def test_it_is_kept_confidential_and_opened_again(client, sign_in):
    evidence = EvidenceFactory()
    actions.publish(evidence, by=(verifier := VerifierFactory()))

    kept = send(sign_in(verifier), evidence, "confidence/", {"confidential": True, "reason": "A face."})
    client.logout()

    assert kept.json()["confidential"] is True
    assert client.get(f"{EVIDENCE}{evidence.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "describe", "publish"),
    [(None, 401, 401), (UserFactory, 403, 403), (ReporterFactory, 403, 403), (EditorFactory, 200, 403)],
)
def test_who_may_change_what_is_public(client, sign_in, role, describe, publish):
    evidence = EvidenceFactory()
    actions.publish(evidence, by=VerifierFactory())
    if role:
        sign_in(role())

    assert send(client, evidence, data={"caption": "x"}, method="patch").status_code == describe
    assert send(client, evidence, "withdraw/", {"reason": "x"}).status_code == publish


@pytest.mark.parametrize(
    ("scope", "describe", "withdraw"), [(Scope.READ, 403, 403), (Scope.WRITE, 200, 403), (Scope.REVIEW, 403, 200)]
)
def test_a_key_does_what_its_scopes_name(client, scope, describe, withdraw):
    evidence = EvidenceFactory()
    actions.publish(evidence, by=(verifier := VerifierFactory()))
    _key, text = keys.make(verifier, name="A script", scopes=[scope], days=1)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {text}"

    assert send(client, evidence, data={"caption": "x"}, method="patch").status_code == describe
    assert send(client, evidence, "withdraw/", {"reason": "x"}).status_code == withdraw


def test_ones_own_is_described_by_a_key_only_if_it_may_write(client):
    evidence = EvidenceFactory(uploaded_by=(sender := VerifierFactory()))
    _key, text = keys.make(sender, name="A script", scopes=[Scope.REVIEW], days=1)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {text}"

    assert send(client, evidence, data={"caption": "x"}, method="patch").status_code == 403


def test_filters(sign_in):
    photograph = EvidenceFactory(taken_from="2015-08-01", taken_to="2015-08-30")
    letter = EvidenceFactory(kind="document", report=DraftFactory())
    client = sign_in(EditorFactory())

    def found(**query):
        return ids(client.get(EVIDENCE, query))

    assert found(monument=photograph.monument.slug) == [str(photograph.pk)]
    assert found(site=letter.monument.site.slug) == [str(letter.pk)]
    assert found(kind="document") == found(report=letter.report_id) == found(waiting="false") == [str(letter.pk)]
    assert found(taken_after="2015-08-02", taken_before="2015-08-30") == [str(photograph.pk)]
    assert client.get(EVIDENCE, {"monument": "nowhere"}).status_code == 400
    assert client.get(EVIDENCE, {"uploaded_by": "x"}).status_code == 400


def test_the_list_costs_the_same_however_long_it_is(sign_in):
    client = sign_in(VerifierFactory())
    EvidenceFactory(uploaded_by=EditorFactory())
    few = queries_of(client, EVIDENCE)
    for _n in range(5):
        EvidenceFactory(uploaded_by=EditorFactory())

    assert queries_of(client, EVIDENCE) == few
    assert Evidence.objects.count() == 6
