"""An alert for somebody's own program, signed as Standard Webhooks says (https://www.standardwebhooks.com)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from requests import RequestException, Response
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from standardwebhooks import Webhook as Signer

from reports.alerts.models import WEBHOOK, Alert, Delivery, Endpoint, Severity
from reports.alerts.transports.base import Transport, TransportError
from sites.ids import uuid7

SECONDS = (5, 10)
"""To connect, and until the answer begins."""
LONGEST = 20
"""Seconds for the whole call."""
BOTH_SECRETS_FOR = datetime.timedelta(days=1)
GONE = 410
MOST_SHOWN = 200


class Webhook(Transport):
    """Calls no address in a private network, whatever its name leads to at that moment, and follows no redirect."""

    channel, label = WEBHOOK, _("Webhook")
    at_a_time = 5
    to_programs = True

    def __init__(self) -> None:
        self.session = HTTPSession(
            Config(
                ip_filter_enable=True,
                ip_filter_allow_loopback_ips=settings.WEBHOOKS_TO_LOOPBACK,
                never_redirect=True,
                default_timeout=SECONDS,
                user_agent_override="Tadmor",
            )
        )
        # Neither a proxy nor a password from the machine's surroundings has a part in this.
        self.session.trust_env = False

        self.workers = ThreadPoolExecutor(1)

    def __exit__(self, *error: object) -> None:
        self.workers.shutdown(wait=False)
        self.session.close()

    def send(self, delivery: Delivery, alerts: Sequence[Alert]) -> None:
        endpoint = Endpoint.objects.filter(pk=delivery.address).first()
        if endpoint is None:
            raise TransportError("The webhook was removed.", permanent=True)
        self.call(endpoint, str(delivery.pk), payload(alerts[0]))

    def call_for_test(self, endpoint: Endpoint) -> None:
        """A message that says nothing but that messages arrive. Raises TransportError."""
        self.call(endpoint, f"test_{uuid7()}", {"type": "test", "timestamp": timezone.now().isoformat(), "data": {}})

    def _post(self, url: str, body: str, headers: dict[str, str]) -> None:
        with self.session.post(url, data=body.encode(), headers=headers, stream=True) as answer:
            _check(answer)

    def call(self, endpoint: Endpoint, message_id: str, content: dict[str, Any]) -> None:
        """Post one signed message. Raises TransportError."""
        body = json.dumps(content, ensure_ascii=False)
        headers = {"Content-Type": "application/json", **signature(endpoint, message_id, body)}
        try:
            self.workers.submit(self._post, endpoint.url, body, headers).result(LONGEST)
        except FutureTimeout as error:
            # Timeouts are for each piece of an answer; who sends one byte at a time would hold a worker for ever.
            self.workers = ThreadPoolExecutor(1)
            raise TransportError(f"No whole answer within {LONGEST} seconds.") from error
        except InvalidIPAddress as error:
            reason = "The address leads into a private network."
            raise TransportError(reason, permanent=True, address_refused=True) from error
        except (RequestException, ValueError) as error:
            raise TransportError(f"{type(error).__name__}: {error}"[:MOST_SHOWN]) from error


def payload(alert: Alert) -> dict[str, Any]:
    """What a program is told: the facts as they were when the alert was raised, without exact places and people."""
    return {
        "type": "alert.raised",
        "timestamp": alert.raised_at.isoformat(),
        "data": {
            "id": str(alert.pk),
            "rule": alert.rule,
            "severity": Severity(alert.severity).name.lower(),
            "url": settings.BASE_URL + alert.get_absolute_url(),
            **alert.facts,
        },
    }


def signature(endpoint: Endpoint, message_id: str, body: str) -> dict[str, str]:
    """The three headers; for a day after a change of the secret, signed with both."""
    now = timezone.now()
    secrets = [endpoint.secret]
    if endpoint.former_secret and now - endpoint.changed_at < BOTH_SECRETS_FOR:
        secrets.append(endpoint.former_secret)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Signer(secret).sign(message_id, now, body) for secret in secrets),
    }


def _check(answer: Response) -> None:
    """2xx is taken; 410 says never again; all else may pass. Of what is answered, nothing is read."""
    if answer.ok and not answer.is_redirect:
        return
    gone = answer.status_code == GONE
    wait = answer.headers.get("Retry-After", "")
    retry_after = datetime.timedelta(seconds=min(int(wait), 3600)) if wait.isdecimal() else None
    raise TransportError(f"HTTP {answer.status_code}", permanent=gone, address_refused=gone, retry_after=retry_after)
