from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from reports.restoration.models import Plan
from reports.sources.admin import STATEMENT_SOURCE, STATEMENT_TIME, StatementAdmin


@admin.register(Plan)
class PlanAdmin(StatementAdmin):
    list_display = ["title", "monument", "phase", "status", "date_text", "source"]
    list_filter = ["phase", "status", "certainty"]
    list_select_related = ["monument", "source"]
    search_fields = ["title", "monument__slug", "monument__names__text"]
    autocomplete_fields = ["monument", "source"]
    actions = None
    fieldsets = [
        (None, {"fields": ["monument", "part", "title", "phase", "status", "note", "language", "contested"]}),
        (_("When"), {"fields": STATEMENT_TIME}),
        (_("Who says so"), {"fields": STATEMENT_SOURCE}),
        (
            _("Means"),
            {
                "fields": [
                    "feasibility",
                    "cost_amount",
                    "cost_currency",
                    "cost_covers",
                    "funding_amount",
                    "funding_currency",
                    "funding_approximate",
                ]
            },
        ),
    ]
