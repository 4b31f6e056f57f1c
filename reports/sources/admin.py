from django.contrib import admin
from unfold.admin import ModelAdmin

from reports.sources.models import Source


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    actions = None


STATEMENT_TIME = ["date_precision", "date_from", "date_to", "date_uncertain"]
STATEMENT_SOURCE = ["source", "source_year", "source_url", "certainty"]
