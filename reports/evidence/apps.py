from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "reports.evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from reports.conditions.signals import step_taken
        from reports.evidence import receivers

        step_taken.connect(receivers.on_step_taken, dispatch_uid="record-review-of-evidence")
