from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConditionsConfig(AppConfig):
    name = "reports.conditions"
    verbose_name = _("Condition reports")
