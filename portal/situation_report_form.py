"""What people fill in to ask for a situation report."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from reports.situation_reports import queries
from reports.situation_reports.models import SituationReport
from reports.situation_reports.question import Audience
from sites.models import Site
from sites.references import Choice


class Preset(TextChoices):
    WEEK = "7", _("The last 7 days")
    MONTH = "30", _("The last 30 days")
    QUARTER = "91", _("The last 3 months")
    YEAR = "365", _("The last year")
    EVERYTHING = "everything", _("From the first record to today")
    OWN = "own", _("From one day to another")


class SituationReportForm(forms.ModelForm):
    """A place, a period, and for staff, for whom."""

    site = Choice(label=_("Site"), queryset=Site.objects.none(), to_field_name="slug", required=False, empty_label="–")
    country = forms.ChoiceField(label=_("Country"), required=False)
    area = forms.JSONField(required=False, widget=forms.HiddenInput)
    preset = forms.ChoiceField(label=_("Period"), choices=Preset.choices, initial=Preset.YEAR)
    period_from = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    period_to = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    audience = forms.ChoiceField(
        label=_("For whom"), choices=Audience.choices, initial=Audience.PUBLIC, widget=forms.RadioSelect
    )

    class Meta:
        model = SituationReport
        fields = ["site", "country", "area", "preset", "period_from", "period_to", "audience"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["site"].queryset = Site.objects.labelled().order_by("slug")
        fields["country"].choices = [("", "–"), *countries]
        if not queries.may_read_for_staff(user):
            del self.fields["audience"]
        self.instance.language = get_language() or "en"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        places = [cleaned.get(name) for name in ("site", "country", "area")]
        if sum(bool(place) for place in places) != 1:
            raise forms.ValidationError(gettext("Choose exactly one: a site, a country or an area."))
        # Days that somebody wrote count, whatever was chosen above them: nothing is passed over in silence.
        wrote_days = any(self.data.get(self.add_prefix(name)) for name in ("period_from", "period_to"))
        if cleaned.get("preset") != Preset.OWN and not wrote_days:
            cleaned["period_from"], cleaned["period_to"] = self._period(cleaned)
        for name in ("period_from", "period_to"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, gettext("Write a date as YYYY-MM-DD, such as 2016-06-01."))
        return cleaned

    def _period(self, cleaned: dict[str, Any]) -> tuple[datetime.date, datetime.date]:
        today = timezone.localdate()
        if cleaned.get("preset") == Preset.EVERYTHING:
            first = queries.first_record(cleaned.get("site"), cleaned.get("country", ""), cleaned.get("area"))
            return min(first or today, today), today
        return today - datetime.timedelta(days=int(cleaned.get("preset") or Preset.YEAR) - 1), today
