from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "reports.evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from reports.conditions.signals import draft_deleted, step_taken
        from reports.evidence import receivers

        step_taken.connect(receivers.on_step_taken, dispatch_uid="evidence-goes-with-its-report")
        draft_deleted.connect(receivers.on_draft_deleted, dispatch_uid="evidence-outlives-its-draft")
