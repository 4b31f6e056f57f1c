from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "portal.api"
    label = "interfaces"
    verbose_name = _("Interfaces")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from portal.api import changes, schema  # noqa: F401 - the schema tells what a key is
        from reports.conditions.signals import step_taken

        step_taken.connect(changes.on_step, dispatch_uid="note-steps")
        post_save.connect(changes.on_report_saved, sender="conditions.ConditionReport", dispatch_uid="note-loads")
        for place in ("sites.Site", "sites.Monument"):
            post_save.connect(changes.on_place_saved, sender=place, dispatch_uid=f"note-{place}")
        for part in ("sites.Name", "sites.Designation"):
            post_save.connect(changes.on_part_of_place_changed, sender=part, dispatch_uid=f"note-{part}")
            post_delete.connect(changes.on_part_of_place_changed, sender=part, dispatch_uid=f"note-{part}-gone")
        for statement in ("situation.SituationEvent", "restoration.Plan"):
            post_save.connect(changes.on_event_or_plan_saved, sender=statement, dispatch_uid=f"note-{statement}")
