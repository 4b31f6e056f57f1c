"""Whatever is opened in the box, it costs no more than the box has."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from reports.evidence import box
from reports.evidence.boxed.refusing import Refused

JOBS = "tests.reports.evidence.jobs"


@pytest.fixture(autouse=True)
def our_jobs(monkeypatch):
    monkeypatch.setattr(box, "JOBS", JOBS)


def test_a_job_answers_what_it_found():
    assert box.run("echo", said={"width": 4, "name": "قوس"}) == {"width": 4, "name": "قوس"}


def test_a_refusal_comes_back_with_its_facts():
    with pytest.raises(Refused) as refused:
        box.run("refuse")

    assert (refused.value.why, refused.value.facts) == ("damaged", {"found": 3})


def test_memory_is_bounded(settings):
    settings.EVIDENCE_BOX_MEMORY_MB = 64

    assert box.run("fill", mebibytes=20) == 20
    with pytest.raises(box.Overdrawn):
        box.run("fill", mebibytes=100)


def test_a_picture_that_decodes_into_too_much_is_stopped(settings, tmp_path):
    settings.EVIDENCE_BOX_MEMORY_MB = 64
    bomb = tmp_path / "bomb.png"
    Image.new("1", (12_000, 12_000)).save(bomb)

    assert bomb.stat().st_size < 100_000
    with pytest.raises(box.Overdrawn):
        box.run("decode", path=str(bomb))


WORST = {
    "progressive JPEG": ((10_000, 10_000), "RGB", "JPEG", {"progressive": True}),
    "PNG of 16 bits": ((9_000, 9_000), "I;16", "PNG", {"compress_level": 1}),
    "packed TIFF": ((10_000, 10_000), "CMYK", "TIFF", {"compression": "tiff_deflate"}),
    "WebP": ((16_000, 6_000), "RGB", "WEBP", {"lossless": True, "method": 0, "quality": 0}),
    "AVIF": ((10_000, 10_000), "RGB", "AVIF", {"speed": 10}),
}
"""The largest that is allowed, of the kinds that decoders keep whole."""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell")
@pytest.mark.parametrize("kind", WORST)
def test_the_worst_that_is_allowed_stays_under_300_mebibytes(tmp_path, kind):
    size, mode, form, options = WORST[kind]
    path = tmp_path / "worst"
    Image.new(mode, size).save(path, form, **options)

    assert box.run("peak", path=str(path)) < 300


@pytest.mark.parametrize("kind", ["progressive JPEG", "WebP", "AVIF"])
def test_what_needs_more_memory_than_there_is_is_not_called_damaged(settings, tmp_path, kind):
    settings.EVIDENCE_BOX_MEMORY_MB = 64
    _size, mode, form, options = WORST[kind]
    path = tmp_path / "large"
    Image.new(mode, (5_000, 4_000)).save(path, form, **options)

    with pytest.raises((Refused, box.Overdrawn)) as refused:
        box.run("look", path=str(path))

    assert refused.type is box.Overdrawn or refused.value.why == "too_costly"


@pytest.mark.parametrize("kind", ["progressive JPEG", "WebP", "AVIF"])
def test_what_is_damaged_is_not_called_costly(tmp_path, kind):
    _size, mode, form, options = WORST[kind]
    path = tmp_path / "damaged"
    Image.effect_noise((640, 480), 60).convert(mode).save(path, form, **options)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    with pytest.raises(Refused) as refused:
        box.run("decode", path=str(path))

    assert refused.value.why == "damaged"


@pytest.mark.parametrize("job", ["compute", "sleep"])
def test_time_is_bounded(settings, job):
    settings.EVIDENCE_BOX_SECONDS = 1

    with pytest.raises(box.Overdrawn):
        box.run(job)


def test_a_crash_is_told_apart_from_a_refusal():
    with pytest.raises(box.Broken, match="ended with"):
        box.run("crash")


def test_the_box_knows_no_secrets():
    names = set(box.run("environment"))

    assert names <= {"PATH", "LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "OMP_NUM_THREADS"}


def test_what_a_library_prints_is_not_the_answer():
    assert box.run("chatter") == "answer"


def test_a_box_does_many_jobs_and_a_bad_one_harms_no_other(settings):
    settings.EVIDENCE_BOX_SECONDS = 1
    first = box.run("box")

    for job, error in (("crash", box.Broken), ("compute", box.Overdrawn), ("refuse", Refused)):
        with pytest.raises(error):
            box.run(job)

    assert box.run("box") == first


def test_another_box_goes_on_where_one_is_killed():
    first = box.run("box")

    with pytest.raises(box.Broken):
        box.run("end_the_box")

    assert box.run("box") != first


def test_a_job_holds_no_way_to_the_orders_of_others():
    assert not [name for name in box.run("descriptors") if name.startswith("socket")]
