from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "reports.alerts"
    verbose_name = _("Alerts")

    def ready(self) -> None:
        from reports.alerts import receivers
        from reports.conditions.signals import publication_changed
        from reports.evidence.signals import originals_damaged
        from reports.restoration.signals import plan_changed
        from reports.situation.signals import event_recorded, event_retracted
        from reports.situation_reports.signals import report_ready

        publication_changed.connect(receivers.on_publication_changed, dispatch_uid="raise-alerts")
        event_recorded.connect(receivers.on_event_recorded, dispatch_uid="raise-alerts-of-events")
        event_retracted.connect(receivers.on_event_retracted, dispatch_uid="raise-alerts-of-retracted-events")
        plan_changed.connect(receivers.on_plan_changed, dispatch_uid="raise-alerts-of-plans")
        originals_damaged.connect(receivers.on_originals_damaged, dispatch_uid="raise-alerts-of-originals")
        report_ready.connect(receivers.on_report_ready, dispatch_uid="tell-of-weekly-reports")
        post_save.connect(
            receivers.on_responsibility_given, sender="sites.Responsibility", dispatch_uid="tell-whom-it-concerns"
        )
