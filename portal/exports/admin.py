"""Downloads from the lists of the admin: what was ticked, as far as its reader may see it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.exports import actions, tasks
from portal.exports.contents import LAYER_OF, packed
from portal.exports.formats import Format, of_layer
from portal.exports.views import TOO_MANY, streamed, written
from portal.layers import LAYERS, Layer
from reports.waking import wake


def offer() -> None:
    """Put the actions into the admin of each model that has a layer."""
    for model, name in LAYER_OF.items():
        own = admin.site._registry[model]  # noqa: SLF001 - there is no other way to add to a registered one
        own.actions = [*(own.actions or []), *(_action(LAYERS[name], form) for form in of_layer(name).values())]


def _action(layer: Layer, form: Format) -> Any:
    def download(model_admin: Any, request: HttpRequest, ticked: QuerySet) -> HttpResponseBase | None:
        question = layer.question({}, request.user)
        rows = layer.rows(question).filter(pk__in=ticked.order_by().values("pk"))
        if form.stream:
            return streamed(request, layer, question, form, rows)
        if rows.count() <= settings.EXPORT_AT_ONCE:
            return written(layer, question, form, rows)
        language = get_language() or settings.LANGUAGE_CODE
        try:
            asked = actions.ask_for_ticked(layer.name, packed(rows), form, by=request.user, language=language)
        except actions.TooMany:
            model_admin.message_user(request, TOO_MANY, messages.WARNING)
            return None
        wake(tasks.make, asked.pk)
        return redirect(asked)

    download.__name__ = f"download_{form.name}"
    said = format_lazy(_("Download as {format}"), format=form.label)
    return admin.action(permissions=["view"], description=said)(download)
