from __future__ import annotations

import factory

from sites.models import Designation, Monument, Name, Site
from sites.vocabulary import DesignationKind, MonumentType


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"site-{n}")
    country = "SY"
    longitude = 38.27
    latitude = 34.55
    name = factory.RelatedFactory("tests.factories.sites.NameFactory", factory_related_name="site")


class MonumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Monument
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"monument-{n}")
    site = factory.SubFactory(SiteFactory)
    type = MonumentType.TEMPLE
    longitude = 38.274321
    latitude = 34.547123
    name = factory.RelatedFactory("tests.factories.sites.NameFactory", factory_related_name="monument")


class NameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Name

    text = factory.Sequence(lambda n: f"Name {n}")
    language = "en"


class DesignationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Designation

    site = factory.SubFactory(SiteFactory)
    kind = DesignationKind.WORLD_HERITAGE
    reference = "23"
