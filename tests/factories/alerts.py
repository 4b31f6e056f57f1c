from __future__ import annotations

import factory
from django.utils import timezone

from reports.alerts.models import Scope, Subscription
from tests.factories.accounts import UserFactory
from tests.factories.sites import SiteFactory


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """Somebody who asked to be told about a site."""

    class Meta:
        model = Subscription

    user = factory.SubFactory(UserFactory)
    scope = Scope.SITE
    site = factory.SubFactory(SiteFactory)
    language = "en"
    confirmed_at = factory.LazyFunction(timezone.now)
