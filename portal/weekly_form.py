"""The button for the weekly situation report: of one place, or of a country that is chosen beside it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.forms import AskForm
from reports.alerts import weekly
from reports.alerts.models import Subscription
from sites.models import Site


def _countries() -> list[tuple[str, str]]:
    codes = set(Site.objects.order_by().values_list("country", flat=True).distinct())
    return [(code, name) for code, name in countries if code in codes]


class CountryForm(forms.Form):
    """Of the countries in which there is something to tell of."""

    country = forms.ChoiceField(label=_("Country"), choices=_countries)


class Offer(NamedTuple):
    """`named`: what the form says of the place; without it, `choice` asks for one."""

    named: list[tuple[str, str]]
    subscription: Subscription | None
    choice: CountryForm | None
    address: AskForm


def offer(
    user: AbstractBaseUser | AnonymousUser,
    *,
    site: Site | None = None,
    country: str = "",
    area: dict[str, Any] | None = None,
) -> Offer:
    """What the page shows: to get the report, or to get it no longer."""
    named = [("site", site.slug)] if site else [("country", country)] if country else []
    if area:
        named = [("search", "1"), ("area", json.dumps(area))]
    standing = weekly.own(user, site=site, country=country, area=area) if named else None
    return Offer(named, standing, None if named else CountryForm(auto_id="weekly-%s"), AskForm(auto_id="weekly-%s"))
