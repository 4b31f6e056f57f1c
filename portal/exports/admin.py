"""Downloads from the lists of the admin: what was ticked, as far as its reader may see it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from portal.exports.formats import FORMATS
from portal.exports.views import streamed
from portal.layers import LAYERS, Layer
from reports.conditions.models import ConditionReport
from reports.restoration.models import Plan
from reports.situation.models import SituationEvent
from sites.models import Monument, Site

LAYER_OF = {
    Site: "sites",
    Monument: "monuments",
    ConditionReport: "condition-reports",
    SituationEvent: "situation-events",
    Plan: "restoration-plans",
}


def offer() -> None:
    """Put the actions into the admin of each model that has a layer."""
    for model, name in LAYER_OF.items():
        own = admin.site._registry[model]  # noqa: SLF001 - there is no other way to add to a registered one
        own.actions = [*(own.actions or []), _action(LAYERS[name], "csv"), _action(LAYERS[name], "geojson")]


def _action(layer: Layer, suffix: str) -> Any:
    form = FORMATS[suffix]

    def download(model_admin: Any, request: HttpRequest, ticked: QuerySet) -> HttpResponseBase:
        question = layer.question({}, request.user)
        rows = layer.rows(question).filter(pk__in=ticked.order_by().values("pk"))
        return streamed(request, layer, question, form, rows)

    download.__name__ = f"download_{suffix}"
    titles = {"csv": _("Download as CSV"), "geojson": _("Download as GeoJSON")}
    return admin.action(permissions=["view"], description=titles[suffix])(download)
