"""Editing the registry. Exact places are shown, and changed, only by those who may know them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import JSONField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget

from sites import actions, visibility
from sites.form_fields import JSONOrNothing
from sites.models import Designation, Disclosure, Monument, Name, Organisation, Responsibility, Site
from sites.responsibility import answers_for, area_of, hides_the_rest

EXACT_FIELDS = ("longitude", "latitude", "cell", "boundary", "current_place")


class OwnAreaOnly:
    """What belongs to the sites of others is to look at."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _answers(request, obj)  # type: ignore[misc]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        extra = (obj,) if isinstance(self, TabularInline) else ()
        return super().has_add_permission(request, *extra) and _answers(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _answers(request, obj)  # type: ignore[misc]


def _answers(request: HttpRequest, place: Site | Monument | None) -> bool:
    return place is None or answers_for(request.user, place)


class OfPlace(OwnAreaOnly, TabularInline):
    """Of the place whose page it is; the other kind of place is no question there."""

    extra = 0

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["monument" if self.parent_model is Site else "site"]


class NameInline(OfPlace):
    model = Name
    min_num = 1


class DesignationInline(OfPlace):
    model = Designation


class PlaceAdmin(OwnAreaOnly, SimpleHistoryAdmin, ModelAdmin):
    """What sites and monuments have in common."""

    inlines = [NameInline, DesignationInline]
    change_form_before_template = "admin/sites/place.html"
    search_fields = ["slug", "names__text"]
    actions = None
    prepopulated_fields: dict[str, tuple[str, ...]] = {}
    formfield_overrides: ClassVar = {JSONField: {"form_class": JSONOrNothing, "widget": UnfoldAdminTextareaWidget}}

    site_path = ""
    """From a row to its site; empty for sites."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        places = super().get_queryset(request).labelled()
        return places.filter(area_of(request.user).condition(self.site_path)) if hides_the_rest() else places

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """No filter by the exact place in an address: it would tell by halves what is not shown."""
        if lookup.split("__", maxsplit=1)[0] in EXACT_FIELDS:
            return False
        return super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: Site | Monument, form: Any, change: bool) -> None:
        actions.save_place(obj, by=request.user)

    def get_fieldsets(self, request: HttpRequest, obj: Site | Monument | None = None) -> Any:
        if obj is None or visibility.reads_exactly(obj, request.user):
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
        place = self.get_object(request, object_id)
        if place is None or not request.user.has_perm("sites.view_exact_place") or not _answers(request, place):
            raise PermissionDenied
        visibility.reads_exactly(place, request.user)

    @admin.display(description=_("name"), ordering="slug")
    def shown_name(self, place: Site | Monument) -> str:
        return str(place)


PLACE = (
    _("Place"),
    {"fields": ["longitude", "latitude", "boundary", "accuracy_m", "sensitivity", "cells_per_degree"]},
)


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
    site_path = "site"
    list_select_related = ["site"]
    autocomplete_fields = ["site", "parent"]
    fieldsets = [
        (None, {"fields": ["slug", "site", "parent", "type", "period", "dating", "scope_note"]}),
        PLACE,
        (_("Movable object"), {"fields": ["movable", "current_place"]}),
    ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "site":
            kwargs["queryset"] = Site.objects.filter(area_of(request.user).condition())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("site"), ordering="site__slug")
    def shown_site(self, monument: Any) -> str:
        return monument.site_label


@admin.register(Organisation)
class OrganisationAdmin(ModelAdmin):
    list_display = ["name", "silo"]
    search_fields = ["name"]
    actions = None


@admin.register(Responsibility)
class ResponsibilityAdmin(ModelAdmin):
    """Who has none of these answers for all sites."""

    list_display = ["user", "country", "site"]
    list_filter = ["country"]
    list_select_related = ["user", "site"]
    autocomplete_fields = ["user", "site"]
    actions = None


@admin.register(Disclosure)
class DisclosureAdmin(ModelAdmin):
    """To look at: who was shown what is not public."""

    list_display = ["at", "user", "what", "of", "where"]
    list_filter = ["what"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__name", "of"]
    date_hierarchy = "at"
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Disclosure | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Disclosure | None = None) -> bool:
        return False
