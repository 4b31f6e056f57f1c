from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "portal.api"
    label = "interfaces"
    verbose_name = _("Interfaces")

    def ready(self) -> None:
        from portal.api import schema  # noqa: F401 - tells the OpenAPI document what a key is
