from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "portal.exports"
    verbose_name = _("Exports")

    def ready(self) -> None:
        from portal.exports import admin

        admin.offer()
