"""What somebody said about the prospects of a monument."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.recording import Recorded
from reports.restoration.models.step import counts_from
from reports.restoration.vocabulary import Word
from reports.sources.models import Statement
from sites.ids import uuid7
from sites.models import Monument
from sites.models.naming import language_tag


class ProspectStatement(Recorded, Statement):
    """Who said what about whether a monument can be restored.

    `words` as they were said, in `language`; `translation` into `translation_language`, where it is needed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monument = models.ForeignKey(Monument, models.PROTECT, related_name="prospects", verbose_name=_("monument"))
    speaker = models.CharField(_("who said it"), max_length=200)
    office = models.CharField(_("office"), max_length=200, blank=True)
    words = models.TextField(_("words"))
    language = models.CharField(_("language of the words"), max_length=35, validators=[language_tag])
    quoted = models.BooleanField(
        _("word for word"), default=False, help_text=_("Otherwise this is what the source reports of it.")
    )
    translation = models.TextField(_("translation"), blank=True)
    translation_language = models.CharField(
        _("language of the translation"), max_length=35, blank=True, validators=[language_tag]
    )
    supports = models.CharField(_("speaks for"), max_length=20, choices=Word.choices)

    class Meta:
        verbose_name = _("statement on prospects")
        verbose_name_plural = _("statements on prospects")
        ordering = ["date_to", "id"]
        indexes = [models.Index(fields=["monument", "date_to"], name="prospect_of_monument")]
        constraints = [
            *Statement.constraints_of("prospect"),
            Recorded.withdrawal_of("prospect"),
            models.CheckConstraint(
                name="prospect_word_known",
                condition=Q(supports__in=Word.values),
                violation_error_message=_("This word is not one of the list."),
            ),
            models.CheckConstraint(
                name="prospect_translation_with_language",
                condition=Q(translation="", translation_language="")
                | (~Q(translation="") & ~Q(translation_language="")),
                violation_error_message=_("A translation says into which language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.get_supports_display()}"

    @property
    def counts_from(self) -> datetime.date:
        return counts_from(self, self.recorded_at)
