"""An alert as an e-mail, in the reader's language."""

from __future__ import annotations

import datetime
import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from reports.alerts import tokens
from reports.alerts.models import Delivery
from reports.alerts.transports.base import TransportError
from reports.alerts.transports.email.context import context

MAILBOX_FULL = 452
SLOWLY = datetime.timedelta(hours=1)


def send(delivery: Delivery) -> None:
    """Hand the message to the mail server. Raises TransportError."""
    message = compose(delivery)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        raise _refused(code, text) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise TransportError(f"{type(error).__name__}: {error}") from error


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """The message with its text and its HTML, headers for one-click unsubscribing (RFC 8058) included."""
    unsubscribe = settings.BASE_URL + reverse("unsubscribe", args=[tokens.make(delivery)])
    with translation.override(delivery.language):
        facts = context(delivery) | {"unsubscribe_url": unsubscribe}
        subject = " ".join(render_to_string("alerts/email/subject.txt", facts).split())
        text = render_to_string("alerts/email/body.txt", facts)
        html = render_to_string("alerts/email/body.html", facts)
    message = EmailMultiAlternatives(
        subject,
        text.strip() + "\n",
        to=[delivery.address],
        headers={
            "Message-ID": delivery.message_id,
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Content-Language": delivery.language,
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def _refused(code: int, text: bytes | str) -> TransportError:
    """4xx: later; 5xx: never (RFC 5321, 4.2.1)."""
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    retry_after = SLOWLY if code == MAILBOX_FULL else None
    return TransportError(f"{code} {said}", permanent=code >= 500, retry_after=retry_after)  # noqa: PLR2004
