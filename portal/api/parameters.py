"""Parameters are strict: a misspelt filter must not answer with everything."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

EVERYWHERE = {"cursor", "page_size", "format"}


class StrictFilters(DjangoFilterBackend):
    def filter_queryset(self, request: Request, queryset: QuerySet, view: APIView) -> QuerySet:
        """Filter by the view's parameters. Raises ValidationError on one that it does not know."""
        filterset_class: Any = self.get_filterset_class(view, queryset)
        known = set(filterset_class.base_filters) if filterset_class else set()
        for name in sorted(set(request.query_params) - known - EVERYWHERE):
            message = _("There is no such parameter; known are: %(known)s.")
            raise ValidationError({name: [message % {"known": ", ".join(sorted(known | EVERYWHERE))}]})
        return super().filter_queryset(request, queryset, view)
