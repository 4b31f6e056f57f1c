"""One way in for all files: what is sent becomes evidence or is refused, and nothing lies between."""

from __future__ import annotations

import datetime
import io

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone

from reports.conditions import actions as condition_actions
from reports.conditions.workflow import NotAllowed, VerificationMethod, WrongState
from reports.evidence import actions, limits, quarantine, storage, tasks
from reports.evidence.models import CustodyEntry, Evidence, Original, Upload
from reports.evidence.vocabulary import CustodyStep, Door, Refusal, UploadState
from sites.models import Organisation, Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory
from tests.files import HOSTILE, document, photograph
from tests.reports.evidence.intake import arrived, begun, evidence_of, hash_of, sent

pytestmark = pytest.mark.django_db
AN_HOUR = datetime.timedelta(hours=1)


def lying():
    return [path.name for path in quarantine.folder().iterdir()]


def test_a_photograph_becomes_evidence_of_what_it_was_sent_to():
    report, editor = DraftFactory(), EditorFactory(organisation=Organisation.objects.create(name="Team"))
    content = photograph()

    evidence = evidence_of(content, to=report, by=editor, name="قوس النصر.jpg", door=Door.API)

    assert (evidence.report, evidence.monument, evidence.plan) == (report, report.monument, None)
    assert (evidence.kind, evidence.name, evidence.door) == ("photograph", "قوس النصر.jpg", "api")
    assert (evidence.uploaded_by, evidence.organisation) == (editor, editor.organisation)
    original = evidence.original
    assert (original.sha256, original.size) == (hash_of(content), len(content))
    assert (original.media_type, original.width, original.height) == ("image/jpeg", 320, 240)


def test_the_original_is_kept_byte_for_byte_and_nothing_else_is():
    content = photograph()

    sent(content)

    with storage.open_original(hash_of(content)) as file:
        assert file.read() == content
    assert lying() == []


def test_a_document_is_taken_in_too():
    evidence = evidence_of(document(), name="letter.pdf")

    assert (evidence.kind, evidence.original.media_type) == ("document", "application/pdf")


def test_custody_begins_with_who_when_from_where_and_which_bytes():
    editor, content = EditorFactory(), photograph()

    evidence = evidence_of(content, by=editor, client_sha256=hash_of(content))

    received, stored = evidence.custody.all()
    assert (received.step, received.by, received.at) == (CustodyStep.RECEIVED, editor, evidence.uploaded_at)
    assert received.facts["door"] == "portal"
    assert received.facts["sender_sha256"] == hash_of(content)
    assert (stored.step, stored.facts["sha256"]) == (CustodyStep.STORED, hash_of(content))


ONE_OF_EACH = {why: name for name, (_make, why) in HOSTILE.items()}
"""`test_looking.py` has them all."""


@pytest.mark.parametrize("name", ONE_OF_EACH.values())
def test_a_hostile_file_is_refused_and_leaves_nothing(name):
    make, why = HOSTILE[name]

    upload = sent(make(), name=f"{name}.jpg")

    assert (upload.state, upload.refusal) == (UploadState.REFUSED, why)
    assert not Original.objects.exists()
    assert lying() == []


def test_what_changed_on_its_way_is_refused():
    content = photograph()

    upload = sent(content, client_sha256=hash_of(b"what was sent"))

    assert upload.refusal == Refusal.HASH_DIFFERS
    assert upload.sha256 == hash_of(content)


def test_what_is_no_hash_is_said_at_once():
    with pytest.raises(ValidationError):
        begun(10, client_sha256="nonsense")


def test_too_large_and_empty_files_are_refused_before_they_are_sent(settings):
    settings.EVIDENCE_MAX_FILE_MB = 1

    large, empty = begun(2 << 20), begun(0)

    assert (large.refusal, large.refusal_facts) == (Refusal.TOO_LARGE, {"found": 2 << 20, "limit": 1 << 20})
    assert empty.refusal == Refusal.EMPTY
    with pytest.raises(WrongState):
        actions.receive(large, io.BytesIO(b"x"), offset=0)


def test_where_there_is_no_room_nothing_is_begun(settings, monkeypatch):
    monkeypatch.setattr(limits, "GIB", 10_000)
    settings.EVIDENCE_QUOTA_GB = 1
    monument = MonumentFactory()

    assert begun(6_000, to=monument).state == UploadState.RECEIVING
    assert begun(6_000, to=monument).refusal == Refusal.FULL


def test_a_full_disk_is_seen_before(monkeypatch):
    monkeypatch.setattr(quarantine, "free_bytes", lambda: limits.SPARE + 10)

    assert begun(11).refusal == Refusal.FULL


def test_one_person_has_only_so_many_open(settings):
    settings.EVIDENCE_MAX_OPEN_UPLOADS = 1
    editor = EditorFactory()
    begun(10, by=editor)

    with pytest.raises(WrongState):
        begun(10, by=editor)
    assert begun(10).state == UploadState.RECEIVING


def test_what_breaks_off_goes_on_where_it_ended():
    content = photograph()
    upload = begun(len(content))

    here = actions.receive(upload, io.BytesIO(content[:1000]), offset=0)
    actions.receive(upload, io.BytesIO(content[here:]), offset=here)
    actions.check(upload.pk)

    upload.refresh_from_db()
    assert (here, upload.state, upload.sha256) == (1000, UploadState.STORED, hash_of(content))


def test_a_line_that_is_cut_loses_only_what_had_not_come():
    class Cut(io.BytesIO):
        def read(self, size=-1):
            if not (data := super().read(size)):
                raise OSError("connection reset")
            return data

    upload = begun(5000)

    assert actions.receive(upload, Cut(b"x" * 1234), offset=0) == 1234
    assert actions.received(upload) == 1234


def test_bytes_in_the_wrong_place_are_not_taken():
    upload = begun(5000)
    actions.receive(upload, io.BytesIO(b"x" * 100), offset=0)

    with pytest.raises(actions.Misplaced) as misplaced:
        actions.receive(upload, io.BytesIO(b"x" * 100), offset=50)

    assert misplaced.value.received == 100


def test_more_than_was_announced_is_not_taken():
    upload = begun(10)

    assert actions.receive(upload, io.BytesIO(b"x" * 100), offset=0) == 10


def test_two_cannot_write_at_once():
    upload = begun(10)

    with quarantine.held(upload.pk), pytest.raises(quarantine.Busy):
        actions.receive(upload, io.BytesIO(b"x"), offset=0)


def test_the_sender_cancels_what_is_on_its_way():
    editor = EditorFactory()
    upload = begun(10, by=editor)
    actions.receive(upload, io.BytesIO(b"x"), offset=0)

    with pytest.raises(NotAllowed):
        actions.cancel(upload, by=EditorFactory())
    actions.cancel(upload, by=editor)

    assert not Upload.objects.exists()
    assert lying() == []


def test_what_arrived_is_not_cancelled():
    editor = EditorFactory()
    upload = sent(by=editor)

    with pytest.raises(WrongState):
        actions.cancel(upload, by=editor)


def test_the_same_file_comes_once_to_one_thing_and_its_bytes_once_to_all():
    monument, other = MonumentFactory(), MonumentFactory()

    first, again, elsewhere = sent(to=monument), sent(to=monument), sent(to=other)

    assert (first.state, again.refusal, elsewhere.state) == ("stored", Refusal.THERE_ALREADY, "stored")
    assert first.evidence.original == elsewhere.evidence.original
    assert Original.objects.count() == 1


def test_what_was_withdrawn_can_be_sent_again():
    verifier, monument = VerifierFactory(), MonumentFactory()
    actions.withdraw(evidence_of(to=monument), by=verifier, reason="The wrong monument, it seemed.")

    assert sent(to=monument).state == UploadState.STORED


def may_send(by, to):
    try:
        return bool(begun(10, to=to, by=by))
    except (NotAllowed, WrongState):
        return False


def test_who_may_send_what_where():
    reporter, editor, elsewhere = ReporterFactory(), EditorFactory(), EditorFactory()
    Responsibility.objects.create(user=elsewhere, country="IQ")
    monument, plan, own = MonumentFactory(), PlanFactory(), DraftFactory(author=reporter)

    assert may_send(reporter, monument)
    assert may_send(reporter, own)
    assert may_send(editor, own)
    assert may_send(editor, plan)
    assert not may_send(reporter, plan)
    assert not may_send(reporter, DraftFactory())
    assert not may_send(UserFactory(), monument)
    assert not may_send(elsewhere, monument)


def test_nothing_is_added_to_a_report_that_was_reviewed():
    verified = condition_actions.verify(SubmittedFactory(), by=VerifierFactory(), method=VerificationMethod.SATELLITE)

    assert may_send(EditorFactory(), SubmittedFactory())
    assert not may_send(EditorFactory(), verified)
    assert not may_send(EditorFactory(), PublishedFactory())


def test_what_arrives_after_the_review_is_refused_with_advice():
    report = SubmittedFactory()
    upload = arrived(to=report, by=report.author)
    condition_actions.verify(report, by=VerifierFactory(), method=VerificationMethod.SATELLITE)

    actions.check(upload.pk)

    upload.refresh_from_db()
    assert (upload.refusal, upload.refusal_facts) == (Refusal.CLOSED, {"kind": "submitted"})
    assert not Evidence.objects.exists()


def test_what_opens_a_file_and_breaks_is_no_reason_to_ask_again(monkeypatch, caplog):
    def broken(job, **arguments):
        raise actions.checking.box.Broken("segmentation fault")

    monkeypatch.setattr(actions.checking.box, "run", broken)

    assert sent().refusal == Refusal.DAMAGED
    assert "segmentation fault" in caplog.text


def test_a_file_that_costs_too_much_is_refused(settings):
    settings.EVIDENCE_BOX_MEMORY_MB = 40

    assert sent(photograph("PNG", size=(4000, 3000))).refusal == Refusal.TOO_COSTLY


def test_the_sweep_looks_at_what_no_task_has_looked_at():
    upload = arrived()

    tasks.sweep()
    assert Upload.objects.get().state == UploadState.CHECKING
    with time_machine.travel(timezone.now() + AN_HOUR):
        tasks.sweep()

    upload.refresh_from_db()
    assert upload.state == UploadState.STORED


def test_one_that_cannot_be_looked_at_holds_up_no_other(monkeypatch, caplog):
    bad, good = arrived(), arrived()
    look = actions.checking.check

    def check(pk):
        if pk == bad.pk:
            raise DatabaseError("the disk is gone")
        return look(pk)

    monkeypatch.setattr(actions, "check", check)
    with time_machine.travel(timezone.now() + AN_HOUR):
        tasks.sweep()

    states = dict(Upload.objects.values_list("pk", "state"))
    assert states == {bad.pk: UploadState.CHECKING, good.pk: UploadState.STORED}


def test_the_sweep_forgets_what_nobody_goes_on_with(settings):
    upload = begun(5000)
    actions.receive(upload, io.BytesIO(b"x"), offset=0)

    with time_machine.travel(timezone.now() + datetime.timedelta(hours=settings.EVIDENCE_STALE_HOURS, minutes=1)):
        tasks.sweep()

    upload.refresh_from_db()
    assert upload.refusal == Refusal.INCOMPLETE


def test_the_sweep_discards_files_that_belong_to_nothing():
    upload = begun(5000)
    actions.receive(upload, io.BytesIO(b"x"), offset=0)
    Upload.objects.all().delete()

    with time_machine.travel(timezone.now() + AN_HOUR):
        tasks.sweep()

    assert lying() == []


class Killed(BaseException):
    """As good as kill -9: no code of ours goes on behind it."""


@pytest.mark.parametrize(
    "between",
    [
        "reports.evidence.storage.hash_of",
        "reports.evidence.box.run",
        "reports.evidence.storage.keep_original",
        "reports.evidence.actions.checking.attach",
        "reports.evidence.actions.checking.record_look",
        "reports.evidence.quarantine.discard",
    ],
)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.django_db(transaction=True)
def test_killed_between_any_two_steps_it_is_finished_later(monkeypatch, between, when):
    content, editor, monument = photograph(), EditorFactory(), MonumentFactory()
    upload = arrived(content, to=monument, by=editor)
    module, _dot, name = between.rpartition(".")
    with monkeypatch.context() as patched:
        real = pytest.importorskip(module).__dict__[name]

        def killed(*args, **kwargs):
            if when == "after":
                real(*args, **kwargs)
            raise Killed

        patched.setattr(between, killed)
        with pytest.raises(Killed):
            actions.check(upload.pk)

    with time_machine.travel(timezone.now() + AN_HOUR):
        tasks.sweep()

    upload.refresh_from_db()
    assert (upload.state, upload.sha256) == (UploadState.STORED, hash_of(content))
    assert Evidence.objects.count() == Original.objects.count() == 1
    assert CustodyEntry.objects.count() == 2
    assert storage.has_original(hash_of(content))
    assert lying() == []
