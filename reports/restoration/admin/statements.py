"""What people said about a monument's prospects, and who gives money."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from reports.refusing import SaysRefusals
from reports.restoration import actions
from reports.restoration.admin.records import RecordForm
from reports.restoration.models import Donor, ProspectStatement
from reports.sources.admin import STATEMENT_SOURCE, STATEMENT_TIME, StatementAdmin
from sites.models import Monument
from sites.responsibility import answers_for, area_of


@admin.register(ProspectStatement)
class ProspectStatementAdmin(SaysRefusals, StatementAdmin):
    form = RecordForm
    list_display = ["speaker", "monument", "supports", "date_text", "source", "certainty"]
    list_filter = ["supports", "certainty"]
    list_select_related = ["monument", "source"]
    search_fields = ["speaker", "words", "translation", "monument__slug", "monument__names__text"]
    autocomplete_fields = ["monument", "source"]
    actions = None
    fieldsets = [
        (None, {"fields": ["monument", "supports"]}),
        (_("Who"), {"fields": ["speaker", "office"]}),
        (
            _("What was said"),
            {"fields": ["words", "language", "quoted", "translation", "translation_language"]},
        ),
        (_("When"), {"fields": STATEMENT_TIME}),
        (_("Who reports it"), {"fields": STATEMENT_SOURCE}),
        (_("Taking it back"), {"fields": ["withdraw_because"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProspectStatement]:
        return super().get_queryset(request).filter(withdrawn_at=None)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "monument":
            kwargs["queryset"] = Monument.objects.filter(area_of(request.user).condition("site"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: ProspectStatement | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:-1]

    def has_change_permission(self, request: HttpRequest, obj: ProspectStatement | None = None) -> bool:
        own = obj is None or answers_for(request.user, obj.monument)
        return super().has_change_permission(request, obj) and own

    def has_delete_permission(self, request: HttpRequest, obj: ProspectStatement | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ProspectStatement, form: Any, change: bool) -> None:
        if why := form.cleaned_data.get("withdraw_because"):
            actions.withdraw(ProspectStatement.objects.get(pk=obj.pk), by=request.user, reason=why)
        else:
            actions.save_record(obj, by=request.user)


@admin.register(Donor)
class DonorAdmin(ModelAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Donor | None = None) -> bool:
        return False
