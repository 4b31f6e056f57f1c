from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "portal.bulk"
    verbose_name = _("List actions")

    def ready(self) -> None:
        from portal.bulk import admin

        admin.offer()
