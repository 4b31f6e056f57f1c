"""What people fill in on the portal's own pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from reports.alerts import cadence
from reports.alerts.addresses import may_be_called
from reports.alerts.models import EMAIL, TO_CHOOSE, Search, Severity, Subscription, channels_of_people
from sites.models import Site
from sites.references import Choice


class WishesForm(forms.ModelForm):
    """How somebody wants to be told."""

    about_what = forms.TypedMultipleChoiceField(
        label=_("About what"),
        choices=[(kind.value, kind.label) for kind in TO_CHOOSE],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    min_severity = forms.TypedChoiceField(label=_("From severity"), choices=Severity.choices, coerce=int)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=lambda: [(name, name) for name in cadence.timezones()])

    class Meta:
        model = Subscription
        fields = [
            "channel",
            "cadence",
            "min_severity",
            "critical_at_once",
            "time_zone",
            "quiet_from",
            "quiet_until",
            "language",
        ]
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.endpoint_id:
            for name in ("channel", "cadence", "critical_at_once", "quiet_from", "quiet_until", "time_zone"):
                del self.fields[name]
        elif self.instance.user_id is None:
            del self.fields["channel"]
        else:
            self.fields["channel"].choices = channels_of_people()  # type: ignore[attr-defined]
        self.initial["about_what"] = [int(kind) for kind in self.instance.kinds_chosen]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.instance.kinds = sum(cleaned.get("about_what", [])) or self.instance.kinds
        return cleaned


class AskForm(forms.Form):
    """An outsider's address."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )


class WhereForm(forms.Form):
    """Of which country somebody wants to hear, or of everything."""

    country = forms.ChoiceField(
        label=_("About"), choices=lambda: [("", gettext("Everything")), *countries], required=False
    )


class SaveSearchForm(forms.Form):
    """Under which name, and whether to hear of what it finds."""

    name = forms.CharField(label=_("Name of this search"), max_length=100)
    channel = forms.ChoiceField(
        label=_("Tell me"),
        choices=lambda: [*channels_of_people(), ("", _("Only keep it"))],
        required=False,
        initial=EMAIL,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Search.objects.filter(user=self.user.pk, name=name).exists():
            raise forms.ValidationError(gettext("You have a search of this name already; choose another one."))
        return name


class EndpointForm(forms.Form):
    """The address of a program."""

    url = forms.URLField(
        label=_("Address that is to be called"), max_length=500, assume_scheme="https", validators=[may_be_called]
    )


class HearsForm(forms.Form):
    """Of what a webhook hears: one of these, or none of them for everything."""

    search = Choice(label=_("Saved search"), queryset=Search.objects.none(), required=False)
    site = Choice(label=_("Site"), queryset=Site.objects.none(), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["search"].queryset = Search.objects.filter(user=user.pk)
        fields["site"].queryset = Site.objects.labelled().order_by("slug")
        for name in ("search", "site"):
            fields[name].empty_label = "–"
        fields["country"].choices = [("", "–"), *countries]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if sum(bool(value) for value in cleaned.values()) > 1:
            raise forms.ValidationError(gettext("Choose one, or none of them for everything."))
        return cleaned

    def about(self) -> dict[str, Any]:
        """For `actions.subscribe`."""
        return {name: value for name, value in self.cleaned_data.items() if value}
