from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from reports.situation import actions
from reports.situation.models import Party


@admin.register(Party)
class PartyAdmin(ModelAdmin):
    list_display = ["slug", "english", "arabic", "french"]
    search_fields = ["slug", "english", "arabic", "french"]
    actions = None

    def get_prepopulated_fields(self, request: HttpRequest, obj: Party | None = None) -> dict[str, tuple[str, ...]]:
        return {} if obj else {"slug": ("english",)}

    def save_model(self, request: HttpRequest, obj: Party, form: Any, change: bool) -> None:
        actions.save_party(obj, by=request.user)
