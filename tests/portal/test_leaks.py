"""Canaries: what is not public is looked for behind every address, for every kind of reader."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from pypdf import PdfReader

from portal.accounts.models import Contact
from portal.layers import LAYERS
from portal.lists import LISTS
from reports.alerts import actions as alert_actions
from reports.alerts import tokens
from reports.alerts.models import Alert, Delivery
from reports.conditions import actions, incidents
from reports.evidence.models import Capture, EvidencePackage, Upload
from reports.evidence.vocabulary import Door
from reports.situation_reports.question import Audience
from reports.vocabulary import DamageGrade
from sites.models import Organisation, Responsibility
from sites.vocabulary import Sensitivity
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.alerts import SearchFactory, SubscriptionFactory
from tests.factories.conditions import DisturbanceFactory, DraftFactory, PublishedFactory
from tests.factories.evidence import EvidenceFactory
from tests.factories.inspections import plan_inspection
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory
from tests.factories.situation import SituationEventFactory
from tests.factories.situation_reports import MadeFactory

pytestmark = pytest.mark.django_db

PLACE, BOUNDARY, DEPOT = "38.2743219", "38.2743777", "CANARY-DEPOT"
DRAFT, SECRET, NOTE = "CANARY-DRAFT", "CANARY-CONFIDENTIAL", "CANARY-NOTE"
NAME, CONTACT = "CANARY-REPORTER", "CANARY-ZENOBIA"
FILE, CAMERA, UPLOAD = "CANARY-FILE", "CANARY-CAMERA", "CANARY-UPLOAD"
READER, VISIT = "canary-reader@example.org", "CANARY-VISIT"
CANARIES = (VISIT, PLACE, BOUNDARY, DEPOT, DRAFT, SECRET, NOTE, NAME, CONTACT, FILE, CAMERA, UPLOAD, READER)
AROUND = {"type": "Polygon", "coordinates": [[[38, 34], [39, 34], [39, 35], [38, 35], [38, 34]]]}
EXACT = {PLACE, BOUNDARY, DEPOT}

SEEN_BY = {
    "public": set(),
    "account": set(),
    "reporter": set(),
    "editor": EXACT | {DRAFT, NAME, FILE, READER, VISIT},
    "editor of another country": {DRAFT, NAME, FILE, READER},
    "editor of a rival team": EXACT | {READER},
    "verifier": EXACT | {DRAFT, SECRET, NOTE, NAME, FILE, CAMERA, READER, VISIT},
    "verifier of a rival team": EXACT | {READER},
    "administrator": {DRAFT, NAME, CONTACT, FILE, READER, VISIT},
    "administrator who views as the public": set(),
    "verifier who views as the public": set(),
}
"""What each kind of reader may find; `silo` says whose reports these are. What is on its way in is for its sender."""
RIVALS = {"editor of a rival team", "verifier of a rival team"}


class World:
    """A sensitive monument with reports in every state, and everything that hangs on them."""

    def __init__(self, *, silo):
        self.team = Organisation.objects.create(name="Team", silo=silo)
        self.author = EditorFactory(name=NAME, organisation=self.team)
        Contact.objects.create(user=self.author, real_name=CONTACT, telephone=CONTACT)
        self.monument = MonumentFactory(
            longitude=float(PLACE),
            latitude=34.5471239,
            sensitivity=Sensitivity.GENERALISED,
            current_place=DEPOT,
            boundary={
                "type": "Polygon",
                "coordinates": [[[float(BOUNDARY), 34.54], [38.28, 34.54], [38.28, 34.55], [float(BOUNDARY), 34.54]]],
            },
        )
        facts = {"monument": self.monument, "author": self.author, "organisation": self.team}
        # A member of the team verifies, so that the steps carry the name of somebody to hide.
        verifier = VerifierFactory(name=NAME, organisation=self.team)
        self.published = PublishedFactory(**facts, verifier=verifier, damage_grade=DamageGrade.DESTROYED)
        DisturbanceFactory(report=self.published)
        self.draft = DraftFactory(**facts, narrative=DRAFT)
        self.submitted = actions.submit(DraftFactory(**facts, narrative=DRAFT), by=self.author)
        self.secret = PublishedFactory(**facts, verifier=verifier, confidential=True, narrative=SECRET)
        self.incident = incidents.fold([self.published.pk], by=verifier)
        neutral = VerifierFactory()
        actions.note_in_confidence(self.published, NOTE, by=neutral)
        self.event = SituationEventFactory(site=self.monument.site)
        self.plan = PlanFactory(monument=self.monument)
        self.inspection = plan_inspection(monument=self.monument, by=self.author, reason=VISIT)
        self._send_evidence()
        self.subscription = SubscriptionFactory(site=self.monument.site)
        self.outside = SubscriptionFactory(user=None, address=READER, site=self.monument.site)
        self.search = SearchFactory(site=self.monument.site, area=AROUND)
        self.situation_reports = [
            MadeFactory(site=self.monument.site, audience=audience, asked_by=self.author) for audience in Audience
        ]
        self.package = EvidencePackage.objects.create(monument=self.monument, asked_by=neutral, language="en")
        self.alert = Alert.objects.get()
        alert_actions.fan_out(self.alert.pk)
        self.delivery = Delivery.objects.get(address=READER)

    def _send_evidence(self):
        """A photograph that is public, and one of each kind that is not."""
        sent = {"monument": self.monument, "organisation": self.team, "uploaded_by": self.author, "name": FILE}
        public = EvidenceFactory(**sent, report=self.published, published_at=timezone.now())
        Capture.objects.create(original=public.original, longitude=float(PLACE), latitude=34.54, camera=CAMERA)
        self.evidence = [
            public,
            EvidenceFactory(**sent, caption=DRAFT),
            EvidenceFactory(**sent, report=self.draft, caption=DRAFT),
            EvidenceFactory(**sent, report=self.published, confidential=True, caption=SECRET),
        ]
        arriving = {"monument": self.monument, "by": self.author, "door": Door.API}
        self.upload = Upload.objects.create(**arriving, name=UPLOAD, size=1_000)

    def values(self, name, route):
        """What to put into a route's parameter: every object of the kind that the route is about."""
        reports = [self.published, self.draft, self.submitted, self.secret]
        about = {
            "conditionreport": reports,
            "condition-reports": reports,
            "incident": [self.incident],
            "sites/monument/": [self.monument],
            "monuments": [self.monument],
            "priorities": [self.monument],
            "prospects": [self.monument],
            "sites/site/": [self.monument.site],
            "sites": [self.monument.site],
            "accounts/user": [self.author],
            "situationevent": [self.event],
            "restoration/plan": [self.plan],
            "situation-events": [self.event],
            "parties": [self.event.to_party],
            "stories": [self.monument.site],
            "v1/plans": [self.plan],
            "calendar/": [self.monument.site],
            "inspection": [self.inspection],
            "packages/": [self.package],
            "evidence-packages": [self.package],
            "admin/evidence/evidence/": self.evidence,
            "v1/evidence/": self.evidence,
            "pictures/": self.evidence,
            "v1/uploads/": [self.upload],
            "subscription": [self.subscription],
            "alerts/delivery": [self.delivery],
            "alerts/alert/": [self.alert],
            "alerts/<uuid:pk>": [self.alert],
            "searches/": [self.search],
            "situation-reports": self.situation_reports,
            "situationreport": self.situation_reports,
        }
        rows = next((rows for word, rows in about.items() if word in route), [self.published])
        return [row.slug if name == "slug" else str(row.pk) for row in rows]

    def features(self):
        """The ids of everything that stands in a layer of the GIS interface, public or not."""
        places = [self.monument, self.monument.site]
        rows = [*places, self.published, self.draft, self.submitted, self.secret, self.event, self.plan]
        return [str(row.pk) for row in rows] + [place.slug for place in places]


OTHER_VALUES = {
    "z": ["14"],
    "x": ["9933"],
    "y": ["6514"],
    "app_label": ["conditions", "sites"],
    "content_type_id": ["1"],
    "url": ["nothing"],
    "step": ["verify"],
    "token": ["nonsense"],
    "name": ["nonsense"],
    "key": ["nonsense"],
    "uidb36": ["1"],
    "version_id": ["1"],
    "history_id": ["1"],
    "id": ["1"],
    "language": ["en", "ar"],
    "status": ["proposed"],
    "region": ["full"],
    "size": ["max"],
    "rotation": ["0"],
    "quality": ["default"],
    "kind": ["jpg"],
    "label": ["conditions.conditionreport"],
    "layer": list(LAYERS),
    "section": ["sites", "monuments"],
    "suffix": ["csv", "geojson", "kml"],
}


@cache
def routes():
    return [route for route in _walk(get_resolver(), "") if not route.startswith("admin/logout")]


def _walk(resolver, prefix):
    for pattern in resolver.url_patterns:
        text = prefix + re.sub(r"^\^|\$$|\\Z|\\", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, text)
        elif isinstance(pattern, URLPattern):
            yield text


def addresses(world):
    """Every address of the portal, with the parameters filled in."""
    found = []
    for route in routes():
        made = [route]
        for whole, name in _parameters(route):
            values = _values(world, name, route)
            made = [address.replace(whole, value) for address in made for value in values]
        found += ["/" + re.sub(r"\(\?:.*?\)|[?^$()]|\.\*", "", address).replace("//", "/") for address in made]
    queries = ["?as_of=2020-01-01", "?known_at=2030-01-01T00:00:00Z", "?show=mine"]
    return found + [f"/monuments/{world.monument.slug}/{query}" for query in queries]


def _values(world, name, route):
    if route.startswith("ogc/"):
        return {"name": list(LAYERS), "pk": world.features()}[name]
    if route.startswith("lists/"):
        return {"name": list(LISTS), "suffix": ["csv"]}[name]
    return OTHER_VALUES.get(name) or world.values(name, route)


def _parameters(route):
    for match in re.finditer(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", route):
        yield match[0], match[1] or match[2]


def reader(kind, world):
    """A client signed in as that kind of reader."""
    client = Client(raise_request_exception=True)
    rival = {"organisation": Organisation.objects.create(name="Rivals", silo=True)} if "rival" in kind else {}
    makers = {
        "account": UserFactory,
        "reporter": ReporterFactory,
        "editor": EditorFactory,
        "verifier": VerifierFactory,
        "administrator": AdministratorFactory,
    }
    if kind == "public":
        return client
    user = makers[kind.split()[0]](**rival)
    if "another country" in kind:
        Responsibility.objects.create(user=user, country="IQ")
    if kind == "editor":
        user.organisation = world.team  # an editor without a team sees no silo
        user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if "views as" in kind:
        client.post("/view-as/", {"role": "public"})
    return client


def everything(client, world):
    """All that an address answers, its headers too."""
    for address, accept in [(address, "*/*") for address in addresses(world)] + linked_data(world):
        answer = client.get(address, headers={"accept": accept})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield address, readable(answer, body) + str(answer.headers)


def linked_data(world):
    """What programs that ask for it get at the addresses of pages."""
    places = [world.monument, world.monument.site]
    return [(place.get_absolute_url(), "application/ld+json") for place in places]


def readable(answer, body):
    """The text of an answer; of a PDF, that of its pages."""
    if answer.headers.get("Content-Type") != "application/pdf":
        return body.decode(errors="replace")
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


@pytest.mark.parametrize("kind", list(SEEN_BY))
def test_every_reader_finds_what_is_for_them_and_nothing_else(kind):
    world = World(silo=kind in RIVALS)
    client = reader(kind, world)

    found = {}
    for address, text in everything(client, world):
        for canary in CANARIES:
            if canary in text:
                found.setdefault(canary, address)

    assert {canary: found[canary] for canary in found.keys() - SEEN_BY[kind]} == {}
    assert SEEN_BY[kind] - found.keys() == set()


@pytest.mark.parametrize("kind", list(SEEN_BY))
def test_linked_data_tells_the_assessments_that_everybody_may_read(kind):
    world = World(silo=kind in RIVALS)
    [(monument, accept), _site] = linked_data(world)

    told = reader(kind, world).get(monument, headers={"accept": accept}).json()["assessed_by"]

    assert [str(world.published.pk) in one["id"] for one in told] == [True]


def test_an_outsiders_page_shows_what_everybody_may_read_and_their_own_address():
    world = World(silo=False)
    page = f"/subscriptions/own/{tokens.make_own(world.outside)}/"
    answers = [reader("public", world).get(address) for address in (page, f"{page}{world.outside.pk}/")]

    assert [answer.status_code for answer in answers] == [200, 200]
    text = " ".join(answer.content.decode() + str(answer.headers) for answer in answers)
    assert [canary for canary in CANARIES if canary in text] == [READER]
    assert world.alert.get_absolute_url() in text


def test_every_parameter_of_every_address_is_known():
    world = World(silo=False)
    known = set(OTHER_VALUES) | {"pk", "slug", "object_id"}

    assert {name for route in routes() for _whole, name in _parameters(route)} <= known
    assert len(addresses(world)) > 100


@pytest.mark.parametrize("kind", ["administrator", "editor of another country"])
@pytest.mark.parametrize("field", ["longitude", "latitude", "cell", "current_place"])
def test_no_list_of_the_admin_filters_by_what_it_hides(kind, field):
    world = World(silo=False)
    client = reader(kind, world)

    inside = client.get(f"/admin/sites/monument/?{field}__gte=0")
    outside = client.get(f"/admin/sites/monument/?{field}__gte=170")

    assert inside.status_code == outside.status_code == 400


@pytest.mark.parametrize("lookup", ["monument__longitude__gte=38", "author__name__startswith=C", "author__email=a"])
def test_no_list_of_reports_filters_by_places_or_people(lookup):
    client = reader("editor of another country", World(silo=False))

    assert client.get(f"/admin/conditions/conditionreport/?{lookup}").status_code == 400


@pytest.mark.parametrize("parameter", ["bbox", "longitude", "latitude__gte", "author", "ordering", "narrative"])
def test_the_interface_knows_no_filter_by_what_it_hides(client, parameter):
    assert client.get("/api/v1/monuments/", {parameter: "38"}).status_code == 400
    assert client.get("/api/v1/condition-reports/", {parameter: "38"}).status_code == 400


def test_alerts_say_neither_where_nor_who():
    World(silo=False)

    said = str(list(Alert.objects.values("facts"))) + str(list(Delivery.objects.values()))

    assert [canary for canary in CANARIES if canary in said] == [READER]  # where it is sent


def test_the_roles_of_the_table_are_all_there_are():
    kinds = {kind.split()[0] for kind in SEEN_BY} - {"public", "account"}

    assert kinds == {name.lower() for name in Group.objects.values_list("name", flat=True)}
