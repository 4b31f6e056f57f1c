"""Lists as files: every format holds the same rows, as far as its reader may see them."""

from __future__ import annotations

import datetime
import io
import zipfile
from unittest.mock import ANY

import openpyxl
import pytest

from portal.exports import actions, contents, tasks
from portal.exports.formats import FORMATS
from portal.exports.models import Export, State
from portal.layers import LAYERS
from reports.conditions.models import ConditionReport
from sites.models import Disclosure
from sites.vocabulary import Sensitivity
from tests.factories.accounts import AdministratorFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory, NameFactory
from tests.factories.situation import SituationEventFactory
from tests.tables import body, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything():
    monument = MonumentFactory(slug="bel", sensitivity=Sensitivity.GENERALISED)
    NameFactory(monument=monument, text="معبد بل", language="ar")
    PublishedFactory(monument=monument, narrative="=1+1, said “Zenobia”\nand more")
    SituationEventFactory(site=monument.site)
    PlanFactory(monument=monument)
    MonumentFactory(slug="nowhere", site=monument.site, longitude=None, latitude=None)
    return monument


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("layer", LAYERS)
def test_every_list_is_written_whole_in_every_format(client, everything, tmp_path, layer, suffix):
    question = LAYERS[layer].question({}, VerifierFactory())
    expected = {str(row.pk) for row in question.rows()}

    answer = client.get(f"/exports/{layer}.{suffix}")

    assert rows_of(body(answer), suffix, tmp_path).keys() == expected != set()
    assert answer["Content-Type"] == FORMATS[suffix].media_type


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_public_gets_generalised_places_and_staff_the_exact_ones(client, everything, tmp_path, sign_in, suffix):
    address = f"/exports/monuments.{suffix}"
    public = rows_of(body(client.get(address)), suffix, tmp_path)[str(everything.pk)][1]
    verifier = VerifierFactory()
    exact = rows_of(body(sign_in(verifier).get(address)), suffix, tmp_path)[str(everything.pk)][1]

    assert public == pytest.approx((38.27, 34.55))
    assert exact == pytest.approx((38.274321, 34.547123))
    assert Disclosure.objects.filter(user=verifier, of=everything.pk).exists()


def test_nothing_in_a_table_is_taken_for_a_formula(client, everything, tmp_path):
    table = rows_of(body(client.get("/exports/condition-reports.csv")), "csv", tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get("/exports/condition-reports.xlsx")))).active

    assert {row["narrative"][:5] for row, _ in table.values()} == {"'=1+1"}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b", "inlineStr"}


def test_a_table_begins_with_its_columns_and_no_mark(client, everything):
    content = body(client.get("/exports/monuments.csv"))

    assert content.startswith(b"id,slug,name,")


def test_a_shapefile_says_what_it_could_not_hold(client, everything):
    ConditionReport.objects.update(narrative="long " * 100)

    packed = zipfile.ZipFile(io.BytesIO(body(client.get("/exports/condition-reports.shp"))))

    assert "cut short here: 1." in packed.read("README.txt").decode()


def test_a_file_holds_what_its_question_finds(client, tmp_path):
    wanted = PublishedFactory(date_to=datetime.date(2015, 8, 30), damage_grade="destroyed").monument
    PublishedFactory(damage_grade="slight")
    asked = {"damage_grade": "destroyed", "as_of": "2016-01-01"}

    found = rows_of(body(client.get("/exports/monuments.csv", asked)), "csv", tmp_path)

    assert {row["damage_grade"] for row, _ in found.values()} == {"destroyed"}
    assert found.keys() == {str(wanted.pk)}


def test_a_past_plan_is_what_it_was_then(client, tmp_path):
    plan = PlanFactory()
    before = plan.status_on - datetime.timedelta(days=1)

    for suffix in ("csv", "geojson"):
        assert (
            rows_of(body(client.get(f"/exports/restoration-plans.{suffix}", {"as_of": before})), suffix, tmp_path)
            == {}
        )


def test_only_who_may_read_a_report_gets_it(client, sign_in, tmp_path):
    draft = DraftFactory()

    assert rows_of(body(client.get("/exports/condition-reports.csv")), "csv", tmp_path) == {}
    mine = rows_of(body(sign_in(draft.author).get("/exports/condition-reports.csv")), "csv", tmp_path)
    assert mine.keys() == {str(draft.pk)}
    assert draft.author.name not in str(mine)


@pytest.mark.parametrize(
    "address", ["/exports/monuments.csv?colour=red", "/exports/condition-reports.gpkg?colour=red"]
)
def test_a_wrong_question_is_answered_with_the_parameter(client, address):
    answer = client.get(address)

    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"parameter": "colour", "detail": ANY, "code": "invalid"}]


@pytest.mark.parametrize("address", ["/exports/monuments.doc", "/exports/sources.csv", "/exports/qgis/sources/"])
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.fixture
def long_list(settings):
    settings.EXPORT_AT_ONCE = 1
    for _ in range(3):
        MonumentFactory()


def test_a_long_list_is_made_by_a_worker_and_fetched_by_a_link(client, long_list, tmp_path):
    page = client.get("/exports/monuments.gpkg", headers={"accept": "text/html"})
    made = Export.objects.get()
    assert (page["Location"], made.state) == (f"/exports/{made.pk}/", State.WAITING)

    tasks.make(str(made.pk))
    fetched = client.get(client.get(f"/exports/{made.pk}/download/")["Location"])

    assert len(rows_of(body(fetched), "gpkg", tmp_path)) == 3
    made.refresh_from_db()
    assert (made.state, made.done, made.total) == (State.READY, 3, 3)
    assert (
        f"/exports/{made.pk}/download/"
        in client.get(f"/exports/{made.pk}/", headers={"accept": "text/html"}).content.decode()
    )


def test_a_program_is_told_where_to_look(client, long_list):
    first = client.get("/exports/monuments.kml")
    again = client.get("/exports/monuments.kml")
    assert (first.status_code, first.json()["url"]) == (202, again.json()["url"])

    tasks.make(str(Export.objects.get().pk))
    told = client.get(first["Location"])

    assert (told.json()["state"], told.json()["done"]) == ("ready", 3)
    assert body(client.get(told.json()["download"]))


def test_nobody_fetches_what_another_asked_for(client, long_list, sign_in):
    sign_in(VerifierFactory()).get("/exports/monuments.xlsx")
    made = Export.objects.get()
    tasks.make(str(made.pk))

    assert sign_in(UserFactory()).get(f"/exports/{made.pk}/").status_code == 404


def test_a_link_leads_nowhere_once_the_rights_are_gone(client, long_list, sign_in):
    verifier = VerifierFactory()
    sign_in(verifier).get("/exports/monuments.xlsx")
    made = Export.objects.get()
    tasks.make(str(made.pk))
    address = client.get(f"/exports/{made.pk}/download/")["Location"]

    verifier.groups.clear()

    assert client.get(address).status_code == 404
    assert client.get(f"/exports/{made.pk}/download/").status_code == 403


def test_one_reader_has_only_so_many_made_at_a_time(client, long_list, settings, sign_in):
    settings.EXPORTS_AT_A_TIME = 1
    signed_in = sign_in(UserFactory())
    signed_in.get("/exports/monuments.kml")

    assert signed_in.get("/exports/monuments.gpkg").status_code == 429


def test_what_failed_is_tried_again_and_given_up_at_last(client, long_list, monkeypatch):
    client.get("/exports/monuments.kml")
    pk = Export.objects.get().pk
    monkeypatch.setattr(contents, "write", lambda *_: 1 / 0)

    for _ in range(actions.TRIES):
        tasks.make(str(pk))

    assert Export.objects.get().state == State.FAILED
    assert actions.to_go_on_with() == []
    assert "Ask for it again" in client.get(f"/exports/{pk}/", headers={"accept": "text/html"}).content.decode()


def test_files_go_when_their_time_is_over(client, long_list):
    client.get("/exports/monuments.kml")
    tasks.make(str(Export.objects.get().pk))
    Export.objects.update(expires_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))

    tasks.sweep()

    made = Export.objects.get()
    assert made.state == State.EXPIRED
    assert client.get(f"/exports/{made.pk}/download/").status_code == 404


def test_the_list_of_the_portal_offers_its_own_question(client):
    MonumentFactory()

    page = client.get("/monuments/?type=temple").content.decode()

    for suffix in FORMATS:
        assert f"/exports/monuments.{suffix}?type=temple" in page
    assert "type=temple" in client.get("/exports/qgis/monuments/?type=temple").content.decode()


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("/", "sites.gpkg"),
        ("/sites/palmyra/", "monuments.csv?site=palmyra"),
        ("/sites/palmyra/?as_of=2016-01-01", "monuments.csv?as_of=2016-01-01&amp;site=palmyra"),
        ("/sites/palmyra/?show=stale", "monuments.kml?order=stale&amp;site=palmyra&amp;stale_days=180"),
        ("/sites/palmyra/story/", "situation-events.xlsx?site=palmyra"),
        ("/monuments/bel/", "condition-reports.csv?monument=bel"),
        ("/restoration/?site=palmyra", "restoration-plans.csv?site=palmyra"),
        ("/restoration/plans/", "restoration-plans.csv"),
        ("/restoration/status/hoped/", "restoration-plans.csv?status=hoped"),
    ],
)
def test_each_list_offers_exactly_its_question(client, address, offered):
    MonumentFactory(slug="bel", site__slug="palmyra")

    page = client.get(address).content.decode()

    assert f'"/exports/{offered}"' in page
    assert f'"/exports/qgis/{offered.partition(".")[0]}/' in page


def test_the_lists_of_the_interface_lead_to_their_files(client):
    MonumentFactory()

    led = client.get("/api/v1/monuments/?type=temple&page_size=1&fields=slug")["Link"]

    assert '/exports/monuments.gpkg?type=temple>; rel="alternate"; type="application/geopackage+sqlite3"' in led
    assert "Link" not in client.get("/api/v1/incidents/")


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_admin_gives_what_was_ticked(client, sign_in, tmp_path, suffix):
    ticked, _other = MonumentFactory(), MonumentFactory()
    asked = {"action": f"download_{suffix}", "_selected_action": [str(ticked.pk)]}

    answer = sign_in(AdministratorFactory()).post("/admin/sites/monument/", asked)

    assert rows_of(body(answer), suffix, tmp_path).keys() == {str(ticked.pk)}


@pytest.mark.parametrize("suffix", ["xlsx", "gpkg"])
def test_the_admin_has_a_long_list_made_of_what_was_ticked(client, sign_in, settings, tmp_path, suffix):
    settings.EXPORT_AT_ONCE = 1
    ticked, _other = {MonumentFactory(), MonumentFactory()}, MonumentFactory()
    keys = {str(row.pk) for row in ticked}
    sign_in(AdministratorFactory())

    page = client.post("/admin/sites/monument/", {"action": f"download_{suffix}", "_selected_action": [*keys]})
    made = Export.objects.get()
    tasks.make(str(made.pk))
    fetched = client.get(client.get(f"/exports/{made.pk}/download/")["Location"])

    assert page["Location"] == f"/exports/{made.pk}/"
    assert rows_of(body(fetched), suffix, tmp_path).keys() == keys
    made.refresh_from_db()
    assert (made.state, made.done, made.total, made.keys) == (State.READY, 2, 2, None)


def test_who_has_many_files_made_is_told_so_in_the_admin(client, sign_in, settings):
    settings.EXPORT_AT_ONCE = settings.EXPORTS_AT_A_TIME = 0
    asked = {"action": "download_gpkg", "_selected_action": [str(MonumentFactory().pk)]}

    answer = sign_in(AdministratorFactory()).post("/admin/sites/monument/", asked, follow=True)

    assert "Other files are being made for you" in answer.content.decode()
