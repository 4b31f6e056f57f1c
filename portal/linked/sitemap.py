"""`sitemap.xml`: the pages of sites, monuments and plans, for search engines."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from reports.restoration.models import Plan
from sites.models import Monument, Site


class _Places(Sitemap):
    limit = 10_000
    """To a file; an index names the files."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def items(self) -> QuerySet:
        found: QuerySet = self.model.objects.only("slug", "updated_at").order_by("slug")
        return found

    def lastmod(self, item: Any) -> datetime.datetime:
        changed: datetime.datetime = item.updated_at
        return changed


class _Plans(Sitemap):
    limit = 10_000

    def items(self) -> QuerySet:
        found: QuerySet = Plan.objects.only("id", "created_at").order_by("id")
        return found


SITEMAPS = {"sites": _Places(Site), "monuments": _Places(Monument), "plans": _Plans()}
