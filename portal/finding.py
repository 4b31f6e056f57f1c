"""What is called like what somebody types: sites, monuments and plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.restoration.models import Plan
from sites.models import Monument, Site
from sites.queries import nearest_named


class Hit(NamedTuple):
    label: str
    kind: str
    address: str
    where: str = ""


def find(text: str, most: int) -> list[Hit]:
    """Sites, monuments and plans, each kind the nearest first and at most so many."""
    return [*_sites(text, most), *_monuments(text, most), *_plans(text, most)]


def _sites(text: str, most: int) -> list[Hit]:
    keys = nearest_named("site", text, most)
    found = _in_order(keys, Site.objects.labelled().filter(pk__in=keys))
    return [Hit(str(site), _("Site"), reverse("site", args=[site.slug]), site.country.name) for site in found]


def _monuments(text: str, most: int) -> list[Hit]:
    keys = nearest_named("monument", text, most)
    found = _in_order(keys, Monument.objects.labelled().filter(pk__in=keys))
    return [Hit(str(m), _("Monument"), reverse("monument", args=[m.slug]), m.site_label) for m in found]


def _plans(text: str, most: int) -> list[Hit]:
    plans = Plan.objects.titled(text).order_by("title", "pk")[:most]
    return [Hit(plan.title, _("Plan"), reverse("plan", args=[plan.pk]), plan.get_status_display()) for plan in plans]


def _in_order(keys: list, rows: Iterable[Model]) -> list:
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys]
