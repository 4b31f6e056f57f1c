"""An evidence package is a bag that others can check, with as much as its asker may have."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone

from reports.conditions.workflow import NotAllowed
from reports.evidence import actions, tasks
from reports.evidence.models import Capture, EvidencePackage
from reports.evidence.packages import contents, links
from reports.evidence.packages.tables import Table
from reports.evidence.storage import keep_original, name_of
from reports.evidence.vocabulary import CustodyStep, PackageFailure, PackageState
from sites.models import Disclosure, Organisation, Responsibility
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory
from tests.factories.evidence import CustodyEntryFactory, EvidenceFactory, OriginalFactory
from tests.factories.sites import MonumentFactory
from tests.files import document, photograph

pytestmark = pytest.mark.django_db
BAGIT = Path(sys.executable).parent / "bagit.py"


@pytest.fixture
def verifier():
    return VerifierFactory(name="Zenobia")


@pytest.fixture
def monument():
    return MonumentFactory(slug="temple-of-bel")


@pytest.fixture
def store(tmp_path, monument):
    """Store a published piece of evidence with its file."""

    def store(content=b"the cella", **facts):
        sha256 = hashlib.sha256(content).hexdigest()
        file = tmp_path / "incoming"
        file.write_bytes(content)
        keep_original(file, sha256)
        facts.setdefault("monument", monument)
        facts.setdefault("published_at", timezone.now())
        evidence = EvidenceFactory(original=OriginalFactory(sha256=sha256, size=len(content)), **facts)
        CustodyEntryFactory(evidence=evidence)
        return evidence

    return store


def ask(monument, by, **facts):
    facts.setdefault("language", "en")
    return actions.ask_package(EvidencePackage(monument=monument, asked_by=by, **facts), by=by)


def make(monument, by, **facts):
    package = ask(monument, by, **facts)
    tasks.pack(str(package.pk))
    package.refresh_from_db()
    return package


@pytest.fixture
def unpack(tmp_path):
    def unpack(package):
        with storages["packages"].open(package.file) as file, zipfile.ZipFile(file) as packed:
            packed.extractall(tmp_path / str(package.pk))
        [folder] = (tmp_path / str(package.pk)).iterdir()
        return folder

    return unpack


def validate(folder):
    """As anybody would who never heard of us."""
    command = [sys.executable, str(BAGIT), "--validate", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rows(folder, name):
    return json.loads((folder / "data" / "metadata" / f"{name}.json").read_text(encoding="utf-8"))


def test_the_package_is_a_bag_that_a_program_of_others_finds_valid(store, monument, verifier, unpack):
    cella, altar = photograph(), document()
    store(cella)
    store(altar, name="=cmd|'../../étage.jpg")

    folder = unpack(make(monument, verifier))

    checked = validate(folder)
    assert checked.returncode == 0, checked.stderr
    assert (folder / "bagit.txt").read_text().startswith("BagIt-Version: 1.0")
    originals = sorted(path.name for path in (folder / "data" / "originals").iterdir())
    assert [name[:5] for name in originals] == ["0001-", "0002-"]
    assert all(name.isascii() for name in originals)
    assert {path.read_bytes() for path in (folder / "data" / "originals").iterdir()} == {cella, altar}
    assert (folder / "manifest-sha256.txt").exists()
    assert (folder / "manifest-sha512.txt").exists()


@pytest.mark.parametrize("file", ["data/originals", "data/metadata", "bag-info.txt"])
def test_a_package_that_was_tampered_with_is_found_out(store, monument, verifier, unpack, file):
    store()
    folder = unpack(make(monument, verifier))
    target = folder / file
    target = next(iter(sorted(target.iterdir()))) if target.is_dir() else target
    target.write_bytes(target.read_bytes() + b"x")

    assert validate(folder).returncode != 0


def test_a_package_that_lacks_a_file_is_found_out(store, monument, verifier, unpack):
    store()
    folder = unpack(make(monument, verifier))
    next((folder / "data" / "originals").iterdir()).unlink()

    assert validate(folder).returncode != 0


def test_bag_info_says_who_made_it(store, monument, verifier, unpack, settings):
    settings.PACKAGE_ORGANISATION = "Directorate of Antiquities"
    settings.PACKAGE_CONTACT_EMAIL = "evidence@example.org"
    store()
    package = make(monument, verifier)

    info = (unpack(package) / "bag-info.txt").read_text()

    assert "Source-Organization: Directorate of Antiquities" in info
    assert "Contact-Email: evidence@example.org" in info
    assert f"External-Identifier: {package.pk}" in info


def test_the_chain_of_custody_is_whole_and_ends_with_the_export(store, monument, verifier, unpack):
    evidence = store()
    package = make(monument, verifier)

    steps = rows(unpack(package), "custody")

    assert [step["step"] for step in steps] == ["received", "exported"]
    assert steps[-1]["by"] == "Zenobia"
    recorded = evidence.custody.last()
    assert (recorded.step, recorded.by) == (CustodyStep.EXPORTED, verifier)
    assert recorded.facts == {"package": str(package.pk)}
    assert steps[-1]["at"] == recorded.at.isoformat()


def test_who_had_which_original_and_exact_place_is_logged(store, monument, verifier):
    evidence = store()
    make(monument, verifier)

    shown = set(Disclosure.objects.filter(user=verifier).values_list("what", "of"))

    assert shown == {("original", evidence.pk), ("exact_place", monument.pk)}


def test_reports_come_with_their_steps_and_sources(monument, verifier, unpack):
    report = PublishedFactory(monument=monument, narrative="The cella was blown up.")
    DraftFactory(monument=monument, narrative="Not handed in.")

    folder = unpack(make(monument, verifier))

    [row] = rows(folder, "reports")
    assert row["narrative"] == "The cella was blown up."
    assert [step["step"] for step in row["steps"]] == ["submit", "verify", "publish"]
    assert [source["name"] for source in rows(folder, "sources")] == [report.source.name]


def test_what_a_photograph_says_of_itself_is_in_it(store, monument, verifier, unpack):
    evidence = store()
    Capture.objects.create(original=evidence.original, longitude=38.25, latitude=34.5, camera="Nikon")

    [row] = rows(unpack(make(monument, verifier)), "evidence")

    assert (row["capture_longitude"], row["capture_camera"]) == (38.25, "Nikon")


@pytest.fixture
def make_in(store, monument, verifier, unpack):
    def make_in(language):
        store(caption="<script>alert(1)</script>")
        return unpack(make(monument, verifier, language=language))

    return make_in


@pytest.mark.parametrize(
    ("language", "direction", "words"),
    [("en", "ltr", "Chain of custody"), ("ar", "rtl", "سلسلة الحيازة"), ("fr", "ltr", "Chaîne de conservation")],
)
def test_the_summary_is_in_the_language_that_was_chosen(make_in, language, direction, words):
    summary = (make_in(language) / "data" / "summary.html").read_text("utf-8")

    assert f'lang="{language}" dir="{direction}"' in summary
    assert words in summary
    assert "<script" not in summary


def test_a_period_leaves_out_what_was_before_and_after(store, monument, verifier, unpack):
    day = datetime.date(2015, 8, 30)
    for offset in (-1, 0, 1):
        taken = day + datetime.timedelta(days=offset)
        store(str(offset).encode(), taken_from=taken, taken_to=taken)

    found = rows(unpack(make(monument, verifier, day_from=day, day_to=day)), "evidence")

    assert [row["taken_to"] for row in found] == ["2015-08-30"]


def test_a_package_of_a_report_holds_its_evidence_alone(store, monument, verifier, unpack):
    report = PublishedFactory(monument=monument)
    evidence = store(b"of the report", report=report, published_at=None)
    store(b"of the monument")

    folder = unpack(make(monument, verifier, report=report))

    assert [row["id"] for row in rows(folder, "evidence")] == [str(evidence.pk)]
    assert [row["id"] for row in rows(folder, "reports")] == [str(report.pk)]


def test_what_is_confidential_is_in_it_only_if_that_was_asked_for(store, monument, verifier, unpack):
    store(confidential=True)
    PublishedFactory(monument=monument, confidential=True)

    without, included = unpack(make(monument, verifier)), unpack(make(monument, verifier, confidential=True))

    assert rows(without, "evidence") == rows(without, "reports") == []
    assert len(rows(included, "evidence")) == len(rows(included, "reports")) == 1
    assert "hand it on to those alone" in (included / "data" / "summary.html").read_text("utf-8")


def test_originals_of_silos_of_others_are_not_in_it(store, monument, unpack):
    team, rival = (Organisation.objects.create(name=name, silo=True) for name in ("Team", "Rivals"))
    store(organisation=team, name="canary.jpg", uploaded_by=EditorFactory(name="Canary"))

    package = make(monument, VerifierFactory(organisation=rival))
    folder = unpack(package)

    assert not (folder / "data" / "originals").exists()
    [row] = rows(folder, "evidence")
    assert row["left_out"] == "withheld"
    assert package.left_out == 1
    assert "anary" not in "".join(path.read_text("utf-8") for path in (folder / "data").rglob("*.*"))


def test_what_was_withdrawn_is_named_without_its_file(store, monument, verifier, unpack):
    store(withdrawn_at=timezone.now(), withdrawal_reason="Another temple.", caption="Canary")

    folder = unpack(make(monument, verifier))

    [row] = rows(folder, "evidence")
    assert (row["file"], row["left_out"], row["caption"]) == ("", "withdrawn", "")
    assert "Another temple." in (folder / "data" / "summary.html").read_text("utf-8")


def test_a_damaged_original_is_left_out_and_told(store, monument, verifier, unpack, evidence_folder):
    evidence = store(b"the cella")
    path = evidence_folder / "originals" / name_of(evidence.original_id)
    path.chmod(0o640)
    path.write_bytes(b"the altar")

    package = make(monument, verifier)
    folder = unpack(package)

    assert package.left_out == 1
    assert rows(folder, "evidence")[0]["left_out"] == "mismatched"
    assert validate(folder).returncode == 0
    assert evidence.custody.last().step == CustodyStep.MISMATCHED


@pytest.mark.parametrize("factory", [ReporterFactory, EditorFactory, AdministratorFactory])
def test_only_verifiers_ask(monument, factory):
    with pytest.raises(NotAllowed):
        ask(monument, factory())


def test_only_who_answers_for_the_site_asks(monument, verifier):
    Responsibility.objects.create(user=verifier, country="IQ")

    with pytest.raises(NotAllowed):
        ask(monument, verifier)


def test_who_lost_the_right_meanwhile_gets_nothing(store, monument, verifier):
    store()
    package = ask(monument, verifier)
    Responsibility.objects.create(user=verifier, country="IQ")

    tasks.pack(str(package.pk))

    package.refresh_from_db()
    assert (package.state, package.failure) == (PackageState.FAILED, PackageFailure.NOT_ALLOWED)


def test_two_workers_do_not_make_the_same_package(store, monument, verifier):
    package = ask(monument, verifier)

    assert actions.take_package(package.pk)
    assert not actions.take_package(package.pk)


def test_a_package_whose_worker_died_is_gone_on_with(store, monument, verifier):
    package = ask(monument, verifier)
    actions.take_package(package.pk)

    assert actions.packages_to_go_on_with() == []
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        assert actions.packages_to_go_on_with() == [package.pk]


def test_what_fails_is_tried_again_and_given_up_at_last(store, monument, verifier, monkeypatch):
    package = ask(monument, verifier)

    def fails(*_arguments):
        raise RuntimeError("The pipe broke.")

    monkeypatch.setattr(contents, "evidence_of", fails)
    for _time in range(4):
        tasks.pack(str(package.pk))

    package.refresh_from_db()
    assert (package.state, package.failure, package.tries) == (PackageState.FAILED, PackageFailure.ERROR, 3)


def test_a_disk_that_is_too_small_is_told(store, monument, verifier, monkeypatch):
    store()
    monkeypatch.setattr("reports.evidence.packages.packing.SPARE", 1 << 62)

    package = make(monument, verifier)

    assert package.failure == PackageFailure.NO_ROOM


def test_nothing_is_left_in_the_folder_where_it_is_packed(store, monument, verifier, evidence_folder):
    store()
    make(monument, verifier)

    assert list((evidence_folder / "packing").iterdir()) == []


def test_a_package_expires_with_its_file(store, monument, verifier, settings):
    store()
    package = make(monument, verifier)

    with time_machine.travel(timezone.now() + datetime.timedelta(days=settings.PACKAGE_DAYS, minutes=1)):
        tasks.sweep_packages()

    package.refresh_from_db()
    assert package.state == PackageState.EXPIRED
    assert not storages["packages"].exists(package.file)


def token_of(package):
    return links.link(package).rstrip("/").rpartition("/")[2]


def test_a_link_is_valid_for_a_while(store, monument, verifier, settings):
    store()
    package = make(monument, verifier)
    token = token_of(package)

    assert links.read(token) == package
    assert links.read(token + "x") is None
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=settings.SIGNED_LINK_SECONDS + 1)):
        assert links.read(token) is None


def test_a_link_leads_nowhere_once_its_asker_lost_the_right(store, monument, verifier):
    store()
    token = token_of(make(monument, verifier))
    verifier.is_active = False
    verifier.save()

    assert links.read(token) is None


def test_a_table_is_no_formula_in_a_spreadsheet(tmp_path):
    with Table(tmp_path, "t") as table:
        table.add({"caption": "=HYPERLINK(1)", "facts": {"a": 1}})

    with (tmp_path / "t.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.DictReader(file)) == {"caption": "'=HYPERLINK(1)", "facts": '{"a": 1}'}
    assert json.loads((tmp_path / "t.json").read_text())[0]["caption"] == "=HYPERLINK(1)"
