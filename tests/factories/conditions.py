"""Reports in every state; the published ones went the whole way, so their status is there too."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import uuid4

import factory
from django.contrib.auth import get_user_model

from reports.conditions import actions
from reports.conditions.models import ConditionReport, Disturbance, Threat
from reports.conditions.workflow import VerificationMethod
from reports.sources.models import Source
from reports.vocabulary import (
    CauseCategory,
    CauseType,
    Certainty,
    DamageGrade,
    ReportKind,
    ThreatProbability,
)
from sites.vocabulary import DatePrecision
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.sites import MonumentFactory

PASSING = "passing"
"""Who only writes or publishes one report and is gone then, so that no alert is their duty."""


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"Source {n}")


class DraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConditionReport
        skip_postgeneration_save = True

    monument = factory.SubFactory(MonumentFactory)
    kind = ReportKind.DAMAGE
    date_to = datetime.date(2015, 8, 30)
    date_from = factory.SelfAttribute("date_to")
    date_precision = DatePrecision.DAY
    damage_grade = DamageGrade.SEVERE
    certainty = Certainty.HIGH
    source = factory.SubFactory(SourceFactory)
    narrative = "The cella was blown up."
    author = factory.SubFactory(EditorFactory, email=factory.Sequence(lambda n: f"{PASSING}{n}@example.org"))


class SubmittedFactory(DraftFactory):
    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> ConditionReport:
        report = super()._create(model_class, *args, **kwargs)
        return actions.submit(report, by=report.author)


class PublishedFactory(SubmittedFactory):
    """Published by a verifier, through the actions; `published_at` may be given."""

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> ConditionReport:
        at, verifier = kwargs.pop("published_at", None), kwargs.pop("verifier", None)
        verifier = verifier or VerifierFactory(email=f"{PASSING}-{uuid4()}@example.org")
        report = super()._create(model_class, *args, **kwargs)
        report = actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)
        report = actions.publish(report, by=verifier, at=at)
        get_user_model().objects.filter(email__startswith=PASSING).update(is_active=False)
        return report


class DisturbanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Disturbance

    report = factory.SubFactory(DraftFactory)
    category = CauseCategory.MILITARY_ARMED_CONFLICT
    cause = CauseType.EXPLOSION_HEAVY_WEAPONRY
    certainty = Certainty.HIGH


class ThreatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Threat

    report = factory.SubFactory(DraftFactory)
    category = CauseCategory.LOOTING_ILLEGAL
    cause = CauseType.EXCAVATION_HAND
    probability = ThreatProbability.PROBABLE
