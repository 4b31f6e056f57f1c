from __future__ import annotations

import datetime

import factory

from reports.situation.models import EventKind, SituationEvent
from reports.vocabulary import Certainty
from sites.vocabulary import DatePrecision
from tests.factories.conditions import SourceFactory
from tests.factories.sites import SiteFactory


class SituationEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SituationEvent

    site = factory.SubFactory(SiteFactory)
    kind = EventKind.CONTROL
    text = "Retaken."
    date_to = datetime.date(2016, 3, 27)
    date_from = factory.SelfAttribute("date_to")
    date_precision = DatePrecision.DAY
    source = factory.SubFactory(SourceFactory)
    certainty = Certainty.HIGH
