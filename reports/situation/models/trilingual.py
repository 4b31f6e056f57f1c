"""Words that the installation keeps in its three languages, without a translator's file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Trilingual(models.Model):
    english = models.CharField(_("in English"), max_length=200, blank=True)
    arabic = models.CharField(_("in Arabic"), max_length=200, blank=True)
    french = models.CharField(_("in French"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """In the reader's language, else in the first that there is."""
        written = self.in_languages
        return written.get((get_language() or "en").split("-")[0]) or next(iter(written.values()), "")

    @staticmethod
    def written_in_all(name: str) -> models.CheckConstraint:
        return models.CheckConstraint(
            name=name,
            condition=~Q(english="") & ~Q(arabic="") & ~Q(french=""),
            violation_error_message=_("Write it in English, Arabic and French."),
        )

    @staticmethod
    def written_in_one(name: str) -> models.CheckConstraint:
        return models.CheckConstraint(
            name=name,
            condition=~Q(english="") | ~Q(arabic="") | ~Q(french=""),
            violation_error_message=_("Write it in one language at least."),
        )

    @property
    def in_languages(self) -> dict[str, str]:
        """By language, those in which it is written."""
        written = {"en": self.english, "ar": self.arabic, "fr": self.french}
        return {language: text for language, text in written.items() if text}
