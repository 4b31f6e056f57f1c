"""An alert as an e-mail, in the reader's language."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from reports.alerts import queries, tokens
from reports.alerts.models import Alert, Delivery, Subscription
from reports.alerts.transports.base import TransportError
from reports.alerts.transports.email.context import context, frame

MAILBOX_FULL = 452
HERE = "https://unsubscribe.invalid/"
MOST_IN_A_DIGEST = 50
"""What comes beyond is counted, and found in the portal."""
SLOWLY = datetime.timedelta(hours=1)


def send_test(user: Any) -> None:
    """A message that says nothing but that messages arrive. Raises TransportError."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject, text = gettext("Tadmor: a test"), gettext("You asked for this test. Alerts will reach you here.")
    headers = {"Auto-Submitted": "auto-generated"}
    with Line() as line:
        line.hand_over(EmailMultiAlternatives(subject, text + "\n", to=[user.email], headers=headers))


class Rendered(NamedTuple):
    """A message with `HERE` in the place of the reader's own link."""

    subject: str
    text: str
    html: str


class Line:
    """One connection to the mail server for many messages; opened when it is needed, and again when it broke."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self.rendered: dict[tuple[object, str], Rendered] = {}

    def send(self, delivery: Delivery, alerts: Sequence[Alert]) -> None:
        """Hand the message, of one alert or a digest, to the mail server. Raises TransportError."""
        self.hand_over(compose(delivery, alerts, self.rendered))

    def hand_over(self, message: EmailMultiAlternatives) -> None:
        """Raises TransportError."""
        message.connection = self.connection
        try:
            self.connection.open()
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise _refused(code, text, of_address=True) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.connection.close()  # whatever state it is in, the next message begins anew
            raise TransportError(f"{type(error).__name__}: {error}") from error

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()


def ask_to_confirm(subscription: Subscription) -> None:
    """Ask an outsider whether it was them. Raises TransportError."""
    address = settings.BASE_URL + reverse("confirm-subscription", args=[tokens.make_for(subscription)])
    with translation.override(subscription.language):
        facts = {"about": queries.about(subscription), "url": address, "host": settings.BASE_URL}
        subject = " ".join(render_to_string("alerts/email/confirm_subject.txt", facts).split())
        text = render_to_string("alerts/email/confirm.txt", facts)
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": subscription.language}
    message = EmailMultiAlternatives(subject, text.strip() + "\n", to=[subscription.reader], headers=headers)
    with Line() as line:
        line.hand_over(message)


def compose(
    delivery: Delivery, alerts: Sequence[Alert], rendered: dict[tuple[object, str], Rendered] | None = None
) -> EmailMultiAlternatives:
    """The message with its text and its HTML, headers for one-click unsubscribing (RFC 8058) included.

    What is the same for all readers of an alert in one language is kept in `rendered`.
    """
    unsubscribe = settings.BASE_URL + reverse("unsubscribe", args=[tokens.make(delivery)])
    kept = {} if rendered is None else rendered
    key = (delivery.alert_id or delivery.pk, delivery.language)
    said = kept[key] if key in kept else kept.setdefault(key, _render(delivery, alerts))
    message = EmailMultiAlternatives(
        said.subject,
        said.text.replace(HERE, unsubscribe),
        to=[delivery.address],
        headers={
            "Message-ID": delivery.message_id,
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Content-Language": delivery.language,
        },
    )
    message.attach_alternative(said.html.replace(HERE, unsubscribe), "text/html")
    return message


def _render(delivery: Delivery, alerts: Sequence[Alert]) -> Rendered:
    name = "body" if delivery.alert_id else "digest"
    with translation.override(delivery.language):
        facts = {**_facts(delivery, alerts), "unsubscribe_url": HERE}
        subject = render_to_string(f"alerts/email/{name}_subject.txt", facts)
        text = render_to_string(f"alerts/email/{name}.txt", facts)
        html = render_to_string(f"alerts/email/{name}.html", facts)
    return Rendered(" ".join(subject.split()), text.strip() + "\n", html)


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


def _refused(code: int, text: bytes | str, *, of_address: bool = False) -> TransportError:
    """4xx: later; 5xx: never (RFC 5321, 4.2.1)."""
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    retry_after = SLOWLY if code == MAILBOX_FULL else None
    final = code >= 500  # noqa: PLR2004
    return TransportError(
        f"{code} {said}", permanent=final, address_refused=final and of_address, retry_after=retry_after
    )
