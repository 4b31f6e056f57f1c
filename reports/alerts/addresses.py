"""Which addresses a webhook may have. That none leads into our own network is asked again at every call."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def may_be_called(url: str) -> None:
    """Raises ValidationError for what is certainly no public address of a program."""
    parts = urlsplit(url)
    if settings.WEBHOOKS_TO_LOOPBACK:
        return
    if parts.scheme != "https":
        raise ValidationError(_("A webhook needs an address that begins with https://."))
    if parts.username or parts.password:
        raise ValidationError(_("Leave name and password out of the address; our signature tells who calls."))
    if _is_inside(parts.hostname or ""):
        raise ValidationError(_("This address leads into a private network; a webhook must be public."))


def _is_inside(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
