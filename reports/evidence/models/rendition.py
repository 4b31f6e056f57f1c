"""The pictures that are shown in place of the original."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.evidence.models.evidence import Evidence
from reports.evidence.vocabulary import RenditionFormat, RenditionSize


class Rendition(models.Model):
    """An upright picture of one size and format, without metadata and with areas blurred; can be made anew."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="renditions", verbose_name=_("evidence"))
    size = models.CharField(_("size"), max_length=5, choices=RenditionSize.choices)
    format = models.CharField(_("format"), max_length=12, choices=RenditionFormat.choices)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    file = models.CharField(_("file"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [models.UniqueConstraint(fields=["evidence", "size", "format"], name="rendition_once")]

    def __str__(self) -> str:
        return self.file
