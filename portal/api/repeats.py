"""Sending a POST again without doing it twice: `Idempotency-Key` (IETF httpapi working group)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.api.models import KeptAnswer
from portal.api.problems import problem

LONGEST = KeptAnswer._meta.get_field("key").max_length or 0
KEPT_HEADERS = ("Content-Type", "Location", "ETag")
DONE = 400
"""Below this status something was done, and must not be done again."""


class Repeats:
    """Middleware: what the request does and the answer to it are written in one transaction.

    So a repeat finds either both or neither; of two at once the second waits for the first. An answer
    that refused is not kept: nothing was done, and a corrected request may carry the same key.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method != "POST" or not request.path.startswith("/api/"):
            return self.get_response(request)
        if not 0 < len(key) <= LONGEST or not key.isprintable():
            words = _("An Idempotency-Key has 1 to %(most)s printable characters.")
            return problem(400, words % {"most": LONGEST})
        if _has_files(request):
            return self.get_response(request)
        with transaction.atomic():
            return self._once(request, key)

    def _once(self, request: HttpRequest, key: str) -> HttpResponse:
        fingerprint = _fingerprint(request)
        kept, is_new = KeptAnswer.objects.get_or_create(
            who=_who(request), key=key, defaults={"fingerprint": fingerprint}
        )
        if not is_new:
            return _again(kept, fingerprint)
        response = self.get_response(request)
        if response.status_code >= DONE:
            transaction.set_rollback(True)
            return response
        kept.status, kept.body = response.status_code, response.content
        kept.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
        kept.save()
        return response


def forget_old(now: datetime.datetime | None = None) -> int:
    """Drop what nobody will ask for again; returns how many."""
    before = (now or timezone.now()) - datetime.timedelta(hours=settings.REPEATS_HOURS)
    return KeptAnswer.objects.filter(at__lt=before).delete()[0]


def _again(kept: KeptAnswer, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        return problem(422, _("This Idempotency-Key was used for another request; use a new one."))
    answer = HttpResponse(bytes(kept.body), status=kept.status, headers=kept.headers)
    answer["Idempotency-Replayed"] = "true"
    return answer


def _has_files(request: HttpRequest) -> bool:
    """Files are not read to be compared: a file that is sent again is known by its content, and kept once."""
    return request.content_type == "multipart/form-data"


def _who(request: HttpRequest) -> str:
    credentials = request.headers.get("Authorization") or f"session {request.user.pk}"
    return hashlib.sha256(credentials.encode()).hexdigest()


def _fingerprint(request: HttpRequest) -> str:
    parts = (request.get_full_path().encode(), (request.content_type or "").encode(), request.body)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
