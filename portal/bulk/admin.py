"""The actions of `registry`, offered in the lists of the admin to those who may take them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.bulk import actions
from portal.bulk.registry import BULKS, Bulk


def offer() -> None:
    """Put the actions into the admin of each model that has some."""
    for name, bulk in BULKS.items():
        own = admin.site._registry[bulk.model]  # noqa: SLF001 - there is no other way to add to a registered one
        # Django asks a method of this name whether the action is for this person.
        setattr(own, f"has_{name}_permission", partial(_may, bulk))
        own.actions = [*(own.actions or []), _action(name, bulk)]


def _may(bulk: Bulk, request: HttpRequest) -> bool:
    return actions.may(request.user, bulk)


def _action(name: str, bulk: Bulk) -> Any:
    def ask(model_admin: Any, request: HttpRequest, ticked: QuerySet) -> HttpResponseRedirect | None:
        keys = list(ticked.values_list("pk", flat=True)[: actions.MOST + 1])
        if len(keys) > actions.MOST:
            said = _("More than %(most)s rows are too many for one go: narrow the list down.")
            model_admin.message_user(request, said % {"most": actions.MOST}, messages.WARNING)
            return None
        job = actions.ask(name, keys, by=request.user, language=get_language() or settings.LANGUAGE_CODE)
        return HttpResponseRedirect(job.get_absolute_url())

    ask.__name__ = name
    return admin.action(permissions=[name], description=format_lazy("{} …", bulk.label))(ask)
