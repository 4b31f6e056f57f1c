"""The moment that a reader asks about, as it comes in with a request: `as_of` and `known_at`."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reports.conditions.querysets import Moment

NO_SUCH_DATE = {"invalid": _("Write a date as YYYY-MM-DD, such as 2016-06-01.")}
NO_SUCH_TIME = {"invalid": _("Write a time as ISO 8601, such as 2016-06-01T12:00:00Z.")}


class MomentForm(forms.Form):
    as_of = forms.DateField(
        label=_("State on"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=NO_SUCH_DATE,
    )
    known_at = forms.DateTimeField(
        label=_("As it was known on"),
        required=False,
        widget=forms.HiddenInput,
        error_messages=NO_SUCH_TIME,
    )


def read(parameters: Mapping[str, str]) -> Moment:
    """The moment in a request's parameters; now, where there is none. Raises ValidationError by parameter."""
    form = MomentForm(parameters)
    if not form.is_valid():
        raise ValidationError({name: [str(message) for message in messages] for name, messages in form.errors.items()})
    return Moment(**form.cleaned_data)
