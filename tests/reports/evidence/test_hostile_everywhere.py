"""Through every door: a hostile file is refused by name and reason, others go on, and nothing of it stays."""

from __future__ import annotations

import base64
import io
from functools import cache

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from reports.evidence import actions, quarantine
from reports.evidence.models import Capture, Evidence, Original, PerceptualHash, Upload
from reports.evidence.refusals import words
from reports.evidence.vocabulary import UploadState
from tests.factories.accounts import EditorFactory
from tests.factories.sites import MonumentFactory
from tests.files import HOSTILE, photograph
from tests.reports.evidence.intake import hash_of

pytestmark = pytest.mark.django_db
API = "/api/v1/uploads/"


KINDS = ("", "action", "form", "archive", "raw", "truncated", "attachment", "code", "pdf")
"""Of refusals, as `refusals.py` tells them apart."""


ONE_OF_EACH = {why: (name, make) for name, (make, why) in HOSTILE.items()}


@cache
def samples():
    """One hostile file for each reason, under the name that it comes with, and an honest one in their midst.

    What is behind the doors is the same for all, and `test_looking.py` gives it every file that there is.
    """
    files = {f"{name}.jpg": (make(), why) for why, (name, make) in ONE_OF_EACH.items()}
    half, items = len(files) // 2, list(files.items())
    return dict([*items[:half], ("honest.jpg", (photograph(), "")), *items[half:]])


def form(client, monument):
    files = [SimpleUploadedFile(name, content) for name, (content, _why) in samples().items()]
    client.post(f"/monuments/{monument.slug}/evidence/add/", {"files": files})


def admin(client, monument):
    files = [SimpleUploadedFile(name, content) for name, (content, _why) in samples().items()]
    client.post(f"/monuments/{monument.slug}/evidence/add/", {"files": files, "from": "admin"})


def multipart(client, monument):
    files = [SimpleUploadedFile(name, content) for name, (content, _why) in samples().items()]
    assert client.post(API, {"monument": monument.slug, "files": files}).status_code == 201


def tus(client, monument):
    for name, (content, _why) in samples().items():
        told = {"filename": name, "monument": monument.slug}
        said = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
        spoken = {"headers": {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Upload-Metadata": said}}
        address = client.post(API, **spoken)["Location"]
        part = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
        sent = {"content_type": "application/offset+octet-stream", "headers": part}
        assert client.patch(address, content, **sent).status_code == 204


def nothing_stays():
    """Of what was refused: neither rows nor bytes."""
    one = [model.objects.count() for model in (Evidence, Original, Capture, PerceptualHash)]
    kept = [path.name for path in storage_folder().rglob("*") if path.is_file()]
    return one == [1, 1, 1, 1] and kept == [hash_of(photograph())] and list(quarantine.folder().iterdir()) == []


def storage_folder():
    return quarantine.folder().parent / "originals"


@pytest.mark.parametrize("door", [form, admin, multipart, tus])
def test_by_every_door_each_hostile_file_is_refused_by_name_and_the_honest_one_is_kept(sign_in, settings, door):
    settings.EVIDENCE_MAX_OPEN_UPLOADS = len(samples())
    door(sign_in(EditorFactory()), MonumentFactory())

    for upload in Upload.objects.all():
        actions.check(upload.pk)

    found = dict(Upload.objects.values_list("name", "refusal"))
    assert found == {name: why for name, (_content, why) in samples().items()}
    assert Upload.objects.get(state=UploadState.STORED).name == "honest.jpg"
    assert nothing_stays()


def test_by_the_command_too(tmp_path):
    folder, errors, monument = tmp_path / "folder", io.StringIO(), MonumentFactory()
    folder.mkdir()
    for name, (content, _why) in samples().items():
        (folder / name).write_bytes(content)

    with pytest.raises(CommandError, match="Loaded: 1"):
        call_command("load_photographs", folder, by=EditorFactory().email, monument=monument.slug, stderr=errors)

    said = dict(line.split(": ", 1) for line in errors.getvalue().splitlines() if line.startswith("'"))
    assert said.keys() == {repr(name) for name in samples() if name != "honest.jpg"}
    for name, text in said.items():
        why = samples()[name.strip("'")][1]
        assert text.startswith(tuple(words(why, {"kind": kind}).reason for kind in KINDS))
    assert Upload.objects.count() == 1
    assert nothing_stays()
