"""Pictures are made of what is due, once, whole, and again after whatever went wrong."""

from __future__ import annotations

import datetime
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from reports.evidence import actions, box, tasks
from reports.evidence.actions.rendering import LEASE
from reports.evidence.models import Evidence, Rendition
from reports.evidence.storage import name_of
from reports.evidence.vocabulary import EvidenceKind, RenderProblem
from tests.factories.evidence import PhotographFactory
from tests.pictures import opened, quarters, stripes

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {
    ("full", "image/jpeg"),
    ("page", "image/avif"),
    ("page", "image/jpeg"),
    ("list", "image/avif"),
    ("list", "image/jpeg"),
}


def files(evidence):
    try:
        return {f"{evidence.pk}/{name}" for name in storages["renditions"].listdir(str(evidence.pk))[1]}
    except FileNotFoundError:
        return set()


def content(name):
    with storages["renditions"].open(name) as file:
        return file.read()


def rows(evidence):
    return set(Rendition.objects.filter(evidence=evidence).values_list("file", flat=True))


def state(evidence):
    evidence.refresh_from_db()
    return evidence.rendered_at is not None, evidence.render_due_at is not None, evidence.render_problem


def test_pictures_are_made_of_an_original():
    evidence = PhotographFactory()

    assert actions.render(evidence.pk) is None

    assert set(evidence.renditions.values_list("size", "format")) == SIZES
    assert files(evidence) == rows(evidence)
    for rendition in evidence.renditions.all():
        image = opened(content(rendition.file))
        assert image.size == (rendition.width, rendition.height) == (400, 300)
    assert state(evidence) == (True, False, "")


def test_a_document_shows_its_first_page():
    file = BytesIO()
    quarters().save(file, "PDF")
    evidence = PhotographFactory(content=file.getvalue(), kind=EvidenceKind.DOCUMENT)

    assert actions.render(evidence.pk) is None
    assert set(evidence.renditions.values_list("size", "format")) == SIZES


def test_made_again_they_have_the_same_names_and_are_never_away(monkeypatch):
    evidence = PhotographFactory()
    actions.render(evidence.pk)
    before = rows(evidence)
    storage = storages["renditions"]
    monkeypatch.setattr(type(storage), "save", lambda *args: pytest.fail("a whole file is written anew"))
    monkeypatch.setattr(type(storage), "delete", lambda *args: pytest.fail("a shown file is deleted"))

    actions.make_due(Evidence.objects.all())
    assert state(evidence) == (True, True, "")
    actions.render(evidence.pk)

    assert rows(evidence) == before
    assert state(evidence) == (True, False, "")


def test_a_picture_that_looks_otherwise_has_another_name_and_the_former_file_goes(settings):
    evidence = PhotographFactory(image=quarters((900, 600)))
    actions.render(evidence.pk)
    before = files(evidence)

    settings.RENDITION_FULL_PIXELS = 512
    actions.make_due(Evidence.objects.all())
    actions.render(evidence.pk)

    assert files(evidence) == rows(evidence)
    assert files(evidence) & before == set()


def test_of_two_who_come_at_once_one_renders(monkeypatch):
    evidence = PhotographFactory()
    made = []
    run = box.run

    def run_and_let_another_try(*args, **kwargs):
        made.append(args)
        assert actions.render(evidence.pk) is None  # the other, in the middle of this one's work
        return run(*args, **kwargs)

    monkeypatch.setattr(box, "run", run_and_let_another_try)
    actions.render(evidence.pk)

    assert len(made) == 1
    assert len(rows(evidence)) == 5


@pytest.mark.parametrize("moment", ["before anything", "before the rows", "after the rows"])
def test_killed_anywhere_it_is_done_after_the_lease(monkeypatch, moment):
    """A kill is an exception that nobody catches here; tests/services kills a real worker."""
    evidence = PhotographFactory()
    where = {"before anything": box, "before the rows": Rendition.objects, "after the rows": Evidence}[moment]
    what = {"before anything": "run", "before the rows": "bulk_create", "after the rows": "save"}[moment]
    with monkeypatch.context() as killing:
        killing.setattr(where, what, _killed)
        with pytest.raises(KeyboardInterrupt):
            actions.render(evidence.pk)
    assert rows(evidence) == set()
    assert actions.render(evidence.pk) is None
    assert rows(evidence) == set()  # the lease holds still

    with time_machine.travel(timezone.now() + LEASE, tick=True):
        tasks.render_missed()

    assert len(rows(evidence)) == 5
    assert files(evidence) == rows(evidence)


def _killed(*args, **kwargs):
    raise KeyboardInterrupt


def test_half_a_file_of_a_killed_worker_is_written_again():
    evidence = PhotographFactory()
    actions.render(evidence.pk)
    name = next(iter(rows(evidence)))
    whole = content(name)
    storages["renditions"].delete(name)
    storages["renditions"].save(name, ContentFile(whole[:100]))
    stray = storages["renditions"].save(f"{evidence.pk}/full-of-before.jpg", ContentFile(b"x"))

    actions.make_due(Evidence.objects.all())
    actions.render(evidence.pk)

    assert content(name) == whole
    assert stray not in files(evidence)


def test_a_damaged_original_is_given_up_and_says_why():
    evidence = PhotographFactory(content=b"no picture")

    assert actions.render(evidence.pk) == RenderProblem.DAMAGED
    assert state(evidence) == (False, False, "damaged")


def test_one_that_takes_too_much_is_shown_smaller_or_given_up(settings):
    evidence = PhotographFactory(image=stripes((5000, 2500)))
    settings.EVIDENCE_BOX_MEMORY_MB = 80
    actions.render(evidence.pk)
    assert evidence.renditions.get(size="full").width == 2048

    settings.EVIDENCE_BOX_MEMORY_MB = 30
    actions.make_due(Evidence.objects.all())

    assert actions.render(evidence.pk) == RenderProblem.TOO_COSTLY
    assert len(rows(evidence)) == 5  # what was there stays


def test_a_missing_original_is_looked_for_again_and_again_until_it_is_given_up():
    evidence = PhotographFactory()
    storages["originals"].delete(name_of(evidence.original_id))
    now = timezone.now()

    for tries in range(1, 5):
        with time_machine.travel(now, tick=False):
            assert actions.render(evidence.pk) == RenderProblem.MISSING
            assert actions.render(evidence.pk) is None  # not due
        evidence.refresh_from_db()
        if tries < 4:
            assert evidence.render_due_at == now + datetime.timedelta(minutes=2) * 2 ** (tries - 1)
            now = evidence.render_due_at
    assert evidence.render_due_at is None


def test_what_was_withdrawn_is_not_rendered():
    evidence = PhotographFactory(withdrawn_at=timezone.now(), withdrawal_reason="Shows a witness.")

    tasks.render_missed()

    assert rows(evidence) == set()


def test_the_sweep_goes_on_after_one_that_fails():
    broken, whole = PhotographFactory(content=b"no picture"), PhotographFactory()

    tasks.render_missed()

    assert (len(rows(broken)), len(rows(whole))) == (0, 5)


def test_the_command_makes_what_is_missing_and_tells_what_fails():
    whole, broken = PhotographFactory(), PhotographFactory(content=b"no picture")
    told = StringIO()

    with pytest.raises(CommandError, match="Of 1 file no pictures") as error:
        call_command("make_renditions", stdout=StringIO(), stderr=told)

    assert error.value.returncode == 1
    assert f"{broken.pk}: The file is damaged" in told.getvalue()
    assert len(rows(whole)) == 5


def test_the_command_makes_all_anew_and_goes_on_after_an_interruption(monkeypatch):
    made = [PhotographFactory(), PhotographFactory(image=stripes())]
    call_command("make_renditions", stdout=StringIO(), stderr=StringIO())
    begin = timezone.now()
    with monkeypatch.context() as interrupted:
        run = box.run
        seen = []
        interrupted.setattr(box, "run", lambda *a, **k: _killed() if seen else seen.append(1) or run(*a, **k))
        with pytest.raises(CommandError, match="Interrupted") as error:
            call_command("make_renditions", "--all", stdout=StringIO(), stderr=StringIO())
    assert error.value.returncode == 130
    assert all(len(rows(evidence)) == 5 for evidence in made)

    told = StringIO()
    with time_machine.travel(timezone.now() + LEASE, tick=True):
        call_command("make_renditions", stdout=told, stderr=StringIO())

    assert "Pictures of 1 file are made." in told.getvalue()
    assert Evidence.objects.filter(rendered_at__gt=begin).count() == 2
