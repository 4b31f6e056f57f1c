from django.contrib import admin
from django.db import models
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminURLInputWidget

from reports.sources.models import Source
from sites.form_fields import JSONOrNothing


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    actions = None


class StatementAdmin(ModelAdmin):
    """What the admins of statements have in common."""

    formfield_overrides = {
        **ModelAdmin.formfield_overrides,
        models.JSONField: {"form_class": JSONOrNothing, "widget": UnfoldAdminTextareaWidget},
        models.URLField: {"assume_scheme": "https", "widget": UnfoldAdminURLInputWidget},
    }


STATEMENT_TIME = ["date_precision", "date_from", "date_to", "date_uncertain"]
STATEMENT_SOURCE = [
    "source",
    "source_year",
    "source_citation",
    "source_url",
    "source_archive_url",
    "certainty",
]
