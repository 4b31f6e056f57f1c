"""Where hazards in force lie, as far as a reader may know it: for maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from reports.conditions.queries import NOW
from reports.conditions.querysets import Moment
from reports.situation import visibility
from reports.situation.models import EventKind, SituationEvent
from reports.situation.queries import warnings_of_sites
from sites.models import Site

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def features(
    reader: PermissionsMixin | AnonymousUser, moment: Moment = NOW, site: Site | None = None
) -> Iterator[dict[str, Any]]:
    """GeoJSON features of the hazards in force that have an area, of one site or of all. Three queries."""
    drawn = SituationEvent.objects.filter(kind=EventKind.HAZARD, cell_longitude__isnull=False)
    drawn = drawn.filter(site=site) if site else drawn
    warned = warnings_of_sites(drawn.order_by().values_list("site", flat=True).distinct(), moment)
    for warnings in warned.values():
        for hazard in warnings.hazards:
            area = visibility.area(hazard.event, reader)
            if area is None:
                continue
            yield {
                "type": "Feature",
                "geometry": area,
                "properties": {
                    "danger": hazard.danger,
                    "label": hazard.label,
                    "since": hazard.event.date_text,
                    "confirmed": hazard.confirmed,
                    "exact": area == hazard.event.area,
                    "kills": hazard.kills,
                    "url": reverse("site", args=[hazard.event.site.slug]) + "#warnings",
                },
            }
