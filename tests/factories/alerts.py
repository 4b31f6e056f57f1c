from __future__ import annotations

from typing import Any

import factory
from django.utils import timezone

from reports.alerts import actions
from reports.alerts.models import Endpoint, Scope, Search, Subscription
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


class SearchFactory(factory.django.DjangoModelFactory):
    """Everything, under a name."""

    class Meta:
        model = Search

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Search {n}")

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Search:
        return actions.save_search(model_class(*args, **kwargs))


class EndpointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Endpoint

    user = factory.SubFactory(UserFactory)
    url = factory.Sequence(lambda n: f"https://hooks.example.org/{n}")
