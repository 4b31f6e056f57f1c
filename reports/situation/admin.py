from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reports.situation.actions import save_event
from reports.situation.models import SituationEvent
from reports.sources.admin import STATEMENT_SOURCE, STATEMENT_TIME, StatementAdmin


@admin.register(SituationEvent)
class SituationEventAdmin(StatementAdmin):
    list_display = ["date_text", "kind", "site", "source", "certainty"]
    list_filter = ["kind", "certainty"]
    list_select_related = ["site", "source"]
    search_fields = ["text", "site__slug", "site__names__text"]
    autocomplete_fields = ["site", "source"]
    actions = None
    fieldsets = [
        (None, {"fields": ["site", "kind", "text", "language"]}),
        (_("When"), {"fields": STATEMENT_TIME}),
        (_("Who says so"), {"fields": STATEMENT_SOURCE}),
    ]

    def save_model(self, request: HttpRequest, obj: SituationEvent, form: Any, change: bool) -> None:
        save_event(obj)
