"""Sites and monuments for other systems, search engines and cards; read by the libraries of others."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.utils import timezone
from pyld import jsonld
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from portal.linked.crm import context_address
from sites.models import Disclosure
from sites.vocabulary import Sensitivity
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.evidence import ShownFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import DesignationFactory, NameFactory

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


@pytest.mark.parametrize("make", [lambda: "/", lambda: PlanFactory().get_absolute_url()])
def test_other_public_pages_have_cards_too(client, make):
    page = client.get(make()).content.decode()

    assert '<meta property="og:title"' in page
    assert '<script type="application/ld+json">' in page
