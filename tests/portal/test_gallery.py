"""Pictures of a monument in order of time, and the page of one: for each reader what they may see, and no more."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.evidence import gallery
from reports.evidence.models import CustodyEntry, Flag
from reports.evidence.vocabulary import CustodyStep
from sites.models import Disclosure, Organisation, Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory
from tests.factories.evidence import CustodyEntryFactory, EvidenceFactory, PhotographFactory, ShownFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory
from tests.portal.test_pictures import ROLES, STAFF, fetch, signed_in
from tests.queries import queries_of
from tests.reports.evidence.conftest import evidence_folder

pytestmark = pytest.mark.django_db
folders = evidence_folder
FOR_STAFF, FOR_VERIFIERS = {"UNDER-WAY", "OF-A-DRAFT"}, {"CONFIDENTIAL", "OF-A-SECRET-REPORT"}


def taken(day, **facts):
    day = datetime.date.fromisoformat(day)
    return ShownFactory(**{"published_at": timezone.now(), "taken_from": day, "taken_to": day, **facts})


def one_of_each():
    """A monument with one public picture and one of each kind that is not."""
    monument = MonumentFactory()
    draft, secret = DraftFactory(monument=monument), PublishedFactory(monument=monument, confidential=True)
    facts = {"monument": monument, "taken_to": datetime.date(2015, 8, 30)}
    ShownFactory(**facts, caption="PUBLIC", published_at=timezone.now())
    ShownFactory(**facts, caption="UNDER-WAY")
    ShownFactory(**facts, caption="OF-A-DRAFT", report=draft)
    ShownFactory(**facts, caption="CONFIDENTIAL", published_at=timezone.now(), confidential=True)
    ShownFactory(**facts, caption="OF-A-SECRET-REPORT", report=secret, published_at=timezone.now())
    ShownFactory(**facts, caption="WITHDRAWN", withdrawn_at=timezone.now(), withdrawal_reason="Shows a witness.")
    return monument


def seen_by(role):
    staff, verifiers = role in STAFF, role == "verifier"
    return {"PUBLIC"} | (FOR_STAFF if staff else set()) | (FOR_VERIFIERS if verifiers else set())


def captions(page):
    text = page.content.decode()
    known = {"PUBLIC", *FOR_STAFF, *FOR_VERIFIERS, "WITHDRAWN"}
    return {caption for caption in known if f">{caption}<" in text}


@pytest.mark.parametrize("role", list(ROLES))
def test_each_role_sees_and_counts_its_own_pictures(client, role):
    monument = one_of_each()

    page = signed_in(client, role).get(f"/monuments/{monument.slug}/pictures/")

    assert captions(page) == seen_by(role)
    assert page.context["years"] == [(2015, len(seen_by(role)))]


@pytest.mark.parametrize("role", list(ROLES))
def test_a_picture_has_a_page_for_who_sees_it_and_beside_it_only_others_they_see(client, role):
    monument = one_of_each()
    client = signed_in(client, role)

    pages = {picture.caption: client.get(f"/pictures/{picture.pk}/") for picture in monument.evidence.all()}

    assert {caption for caption, page in pages.items() if page.status_code == 200} == seen_by(role)
    beside = pages["PUBLIC"].context
    assert {one.caption for one in (beside["newer"], beside["older"]) if one} <= seen_by(role)


@pytest.mark.parametrize("role", list(ROLES))
def test_the_page_of_a_monument_shows_its_latest_published_pictures(client, role):
    monument = one_of_each()

    page = signed_in(client, role).get(f"/monuments/{monument.slug}/")

    assert captions(page) == seen_by(role) - FOR_STAFF


def test_a_plan_shows_the_pictures_of_its_progress(client):
    plan = PlanFactory()
    taken("2024-01-03", monument=plan.monument, plan=plan, caption="PUBLIC")
    ShownFactory(monument=plan.monument, plan=plan, caption="UNDER-WAY")

    assert captions(client.get(f"/restoration/plans/{plan.pk}/")) == {"PUBLIC"}


def test_pictures_are_in_order_of_time_and_the_undated_come_last(client):
    monument = MonumentFactory()
    ShownFactory(monument=monument, caption="undated", published_at=timezone.now())
    taken("2010-05-01", monument=monument, caption="then")
    report = PublishedFactory(monument=monument, date_to=datetime.date(2015, 8, 30))
    ShownFactory(monument=monument, report=report, caption="of the report", published_at=timezone.now())

    groups = client.get(f"/monuments/{monument.slug}/pictures/").context["groups"]

    assert [(year, [one.caption for one in shown]) for year, shown in groups] == [
        (2015, ["of the report"]),
        (2010, ["then"]),
        (None, ["undated"]),
    ]


def test_a_long_gallery_is_read_page_by_page_and_from_a_year_on(client, monkeypatch):
    monkeypatch.setattr("portal.views.gallery.SIZE", 2)
    monument = MonumentFactory()
    for year in range(2011, 2016):
        taken(f"{year}-01-01", monument=monument)
    address = f"/monuments/{monument.slug}/pictures/"

    years, cursor = [], ""
    while True:
        page = client.get(address, {"after": cursor}).context
        years += [year for year, _shown in page["groups"]]
        cursor = page["page"].next
        if not cursor:
            break

    assert years == [2015, 2014, 2013, 2012, 2011]
    assert [year for year, _shown in client.get(address, {"until": "2012"}).context["groups"]] == [2012, 2011]
    assert client.get(address, {"until": "x"}).status_code == client.get(address, {"after": "x"}).status_code == 400


def test_a_gallery_of_the_past_shows_what_was_taken_and_known_then(client):
    monument = MonumentFactory()
    taken("2010-01-01", monument=monument)
    taken("2020-01-01", monument=monument)
    address = f"/monuments/{monument.slug}/pictures/"

    assert [year for year, _shown in client.get(address, {"as_of": "2015-01-01"}).context["groups"]] == [2010]
    assert client.get(address, {"known_at": "2012-01-01T00:00:00Z"}).context["groups"] == []


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2015-08-30", "2015-08-30", "Aug. 30, 2015"),
        ("2015-08-01", "2015-08-31", "August 2015"),
        ("2015-01-01", "2015-12-31", "2015"),
        ("2015-08-05", "2015-08-31", "between Aug. 5, 2015 and Aug. 31, 2015"),
        (None, "2015-08-30", "before Aug. 30, 2015"),
        ("2015-08-30", None, "from Aug. 30, 2015 on"),
        (None, None, ""),
    ],
)
def test_the_date_is_told_as_precisely_as_it_is_known(first, last, text):
    days = [datetime.date.fromisoformat(day) if day else None for day in (first, last)]

    told = gallery.date_text(EvidenceFactory.build(original=None, monument=None, taken_from=days[0], taken_to=days[1]))

    assert told.replace("August", "Aug.") == text.replace("August", "Aug.")


def test_a_picture_keeps_its_place_and_comes_in_the_size_that_is_needed(client):
    alone = taken("2015-08-30", alternative="Columns before a clear sky")

    text = client.get(f"/monuments/{alone.monument.slug}/pictures/").content.decode()

    for said in ('width="120"', 'height="80"', 'loading="lazy"', "120w", 'alt="Columns before a clear sky"'):
        assert said in text


def test_in_place_of_a_picture_that_is_being_made_the_page_says_so(client):
    waiting = EvidenceFactory(published_at=timezone.now())

    assert "The picture is being made." in client.get(f"/pictures/{waiting.pk}/").content.decode()


def test_a_sender_reads_nothing_of_a_report_that_is_kept_from_them(sign_in):
    sender = ReporterFactory()
    secret = PublishedFactory(confidential=True, source__name="SECRET-SOURCE")
    own = ShownFactory(monument=secret.monument, report=secret, uploaded_by=sender)

    page = sign_in(sender).get(f"/pictures/{own.pk}/")

    assert page.status_code == 200
    assert "SECRET-SOURCE" not in page.content.decode()
    assert str(secret.pk) not in page.content.decode()


@pytest.mark.parametrize("role", list(ROLES))
def test_names_custody_and_originals_are_for_those_who_may_know(client, role):
    sender = ReporterFactory(name="NAME-OF-SENDER")
    picture = taken("2015-08-30", uploaded_by=sender, name="NAME-OF-FILE.jpg")
    CustodyEntryFactory(evidence=picture, by=sender)

    text = signed_in(client, role).get(f"/pictures/{picture.pk}/").content.decode()

    for word in ("NAME-OF-SENDER", "NAME-OF-FILE", "Chain of custody"):
        assert (word in text) is (role in STAFF)
    assert ("Download the original" in text) is (role == "verifier")


@pytest.mark.parametrize("role", list(ROLES))
def test_an_original_is_handed_out_on_record_to_verifiers_alone(client, role):
    picture = PhotographFactory(published_at=timezone.now())

    answer = signed_in(client, role).post(f"/pictures/{picture.pk}/original/")

    steps = list(CustodyEntry.objects.values_list("step", flat=True))
    if role == "verifier":
        assert fetch(client, answer.url).status_code == 200
        assert steps == [CustodyStep.VIEWED]
        assert Disclosure.objects.filter(of=picture.pk).exists()
    else:
        assert answer.status_code in {302, 403}
        assert steps == []


def test_a_verifier_of_elsewhere_or_of_a_rival_team_gets_no_original(client):
    silo = Organisation.objects.create(name="Team", silo=True)
    picture = PhotographFactory(published_at=timezone.now(), organisation=silo)
    elsewhere = VerifierFactory()
    Responsibility.objects.create(user=elsewhere, country="IQ")

    for verifier in (elsewhere, VerifierFactory(organisation=Organisation.objects.create(name="Rivals"))):
        client.force_login(verifier, backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(f"/pictures/{picture.pk}/original/").status_code == 403


def test_an_earlier_use_of_the_picture_is_told_to_staff_who_may_see_it(sign_in, client):
    earlier = taken("2012-01-01")
    later = taken("2015-08-30")
    Flag.objects.create(evidence=later, kind="used_before", other=earlier)
    address, link = f"/pictures/{later.pk}/", f"/pictures/{earlier.pk}/"

    assert link not in client.get(address).content.decode()
    assert link in sign_in(EditorFactory()).get(address).content.decode()
    earlier.confidential = True
    earlier.save()
    assert link not in client.get(address).content.decode()


def test_more_pictures_take_no_more_queries(sign_in):
    monument, client = MonumentFactory(), sign_in(VerifierFactory())

    def add(number):
        for _n in range(number):
            report = PublishedFactory(monument=monument)
            ShownFactory(monument=monument, report=report, published_at=timezone.now())

    add(2)
    few = queries_of(client, f"/monuments/{monument.slug}/pictures/")
    add(6)

    assert queries_of(client, f"/monuments/{monument.slug}/pictures/") == few
