"""An alert as an e-mail, in the reader's language."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Iterable, Sequence
from email.mime.image import MIMEImage
from email.utils import parseaddr
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.alerts import pace, queries, tokens
from reports.alerts.bounces import address as bounces
from reports.alerts.models import EMAIL, Alert, Delivery, Kind, Severity, Subscription
from reports.alerts.transports.base import Transport, TransportError
from reports.alerts.transports.email.map import around
from reports.alerts.wording import context, frame

MAILBOX_FULL = 452
MAP_ID = "map@tadmor"
CRLF = "\r\n"
MOST_IN_A_DIGEST = 50
"""What comes beyond is counted, and found in the portal."""
SLOWLY = datetime.timedelta(hours=1)


def send_test(address: str, language: str) -> None:
    """A message that says nothing but that messages arrive. Raises TransportError."""
    with translation.override(language or settings.LANGUAGE_CODE):
        subject, text = gettext("Tadmor: a test"), gettext("You asked for this test. Alerts will reach you here.")
    headers = {"Auto-Submitted": "auto-generated"}
    with Email() as line:
        line.hand_over(EmailMultiAlternatives(subject, text + "\n", to=[address], headers=headers))


class Reader(NamedTuple):
    """What differs from reader to reader of the same message."""

    address: str
    message_id: str
    unsubscribe: str
    own: str
    """Where they see and change what they asked for."""
    returns_to: str = ""
    """The sender's address for the mail servers, where notices come that it was not delivered."""


ANYBODY = Reader(
    "anybody@reader.invalid", "<any@message.invalid>", "https://unsubscribe.invalid/", "https://own.invalid/"
)
"""Stands in a message that is printed once for all its readers."""


class Copy(EmailMultiAlternatives):
    """A message that is printed already, with its reader put in."""

    def __init__(self, printed: bytes, reader: Reader) -> None:
        super().__init__(to=[reader.address], from_email=reader.returns_to or None)
        self.content = printed
        for stands, own in zip(ANYBODY[:-1], reader[:-1], strict=True):
            self.content = self.content.replace(stands.encode(), own.encode())

    def message(self) -> Copy:  # type: ignore[override]
        return self

    def send(self, fail_silently: bool = False) -> int:  # type: ignore[override]
        """Straight to the mail server: Django would take both addresses to pieces for each message."""
        line = getattr(self.connection, "connection", None)
        if not isinstance(line, smtplib.SMTP):
            return super().send(fail_silently)
        line.sendmail(parseaddr(self.from_email)[1], self.to, self.content)
        return 1

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        return self.content if linesep == CRLF else self.content.replace(CRLF.encode(), linesep.encode())


class Email(Transport):
    """One connection to the mail server for many messages; opened when it is needed, and again when it broke."""

    channel, label = EMAIL, _("E-mail")
    at_a_time = 100  # what may be told is asked once for all of them

    def __init__(self) -> None:
        self.connection = get_connection()
        self.printed: dict[tuple[object, ...], bytes | None] = {}

    def next_chance(self, delivery: Delivery) -> datetime.datetime | None:
        return pace.next_chance(delivery.address)

    def send(self, delivery: Delivery, alerts: Sequence[Alert]) -> None:
        """Hand the message, of one alert or a digest, to the mail server. Raises TransportError."""
        self.hand_over(self._copy(delivery, alerts) or compose(delivery, alerts))

    def _copy(self, delivery: Delivery, alerts: Sequence[Alert]) -> Copy | None:
        """To compose and print a message takes longer than to send it, so all readers of an alert share that."""
        if not delivery.alert_id or not delivery.address.isascii() or not delivery.address.isprintable():
            return None
        key = (delivery.alert_id, delivery.language, delivery.duty, bool(delivery.reasons.all()))
        if key not in self.printed:
            self.printed[key] = _print(compose(delivery, alerts, ANYBODY))
        printed = self.printed[key]
        return Copy(printed, reader_of(delivery)) if printed else None

    def hand_over(self, message: EmailMultiAlternatives) -> None:
        """Raises TransportError."""
        message.connection = self.connection
        try:
            self.connection.open()
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise _refused(code, text, of_address=True) from error
        except smtplib.SMTPSenderRefused as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.connection.close()  # whatever state it is in, the next message begins anew
            # Who breaks off in the middle may do so for one message only.
            silent = not isinstance(error, smtplib.SMTPServerDisconnected)
            raise TransportError(f"{type(error).__name__}: {error}", out_of_reach=silent) from error

    def __exit__(self, *error: object) -> None:
        self.connection.close()


def ask_to_confirm(subscription: Subscription, kinds: int) -> None:
    """Ask an outsider whether it was them. Raises TransportError."""
    path = reverse("confirm-subscription", args=[tokens.make_for(subscription, kinds)])
    _ask("confirm", subscription, path, weekly=kinds == Kind.WEEKLY)


def ask_to_renew(subscription: Subscription) -> None:
    """Ask a reader of whom nothing was heard for long whether they still want to be told. Raises TransportError."""
    _ask("renew", subscription, reverse("renew-subscription", args=[tokens.make_to_renew(subscription)]))


def send_own(subscription: Subscription) -> None:
    """A new link to an outsider's own page. Raises TransportError."""
    _ask("own", subscription, reverse("own", args=[tokens.make_own(subscription)]))


def _ask(question: str, subscription: Subscription, path: str, *, weekly: bool = False) -> None:
    with translation.override(subscription.language):
        facts = {
            "about": queries.about(subscription),
            "url": settings.BASE_URL + path,
            "own_url": own_page([subscription]),
            "host": settings.BASE_URL,
            "weekly": weekly,
        }
        subject = " ".join(render_to_string(f"alerts/email/{question}_subject.txt", facts).split())
        text = render_to_string(f"alerts/email/{question}.txt", facts)
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": subscription.language}
    address = subscription.user.email if subscription.user else subscription.address
    message = EmailMultiAlternatives(subject, text.strip() + "\n", to=[address], headers=headers)
    with Email() as line:
        line.hand_over(message)


def reader_of(delivery: Delivery) -> Reader:
    unsubscribe = settings.BASE_URL + reverse("unsubscribe", args=[tokens.make(delivery)])
    own = own_page(delivery.reasons.all())
    return Reader(delivery.address, delivery.message_id, unsubscribe, own, bounces.of(delivery.pk))


def own_page(reasons: Iterable[Subscription]) -> str:
    """By a signed link for who has no account; the others sign in."""
    outside = next((reason for reason in reasons if reason.user_id is None), None)
    path = reverse("own", args=[tokens.make_own(outside)]) if outside else reverse("subscriptions")
    return settings.BASE_URL + path


def compose(delivery: Delivery, alerts: Sequence[Alert], reader: Reader | None = None) -> EmailMultiAlternatives:
    """The message with its text and its HTML, headers for one-click unsubscribing (RFC 8058) included.

    Who gets it as a duty alone cannot unsubscribe from it.
    """
    reader = reader or reader_of(delivery)
    subscribed = bool(delivery.reasons.all())
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": reader.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": delivery.language,
        **(_thread(alerts[0]) if delivery.alert_id else {}),
    }
    if subscribed:
        headers["List-Unsubscribe"] = f"<{reader.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    picture = _map(alerts[0]) if delivery.alert_id else None
    name = "body" if delivery.alert_id else "digest"
    with translation.override(delivery.language):
        facts = {
            **_facts(delivery, alerts),
            "unsubscribe_url": reader.unsubscribe if subscribed else "",
            "own_url": reader.own,
            "map_id": MAP_ID if picture else "",
        }
        subject = " ".join(render_to_string(f"alerts/email/{name}_subject.txt", facts).split())
        text = render_to_string(f"alerts/email/{name}.txt", facts).strip() + "\n"
        html = render_to_string(f"alerts/email/{name}.html", facts)
    sender = reader.returns_to or None
    message = EmailMultiAlternatives(subject, text, sender, to=[reader.address], headers=headers)
    message.attach_alternative(html, "text/html")
    if picture:
        message.mixed_subtype = "related"  # type: ignore[attr-defined]
        message.attach(picture)
    return message


def _print(message: EmailMultiAlternatives) -> bytes | None:
    """As it goes over the line; None where a long line made it need an encoding that hides what is put in."""
    printed = message.message().as_bytes(linesep=CRLF)  # type: ignore[call-arg]
    return None if b"quoted-printable" in printed else printed


def _facts(delivery: Delivery, alerts: Sequence[Alert]) -> dict[str, Any]:
    if delivery.alert_id:
        return {"alert": context(alerts[0], delivery.language, duty=delivery.duty)}
    shown = [_shown(alert, delivery) for alert in alerts[:MOST_IN_A_DIGEST]]
    return {
        **frame(delivery.language),
        "cadence": delivery.get_cadence_display(),
        "alerts": shown,
        "number": len(alerts),
        "more": len(alerts) - len(shown),
        "url": settings.BASE_URL + reverse("told") if _has_account(delivery) else reader_of(delivery).own,
    }


def _shown(alert: Alert, delivery: Delivery) -> dict[str, Any]:
    """Who is on duty is asked to take up what weighs, and not the rest that they subscribed to."""
    return context(alert, delivery.language, duty=delivery.duty and alert.severity == Severity.CRITICAL)


def _has_account(delivery: Delivery) -> bool:
    return delivery.duty or any(reason.user_id for reason in delivery.reasons.all())


def _thread(alert: Alert) -> dict[str, str]:
    """All messages about one place hang on the same root, which nobody needs to have got (RFC 5322, 3.6.4)."""
    place: object = alert.monument_id or alert.site_id
    if place is None and alert.situation_report:
        place = str(alert.situation_report.country) or alert.situation_report.area_digest
    root = f"<{place}@{urlsplit(settings.BASE_URL).hostname}>"
    return {"In-Reply-To": root, "References": root}


def _map(alert: Alert) -> MIMEImage | None:
    """Of what the public may see of the place; a hidden one has none, nor has a country."""
    place = alert.monument or alert.site
    point = place.point(exact=False) if place else None
    content = around(*point["coordinates"]) if point else None
    if content is None:
        return None
    image = MIMEImage(content)
    image.add_header("Content-ID", f"<{MAP_ID}>")
    image.add_header("Content-Disposition", "inline", filename="map.png")
    return image


def _refused(code: int, text: bytes | str, *, of_address: bool = False) -> TransportError:
    """4xx: later; 5xx: never (RFC 5321, 4.2.1)."""
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    retry_after = SLOWLY if code == MAILBOX_FULL else None
    final = code >= 500  # noqa: PLR2004
    return TransportError(f"{code} {said}", permanent=final, address_refused=of_address, retry_after=retry_after)
