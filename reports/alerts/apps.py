from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "reports.alerts"
    verbose_name = _("Alerts")

    def ready(self) -> None:
        from reports.alerts import receivers
        from reports.conditions.signals import publication_changed

        publication_changed.connect(receivers.on_publication_changed, dispatch_uid="raise-alerts")
