"""EAMENA's sheets: written, read back, written again; what comes from outside is refused by row and column."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from portal.eamena import actions as work
from portal.eamena import tasks
from portal.eamena.columns import COLUMNS
from portal.eamena.models import Sheet
from portal.eamena.taking import Loader
from reports.conditions import actions
from reports.conditions.models import ConditionReport, Effect
from reports.conditions.workflow import State, VerificationMethod
from reports.vocabulary import EffectType, Extent
from sites.models import Monument, Name, Site
from sites.vocabulary import MonumentType, Sensitivity
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DisturbanceFactory, DraftFactory, PublishedFactory, ThreatFactory
from tests.factories.sites import DesignationFactory, MonumentFactory, NameFactory
from tests.tables import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry():
    """A site with a whole, a part and a protected tomb; two reports of the whole, one of them with much in it."""
    temple = MonumentFactory(slug="bel", site__slug="palmyra", site__note="An oasis.")
    NameFactory(monument=temple, text="معبد بل", language="ar")
    DesignationFactory(site=temple.site, since=datetime.date(1980, 10, 26))
    MonumentFactory(
        slug="bel-portico", site=temple.site, parent=temple, type=MonumentType.OTHER, longitude=None, latitude=None
    )
    MonumentFactory(slug="tomb", site=temple.site, type=MonumentType.TOWER_TOMB, sensitivity=Sensitivity.GENERALISED)
    PublishedFactory(monument=temple, narrative="=1+1, said “Zenobia”\nand more", extent=Extent.P61_90)
    verifier = VerifierFactory()
    draft = DraftFactory(monument=temple, date_to=datetime.date(2016, 4, 1), narrative="Seen from above.")
    DisturbanceFactory(report=draft, occurred_to=datetime.date(2015, 8, 30))
    DisturbanceFactory(
        report=draft, cause="fire", occurred_from=datetime.date(2015, 8, 1), occurred_to=datetime.date(2015, 9, 1)
    )
    for effect in (EffectType.BURNING, EffectType.EROSION):
        Effect.objects.create(report=draft, effect=effect, cause="fire", certainty="high")
    ThreatFactory(report=draft)
    publish(actions.submit(draft, by=draft.author), verifier)
    return temple


def publish(report, verifier):
    actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)
    actions.publish(report, by=verifier)


def exported(client):
    answer = client.get("/exports/monuments.eamena")
    assert answer.status_code == 200
    return body(answer)


def cells(content):
    return list(openpyxl.load_workbook(io.BytesIO(content))["Heritage Place"].iter_rows(values_only=True))


def rows(content):
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells(content)[3:]]


def sheet(tmp_path, *lines, header=COLUMNS):
    book = openpyxl.Workbook()
    book.active.append(list(header))
    for line in lines:
        book.active.append([line.get(name) for name in header])
    path = tmp_path / "sheet.xlsx"
    book.save(path)
    return path


PLACE = {"UNIQUEID": "7", "Resource Name": "Girdi", "Country Type": "Iran (Islamic Republic of)"}
ASSESSED = {
    "Assessment Investigator - Actor": "A survey",
    "Assessment Activity Date": datetime.date(2022, 8, 12),
    "Overall Condition State": "very bad",
}


def test_what_was_exported_and_taken_in_elsewhere_is_exported_the_same(client, registry, tmp_path):
    first = exported(client)
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(first)
    editor, verifier = EditorFactory(), VerifierFactory()
    Site.objects.update(slug=Concat(Value("old-"), "slug"))
    Monument.objects.update(slug=Concat(Value("old-"), "slug"))

    call_command("load_eamena", path, by=editor.email)
    for report in ConditionReport.objects.filter(state=State.SUBMITTED):
        publish(report, verifier)

    again = body(client.get("/exports/monuments.eamena?site=palmyra"))
    assert cells(again) == cells(first)


def test_a_sheet_names_its_columns_as_eamena_does(client, registry):
    told = rows(exported(client))
    [site, temple] = [
        next(row for row in told if row["UNIQUEID"] == uid) for uid in ("sites/palmyra", "monuments/bel")
    ]

    assert site["Designation"] == "UNESCO World Heritage List"
    assert temple["Geometric Place Expression"] == "POINT(38.274321 34.547123)"
    assert temple["Overall Condition State"] == "Very Bad"
    assert temple["Damage Extent Type"] == "61-90%"
    assert temple["Site Feature Interpretation Type"] == "Temple/Sanctuary/Shrine"
    burnt = next(row for row in told if row["Effect Type"])
    assert burnt["Effect Type"] == "Burning|Erosion/Deterioration (micro-bio)"
    assert burnt["Disturbance Cause Type"] == "Fire"


def test_a_sheet_tells_no_protected_place_and_no_author(client, registry):
    told = str(cells(exported(client)))

    assert told.count("38.274321") == 1  # of the temple, which everybody may see
    assert not any(report.author.name in told for report in ConditionReport.objects.all())


def test_a_sheet_tells_of_now_alone(client, registry):
    answer = client.get("/exports/monuments.eamena?as_of=2016-01-01")

    assert answer.status_code == 400
    assert "as_of" in answer.content.decode()


def test_a_place_of_another_database_becomes_a_site_with_a_monument_and_a_report_for_review(tmp_path):
    lines = [
        {**PLACE, **ASSESSED, "Geometric Place Expression": "POLYGON((61 30, 62 30, 62 31, 61 31, 61 30))"},
        {"UNIQUEID": "7", "Disturbance Cause Category Type": "Natural", "Disturbance Cause Type": "Flooding"},
        {
            "UNIQUEID": "7",
            "Threat Category": "Natural",
            "Threat Type": "Precipitation",
            "Threat Probability": "probable",
        },
    ]

    call_command("load_eamena", sheet(tmp_path, *lines), by=EditorFactory().email)

    report = ConditionReport.objects.get()
    assert (report.state, report.damage_grade, report.monument.slug) == (State.SUBMITTED, "severe", "girdi")
    assert (report.disturbances.get().cause, report.threats.get().probability) == ("flooding", "probable")
    assert 61 < report.monument.longitude < 62
    assert Site.objects.get().country == "IR"


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        ({**PLACE, "Resource Name": None}, "Resource Name", "Write a name"),
        ({**PLACE, "UNIQUEID": None}, "UNIQUEID", "which place"),
        ({**PLACE, "Country Type": "Persia"}, "Country Type", "two letters"),
        ({**PLACE, **ASSESSED, "Overall Condition State": "Very Bed"}, "Overall Condition State", "mean “Very Bad”?"),
        ({**PLACE, **ASSESSED, "Assessment Activity Date": "last year"}, "Assessment Activity Date", "2015-08-30"),
        ({**PLACE, **ASSESSED, "Assessment Activity Date": "2999-01-01"}, "Assessment Activity Date", "not come yet"),
        ({**PLACE, "Geometric Place Expression": "61, 30"}, "Geometric Place Expression", "WKT"),
        (
            {**PLACE, "Geometric Place Expression": "POINT(30 161)"},
            "Geometric Place Expression",
            "longitude comes first",
        ),
        ({**PLACE, "Geometric Place Expression": "POINT(nan 34)"}, "Geometric Place Expression", "not on the earth"),
        ({**PLACE, "HP Related Resource": "sites/nowhere"}, "HP Related Resource", "no such place"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column_and_nothing_is_written(tmp_path, capsys, line, column, told):
    good = {**PLACE, "UNIQUEID": "8", "Resource Name": "Other"}

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("load_eamena", sheet(tmp_path, good, line), by=EditorFactory().email)

    printed = capsys.readouterr().err
    assert f"Row 3, {column}: " in printed
    assert told in printed
    assert not Site.objects.exists()
    assert not Name.objects.exists()


def test_a_trial_writes_nothing(tmp_path, capsys):
    call_command("load_eamena", sheet(tmp_path, {**PLACE, **ASSESSED}), by=EditorFactory().email, dry_run=True)

    assert "sites 1, monuments 1, reports 1" in capsys.readouterr().out
    assert not Site.objects.exists()


def test_a_sheet_taken_in_twice_doubles_nothing(tmp_path, capsys):
    path, editor = sheet(tmp_path, {**PLACE, **ASSESSED}), EditorFactory()
    call_command("load_eamena", path, by=editor.email)

    with pytest.raises(CommandError):
        call_command("load_eamena", path, by=editor.email)

    assert "UNIQUEID" in capsys.readouterr().err
    assert Monument.objects.count() == ConditionReport.objects.count() == 1


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(5):
            packed.writestr(f"xl/{number}.xml", bytes(50 << 20))


def archive(path):
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("../../etc/passwd", "root")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"<svg/>"), "no XLSX workbook"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(100)), "damaged"),
        (archive, "damaged"),
        (bomb, "too much memory"),
    ],
)
def test_a_hostile_file_is_refused_in_words(tmp_path, make, told):
    path = tmp_path / "sheet.xlsx"
    make(path)

    with pytest.raises(CommandError, match=told):
        call_command("load_eamena", path, by=EditorFactory().email)


def sent(client, path, language="en"):
    """The page to which sending a sheet leads, when a worker has checked it."""
    with path.open("rb") as file:
        answer = client.post("/admin/eamena/", {"sheet": file, "language": language})
    return worked_off(client, answer.url) if answer.status_code == 302 else answer


def worked_off(client, address):
    while waiting := work.to_go_on_with():
        tasks.go_on(str(waiting[0]))
    return client.get(address)


def confirmed(client, shown):
    address = shown.context["sheet"].get_absolute_url()
    client.post(address, {"confirm": "yes"})
    return worked_off(client, address)


def said(answer):
    return answer.content.decode()


def test_the_admin_shows_what_would_be_written_and_writes_it_when_told_to(sign_in, tmp_path):
    client = sign_in(EditorFactory())
    shown = sent(client, sheet(tmp_path, {**PLACE, **ASSESSED}))

    assert "sites 1, monuments 1, reports for the verifiers 1" in said(shown)
    assert not Site.objects.exists()

    written = confirmed(client, shown)

    assert ConditionReport.objects.get().state == State.SUBMITTED
    assert written.context["sheet"].state == "done"
    assert "sites 1, monuments 1, reports for the verifiers 1" in said(written)


def test_a_place_that_is_wrong_is_refused_with_its_parts_and_the_others_are_written(sign_in, tmp_path):
    client = sign_in(EditorFactory())
    lines = [
        {**PLACE, "UNIQUEID": "tower", "HP Related Resource": "wall"},  # before what it is part of
        {**PLACE, "UNIQUEID": "wall", "Country Type": "Persia"},
        {**PLACE, "UNIQUEID": "gate", "HP Related Resource": "town"},
        {**PLACE, "UNIQUEID": "town"},
        {"Resource Name": "Of no place"},
    ]

    shown = sent(client, sheet(tmp_path, *lines))
    written = confirmed(client, shown)

    for page in (shown, written):
        told = [(one.row, one.column) for one in page.context["remarks"]]
        assert told == [(2, "HP Related Resource"), (3, "Country Type"), (6, "UNIQUEID")]
    assert (Site.objects.get().slug, Monument.objects.get().slug) == ("town", "gate")
    assert Monument.objects.get().site == Site.objects.get()


def test_places_that_are_parts_of_each_other_are_refused_in_words(sign_in, tmp_path):
    around = zip("abc", "bca", strict=True)
    lines = [{**PLACE, "UNIQUEID": uid, "HP Related Resource": whole} for uid, whole in around]

    shown = sent(sign_in(EditorFactory()), sheet(tmp_path, *lines))

    assert "It is part of itself" in said(shown)
    assert shown.context["remarks"].paginator.count == len(lines)


def test_a_worker_goes_on_where_another_was_killed_and_doubles_nothing(sign_in, tmp_path, monkeypatch):
    client, take = sign_in(EditorFactory()), Loader.take
    lines = [{**PLACE, "UNIQUEID": f"part-{n}", "HP Related Resource": "town"} for n in range(3)]
    shown = sent(client, sheet(tmp_path, *lines, {**PLACE, "UNIQUEID": "town"}))
    address = shown.context["sheet"].get_absolute_url()
    client.post(address, {"confirm": "yes"})

    def killed(self, place):
        if place.uid == "part-1":
            raise OperationalError
        return take(self, place)

    monkeypatch.setattr(Loader, "take", killed)
    with pytest.raises(OperationalError):
        tasks.go_on(str(shown.context["sheet"].pk))
    assert Monument.objects.count() == 1
    monkeypatch.undo()
    Sheet.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
    done = worked_off(client, address).context["sheet"]

    assert (done.state, done.sites, done.monuments) == ("done", 1, 3)
    assert Monument.objects.filter(site__slug="town").count() == 3


def test_a_long_sheet_lets_others_have_their_turn(sign_in, tmp_path, monkeypatch):
    monkeypatch.setattr(work, "TURN_SECONDS", 0)
    client = sign_in(EditorFactory())
    with sheet(tmp_path, PLACE, {**PLACE, "UNIQUEID": "8", "Resource Name": "Other"}).open("rb") as file:
        address = client.post("/admin/eamena/", {"sheet": file, "language": "en"}).url
    [waiting] = work.to_go_on_with()

    assert work.take(waiting)
    assert work.go_on(waiting)
    assert "1 of 2 places" in said(client.get(address))


def test_the_admin_names_the_cells_that_are_wrong(sign_in, tmp_path):
    answer = sent(sign_in(EditorFactory()), sheet(tmp_path, {**PLACE, **ASSESSED, "Country Type": "Persia"}))

    assert "Country Type" in said(answer)
    assert not answer.context["to_confirm"]


def test_a_sheet_is_for_who_sent_it_alone_and_may_be_stopped(sign_in, tmp_path):
    client = sign_in(EditorFactory())
    kept = sent(client, sheet(tmp_path, PLACE)).context["sheet"]
    client.post(kept.get_absolute_url(), {"confirm": "yes"})
    client.post(kept.get_absolute_url(), {"stop": "yes"})
    stopped = worked_off(client, kept.get_absolute_url())

    assert stopped.context["sheet"].state == "stopped"
    assert not storages["exports"].exists(kept.file)
    assert sign_in(EditorFactory()).get(kept.get_absolute_url()).status_code == 404
    assert not Site.objects.exists()


def test_what_is_over_is_forgotten_with_its_file(sign_in, tmp_path):
    kept = sent(sign_in(EditorFactory()), sheet(tmp_path, PLACE)).context["sheet"]
    Sheet.objects.update(asked_at=timezone.now() - datetime.timedelta(days=2))

    tasks.sweep()

    assert not Sheet.objects.exists()
    assert not storages["exports"].exists(kept.file)


def test_a_hostile_file_is_refused_in_the_admin_too(sign_in, tmp_path):
    path = tmp_path / "sheet.xlsx"
    bomb(path)

    answer = sent(sign_in(EditorFactory()), path)

    assert (answer.context["sheet"].state, "too much memory" in said(answer)) == ("failed", True)


@pytest.mark.parametrize(
    ("factory", "status"), [(EditorFactory, 200), (VerifierFactory, 200), (ReporterFactory, 302), (UserFactory, 302)]
)
def test_who_may_add_to_the_registry_may_take_sheets_in(sign_in, factory, status):
    assert sign_in(factory()).get("/admin/eamena/").status_code == status


def test_a_designation_that_is_not_kept_is_named_and_the_rest_taken(sign_in, tmp_path):
    client = sign_in(EditorFactory())

    shown = sent(client, sheet(tmp_path, {**PLACE, "Designation": "Scheduled Monument"}))
    written = confirmed(client, shown)

    for page in (shown, written):
        assert "“Scheduled Monument” is a designation that is not kept here" in said(page)
    assert Site.objects.exists()


def test_the_language_of_descriptions_is_chosen(sign_in, tmp_path):
    client = sign_in(EditorFactory())

    confirmed(client, sent(client, sheet(tmp_path, {**PLACE, **ASSESSED}), language="ar"))

    assert ConditionReport.objects.get().language == "ar"
    assert sent(client, sheet(tmp_path, PLACE), language="xx").status_code == 400
