"""The ways on which somebody is told; each but the portal itself is a file in `transports`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PORTAL = "portal", _("In the portal alone")
    WEBHOOK = "webhook", _("Webhook")
