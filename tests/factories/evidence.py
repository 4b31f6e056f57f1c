from __future__ import annotations

import hashlib

import factory

from reports.evidence.models import CustodyEntry, Evidence, Original
from reports.evidence.vocabulary import CustodyStep, Door, EvidenceKind, MediaType
from tests.factories.sites import MonumentFactory


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
