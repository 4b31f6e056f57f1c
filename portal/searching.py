"""What somebody looks for, from the address of a page; a wrong one is a clear 400."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.alerts.models import Search
from sites.models import Site

BOX = ("west", "south", "east", "north")


class SearchForm(forms.ModelForm):
    """The area as it was drawn, or as a box of four numbers for who does not draw."""

    site = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=Site.objects.none(), to_field_name="slug", required=False
    )
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


def of(request: HttpRequest) -> Search:
    """What the address asks for, as a search that is not saved. Raises BadRequest with words for people."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise BadRequest(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form.instance


def query(search: Search) -> str:
    """The other way round: the address of what a search looks for."""
    asked = {
        "country": str(search.country),
        "site": search.site.slug if search.site else "",
        "type": search.type,
        "least_grade": search.least_grade,
        "area": json.dumps(search.area) if search.area else "",
    }
    return urlencode({name: value for name, value in asked.items() if value})


def _polygon(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
