"""What somebody looks for, from the address of a page; a wrong one is a clear 400."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.alerts.models import Search
from reports.alerts.queries import asked_by
from reports.conditions.questions import MonumentFilter, Question
from sites.models import Site
from sites.references import Choice

BOX = ("west", "south", "east", "north")


class SearchForm(forms.ModelForm):
    """The area as it was drawn, or as a box of four numbers for who does not draw."""

    site = Choice(label=gettext_lazy("Site"), queryset=Site.objects.none(), to_field_name="slug", required=False)
    area = forms.JSONField(required=False, widget=forms.HiddenInput)
    west = forms.FloatField(label=gettext_lazy("West"), required=False, min_value=-180, max_value=180)
    south = forms.FloatField(label=gettext_lazy("South"), required=False, min_value=-90, max_value=90)
    east = forms.FloatField(label=gettext_lazy("East"), required=False, min_value=-180, max_value=180)
    north = forms.FloatField(label=gettext_lazy("North"), required=False, min_value=-90, max_value=90)

    class Meta:
        model = Search
        fields = ["country", "site", "type", "least_grade", "area"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites: Any = self.fields["site"]
        sites.queryset = Site.objects.labelled().order_by("slug")
        sites.empty_label = _("Any")
        for name in ("country", "type", "least_grade"):
            field: Any = self.fields[name]
            field.choices = [("", _("Any")), *(choice for choice in field.choices if choice[0])]
        for name in BOX:
            self.fields[name].widget.attrs["step"] = "any"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [cleaned.get(name) for name in BOX]
        if None not in given:
            cleaned["area"] = _polygon(*given)  # type: ignore[arg-type]
        elif any(value is not None for value in given):
            raise forms.ValidationError(_("A box needs all four: west, south, east and north."))
        return cleaned


def of(request: HttpRequest) -> Question:
    """What the address of a page asks for; what else stands in it is the page's own. Raises BadRequest."""
    asked = request.GET.copy()
    box = [asked.get(name, "") for name in BOX]
    if any(box):
        asked["bbox"] = ",".join(box)
    for name in asked.keys() - MonumentFilter.base_filters.keys():
        del asked[name]
    try:
        return Question(asked, request.user)
    except ValidationError as error:
        raise BadRequest(" ".join(error.messages)) from error


def kept(question: Question) -> list[tuple[str, str]]:
    """The question as the fields of a search to keep; empty where it asks more than a search can, or nothing."""
    asked = [(name, value) for name, values in question.parameters.items() for value in values]
    names = [name for name, _value in asked]
    if set(names) - {*SearchForm.Meta.fields, "bbox"} or len(set(names)) < len(names):
        return []
    return [pair for name, value in asked for pair in (_sides(value) if name == "bbox" else [(name, value)])]


def query(search: Search) -> str:
    """The other way round: the address of what a search looks for."""
    return urlencode(asked_by(search))


def _sides(box: str) -> list[tuple[str, str]]:
    return list(zip(BOX, box.split(","), strict=True))


def _polygon(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
