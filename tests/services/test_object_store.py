"""Originals and pictures in an S3-compatible store: a server of its own, asked over the network."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from io import StringIO
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import environ
import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from portal import environment
from reports.evidence import actions, links, quarantine, storage
from reports.evidence.models import DamagedOriginal, Original
from tests.factories.accounts import VerifierFactory
from tests.files import photograph
from tests.reports.evidence.intake import evidence_of, hash_of, sent
from tests.services.conftest import answers, eventually
from tools.servers import free_port

pytestmark = [pytest.mark.services, pytest.mark.django_db]


@pytest.fixture(scope="module")
def server():
    """The address of a store; its process ends with the module."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    eventually(lambda: answers(f"{address}/moto-api/"))
    yield address
    process.terminate()
    process.wait()


@pytest.fixture
def bucket(server, settings, monkeypatch, tmp_path):
    """A bucket of the test's own that keeps every version, and the portal told by its variables to use it."""
    name = f"tadmor-{uuid4()}"
    told = {"S3_BUCKET": name, "S3_ENDPOINT_URL": server, "S3_REGION": "us-east-1", "S3_ADDRESSING_STYLE": "path"}
    for variable, value in {**told, "S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"}.items():
        monkeypatch.setenv(variable, value)
    stores = {what: environment.file_storage(environ.Env(), what, tmp_path) for what in ("originals", "renditions")}
    settings.STORAGES = {**settings.STORAGES, **stores}
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    client = storages["originals"].connection.meta.client
    client.create_bucket(Bucket=name)
    client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    yield Bucket(client, name)
    client.close()


class Bucket:
    def __init__(self, client, name):
        self.client, self.name = client, name

    def versions(self, prefix=""):
        """Each version of each object under a prefix, by key."""
        listed = self.client.list_object_versions(Bucket=self.name, Prefix=prefix)
        return [version["Key"] for version in listed.get("Versions", [])]

    def read(self, key):
        return self.client.get_object(Bucket=self.name, Key=key)["Body"].read()

    def write(self, key, content):
        self.client.put_object(Bucket=self.name, Key=key, Body=content)

    def remove(self, key):
        self.client.delete_object(Bucket=self.name, Key=key)


def key_of(content):
    return f"originals/{storage.name_of(hash_of(content))}"


def test_an_original_is_written_once_under_its_hash(bucket):
    content = photograph()

    evidence_of(content)
    sent(content)

    assert bucket.versions() == [key_of(content)]
    assert bucket.read(key_of(content)) == content
    assert list(quarantine.folder().iterdir()) == []


def test_pictures_are_made_from_it_kept_beside_it_and_shown(bucket, sign_in):
    verifier = VerifierFactory()
    evidence = evidence_of(photograph())

    assert actions.render(evidence.pk) is None
    actions.publish(evidence, by=verifier)

    made = {f"renditions/{rendition.file}" for rendition in evidence.renditions.all()}
    assert set(bucket.versions("renditions/")) == made
    shown = evidence.renditions.get(size="list", format="image/jpeg")
    answer = sign_in(verifier).get(f"/pictures/{shown.file}")
    assert b"".join(answer.streaming_content) == bucket.read(f"renditions/{shown.file}")


def test_a_link_of_an_original_is_the_store_s_own_and_expires(bucket, settings):
    content = photograph()
    link = links.to_original(evidence_of(content), VerifierFactory())

    asked = parse_qs(urlsplit(link).query)
    assert asked["X-Amz-Expires"] == [str(settings.SIGNED_LINK_SECONDS)]
    assert asked["X-Amz-Signature"]
    with urllib.request.urlopen(link, timeout=10) as answer:
        assert answer.read() == content
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{hash_of(content)[:16]}.jpeg"'


def test_what_changed_or_went_is_found(bucket):
    changed, gone, whole = (photograph(seed=seed) for seed in range(3))
    for content in (changed, gone, whole):
        evidence_of(content)
    bucket.write(key_of(changed), b"another")
    bucket.remove(key_of(gone))

    with pytest.raises(CommandError, match="2 originals are damaged"):
        call_command("verify_evidence", "--all", stdout=StringIO(), stderr=StringIO())

    found = dict(DamagedOriginal.objects.values_list("original", "kind"))
    assert found == {hash_of(changed): "mismatched", hash_of(gone): "missing"}
    assert Original.objects.get(intact=True).pk == hash_of(whole)
