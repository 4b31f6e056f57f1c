"""What is recorded stays: rows that are written once, and rows that are withdrawn instead of changed."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.ids import uuid7


class Unchangeable(TypeError):
    """What was recorded stays as it is."""


class AppendOnlyQuerySet(QuerySet):
    def update(self, **changes: Any) -> NoReturn:
        raise Unchangeable("These rows are recorded once.")

    def delete(self) -> NoReturn:
        raise Unchangeable("These rows are recorded once.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable("These rows are recorded once.")


class AppendOnly(models.Model):
    """Never changed and never deleted; on PostgreSQL a trigger of its migration refuses it to everybody."""

    objects: ClassVar = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable("These rows are recorded once.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable("These rows are recorded once.")


class RecordedQuerySet(QuerySet):
    def known(self, at: datetime.datetime | None = None) -> Self:
        """What stood at that moment (now, by default): recorded, and not withdrawn."""
        if at is None:
            return self.filter(withdrawn_at=None)
        return self.filter(recorded_at__lte=at).filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))


class Recorded(models.Model):
    """A row whose past stays readable: when it changes, what it said until then is kept as an earlier version.

    `earlier_of` is the row as it is now; an earlier version is withdrawn from the moment of the change on.
    """

    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)
    earlier_of = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        editable=False,
        related_name="earlier",
        verbose_name=_("earlier version of"),
    )

    objects: ClassVar = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def withdrawal_of(model: str) -> models.CheckConstraint:
        standing = Q(withdrawn_at__isnull=True, withdrawal_reason="", earlier_of__isnull=True)
        told_why = ~Q(withdrawal_reason="") | Q(earlier_of__isnull=False)
        return models.CheckConstraint(
            name=f"{model}_withdrawn_with_reason",
            condition=standing | (Q(withdrawn_at__isnull=False) & told_why),
            violation_error_message=_("A withdrawal needs its reason."),
        )

    @property
    def stands_for(self) -> Any:
        """The key of the row that this is, or was a version of."""
        return self.earlier_of_id or self.pk  # type: ignore[attr-defined]


RECORD = {"id", "recorded_at", "recorded_by", "withdrawn_at", "withdrawn_by", "withdrawal_reason", "earlier_of"}
"""Of a row, what is not its content."""


def keep_version(row: Recorded, *, by: Any, at: datetime.datetime) -> bool:
    """Before a row is saved: keep what it said until now, if it says something else now; whether it does.

    In a transaction; to be followed by `save()`.
    """
    kept = type(row).objects.select_for_update().filter(pk=row.pk).first()
    row.recorded_at, row.recorded_by_id = at, by
    if kept is None:
        return True
    content = [field.attname for field in row._meta.concrete_fields if field.name not in RECORD]
    if all(getattr(kept, name) == getattr(row, name) for name in content):
        row.recorded_at, row.recorded_by_id = kept.recorded_at, kept.recorded_by_id
        return False
    kept.pk, kept.earlier_of = uuid7(), row
    kept.withdrawn_at, kept.withdrawn_by_id = at, by
    kept.save(force_insert=True)
    return True
