"""The form of a report on a phone: choosing the monument, writing, coming back to it, handing it in."""

from __future__ import annotations

import pytest

from reports.conditions import actions
from reports.conditions.models import ConditionReport, Disturbance
from reports.conditions.workflow import State
from reports.sources.models import SourceKind
from reports.vocabulary import CauseCategory, CauseType, Certainty, Danger, ReportKind
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, SourceFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory, NameFactory

pytestmark = pytest.mark.django_db
ADD = "/reports/add/"
SEEN = {
    "kind": "damage",
    "damage_grade": "severe",
    "date_precision": "day",
    "date_to": "2016-04-01",
    "narrative": "The portico has fallen.",
    "language": "en",
    "certainty": "high",
    "then": "",
}


@pytest.fixture
def reporter():
    return ReporterFactory()


@pytest.fixture
def phone(sign_in, reporter):
    return sign_in(reporter)


def write(client, monument=None, **seen):
    monument = monument or MonumentFactory()
    return client.post(f"{ADD}?monument={monument.slug}", {**SEEN, **seen})


def of(report):
    return f"/reports/{report.pk}/"


def again(client, report, **seen):
    return client.post(of(report), {**SEEN, "seen": report.version, **seen})


def only():
    return ConditionReport.objects.get()


def test_what_was_seen_becomes_a_draft_of_an_own_visit(phone, reporter):
    write(phone, dangers=[Danger.MINES], category="military_armed_conflict", cause="landmines")

    report = only()
    assert (report.state, report.author) == (State.DRAFT, reporter)
    assert report.source.kind == SourceKind.OWN_VISIT
    assert [risk.danger for risk in report.risks.all()] == [Danger.MINES]
    assert [cause.cause for cause in report.disturbances.all()] == [CauseType.LANDMINES]


def test_a_threat_needs_what_may_act_and_has_no_grade(phone):
    refused = write(phone, kind="threat")
    assert refused.status_code == 422
    assert "how probable it is" in refused.content.decode()

    write(phone, kind="threat", category="natural", cause="flooding", probability="possible")

    report = only()
    assert (report.kind, report.damage_grade) == (ReportKind.THREAT, "")
    assert report.threats.get().cause == CauseType.FLOODING


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"narrative": ""}, "What you saw"),
        ({"date_to": "2999-01-01"}, "This day has not come yet"),
        ({"damage_grade": ""}, "need a damage grade"),
        ({"said_by": "Nobody"}, "No source is called so"),
        ({"category": "natural"}, "leave both open"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(phone, wrong, said):
    answer = write(phone, part="Portico of the north", **wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Portico of the north" in answer.content.decode()
    assert not ConditionReport.objects.exists()


def test_another_source_is_taken_by_its_name(phone):
    source = SourceFactory(name="Civil defence")

    write(phone, said_by="civil DEFENCE")

    assert only().source == source


def test_only_the_month_may_be_known(phone):
    write(phone, date_precision="month", date_to="2016-02-10")

    report = only()
    assert (report.date_from.day, report.date_to.day) == (1, 29)


def test_a_draft_is_gone_on_with_and_handed_in(phone):
    write(phone)
    draft = only()

    again(phone, draft, narrative="The portico and the stairs have fallen.", then="submit")

    draft.refresh_from_db()
    assert (draft.state, draft.narrative) == (State.SUBMITTED, "The portico and the stairs have fallen.")


def test_photographs_come_next_if_that_was_asked_for(phone):
    answer = write(phone, then="photographs")

    assert answer.url == f"/reports/{only().pk}/evidence/add/"


def test_further_causes_entered_elsewhere_stay(phone, reporter):
    draft = DraftFactory(author=reporter)
    for cause in (CauseType.FIRE, CauseType.LANDMINES):
        Disturbance.objects.create(
            report=draft, category=CauseCategory.MILITARY_ARMED_CONFLICT, cause=cause, certainty=Certainty.LOW
        )

    again(phone, draft, category="natural", cause="flooding")

    assert [found.cause for found in draft.disturbances.all()] == [CauseType.FLOODING, CauseType.LANDMINES]


def test_a_change_by_somebody_else_is_not_overwritten(phone, reporter):
    draft = DraftFactory(author=reporter)
    seen = draft.version
    draft.narrative = "Written at the desk."
    actions.save_draft(draft, by=reporter)

    answer = phone.post(of(draft), {**SEEN, "seen": seen})

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert draft.narrative == "Written at the desk."


def test_what_was_given_back_shows_why(phone, reporter):
    report = SubmittedFactory(author=reporter)
    actions.reject(report, by=VerifierFactory(), reason="Which portico?")

    page = phone.get(of(report)).content.decode()

    assert "Which portico?" in page
    assert 'name="narrative"' in page


def test_a_report_that_was_handed_in_is_read_only(phone, reporter):
    report = SubmittedFactory(author=reporter)

    assert 'name="narrative"' not in phone.get(of(report)).content.decode()


def test_a_draft_can_be_thrown_away_until_it_was_handed_in(phone, reporter):
    draft, handed_in = DraftFactory(author=reporter), SubmittedFactory(author=reporter)

    phone.post(f"{of(draft)}delete/")
    phone.post(f"{of(handed_in)}delete/")

    assert only() == handed_in


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_draft_of_somebody_else_is_not_there(sign_in, method):
    draft = DraftFactory(author=ReporterFactory())

    answer = getattr(sign_in(ReporterFactory()), method)(of(draft), {**SEEN, "seen": draft.version})

    draft.refresh_from_db()
    assert answer.status_code == 404
    assert draft.narrative != SEEN["narrative"]


def test_an_editor_reads_the_draft_of_somebody_else_and_changes_it_in_the_admin(sign_in):
    draft = DraftFactory(author=ReporterFactory())

    page = sign_in(EditorFactory()).get(of(draft)).content.decode()

    assert f"/admin/conditions/conditionreport/{draft.pk}/change/" in page
    assert 'name="narrative"' not in page


def test_strangers_cannot_report(client):
    assert client.get(ADD).status_code == 302
    assert write(client).status_code == 302


def test_a_monument_is_chosen_by_name_or_by_where_one_stands(phone):
    near = MonumentFactory(longitude=38.27, latitude=34.55)
    far = MonumentFactory(longitude=36.3, latitude=33.5)
    NameFactory(monument=far, text="جامع الأموي", language="ar")

    by_name = phone.get(ADD, {"q": "الاموي"}).content.decode()
    by_place = phone.get(ADD, {"near": "38.271,34.551"}).content.decode()

    assert (far.slug in by_name, near.slug in by_name) == (True, False)
    assert (far.slug in by_place, near.slug in by_place) == (False, True)
    assert phone.get(ADD, {"near": "somewhere"}).status_code == 400
