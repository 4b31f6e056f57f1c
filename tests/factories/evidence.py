from __future__ import annotations

import hashlib
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from PIL import Image

from reports.evidence.models import CustodyEntry, Evidence, Original, Rendition
from reports.evidence.renditions import ENDINGS
from reports.evidence.storage import keep_original
from reports.evidence.vocabulary import CustodyStep, Door, EvidenceKind, MediaType, RenditionFormat
from tests.factories.sites import MonumentFactory
from tests.pictures import quarters


class OriginalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Original

    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    size = 1_000
    media_type = MediaType.JPEG
    width = 400
    height = 300


class EvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evidence

    original = factory.SubFactory(OriginalFactory)
    kind = EvidenceKind.PHOTOGRAPH
    monument = factory.SubFactory(MonumentFactory)
    name = factory.Sequence(lambda n: f"photograph-{n}.jpg")
    door = Door.PORTAL


class CustodyEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CustodyEntry

    evidence = factory.SubFactory(EvidenceFactory)
    step = CustodyStep.RECEIVED


class PhotographFactory(EvidenceFactory):
    """With its original in the store; pictures have still to be made of it. `image` is drawn, `content` a file."""

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Evidence:
        image, content = kwargs.pop("image", None), kwargs.pop("content", None)
        if content is None:
            file = BytesIO()
            (image or quarters()).save(file, kwargs.pop("format", "JPEG"), quality=90)
            content = file.getvalue()
        digest = hashlib.sha256(content).hexdigest()
        original = Original.objects.filter(pk=digest).first() or OriginalFactory(sha256=digest, size=len(content))
        with tempfile.NamedTemporaryFile() as stored:
            stored.write(content)
            stored.flush()
            keep_original(Path(stored.name), digest)
        return super()._create(model_class, *args, **{**kwargs, "original": original})


class ShownFactory(EvidenceFactory):
    """With pictures, laid into the store as they would be if they had been made of an original."""

    rendered_at = factory.LazyFunction(timezone.now)
    render_due_at = None

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Evidence:
        size, sizes = kwargs.pop("size", (120, 80)), kwargs.pop("sizes", ("full", "page", "list"))
        evidence = super()._create(model_class, *args, **kwargs)
        for kind in sizes:
            show(evidence, kind, quarters(size))
        return evidence


def show(evidence: Evidence, size: str, image: Image.Image) -> list[Rendition]:
    formats = [RenditionFormat.JPEG] if size in {"full", "plain"} else list(RenditionFormat)
    made = []
    for kind in formats:
        file = BytesIO()
        image.save(file, kind.name)
        name = f"{evidence.pk}/{size}-{hashlib.sha256(file.getvalue()).hexdigest()[:20]}.{ENDINGS[kind]}"
        storages["renditions"].save(name, ContentFile(file.getvalue()))
        facts = {"size": size, "format": kind, "file": name, "width": image.width, "height": image.height}
        made.append(Rendition.objects.create(evidence=evidence, **facts))
    return made
