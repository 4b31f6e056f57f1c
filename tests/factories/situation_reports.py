from __future__ import annotations

import datetime
from typing import Any

import factory

from reports.situation_reports import actions
from reports.situation_reports.models import SituationReport
from tests.factories.sites import SiteFactory


class SituationReportFactory(factory.django.DjangoModelFactory):
    """About a site in 2015, waiting to be made."""

    class Meta:
        model = SituationReport

    site = factory.SubFactory(SiteFactory)
    period_from = datetime.date(2015, 5, 1)
    period_to = datetime.date(2015, 9, 15)
    language = "en"


class MadeFactory(SituationReportFactory):
    """Made and filed in every language."""

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> SituationReport:
        report = super()._create(model_class, *args, **kwargs)
        actions.make(report.pk)
        report.refresh_from_db()
        return report
