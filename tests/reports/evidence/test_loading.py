"""Loading a folder of photographs by a command: what is in the table, what is refused, what a second run does."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports.evidence import actions, quarantine, storage
from reports.evidence.models import CustodyEntry, Evidence, Original, Upload
from reports.evidence.vocabulary import Door
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import DraftFactory
from tests.factories.sites import MonumentFactory
from tests.files import document, photograph
from tests.reports.evidence.intake import arrived, hash_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "photographs"
    (folder / "2015").mkdir(parents=True)
    (folder / "2015" / "قوس.jpg").write_bytes(photograph(seed=1))
    (folder / "letter.pdf").write_bytes(document())
    return folder


@pytest.fixture
def monument():
    return MonumentFactory(slug="arch")


def run(folder, by=None, **options):
    """What the command says at its end, and line by line of refusals."""
    out, errors = StringIO(), StringIO()
    try:
        call_command(
            "load_photographs", folder, by=(by or EditorFactory()).email, stdout=out, stderr=errors, **options
        )
    except CommandError as error:
        out.write(str(error))
    return out.getvalue().strip(), [line for line in errors.getvalue().splitlines() if line.startswith("'")]


def table_of(folder, *lines):
    table = folder.parent / "table.csv"
    table.write_text("\n".join(lines), encoding="utf-8-sig")
    return table


def test_a_folder_is_loaded_with_what_is_said_of_all(folder, monument):
    editor = EditorFactory()

    said, errors = run(folder, editor, monument="arch", taken="2015-08", credit="DGAM", licence="CC BY 4.0")

    assert (said, errors) == ("Loaded: 2. There already: 0. Refused: 0.", [])
    evidence = Evidence.objects.get(kind="photograph")
    assert (evidence.monument, evidence.uploaded_by, evidence.door) == (monument, editor, Door.LOADED)
    assert (evidence.name, evidence.credit, evidence.licence) == ("قوس.jpg", "DGAM", "CC BY 4.0")
    assert (evidence.taken_from, evidence.taken_to) == (datetime.date(2015, 8, 1), datetime.date(2015, 8, 31))
    with storage.open_original(hash_of(photograph(seed=1))) as file:
        assert file.read() == photograph(seed=1)


def test_a_table_says_of_each_what_it_belongs_to_and_shows(folder, monument):
    editor, report = EditorFactory(), DraftFactory()
    table = table_of(
        folder,
        "file,monument,report,taken,alternative,language",
        "2015/قوس.jpg,arch,,2015-08-30,قوس بلا رأس,ar",
        f"letter.pdf,,{report.pk},,,",
    )

    run(folder, editor, table=table, monument="arch", credit="DGAM")

    picture, letter = Evidence.objects.get(kind="photograph"), Evidence.objects.get(kind="document")
    assert (picture.alternative, picture.language, picture.monument) == ("قوس بلا رأس", "ar", monument)
    assert (letter.report, letter.monument, letter.credit) == (report, report.monument, "DGAM")


def test_each_refusal_names_its_file_and_its_reason_and_the_others_go_on(folder, monument, tmp_path):
    (tmp_path / "outside.jpg").write_bytes(photograph())
    (folder / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    table = table_of(
        folder,
        "file,monument,taken",
        "../outside.jpg,arch,",
        "link.jpg,arch,",
        "missing.jpg,arch,",
        "letter.pdf,nowhere,",
        "letter.pdf,arch,the day before",
        "letter.pdf,,",
        "2015/قوس.jpg,arch,2015",
    )

    said, errors = run(folder, table=table)

    assert said == "Loaded: 1. There already: 0. Refused: 6."
    assert [line.partition(": ")[::2] for line in errors] == [
        ("'../outside.jpg'", "It leads out of the folder; links are not followed."),
        ("'link.jpg'", "It leads out of the folder; links are not followed."),
        ("'missing.jpg'", "There is no such file in the folder."),
        ("'letter.pdf'", "There is no monument “nowhere”."),
        ("'letter.pdf'", "“the day before” is not a date such as 2015, 2015-08 or 2015-08-30."),
        ("'letter.pdf'", "It is not said to which monument, report or plan it belongs."),
    ]


def test_a_second_run_doubles_nothing_and_overwrites_nothing(folder, monument):
    editor = EditorFactory()
    (folder / "bad.jpg").write_bytes(b"<svg/>")
    run(folder, editor, monument="arch")
    actions.describe(Evidence.objects.get(kind="photograph"), by=editor, caption="The arch", credit="A team")
    withdrawn = Evidence.objects.get(kind="document")
    actions.withdraw(withdrawn, by=VerifierFactory(), reason="A private letter.")

    said, _errors = run(folder, editor, monument="arch", credit="DGAM", licence="CC0-1.0")

    assert said == "Loaded: 0. There already: 2. Refused: 1."
    assert Evidence.objects.count() == Original.objects.count() == Upload.objects.count() == 2
    picture = Evidence.objects.get(kind="photograph")
    assert (picture.caption, picture.credit, picture.licence) == ("The arch", "A team", "CC0-1.0")


def test_what_a_killed_run_left_half_way_is_gone_on_with(folder, monument):
    editor, content = EditorFactory(), photograph(seed=1)
    arrived(content, to=monument, by=editor, door=Door.LOADED, client_sha256=hash_of(content))

    run(folder, editor, monument="arch")

    assert Upload.objects.filter(sha256=hash_of(content)).count() == 1
    assert Evidence.objects.count() == 2


def test_a_dry_run_says_the_same_and_keeps_nothing(folder, monument):
    (folder / "bad.jpg").write_bytes(b"<svg/>")

    said, errors = run(folder, monument="arch", dry_run=True)

    assert said == "Would be loaded: 2. There already: 0. Would be refused: 1."
    assert [line.partition(" Send")[0] for line in errors] == ["'bad.jpg': The file can run code."]
    assert not Upload.objects.exists()
    assert not CustodyEntry.objects.exists()
    assert list(quarantine.folder().iterdir()) == []


def test_the_rights_of_who_loads_hold(folder, monument):
    elsewhere = EditorFactory()
    Responsibility.objects.create(user=elsewhere, country="IQ")

    said, errors = run(folder, elsewhere, monument="arch")

    assert said == "Loaded: 0. There already: 0. Refused: 2."
    assert [line.partition(": ")[2] for line in errors] == ["You do not answer for this site."] * 2


@pytest.mark.parametrize("lines", [["file,colour", "a,b"], ["name", "a"], []])
def test_a_table_with_other_columns_is_no_table(folder, lines):
    with pytest.raises(CommandError, match="The columns of the table are"):
        call_command("load_photographs", folder, by=EditorFactory().email, table=table_of(folder, *lines))
