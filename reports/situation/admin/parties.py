from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from reports.situation.models import Party


@admin.register(Party)
class PartyAdmin(ModelAdmin):
    list_display = ["slug", "english", "arabic", "french"]
    search_fields = ["slug", "english", "arabic", "french"]
    actions = None

    def get_prepopulated_fields(self, request: HttpRequest, obj: Party | None = None) -> dict[str, tuple[str, ...]]:
        return {} if obj else {"slug": ("english",)}
