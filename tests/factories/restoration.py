from __future__ import annotations

import factory

from reports.restoration.models import Phase, Plan, PlanStatus
from reports.vocabulary import Certainty
from tests.factories.conditions import SourceFactory
from tests.factories.sites import MonumentFactory


class PlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Plan

    monument = factory.SubFactory(MonumentFactory)
    title = factory.Sequence(lambda n: f"Anastylosis {n}")
    phase = Phase.ANASTYLOSIS
    status = PlanStatus.PROPOSED
    source = factory.SubFactory(SourceFactory)
    certainty = Certainty.MEDIUM
