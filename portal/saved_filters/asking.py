"""Asking a list of the admin by an address that was kept: by its own parameters, and no others."""

from __future__ import annotations

import copy
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR, IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

PASSING = (PAGE_VAR, ERROR_FLAG, IS_POPUP_VAR, TO_FIELD_VAR)
"""Of one look at the list, not of what is asked of it."""


def model_admin(label: str, request: HttpRequest) -> Any:
    """The admin of a list that this person may see; None otherwise."""
    found = {model._meta.label_lower: own for model, own in admin.site._registry.items()}  # noqa: SLF001 - it has no other reader
    own = found.get(label)
    return own if own and own.has_view_permission(request) else None


def kept(parameters: QueryDict) -> str:
    """What of an address is worth keeping."""
    wanted = parameters.copy()
    for name in PASSING:
        wanted.pop(name, None)
    return wanted.urlencode()


def count(own: Any, query: str, request: HttpRequest) -> int:
    """How many rows it finds, as the list itself would. Raises ValidationError if it is not for this list."""
    asked = copy.copy(request)
    asked.GET = QueryDict(query)
    alone = copy.copy(own)
    alone.get_changelist = lambda request: _without_rows(own.get_changelist(request))
    try:
        return alone.get_changelist_instance(asked).result_count
    except (IncorrectLookupParameters, SuspiciousOperation) as error:
        raise ValidationError(_("These are no filters of this list.")) from error


def _without_rows(changelist: type) -> type:
    class WithoutRows(changelist):
        """A list that is counted, and neither read nor counted without its filters."""

        def get_results(self, request: HttpRequest) -> None:
            self.result_list: list[Any] = []
            self.result_count = self.queryset.count()

    return WithoutRows
