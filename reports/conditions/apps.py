from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ConditionsConfig(AppConfig):
    name = "reports.conditions"
    verbose_name = _("Condition reports")

    def ready(self) -> None:
        from reports.conditions import pyramid

        pre_migrate.connect(pyramid.before_migrate, sender=self, dispatch_uid="pyramid-goes")
        post_migrate.connect(pyramid.after_migrate, sender=self, dispatch_uid="pyramid-comes")
