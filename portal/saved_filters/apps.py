from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedFiltersConfig(AppConfig):
    name = "portal.saved_filters"
    verbose_name = _("Saved filters")
