"""Parameters are strict: a misspelt filter must not answer with everything."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import CharFilter, DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from sites.shapes import EXPAND, FIELDS, Shaped

EVERYWHERE = {"cursor", "page_size", "format"}


class StrictFilters(DjangoFilterBackend):
    def filter_queryset(self, request: Request, queryset: QuerySet, view: APIView) -> QuerySet:
        """Filter by the view's parameters. Raises ValidationError on one that it does not know."""
        filterset_class: Any = self.get_filterset_class(view, queryset)
        known = EVERYWHERE | shaping(view) | (set(filterset_class.base_filters) if filterset_class else set())
        for name in sorted(set(request.query_params) - known):
            message = _("There is no such parameter; known are: %(known)s.")
            raise ValidationError({name: [message % {"known": ", ".join(sorted(known))}]})
        _refuse_empty(request, filterset_class)
        return super().filter_queryset(request, queryset, view)


def _refuse_empty(request: Request, filterset_class: Any) -> None:
    """What asks nothing would answer with everything, too. Text alone may be empty."""
    filters = filterset_class.base_filters if filterset_class else {}
    for name, of in filters.items():
        if not isinstance(of, CharFilter) and "" in request.query_params.getlist(name):
            raise ValidationError({name: [_("Write a value, or leave the parameter out.")]})


def shaping(view: Any) -> set[str]:
    """Which of `fields` and `expand` the view's answers know."""
    serializer: Any = getattr(view, "get_serializer_class", lambda: object)()
    if not issubclass(serializer, Shaped):
        return set()
    return {FIELDS, EXPAND} if serializer.expandable() else {FIELDS}
