"""Public pictures as viewers of others open them: IIIF Image API 3.0 level 2 and Presentation API 3.0."""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone
from PIL import Image

from sites.models import Name
from tests.factories.conditions import PublishedFactory
from tests.factories.evidence import ShownFactory, show
from tests.factories.sites import MonumentFactory
from tests.pictures import BLUE, RED, YELLOW, quarters
from tests.portal.test_gallery import one_of_each, seen_by
from tests.portal.test_pictures import ROLES, signed_in
from tests.queries import queries_of
from tests.reports.evidence.conftest import evidence_folder

pytestmark = pytest.mark.django_db
folders = evidence_folder
FULL, PAGE = (2400, 1600), (1600, 1067)


def picture(**facts):
    """A public picture of two sizes."""
    shown = ShownFactory(published_at=timezone.now(), sizes=(), **facts)
    show(shown, "full", quarters(FULL))
    show(shown, "page", quarters(PAGE))
    return shown


def of(evidence):
    return f"/iiif/pictures/{evidence.pk}"


def asked(client, evidence, what):
    answer = client.get(f"{of(evidence)}/{what}")
    assert answer.status_code == 200
    return Image.open(BytesIO(answer.content))


def close(colour, wanted):
    return all(abs(one - other) < 25 for one, other in zip(colour, wanted, strict=True))


def test_what_is_known_of_a_picture_is_what_the_specification_wants(client):
    shown = picture()

    answer = client.get(f"{of(shown)}/info.json")

    said = answer.json()
    assert said["@context"] == "http://iiif.io/api/image/3/context.json"
    assert said["id"] == f"http://testserver{of(shown)}"
    assert (said["type"], said["protocol"], said["profile"]) == ("ImageService3", "http://iiif.io/api/image", "level2")
    assert (said["width"], said["height"]) == FULL
    assert said["sizes"] == [{"width": 1600, "height": 1067}, {"width": 2400, "height": 1600}]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"] == "application/json"
    assert answer["Link"] == '<http://iiif.io/api/image/3/level2.json>;rel="profile"'


def test_who_asks_for_linked_data_is_given_it(client):
    answer = client.get(f"{of(picture())}/info.json", headers={"Accept": "application/ld+json"})

    assert answer["Content-Type"] == 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'


def test_the_address_of_the_picture_leads_to_what_is_known_of_it(client):
    answer = client.get(of(shown := picture()))

    assert (answer.status_code, answer["Location"]) == (303, f"http://testserver{of(shown)}/info.json")


@pytest.mark.parametrize(
    ("what", "size", "corner"),
    [
        ("full/max/0/default.jpg", FULL, RED),
        ("full/800,/0/default.jpg", (800, 533), RED),
        ("square/100,/0/default.png", (100, 100), RED),
        ("0,800,1200,800/300,/0/default.jpg", (300, 200), BLUE),
        ("pct:50,50,50,50/!200,200/0/default.webp", (200, 133), YELLOW),
        ("1200,800,512,512/max/0/default.jpg", (512, 512), YELLOW),
        ("full/300,/90/default.jpg", (200, 300), BLUE),
    ],
)
def test_a_part_of_it_is_cut_scaled_and_turned(client, what, size, corner):
    found = asked(client, picture(), what)

    assert found.size == size
    assert close(found.convert("RGB").getpixel((5, 5)), corner)


def test_a_small_view_is_made_of_a_small_rendition(client):
    shown = picture()
    large = shown.renditions.get(size="full")
    storages["renditions"].delete(large.file)

    assert asked(client, shown, "full/800,/0/default.jpg").size == (800, 533)
    assert client.get(f"{of(shown)}/full/max/0/default.jpg").status_code == 404


def test_an_answer_names_its_one_address_and_is_kept_by_caches(client):
    address = f"{of(picture())}/pct:0,0,100,100/!600,400/0/color.jpg"

    answer = client.get(address)
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})

    assert '/full/600,400/0/default.jpg>;rel="canonical"' in answer["Link"]
    assert "level2.json" in answer["Link"]
    assert (answer["Access-Control-Allow-Origin"], answer["Cache-Control"]) == ("*", "public, max-age=600")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("9999,0,10,10/max/0/default.jpg", 400),
        ("full/5000,/0/default.jpg", 400),
        ("full/^5000,/0/default.jpg", 501),
        ("full/max/45/default.jpg", 400),
        ("full/max/0/default.tif", 400),
        ("full/max/0/bitonal.jpg", 400),
    ],
)
def test_what_cannot_be_made_is_refused(client, what, status):
    answer = client.get(f"{of(picture())}/{what}")

    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("role", list(ROLES))
def test_each_role_zooms_into_what_it_sees(client, role):
    monument = one_of_each()
    client = signed_in(client, role)

    answers = {one.caption: client.get(f"{of(one)}/full/max/0/default.jpg") for one in monument.evidence.all()}
    infos = {one.caption: client.get(f"{of(one)}/info.json") for one in monument.evidence.all()}

    for found in (answers, infos):
        assert {caption for caption, answer in found.items() if answer.status_code == 200} == seen_by(role)
        for caption in seen_by(role) - {"PUBLIC"}:
            assert found[caption]["Cache-Control"] == "private, no-cache"
            assert "Access-Control-Allow-Origin" not in found[caption]


@pytest.mark.parametrize("role", list(ROLES))
def test_a_manifest_holds_what_is_public_whoever_asks(client, role):
    monument = one_of_each()

    items = signed_in(client, role).get(f"/iiif/monuments/{monument.slug}/manifest.json").json()["items"]

    assert [item["label"] for item in items] == [{"en": ["PUBLIC"]}]


def test_a_manifest_is_what_the_specification_wants(client):
    monument = MonumentFactory()
    Name.objects.create(monument=monument, text="معبد بل", language="ar")
    report = PublishedFactory(monument=monument, date_to=datetime.date(2015, 8, 30), source__name="UNITAR-UNOSAT")
    picture(monument=monument, report=report, alternative="Rubble", licence="CC BY 4.0", credit="A satellite")
    address = f"/iiif/monuments/{monument.slug}/manifest.json"

    answer = client.get(address)

    said = answer.json()
    assert said["@context"] == "http://iiif.io/api/presentation/3/context.json"
    assert (said["id"], said["type"]) == (f"http://testserver{address}", "Manifest")
    assert said["label"]["ar"] == ["معبد بل"]
    assert said["requiredStatement"]["label"]["fr"] == ["Source"]
    assert said["requiredStatement"]["value"] == {"none": ["UNITAR-UNOSAT", "A satellite"]}
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert_canvas_is_whole(said["items"][0])


def assert_canvas_is_whole(canvas):
    """As https://iiif.io/api/presentation/3.0/ section 5.3 and 5.6 want it."""
    [page] = canvas["items"]
    [annotation] = page["items"]
    body = annotation["body"]
    assert [thing["type"] for thing in (canvas, page, annotation, body)] == [
        "Canvas",
        "AnnotationPage",
        "Annotation",
        "Image",
    ]
    assert all(thing["id"].startswith("http://testserver/iiif/") for thing in (canvas, page, annotation, body))
    assert (canvas["width"], canvas["height"]) == (body["width"], body["height"]) == FULL
    assert annotation["motivation"] == "painting"
    assert annotation["target"] == canvas["id"]
    assert body["id"] == f"{body['service'][0]['id']}/full/max/0/default.jpg"
    assert body["service"][0]["type"] == "ImageService3"
    assert canvas["navDate"] == "2015-08-30T00:00:00Z"
    assert canvas["label"].keys() == {"en", "ar", "fr"}
    assert [entry["label"]["en"] for entry in canvas["metadata"]] == [["Date"], ["Certainty"], ["Licence"]]
    assert canvas["summary"] == {"en": ["Rubble"]}


def test_a_manifest_of_many_takes_no_more_queries(client):
    monument = MonumentFactory()
    address = f"/iiif/monuments/{monument.slug}/manifest.json"

    def add(number):
        for _n in range(number):
            report = PublishedFactory(monument=monument)
            ShownFactory(monument=monument, report=report, published_at=timezone.now())

    add(2)
    few = queries_of(client, address)
    add(5)

    assert queries_of(client, address) == few


def test_who_asks_for_too_many_pieces_is_told_when_to_ask_again(client, settings):
    settings.REQUESTS_PER_MINUTE = 1
    address = f"/iiif/pictures/{picture().pk}/info.json"
    with time_machine.travel("2041-01-01T00:00:00Z", tick=False):
        answers = [client.get(address, REMOTE_ADDR="192.0.2.8").status_code for _ in range(5)]
        rest = client.get("/api/v1/sites/", REMOTE_ADDR="192.0.2.8").status_code

    assert (answers, rest) == ([200] * 4 + [429], 200)
