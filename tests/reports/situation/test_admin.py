"""Editors enter, correct and retract events in the admin; nobody changes what was entered."""

from __future__ import annotations

import pytest

from reports.situation.models import AccessLevel, EventKind, SituationEvent
from sites.models import Disclosure, Responsibility
from tests.factories.accounts import AdministratorFactory, EditorFactory
from tests.factories.conditions import SourceFactory
from tests.factories.sites import SiteFactory
from tests.factories.situation import PartyFactory, record
from tests.reports.situation.test_events import AREA

pytestmark = pytest.mark.django_db

EVENTS = "/admin/situation/situationevent/"


def form(**changes):
    """The fields of the event's form, as a browser sends them."""
    fields = {
        "corrects": "",
        "site": str((changes.pop("place", None) or SiteFactory()).pk),
        "monument": "",
        "kind": EventKind.ACCESS,
        "text": "The road is closed.",
        "language": "en",
        "from_party": "",
        "to_party": "",
        "population_before": "",
        "population_now": "",
        "access": AccessLevel.CLOSED,
        "danger": "",
        "clears": "",
        "outcome": "",
        "area": "",
        "date_precision": "day",
        "date_from": "",
        "date_to": "2016-03-27",
        "source": str(SourceFactory().pk),
        "source_year": "2016",
        "certainty": "high",
    }
    return fields | changes


def test_an_editor_enters_an_event(sign_in):
    editor = EditorFactory()

    sign_in(editor).post(f"{EVENTS}add/", form())

    event = SituationEvent.objects.get()
    assert (event.access, event.recorded_by) == (AccessLevel.CLOSED, editor)


def test_what_another_kind_has_is_not_taken(sign_in):
    party = PartyFactory()

    sign_in(EditorFactory()).post(f"{EVENTS}add/", form(to_party=str(party.pk), danger="mines", population_now="7"))

    event = SituationEvent.objects.get()
    assert (event.to_party, event.danger, event.population_now) == (None, "", None)


def test_what_the_kind_needs_is_asked_for_in_words(sign_in):
    answer = sign_in(EditorFactory()).post(f"{EVENTS}add/", form(kind=EventKind.HAZARD))

    assert "Say of a hazard what the danger is" in answer.content.decode()
    assert not SituationEvent.objects.exists()


def test_a_correction_begins_with_what_it_corrects(sign_in):
    first = record(kind=EventKind.ACCESS, access=AccessLevel.OPEN, text="The road is open.")
    client = sign_in(EditorFactory())

    page = client.get(f"{EVENTS}add/?corrects={first.pk}").content.decode()
    client.post(f"{EVENTS}add/?corrects={first.pk}", form(place=first.site, corrects=str(first.pk)))

    assert "The road is open." in page
    assert SituationEvent.objects.get(supersedes=first).access == AccessLevel.CLOSED
    assert list(SituationEvent.objects.standing()) == [SituationEvent.objects.get(supersedes=first)]


def test_who_comes_second_with_a_correction_is_told(sign_in):
    first = record()
    record(site=first.site, supersedes=first)

    answer = sign_in(EditorFactory()).post(
        f"{EVENTS}add/", form(place=first.site, corrects=str(first.pk)), follow=True
    )

    assert "corrected or retracted already" in answer.content.decode()
    assert SituationEvent.objects.count() == 2


def test_an_event_is_retracted_with_a_reason_and_stays_to_be_seen(sign_in):
    event = record()
    client = sign_in(EditorFactory())

    page = client.post(f"{EVENTS}{event.pk}/retract/", {"reason": "It was another town."}, follow=True)

    assert "It was another town." in page.content.decode()
    assert not SituationEvent.objects.standing().exists()


def test_nobody_changes_or_deletes_what_was_entered(sign_in):
    event = record(text="Retaken.")
    client = sign_in(EditorFactory())

    assert client.post(f"{EVENTS}{event.pk}/change/", form(text="Lost.")).status_code == 403
    assert client.post(f"{EVENTS}{event.pk}/delete/", {"post": "yes"}).status_code == 403


def test_nobody_enters_at_the_sites_of_others(sign_in):
    editor = EditorFactory()
    Responsibility.objects.create(user=editor, country="IQ")

    answer = sign_in(editor).post(f"{EVENTS}add/", form(), follow=True)

    assert not SituationEvent.objects.exists()
    assert answer.status_code == 200


def test_the_exact_area_is_for_those_who_may_see_it_and_that_is_logged(sign_in):
    hazard = record(kind=EventKind.HAZARD, area=AREA)
    seen = {}
    for role in (EditorFactory, AdministratorFactory):
        seen[role] = "38.2712" in sign_in(role()).get(f"{EVENTS}{hazard.pk}/change/").content.decode()

    assert seen == {EditorFactory: True, AdministratorFactory: False}
    assert Disclosure.objects.filter(of=hazard.pk).count() == 1


@pytest.mark.parametrize("lookup", ["area__coordinates__gt=1", "cell_longitude__gte=38", "area__isnull=False"])
def test_no_list_filters_by_the_exact_area(sign_in, lookup):
    assert sign_in(AdministratorFactory()).get(f"{EVENTS}?{lookup}").status_code == 400


def test_a_clearance_finds_only_hazards_that_stand(sign_in):
    hazard, other = record(kind=EventKind.HAZARD), record()
    ask = {"app_label": "situation", "model_name": "situationevent", "field_name": "clears"}

    found = sign_in(EditorFactory()).get("/admin/autocomplete/", ask).json()["results"]

    assert [row["id"] for row in found] == [str(hazard.pk)]
    assert str(other.pk) not in str(found)
