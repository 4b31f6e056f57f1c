from __future__ import annotations

import datetime
from typing import Any

import factory

from reports.restoration import actions
from reports.restoration.models import (
    CostEstimate,
    Donor,
    Milestone,
    Plan,
    PlanStep,
    Pledge,
    ProspectStatement,
)
from reports.restoration.vocabulary import Phase, PlanStatus, Stage, Word
from reports.vocabulary import Certainty
from sites.vocabulary import DatePrecision
from tests.factories.conditions import SourceFactory
from tests.factories.sites import MonumentFactory


class StepFactory(factory.django.DjangoModelFactory):
    """To be built and given to an action: steps are recorded, not created."""

    class Meta:
        model = PlanStep

    date_to = datetime.date(2020, 6, 1)
    date_from = factory.SelfAttribute("date_to")
    date_precision = DatePrecision.DAY
    source = factory.SubFactory(SourceFactory)
    certainty = Certainty.HIGH


class PlanFactory(factory.django.DjangoModelFactory):
    """A plan with the step that brought it, as it is loaded: nobody is told. `steps` may be given instead."""

    class Meta:
        model = Plan

    monument = factory.SubFactory(MonumentFactory)
    title = factory.Sequence(lambda n: f"Anastylosis {n}")
    phase = Phase.ANASTYLOSIS
    status = PlanStatus.PROPOSED
    source = factory.SubFactory(SourceFactory)
    source_year = 2018
    certainty = Certainty.MEDIUM

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Plan:
        steps = kwargs.pop("steps", [])
        return actions.load_plan(model_class(*args, **kwargs), steps)


class CostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CostEstimate

    plan = factory.SubFactory(PlanFactory)
    amount = 1000
    currency = "USD"
    source = factory.SubFactory(SourceFactory)
    certainty = Certainty.MEDIUM


class DonorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Donor

    name = factory.Sequence(lambda n: f"Donor {n}")


class PledgeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pledge

    plan = factory.SubFactory(PlanFactory)
    donor = factory.SubFactory(DonorFactory)
    stage = Stage.PLEDGED
    amount = 1000
    currency = "USD"
    source = factory.SubFactory(SourceFactory)
    certainty = Certainty.HIGH


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    plan = factory.SubFactory(PlanFactory)
    title = "Blocks sorted"
    due_on = datetime.date(2030, 1, 1)


class ProspectStatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProspectStatement

    monument = factory.SubFactory(MonumentFactory)
    speaker = factory.Sequence(lambda n: f"Speaker {n}")
    words = "It can be saved."
    language = "en"
    supports = Word.HOPEFUL
    date_to = datetime.date(2020, 6, 1)
    date_from = factory.SelfAttribute("date_to")
    date_precision = DatePrecision.DAY
    source = factory.SubFactory(SourceFactory)
    certainty = Certainty.HIGH
