"""Where somebody's own program hears of alerts."""

from __future__ import annotations

import base64
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from reports.alerts.addresses import may_be_called

MOST_OF_ONE = 10
"""So many webhooks may one person have."""


def new_key() -> str:
    return f"ep_{secrets.token_hex(16)}"


def new_secret() -> str:
    """As Standard Webhooks writes them: 32 random bytes."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class Endpoint(models.Model):
    """The address of a program, and the secret by which it knows our messages (Standard Webhooks).

    After a change both secrets sign for a day, so that the program can take the new one in its own time.
    """

    key = models.CharField(_("key"), primary_key=True, max_length=40, default=new_key, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="endpoints", verbose_name=_("user")
    )
    url = models.URLField(_("address"), max_length=500, validators=[may_be_called])
    secret = EncryptedTextField(_("secret"), default=new_secret, editable=False)
    former_secret = EncryptedTextField(_("former secret"), null=True, editable=False)
    changed_at = models.DateTimeField(_("secret changed"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["created_at", "key"]

    def __str__(self) -> str:
        return self.url
