"""Two people on one form, incidents and findings in the admin."""

from __future__ import annotations

import pytest

from reports.conditions.models import ConditionReport, Incident
from reports.conditions.workflow import State
from reports.vocabulary import DamageGrade
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import DisturbanceFactory, DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory
from tests.list_actions import have_done
from tests.portal.test_admin import REPORTS, form

pytestmark = pytest.mark.django_db


def change(report):
    return f"{REPORTS}{report.pk}/change/"


def edit(client, report, seen, **changes):
    posted = form(report) | {"seen": str(seen), "disturbances-TOTAL_FORMS": "0"} | changes
    return client.post(change(report), posted)


def test_who_else_has_the_draft_open_is_said(sign_in):
    draft = DraftFactory()
    sign_in(EditorFactory(name="Nour")).get(change(draft))

    page = sign_in(EditorFactory()).get(change(draft)).content.decode()

    assert "Nour has this draft open" in page


def test_an_open_form_asks_who_came(sign_in):
    draft = DraftFactory()
    sign_in(EditorFactory(name="Nour")).get(f"{REPORTS}{draft.pk}/presence/")

    page = sign_in(EditorFactory()).get(f"{REPORTS}{draft.pk}/presence/").content.decode()

    assert "Nour has this draft open" in page


def test_the_second_to_save_sees_both_versions(sign_in):
    draft = DraftFactory(narrative="As it was.")
    client = sign_in(EditorFactory())
    edit(client, draft, draft.version, narrative="Theirs.")

    answer = edit(client, draft, draft.version, narrative="Mine.", damage_grade=DamageGrade.SLIGHT)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert "Slight" in page
    draft.refresh_from_db()
    assert draft.narrative == "Theirs."


def test_for_each_field_one_version_is_kept(sign_in):
    draft = DraftFactory(narrative="As it was.", damage_grade=DamageGrade.SEVERE)
    client = sign_in(EditorFactory())
    edit(client, draft, draft.version, narrative="Theirs.", damage_grade=DamageGrade.DESTROYED)
    draft.refresh_from_db()
    choice = {"keep-narrative": "theirs", "keep-damage_grade": "mine"}

    edit(client, draft, draft.version, narrative="Mine.", damage_grade=DamageGrade.SLIGHT, **choice)

    draft.refresh_from_db()
    assert (draft.narrative, draft.damage_grade) == ("Theirs.", DamageGrade.SLIGHT)


def test_what_was_submitted_meanwhile_is_not_changed(sign_in):
    report = SubmittedFactory(narrative="Handed in.")

    edit(sign_in(EditorFactory()), report, 1, narrative="Too late.")

    report.refresh_from_db()
    assert (report.narrative, report.state) == ("Handed in.", State.SUBMITTED)


def test_a_value_of_another_scale_is_entered_as_given(sign_in):
    draft = DraftFactory(damage_grade=DamageGrade.UNKNOWN)

    edit(sign_in(EditorFactory()), draft, draft.version, damage_grade="", as_given="ems98:4")

    draft.refresh_from_db()
    assert (draft.damage_grade, draft.as_given_text) == (
        DamageGrade.VERY_SEVERE,
        "EMS-98, damage grade of buildings: 4: very heavy",
    )


def test_a_finding_begins_with_what_it_cites(sign_in):
    monument = MonumentFactory()
    sides = [PublishedFactory(monument=monument, damage_grade=grade) for grade in ("destroyed", "none")]
    cited = ",".join(str(side.pk) for side in sides)

    page = sign_in(VerifierFactory()).get(f"{REPORTS}add/?monument={monument.pk}&cites={cited}").content.decode()

    assert all(f'value="{side.pk}" selected' in page for side in sides)


def test_reports_are_folded_from_the_list(sign_in):
    monument = MonumentFactory()
    reports = [PublishedFactory(monument=monument), PublishedFactory(monument=monument)]
    for report in reports:
        DisturbanceFactory(report=report)
    client = sign_in(EditorFactory())
    assert "These may tell of the same incident" in client.get(change(reports[0])).content.decode()

    have_done(client, REPORTS, "fold", reports)

    incident = Incident.objects.get()
    page = client.get(f"/admin/conditions/incident/{incident.pk}/change/").content.decode()
    assert "2 reports tell of it" in page


def test_a_copy_is_marked_and_taken_out_in_the_admin(sign_in):
    monument = MonumentFactory()
    a, b = PublishedFactory(monument=monument), PublishedFactory(monument=monument)
    client = sign_in(EditorFactory())
    have_done(client, REPORTS, "fold", [a, b])
    member = f"/admin/conditions/incident/{Incident.objects.get().pk}/member/"

    client.post(member, {"report": str(b.pk), "of": str(a.pk)})
    b.refresh_from_db()
    assert b.repeats == a

    client.post(member, {"report": str(b.pk), "unfold": "1"})
    b.refresh_from_db()
    assert (b.repeats, b.incident) == (None, None)


def test_an_embargo_is_set_from_the_page(sign_in):
    report = SubmittedFactory()
    client = sign_in(VerifierFactory())
    client.post(f"{REPORTS}{report.pk}/step/verify/", {"method": "satellite", "version": report.version})

    client.post(f"{REPORTS}{report.pk}/step/embargo/", {"until": "2999-01-01T10:00", "reason": "Wait."})

    report.refresh_from_db()
    assert (report.state, report.embargo_reason) == (State.VERIFIED, "Wait.")
    assert "Under embargo until" in client.get(change(report)).content.decode()


def test_an_embargo_without_its_end_says_so(sign_in):
    report = SubmittedFactory()
    client = sign_in(VerifierFactory())
    client.post(f"{REPORTS}{report.pk}/step/verify/", {"method": "satellite"})

    page = client.post(f"{REPORTS}{report.pk}/step/embargo/", {"until": "soon", "reason": "Wait."}, follow=True)

    assert "the day and the time" in page.content.decode()


def test_notes_are_added_and_read_by_verifiers(sign_in):
    report = PublishedFactory()
    client = sign_in(VerifierFactory())

    client.post(f"{REPORTS}{report.pk}/note/", {"text": "The guard saw it."})

    assert "The guard saw it." in client.get(change(report)).content.decode()
    assert "The guard saw it." not in sign_in(EditorFactory()).get(change(report)).content.decode()


def test_several_reviews_are_handed_out_at_once(sign_in):
    verifier, reports = VerifierFactory(), [SubmittedFactory(), SubmittedFactory()]

    have_done(sign_in(verifier), REPORTS, "assign", reports, to=verifier.pk)

    assert ConditionReport.objects.filter(assigned_to=verifier).count() == 2


def test_a_reporter_has_no_admin(sign_in):
    assert sign_in(ReporterFactory()).get(REPORTS).status_code == 302
