"""The file as it came, once, under its hash; and what it says of itself."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.evidence.models.unchangeable import LASTING, OriginalQuerySet, Unchangeable, refuse_changes
from reports.evidence.vocabulary import MediaType

sha256 = RegexValidator(r"\A[0-9a-f]{64}\Z", _("A SHA-256 is 64 digits from 0 to f."))


class Original(models.Model):
    """A file as it was received, byte for byte. Stored once, never changed, never served to the public.

    Hash, size and type never change and no row goes; on PostgreSQL a trigger refuses it to everybody.
    """

    sha256 = models.CharField(_("SHA-256"), primary_key=True, max_length=64, validators=[sha256], editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    media_type = models.CharField(_("type"), max_length=20, choices=MediaType.choices, editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, editable=False)
    stored_at = models.DateTimeField(_("stored"), default=timezone.now, editable=False)
    verified_at = models.DateTimeField(_("hash last verified"), null=True, editable=False)
    intact = models.BooleanField(_("intact"), default=True, editable=False)

    objects: ClassVar = OriginalQuerySet.as_manager()

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")
        # Fixity goes through them from the one that was verified longest ago.
        indexes = [models.Index(fields=["verified_at", "sha256"], name="original_to_verify")]
        constraints = [
            models.CheckConstraint(
                name="original_type_known",
                condition=Q(media_type__in=MediaType.values),
                violation_error_message=_("This type of file is not taken in."),
            ),
        ]

    def __str__(self) -> str:
        return self.sha256

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse_changes(LASTING if update_fields is None else update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable("Originals are kept.")


class Capture(models.Model):
    """What a photograph says of itself, upright width and height aside: for verifiers alone."""

    original = models.OneToOneField(
        Original, models.CASCADE, primary_key=True, related_name="capture", verbose_name=_("original")
    )
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    taken_at_local = models.BooleanField(
        _("time without a zone"), default=False, help_text=_("The camera recorded no time zone; read as UTC.")
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    camera = models.CharField(_("camera"), max_length=200, blank=True)
    orientation = models.PositiveSmallIntegerField(_("orientation"), null=True, blank=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        constraints = [
            models.CheckConstraint(
                name="capture_place_whole",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                violation_error_message=_("A place has a longitude and a latitude."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.original_id)


class PerceptualHash(models.Model):
    """What a picture looks like, as 64 bits, cut into four bands of 16 bits to be looked up by.

    Two hashes that differ in at most three bits share at least one whole band (pigeonhole), so
    near-duplicates are found by four index look-ups; in at most seven, one band but for one bit.
    """

    original = models.OneToOneField(
        Original, models.CASCADE, primary_key=True, related_name="looks", verbose_name=_("original")
    )
    bits = models.BigIntegerField(_("bits"))
    band_0 = models.IntegerField()
    band_1 = models.IntegerField()
    band_2 = models.IntegerField()
    band_3 = models.IntegerField()

    class Meta:
        verbose_name = _("perceptual hash")
        verbose_name_plural = _("perceptual hashes")
        indexes = [models.Index(fields=[f"band_{n}", "bits"], name=f"looks_band_{n}") for n in range(4)]

    def __str__(self) -> str:
        return f"{self.unsigned:016x}"

    @property
    def unsigned(self) -> int:
        """The bits as a number without a sign, as they are compared."""
        return self.bits & 0xFFFF_FFFF_FFFF_FFFF
