from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EamenaConfig(AppConfig):
    name = "portal.eamena"
    verbose_name = _("Sheets of EAMENA")
