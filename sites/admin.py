"""Editing the registry. Exact places are shown, and changed, only by those who may know them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, TabularInline

from sites import visibility
from sites.models import Designation, Monument, Name, Site

EXACT_FIELDS = ("longitude", "latitude", "boundary")


class NameInline(TabularInline):
    model = Name
    extra = 0
    min_num = 1


class DesignationInline(TabularInline):
    model = Designation
    extra = 0


class PlaceAdmin(SimpleHistoryAdmin, ModelAdmin):
    """What sites and monuments have in common."""

    inlines = [NameInline, DesignationInline]
    search_fields = ["slug", "names__text"]
    actions = None
    prepopulated_fields: dict[str, tuple[str, ...]] = {}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).labelled()

    def get_fieldsets(self, request: HttpRequest, obj: Site | Monument | None = None) -> Any:
        if obj is None or visibility.shows_exactly(obj, request.user):
            return super().get_fieldsets(request, obj)
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name not in EXACT_FIELDS]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._may_see_history(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._may_see_history(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _may_see_history(self, request: HttpRequest, object_id: str) -> None:
        """Earlier versions hold exact places too, and may have been less sensitive then."""
        if not visibility.sees_exact_places(request.user):
            raise PermissionDenied

    @admin.display(description=_("name"), ordering="slug")
    def shown_name(self, place: Site | Monument) -> str:
        return str(place)


PLACE = (_("Place"), {"fields": [*EXACT_FIELDS, "accuracy_m", "sensitivity", "cells_per_degree"]})


@admin.register(Site)
class SiteAdmin(PlaceAdmin):
    list_display = ["shown_name", "slug", "country"]
    list_filter = ["country"]
    fieldsets = [
        (None, {"fields": ["slug", "country", "note", "links"]}),
        PLACE,
    ]


@admin.register(Monument)
class MonumentAdmin(PlaceAdmin):
    list_display = ["shown_name", "slug", "shown_site", "type", "sensitivity"]
    list_filter = ["type", "sensitivity", "site__country"]
    list_select_related = ["site"]
    autocomplete_fields = ["site", "parent"]
    fieldsets = [
        (None, {"fields": ["slug", "site", "parent", "type", "period", "dating", "scope_note"]}),
        PLACE,
        (_("Movable object"), {"fields": ["movable", "current_place"]}),
    ]

    @admin.display(description=_("site"), ordering="site__slug")
    def shown_site(self, monument: Any) -> str:
        return monument.site_label
