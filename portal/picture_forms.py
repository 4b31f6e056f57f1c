"""What editors say of a picture, and what they mark on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports.evidence.actions import DESCRIPTION, MOST_AREAS
from reports.evidence.models import BlurArea, Capture, Evidence
from reports.evidence.vocabulary import BlurReason

DIGITS = 6
LEAST = 10**-DIGITS
WHOLE = 100


class DescriptionForm(forms.ModelForm):
    """All that people say of a file."""

    class Meta:
        model = Evidence
        fields = DESCRIPTION
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "alternative": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "taken_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "taken_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, capture: Capture | None = None, **kwargs: Any) -> None:
        """`capture`: what the file says of itself, if its reader may know it; its day is proposed."""
        super().__init__(*args, **kwargs)
        self.fields["language"] = _language_field(self.instance)
        dated = self.instance.taken_from or self.instance.taken_to
        if capture and capture.taken_at and not dated:
            self.initial.update(dict.fromkeys(("taken_from", "taken_to"), capture.taken_at.date()))
            self.fields["taken_from"].help_text = _("Proposed by the file; change it if the clock was wrong.")


class AlternativeForm(forms.ModelForm):
    """What somebody who cannot see the picture should know of it, and nothing else."""

    class Meta:
        model = Evidence
        fields = ("alternative", "language")
        widgets = {"alternative": forms.Textarea(attrs={"rows": 2, "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"{self.instance.pk}-%s"  # many stand on one page
        self.fields["alternative"].required = True
        self.fields["alternative"].help_text = ""
        self.fields["language"] = _language_field(self.instance)
        self.fields["language"].label = _("Language")


def _language_field(evidence: Evidence) -> forms.ChoiceField:
    """The reader's language for what nobody has described; else the one that it was described in."""
    chosen = evidence.language if evidence.caption or evidence.alternative else get_language() or evidence.language
    known = dict(settings.LANGUAGES)
    choices = [*settings.LANGUAGES, *([] if chosen in known else [(chosen, chosen)])]
    return forms.ChoiceField(label=_("Language of caption and alternative text"), choices=choices, initial=chosen)


class AreaForm(forms.Form):
    """An area in percent of the picture, from its upper left corner."""

    x = forms.FloatField(label=_("From the left, in %"), min_value=0, max_value=WHOLE)
    y = forms.FloatField(label=_("From above, in %"), min_value=0, max_value=WHOLE)
    width = forms.FloatField(label=_("Width, in %"), min_value=0.01, max_value=WHOLE)
    height = forms.FloatField(label=_("Height, in %"), min_value=0.01, max_value=WHOLE)
    reason = forms.ChoiceField(label=_("Reason"), choices=BlurReason.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("x", "y", "width", "height"):
            self.fields[name].widget.attrs |= {"step": "any", "inputmode": "decimal", "dir": "ltr"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for start, length in (("x", "width"), ("y", "height")):
            if cleaned.get(start, 0) + cleaned.get(length, 0) > WHOLE + LEAST:
                self.add_error(length, _("The area must lie within the picture."))
        return cleaned

    def area(self) -> BlurArea:
        """As it is kept: in shares."""
        said = self.cleaned_data
        (x, width), (y, height) = _shares(said["x"], said["width"]), _shares(said["y"], said["height"])
        return BlurArea(x=x, y=y, width=width, height=height, reason=said["reason"])


def _shares(start: float, length: float) -> tuple[float, float]:
    first, long = round(start / WHOLE, DIGITS), round(length / WHOLE, DIGITS)
    # Shares are not exact: what reaches the edge ends a hair before it, within its last pixel.
    return (first, long) if first + long < 1 else (first, round(1 - first - LEAST, DIGITS))


AreaFormSet = forms.formset_factory(AreaForm, extra=1, can_delete=True, max_num=MOST_AREAS, validate_max=True)


def initial_of(areas: list[BlurArea]) -> list[dict[str, Any]]:
    """What the forms begin with."""
    return [
        {name: round(getattr(area, name) * WHOLE, 4) for name in ("x", "y", "width", "height")}
        | {"reason": area.reason}
        for area in areas
    ]
