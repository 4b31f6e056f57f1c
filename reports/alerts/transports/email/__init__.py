"""An alert as an e-mail, in the reader's language."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from reports.alerts import tokens
from reports.alerts.models import Alert, Delivery, Subscription
from reports.alerts.transports.base import TransportError
from reports.alerts.transports.email.context import context, frame

MAILBOX_FULL = 452
MOST_IN_A_DIGEST = 50
"""What comes beyond is counted, and found in the portal."""
SLOWLY = datetime.timedelta(hours=1)


def send(delivery: Delivery, alerts: Sequence[Alert]) -> None:
    """Hand the message, of one alert or a digest, to the mail server. Raises TransportError."""
    _hand_over(compose(delivery, alerts))


def ask_to_confirm(subscription: Subscription) -> None:
    """Ask an outsider whether it was them. Raises TransportError."""
    address = settings.BASE_URL + reverse("confirm-subscription", args=[tokens.make_for(subscription)])
    with translation.override(subscription.language):
        facts = {"about": subscription, "url": address, "host": settings.BASE_URL}
        subject = " ".join(render_to_string("alerts/email/confirm_subject.txt", facts).split())
        text = render_to_string("alerts/email/confirm.txt", facts)
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": subscription.language}
    _hand_over(EmailMultiAlternatives(subject, text.strip() + "\n", to=[subscription.reader], headers=headers))


def _hand_over(message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        raise _refused(code, text) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise TransportError(f"{type(error).__name__}: {error}") from error


def compose(delivery: Delivery, alerts: Sequence[Alert]) -> EmailMultiAlternatives:
    """The message with its text and its HTML, headers for one-click unsubscribing (RFC 8058) included."""
    unsubscribe = settings.BASE_URL + reverse("unsubscribe", args=[tokens.make(delivery)])
    with translation.override(delivery.language):
        name = "body" if delivery.alert_id else "digest"
        facts = {**_facts(delivery, alerts), "unsubscribe_url": unsubscribe}
        subject = " ".join(render_to_string(f"alerts/email/{name}_subject.txt", facts).split())
        text = render_to_string(f"alerts/email/{name}.txt", facts)
        html = render_to_string(f"alerts/email/{name}.html", facts)
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


def _facts(delivery: Delivery, alerts: Sequence[Alert]) -> dict[str, Any]:
    if delivery.alert_id:
        return context(alerts[0], delivery.language)
    shown = [context(alert, delivery.language) for alert in alerts[:MOST_IN_A_DIGEST]]
    return {
        **frame(delivery.language),
        "cadence": delivery.get_cadence_display(),
        "alerts": shown,
        "number": len(alerts),
        "more": len(alerts) - len(shown),
        "url": settings.BASE_URL + "/",
    }


def _refused(code: int, text: bytes | str) -> TransportError:
    """4xx: later; 5xx: never (RFC 5321, 4.2.1)."""
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    retry_after = SLOWLY if code == MAILBOX_FULL else None
    return TransportError(f"{code} {said}", permanent=code >= 500, retry_after=retry_after)  # noqa: PLR2004
