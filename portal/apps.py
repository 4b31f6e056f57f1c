from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    default = True
    name = "portal"
    verbose_name = _("Portal")


class PortalAdminConfig(admin.AdminConfig):
    """Django's admin, served as `portal.admin_site` has it."""

    default = False
    default_site = "portal.admin_site.PortalAdminSite"
