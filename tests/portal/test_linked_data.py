"""Sites and monuments for other systems, search engines and cards; read by the libraries of others."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image
from pyld import jsonld
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef

from portal.linked.terms import context_address
from reports.alerts.models import Alert
from sites.models import Disclosure
from sites.vocabulary import Sensitivity
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import DisturbanceFactory, PublishedFactory
from tests.factories.evidence import ShownFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import DesignationFactory, NameFactory
from tests.factories.situation import SituationEventFactory
from tests.factories.situation_reports import MadeFactory
from tests.queries import queries_of

pytestmark = [
    pytest.mark.django_db,
    # rdflib's own reader of JSON-LD still uses what rdflib has deprecated.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
CRM = Namespace("http://www.cidoc-crm.org/cidoc-crm/")
LD = "application/ld+json"


@pytest.fixture
def bel():
    report = PublishedFactory(monument__slug="bel", monument__site__slug="palmyra", date_to=datetime.date(2015, 8, 30))
    NameFactory(monument=report.monument, text="معبد بل", language="ar")
    DesignationFactory(site=report.monument.site, reference="23")
    return report


def graph(client, address):
    """Read with the context that is served beside it, and nothing of the internet."""
    told = client.get(address, headers={"accept": LD}).json()
    assert told["@context"] == context_address()
    told["@context"] = client.get("/linked/context.jsonld").json()["@context"]
    return Graph().parse(data=json.dumps(told), format="json-ld")


def test_a_monument_is_told_with_its_assessments_and_states(client, bel):
    found = graph(client, "/monuments/bel/")
    monument = next(found.subjects(RDF.type, CRM["E25_Human-Made_Feature"]))
    [assessment] = found.subjects(RDF.type, CRM.E14_Condition_Assessment)
    [state] = found.objects(monument, CRM.P44_has_condition)

    assert str(monument).endswith("/monuments/bel/")
    assert (monument, CRM.P34i_was_assessed_by, assessment) in found
    assert URIRef("http://vocab.getty.edu/aat/300007595") in set(found.objects(monument, CRM.P2_has_type))
    assert URIRef(f"{context_address()}#damage_grade/severe") in set(found.objects(state, CRM.P2_has_type))
    begin = found.value(found.value(state, CRM["P4_has_time-span"]), CRM.P82a_begin_of_the_begin)
    assert begin.toPython() == datetime.date(2015, 8, 30)
    assert Literal("معبد بل") in set(found.objects(None, CRM.P190_has_symbolic_content))


def kinds(found, of):
    return {found.value(one, RDF.type) for one in of}


def assigned(found, subject):
    """What attribute assignments say of something: the value, and by whom."""
    for one in found.objects(subject, CRM.P140i_was_attributed_by):
        assert (one, RDF.type, CRM.E13_Attribute_Assignment) in found
        by = found.value(found.value(one, CRM.P14_carried_out_by), RDFS.label)
        yield from ((str(value).rpartition("#")[2], str(by)) for value in found.objects(one, CRM.P141_assigned))


def test_what_acted_on_a_monument_is_an_event_with_its_own_time_and_certainty(client, bel):
    DisturbanceFactory(report=bel, occurred_to=datetime.date(2015, 8, 29), certainty="medium")
    found = graph(client, "/monuments/bel/")
    [event] = found.objects(None, CRM.P12i_was_present_at)

    assert kinds(found, [event]) == {CRM.E5_Event}
    assert URIRef(f"{context_address()}#cause/explosion_heavy_weaponry") in set(found.objects(event, CRM.P2_has_type))
    end = found.value(found.value(event, CRM["P4_has_time-span"]), CRM.P82b_end_of_the_end)
    assert end.toPython() == datetime.date(2015, 8, 29)
    assert list(assigned(found, event)) == [("certainty/medium", bel.source.name)]
    [claim] = found.objects(event, CRM.P140i_was_attributed_by)
    assert (claim, CRM.P177_assigned_property_of_type, CRM.P12i_was_present_at) in found


def test_a_total_loss_that_nobody_contradicts_is_a_destruction(client):
    report = PublishedFactory(monument__slug="arch", damage_grade="destroyed")
    DisturbanceFactory(report=report)

    found = graph(client, "/monuments/arch/")

    assert kinds(found, found.objects(None, CRM.P13i_was_destroyed_by)) == {CRM.E6_Destruction}
    assert not list(found.objects(None, CRM.P12i_was_present_at))


def test_an_assessment_tells_how_and_how_sure_it_was(client, bel):
    PublishedFactory(monument=bel.monument, method="satellite", date_to=datetime.date(2016, 5, 1))
    found = graph(client, "/monuments/bel/")
    told = list(found.subjects(RDF.type, CRM.E14_Condition_Assessment))

    assert [list(assigned(found, one)) for one in told] == [[("certainty/high", "Tadmor")]] * 2
    ways = {str(way).rpartition("#")[2] for way in found.objects(None, CRM.P32_used_general_technique)}
    assert ways == {"method/satellite"}


def test_of_a_contested_state_both_claims_are_told_each_with_its_source(client):
    one = PublishedFactory(monument__slug="arch", damage_grade="destroyed")
    other = PublishedFactory(monument=one.monument, damage_grade="slight")
    DisturbanceFactory(report=one)

    found = graph(client, "/monuments/arch/")

    [state] = found.objects(None, CRM.P44_has_condition)
    claims = {claim for claim in assigned(found, state) if claim[0].startswith("damage_grade")}
    assert claims == {("damage_grade/destroyed", one.source.name), ("damage_grade/slight", other.source.name)}
    assert not list(found.objects(None, CRM.P13i_was_destroyed_by))


def test_a_site_is_told_with_what_happened_around_it(client, bel):
    SituationEventFactory(site=bel.monument.site, kind="fighting")
    SituationEventFactory(site=bel.monument.site, kind="natural_disaster")

    found = graph(client, "/sites/palmyra/")

    assert kinds(found, found.objects(None, CRM.P12i_was_present_at)) == {CRM.E5_Event, CRM.E7_Activity}


def test_more_reports_take_no_more_queries(client, bel):
    few = queries_of(client, "/monuments/bel.jsonld")
    for day in range(1, 4):
        DisturbanceFactory(report=PublishedFactory(monument=bel.monument, date_to=datetime.date(2016, 5, day)))

    assert queries_of(client, "/monuments/bel.jsonld") == few


def test_a_site_is_told_with_its_monuments_and_its_listing(client, bel):
    found = graph(client, "/sites/palmyra/")
    site = next(found.subjects(RDF.type, CRM.E27_Site))

    assert [str(part).rpartition("/monuments/")[2] for part in found.objects(site, CRM.P46_is_composed_of)] == ["bel/"]
    assert URIRef("https://whc.unesco.org/en/list/23") in set(found.objects(site))


def test_every_word_of_it_has_a_meaning(client, bel):
    def load(url, _options):
        assert url == context_address()
        context = client.get("/linked/context.jsonld").json()
        return {"contextUrl": None, "documentUrl": url, "document": context, "contentType": LD}

    DisturbanceFactory(report=bel)
    PublishedFactory(monument=bel.monument, damage_grade="none", date_contested=True)
    told = client.get("/monuments/bel.jsonld").json()
    [expanded] = jsonld.expand(told, {"documentLoader": load})

    assert len(expanded) == len(told) - 1  # all but the context itself
    assert all(name.startswith(("@", "http")) for name in expanded)


@pytest.mark.parametrize("sensitivity", [Sensitivity.GENERALISED, Sensitivity.HIDDEN])
def test_a_protected_place_stays_protected(client, sign_in, sensitivity):
    monument = PublishedFactory(monument__slug="tomb", monument__sensitivity=sensitivity).monument
    for address in ("/monuments/tomb/", "/monuments/tomb.jsonld"):
        assert "38.274321" not in client.get(address).content.decode()

    verifier = VerifierFactory()
    told = sign_in(verifier).get("/monuments/tomb.jsonld").json()

    assert told["current_location"]["defined_by"] == "POINT(38.274321 34.547123)"
    assert Disclosure.objects.filter(user=verifier, of=monument.pk).exists()


def test_authors_are_never_told(client, bel):
    told = client.get("/monuments/bel.jsonld").content.decode()

    assert bel.author.name not in told
    assert bel.source.name in told


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("text/html,*/*;q=0.8", "text/html"), ("*/*", "text/html"), (LD, LD), (f"{LD},text/html;q=0.5", LD)],
)
def test_one_address_answers_people_and_programs(client, bel, accept, kind):
    answer = client.get("/monuments/bel/", headers={"accept": accept})

    assert answer["Content-Type"].startswith(kind)
    assert "Accept" in answer["Vary"]


def test_who_asks_for_geojson_is_led_to_the_feature(client, bel):
    answer = client.get("/monuments/bel/", headers={"accept": "application/geo+json"}, follow=True)

    assert answer.json()["properties"]["slug"] == "bel"


def test_search_engines_and_cards_are_told_what_everybody_may_see(client, bel):
    page = client.get("/monuments/bel/").content.decode()
    schema = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])

    assert schema["geo"] == {"@type": "GeoCoordinates", "longitude": 38.274321, "latitude": 34.547123}
    assert "معبد بل" in schema["alternateName"]
    assert f'<meta property="og:url" content="{schema["url"]}">' in page


def test_nothing_in_a_name_ends_the_data(client, bel):
    NameFactory(monument=bel.monument, text="</script><b>", language="fr")

    assert "</script><b>" not in client.get("/monuments/bel/").content.decode()


def test_the_map_of_the_site_names_every_page(client, bel):
    index = client.get("/sitemap.xml").content.decode()
    [monuments] = re.findall(r"<loc>([^<]+sitemap-monuments\.xml)</loc>", index)

    assert "/monuments/bel/</loc>" in client.get(monuments).content.decode()


def test_the_map_of_the_site_names_plans(client):
    plan = PlanFactory()

    assert f"{plan.get_absolute_url()}</loc>" in client.get("/sitemap-plans.xml").content.decode()


@pytest.mark.parametrize("address", ["/monuments/bel/", "/sites/palmyra/"])
def test_a_card_shows_a_photograph_that_everybody_may_see(client, sign_in, bel, address):
    ShownFactory(monument=bel.monument, published_at=None)
    sign_in(VerifierFactory())

    assert "og:image" not in client.get(address).content.decode()
    public = ShownFactory(monument=bel.monument, published_at=timezone.now())
    [image] = re.findall(r'<meta property="og:image" content="([^"]+)">', client.get(address).content.decode())
    assert f"/{public.pk}/page-" in image


PUBLIC = [
    "/",
    "/sites/palmyra/",
    "/sites/palmyra/story/",
    "/sites/palmyra/restoration/",
    "/monuments/",
    "/monuments/bel/",
    "/monuments/bel/pictures/",
    "/alerts/",
    "/restoration/",
    "/restoration/money/",
    "/restoration/plans/",
    "/situation-reports/",
]


def test_every_public_page_has_a_card_and_data_for_search_engines(client, bel):
    made = [MadeFactory(), PlanFactory(), Alert.objects.get(monument=bel.monument)]

    for address in [*PUBLIC, *(one.get_absolute_url() for one in made)]:
        page = client.get(address).content.decode()
        card = dict(re.findall(r'<meta property="og:(title|url|description)" content="([^"]+)">', page))
        [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)

        assert card.keys() == {"title", "url", "description"}, address
        assert card["url"].endswith(address)
        assert json.loads(data)["@id"] == card["url"]


def test_the_card_of_a_story_shows_a_public_photograph_of_the_site(client, bel):
    public = ShownFactory(monument=bel.monument, published_at=timezone.now())

    assert f"/{public.pk}/page-" in client.get("/sites/palmyra/story/").content.decode()


def test_an_icon_is_there_for_what_draws_no_svg(client):
    page = client.get("/").content.decode()
    told = client.get(re.search(r'rel="manifest" href="([^"]+)"', page)[1])
    named = [re.search(r'rel="apple-touch-icon" href="([^"]+)"', page)[1], *(i["src"] for i in told.json()["icons"])]

    assert (told["Content-Type"], told.json()["name"]) == ("application/manifest+json", "Tadmor")
    for address in named:
        kept = finders.find(re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", address.removeprefix("/static/")))
        assert kept, address
    with Image.open(finders.find("icons/icon-180.png")) as icon:
        assert icon.size == (180, 180)
