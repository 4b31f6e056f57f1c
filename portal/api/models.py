"""What the interfaces remember."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sites.ids import uuid7


class KeptAnswer(models.Model):
    """The answer to a POST that carried an Idempotency-Key, for who sends the same again."""

    who = models.CharField(max_length=64)
    """SHA-256 of the credentials, so that nobody is given the answer to another."""
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the request."""
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "key"], name="kept_answer_once")]
        indexes = [models.Index(fields=["at"], name="kept_answer_age")]

    def __str__(self) -> str:
        return self.key


class ChangeKind(models.TextChoices):
    CREATED = "created", pgettext_lazy("change", "Created")
    CHANGED = "changed", pgettext_lazy("change", "Changed")
    PUBLISHED = "published", pgettext_lazy("change", "Published")
    SUPERSEDED = "superseded", pgettext_lazy("change", "Superseded")
    RETRACTED = "retracted", pgettext_lazy("change", "Retracted")
    RESTORED = "restored", pgettext_lazy("change", "Standing again")


class Thing(models.TextChoices):
    """Named as in the addresses of REST."""

    SITE = "site", _("site")
    MONUMENT = "monument", _("monument")
    REPORT = "condition-report", _("condition report")
    EVENT = "situation-event", _("situation event")
    PLAN = "restoration-plan", _("restoration plan")


class Change(models.Model):
    """That something changed: what and how, not into what, which depends on who asks."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    position = models.PositiveBigIntegerField(null=True, unique=True)
    """Given once it is committed (`changes.py`)."""
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    thing = models.CharField(max_length=20, choices=Thing.choices)
    of = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["id"], name="change_without_position", condition=models.Q(position=None))]

    def __str__(self) -> str:
        return f"{self.thing} {self.of}: {self.kind}"
