from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sites.cells import CellOf
from sites.ids import uuid7
from sites.models.place import Place, as_the_public_sees, kept_by_the_database
from sites.models.site import Site
from sites.queries import MonumentQuerySet
from sites.vocabulary import MonumentType, Period, Sensitivity


class Monument(Place):
    """One structure or object of a site; a large complex may have parts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("short name in addresses"), max_length=100, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="monuments", verbose_name=_("site"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    type = models.CharField(_("type"), max_length=30, choices=MonumentType.choices)
    period = models.CharField(_("period"), max_length=30, choices=Period.choices, blank=True)
    dating = models.CharField(_("dating"), max_length=300, blank=True)
    movable = models.BooleanField(_("movable"), default=False)
    current_place = models.CharField(_("kept at"), max_length=200, blank=True)
    scope_note = models.TextField(
        _("what the grade describes"), blank=True, help_text=_("Which part carries the monument's significance.")
    )
    cell = kept_by_the_database(CellOf("longitude", "latitude"), models.BigIntegerField(null=True))
    public_cell = kept_by_the_database(
        CellOf(as_the_public_sees("longitude"), as_the_public_sees("latitude")), models.BigIntegerField(null=True)
    )
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects: ClassVar = MonumentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["public_longitude", "public_latitude", "cell", "public_cell"])

    class Meta:
        verbose_name = _("monument")
        verbose_name_plural = _("monuments")
        ordering = ["slug"]
        indexes = [
            # A box is looked for in what the reader may see, or it would tell by halves what is hidden.
            models.Index(fields=["public_longitude", "public_latitude"], name="monument_public_cell"),
            models.Index(fields=["public_cell"], name="monument_cell_seen"),
            # What staff see elsewhere than the public does.
            models.Index(fields=["cell"], condition=~Q(sensitivity=Sensitivity.PUBLIC), name="monument_cell_exact"),
            models.Index(
                fields=["public_cell"],
                condition=Q(sensitivity=Sensitivity.GENERALISED),
                name="monument_cell_generalised",
            ),
        ]
        constraints = [
            *Place.constraints_of("monument"),
            models.CheckConstraint(
                name="monument_not_part_of_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A monument cannot be a part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return getattr(self, "label", None) or self.slug

    def get_absolute_url(self) -> str:
        return f"/monuments/{self.slug}/"

    def clean(self) -> None:
        if self.parent is None:
            return
        if self.parent.site_id != self.site_id:
            raise ValidationError({"parent": _("A part stands on the same site as the whole.")})
        # Two levels keep every reader and query simple; a part of a part is a part of the whole.
        if self.parent.parent_id is not None:
            raise ValidationError({"parent": _("Choose the whole monument: a part has no parts of its own.")})
