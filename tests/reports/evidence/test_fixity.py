"""Originals are hashed anew: what is damaged or missing is found, told once, and known to be mended."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from reports.conditions.workflow import NotAllowed, ReasonMissing, WrongState
from reports.evidence import actions, fixity, tasks
from reports.evidence.models import CustodyEntry, DamagedOriginal, FixityRun, Original
from reports.evidence.signals import originals_damaged
from reports.evidence.storage import keep_original, name_of
from reports.evidence.vocabulary import CustodyStep, Damage
from tests.factories.accounts import AdministratorFactory, VerifierFactory
from tests.factories.evidence import EvidenceFactory, OriginalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(tmp_path):
    """Store a file as an original with a piece of evidence."""

    def store(content=b"the cella", **facts):
        sha256 = hashlib.sha256(content).hexdigest()
        file = tmp_path / "incoming"
        file.write_bytes(content)
        keep_original(file, sha256)
        original = OriginalFactory(sha256=sha256, size=len(content), **facts)
        return EvidenceFactory(original=original)

    return store


@pytest.fixture
def told():
    """The damages that others are told of."""
    heard = []

    def hear(sender, *, damages, **facts):
        heard.extend(damages)

    originals_damaged.connect(hear)
    yield heard
    originals_damaged.disconnect(hear)


@pytest.fixture
def path_of(evidence_folder):
    return lambda evidence: evidence_folder / "originals" / name_of(evidence.original_id)


def spoil(path, content=b"something else"):
    path.chmod(0o640)
    path.write_bytes(content)


def verify(*options):
    out = StringIO()
    call_command("verify_evidence", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def check_all():
    for _checked in actions.go_on_checking(actions.begin_check()):
        pass


def steps(evidence):
    return list(evidence.custody.values_list("step", flat=True))


def test_what_is_intact_is_on_record(store):
    evidence = store()

    said = verify("--all")

    original = Original.objects.get()
    assert "1 original is intact." in said
    assert original.intact
    assert original.verified_at is not None
    assert steps(evidence) == [CustodyStep.VERIFIED]


def test_a_changed_file_is_found(store, path_of, told):
    evidence = store(b"the cella")
    spoil(path_of(evidence), b"the altar")

    with pytest.raises(CommandError, match="1 original is damaged") as error:
        verify("--all")

    [damage] = told
    assert error.value.returncode == 1
    assert damage.kind == Damage.MISMATCHED
    assert damage.found_sha256 == hashlib.sha256(b"the altar").hexdigest()
    assert not Original.objects.get().intact
    assert steps(evidence) == [CustodyStep.MISMATCHED]
    assert evidence.custody.get().facts == {"found_sha256": damage.found_sha256, "found_size": 9}


def test_a_missing_file_is_found(store, path_of, told):
    evidence = store()
    path_of(evidence).unlink()

    with pytest.raises(CommandError):
        verify("--all")

    assert [damage.kind for damage in told] == [Damage.MISSING]
    assert steps(evidence) == [CustodyStep.MISSING]


def test_a_file_that_cannot_be_read_is_found(store, path_of, told):
    evidence = store()
    path_of(evidence).unlink()
    path_of(evidence).mkdir()

    with pytest.raises(CommandError):
        verify("--all")

    assert [damage.kind for damage in told] == [Damage.UNREADABLE]


def test_the_same_damage_is_told_once(store, path_of, told):
    evidence = store()
    path_of(evidence).unlink()

    check_all()
    check_all()

    assert len(told) == 1
    assert steps(evidence) == [CustodyStep.MISSING]


def test_every_piece_of_evidence_of_a_damaged_file_has_it_on_record(store, path_of, told):
    one = store()
    other = EvidenceFactory(original=one.original)
    path_of(one).unlink()

    check_all()

    assert len(told) == 1
    assert steps(one) == steps(other) == [CustodyStep.MISSING]


def test_a_restored_file_is_intact_again(store, path_of, told):
    evidence = store(b"the cella")
    path_of(evidence).unlink()
    check_all()
    path_of(evidence).write_bytes(b"the cella")

    said = verify("--original", evidence.original_id)

    assert "1 original is intact." in said
    assert DamagedOriginal.objects.get().restored_at is not None
    assert Original.objects.get().intact
    assert evidence.custody.last().facts == {"restored": True}


def test_what_is_damaged_again_is_told_again(store, path_of, told):
    evidence = store(b"the cella")
    for _time in range(2):
        path_of(evidence).unlink()
        check_all()
        path_of(evidence).write_bytes(b"the cella")
        check_all()

    assert len(told) == 2


def test_a_restoration_with_the_wrong_file_is_no_news_but_on_record(store, path_of, told):
    evidence = store(b"the cella")
    path_of(evidence).unlink()
    check_all()
    path_of(evidence).write_bytes(b"the altar")
    check_all()

    assert len(told) == 1
    assert DamagedOriginal.objects.get().kind == Damage.MISMATCHED
    assert steps(evidence) == [CustodyStep.MISSING, CustodyStep.MISMATCHED]


def test_a_slice_takes_those_first_that_were_verified_longest_ago(store):
    now = timezone.now()
    ages = {b"a": 3, b"b": None, b"c": 30, b"d": 1}
    for content, days in ages.items():
        store(content, verified_at=days and now - datetime.timedelta(days=days))

    verify("--slice", "2")

    checked = set(Original.objects.filter(verified_at__gt=now).values_list("pk", flat=True))
    assert checked == {hashlib.sha256(content).hexdigest() for content in (b"b", b"c")}


def test_a_slice_looks_first_whether_what_was_damaged_is_restored(store, path_of):
    evidence = store(b"a")
    path_of(evidence).unlink()
    check_all()
    for content in (b"b", b"c"):
        store(content)
    path_of(evidence).write_bytes(b"a")

    verify("--slice", "1")

    assert Original.objects.get(pk=evidence.original_id).intact


def test_a_run_that_was_interrupted_goes_on_where_it_ended(store, monkeypatch):
    monkeypatch.setattr(fixity, "AT_ONCE", 2)
    for content in (b"a", b"b", b"c", b"d", b"e"):
        store(content)
    run = actions.begin_check()
    next(actions.go_on_checking(run))
    assert run.checked == 2

    verify("--all")

    run = FixityRun.objects.get()
    assert run.checked == 5
    assert run.ended_at is not None
    assert CustodyEntry.objects.count() == 5


def test_a_run_begins_anew_when_that_is_asked_for(store):
    store()
    run = actions.begin_check()
    next(actions.go_on_checking(run))

    verify("--all", "--anew")

    assert FixityRun.objects.count() == 2


def test_large_files_are_written_down_a_few_at_a_time(store, monkeypatch):
    monkeypatch.setattr(fixity, "BYTES_AT_ONCE", 10)
    for content in (b"a" * 6, b"b" * 6, b"c" * 6):
        store(content)

    assert [len(some) for some in actions.go_on_checking(actions.begin_check())] == [2, 1]


def test_files_of_no_original_are_told(store, path_of, evidence_folder, tmp_path):
    evidence = store()
    long_ago = (timezone.now() - datetime.timedelta(hours=2)).timestamp()
    strange = {
        "ab/cd/" + "0" * 64,  # a hash of no original
        "note.txt",
        "zz/" + evidence.original_id,  # an original, but not where it lies
        "ab/\udcff\x1b[2J",  # a name that is no text
    }
    for name in strange:
        file = evidence_folder / "originals" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"?")
        os.utime(file, (long_ago, long_ago))
    report = tmp_path / "report.json"

    said = verify("--all", "--report", str(report))

    found = json.loads(report.read_text())
    assert {stray["name"] for stray in found["stray"]} == strange
    assert said.count("Of no original") == 4
    assert "\x1b" not in said
    assert FixityRun.objects.get().stray == 4


def test_what_has_just_come_is_not_stray(evidence_folder):
    file = evidence_folder / "originals" / "ab" / "cd" / ("ab" * 32)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"its row is being written")

    assert list(fixity.strays()) == []
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        assert len(list(fixity.strays())) == 1


def test_the_report_names_what_is_damaged_and_where_it_belongs(store, path_of, tmp_path):
    evidence, _intact = store(b"a"), store(b"b")
    path_of(evidence).unlink()
    report = tmp_path / "report.json"

    with pytest.raises(CommandError):
        verify("--all", "--report", str(report))

    found = json.loads(report.read_text())
    assert found["run"]["checked"] == 2
    assert found["run"]["bytes"] == 1
    [damage] = found["damaged"]
    assert damage["sha256"] == evidence.original_id
    assert damage["kind"] == "missing"
    assert damage["evidence"] == [{"id": str(evidence.pk), "monument": evidence.monument.slug}]


def test_a_report_that_cannot_be_written_is_told_before_anything_is_read(store, tmp_path):
    store()

    with pytest.raises(CommandError, match="cannot be written"):
        verify("--all", "--report", str(tmp_path / "no-such-folder" / "report.json"))

    assert not FixityRun.objects.exists()


def test_an_original_that_is_not_known_is_said():
    with pytest.raises(CommandError, match="no original"):
        verify("--original", "0" * 64)


@pytest.mark.parametrize("options", [["--slice", "0"], ["--slice", "-1"], ["--slice", "x"], ["--all", "--slice", "1"]])
def test_wrong_options_are_refused(options):
    with pytest.raises(CommandError):
        call_command("verify_evidence", *options)


def test_a_loss_that_was_accepted_is_told_of_no_longer(store, path_of):
    evidence, administrator = store(), AdministratorFactory()
    path_of(evidence).unlink()
    check_all()

    actions.accept_loss(DamagedOriginal.objects.get(), by=administrator, reason="The backup burnt, too.")

    assert "accepted as lost" in verify("--all")
    lost = evidence.custody.last()
    assert (lost.step, lost.by, lost.facts) == (CustodyStep.LOST, administrator, {"reason": "The backup burnt, too."})


def test_only_administrators_accept_a_loss_once_and_with_a_reason(store, path_of):
    path_of(store()).unlink()
    check_all()
    damage = DamagedOriginal.objects.get()

    with pytest.raises(NotAllowed):
        actions.accept_loss(damage, by=VerifierFactory(), reason="Lost.")
    with pytest.raises(ReasonMissing):
        actions.accept_loss(damage, by=AdministratorFactory(), reason=" ")
    actions.accept_loss(damage, by=AdministratorFactory(), reason="Lost.")
    with pytest.raises(WrongState):
        actions.accept_loss(damage, by=AdministratorFactory(), reason="Lost.")


def test_the_night_takes_its_slice(store, settings):
    settings.FIXITY_SLICE = 2
    for content in (b"a", b"b", b"c"):
        store(content)

    tasks.verify_slice()

    assert Original.objects.filter(verified_at=None).count() == 1
    assert FixityRun.objects.get().ended_at is not None


def test_a_night_without_a_slice_checks_nothing(store, settings):
    settings.FIXITY_SLICE = 0
    store()

    tasks.verify_slice()

    assert not FixityRun.objects.exists()


def test_a_long_check_makes_room_and_comes_again(store, settings, monkeypatch, django_capture_on_commit_callbacks):
    settings.FIXITY_SLICE = 3
    monkeypatch.setattr(fixity, "AT_ONCE", 1)
    monkeypatch.setattr(tasks, "SECONDS_AT_ONCE", -1)
    for content in (b"a", b"b", b"c"):
        store(content)
    again = []
    monkeypatch.setattr(tasks.verify_slice, "delay", again.append)

    for run_id in (None, *again, None):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.verify_slice(again.pop() if again else run_id)

    assert FixityRun.objects.get().checked == 2


def test_checking_takes_as_many_statements_for_many_files(store, django_assert_max_num_queries):
    for number in range(30):
        store(str(number).encode())

    with django_assert_max_num_queries(25):
        check_all()
