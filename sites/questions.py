"""What somebody asks the registry for, read and checked: parameters of places, and questions made of them.

A filter set has every parameter that a question of its kind may have, with what it means; a new one is written
there and is understood at every door. Places count as far as the reader may know them (`sites.visibility`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_countries import countries
from django_filters import rest_framework as filters

from sites import areas, queries, visibility
from sites.circles import Circle, read_place
from sites.models import Site
from sites.queries import EVERYBODY
from sites.references import CodeFilter, Parameters
from sites.vocabulary import DesignationKind

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

DEFAULT_RADIUS = 1_000
"""In metres."""
KNOWN_PLACES = "as far as the reader may know places"


def known_country(code: str) -> None:
    """Raises ValidationError."""
    if code.upper() not in countries:
        raise ValidationError(_("Write a country by its two letters (ISO 3166-1), such as SY."))


class BoxField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return areas.read_box(text) if text else None


class AreaField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return areas.read_area(text) if text else None


class NearField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return read_place(text) if text else None


class BoxFilter(filters.CharFilter):
    field_class = BoxField


class AreaFilter(filters.CharFilter):
    field_class = AreaField


class NearFilter(filters.CharFilter):
    field_class = NearField


class QuestionForm(forms.Form):
    """What parameters ask of one another."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("radius") and not cleaned.get("near"):
            self.add_error("radius", _("A radius is around a place: say where, as near=longitude,latitude."))
        return cleaned


class PlaceFilter(Parameters):
    """Parameters of everything that stands somewhere. `reader` is whoever gets the answer; over REST, the user."""

    PLACE: ClassVar[str] = ""
    """The path from a row to what has the place, with its `__`."""
    SITE: ClassVar[str] = ""
    """The path from a row to its site; empty for sites."""

    country = filters.CharFilter(method="of_country", label="ISO 3166-1 alpha-2.", validators=[known_country])
    search = filters.CharFilter(
        method="named", label="Words of a name, in any language and script, without regard to accents."
    )
    bbox = BoxFilter(
        method="inside",
        label=f"west,south,east,north in degrees (WGS84), {KNOWN_PLACES}; west may be greater than east.",
    )
    area = AreaFilter(method="covered", label=f"GeoJSON polygon (WGS84), {KNOWN_PLACES}.")
    near = NearFilter(method="around", label="longitude,latitude in degrees (WGS84); see `radius`.")
    radius = filters.NumberFilter(
        method="unfiltered",
        min_value=1,
        max_value=20_000_000,
        label=f"Metres around `near`, {KNOWN_PLACES}; 1000 if left out.",
    )

    def __init__(self, data: Any = None, queryset: Any = None, *, reader: Any = None, **kwargs: Any) -> None:
        if data is not None:
            # Most answers take less time than the fields of thirty filters; one that is not asked needs none.
            asked = {name: one for name, one in type(self).base_filters.items() if name in data}
            self.__dict__["base_filters"] = asked
        super().__init__(data, queryset, **kwargs)
        self.reader = reader or getattr(self.request, "user", EVERYBODY)

    def of_country(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        path = f"{self.SITE}__" if self.SITE else ""
        return rows.filter(**{f"{path}country": code.upper()})

    def named(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        return rows.filter(pk__in=queries.named("site", text))

    def inside(self, rows: QuerySet, name: str, box: areas.Box) -> QuerySet:
        return rows.filter(self.lying(box.condition))

    def covered(self, rows: QuerySet, name: str, area: dict[str, Any]) -> QuerySet:
        return rows.filter(self.lying(lambda longitude, latitude: areas.within(area, longitude, latitude)))

    def around(self, rows: QuerySet, name: str, place: tuple[float, float]) -> QuerySet:
        radius = float(self.form.cleaned_data.get("radius") or DEFAULT_RADIUS)
        return rows.filter(self.lying(Circle(*place, radius).condition))

    def unfiltered(self, rows: QuerySet, name: str, value: object) -> QuerySet:
        """What is read elsewhere: beside another parameter, or by who shows the rows."""
        return rows

    def lying(self, condition: Callable[[str, str], Q]) -> Q:
        """What stands where the condition on longitude and latitude holds, as far as the reader may know."""
        return self._seen(condition, self.PLACE)

    def _seen(self, condition: Callable[[str, str], Q], path: str) -> Q:
        exact, public = (condition(f"{path}{of}longitude", f"{path}{of}latitude") for of in ("", "public_"))
        return visibility.as_seen(self.reader, exact=exact, public=public, site=self.SITE)


class SiteOrMonumentFilter(PlaceFilter):
    """Of rows about a site, or about one monument of it: they stand where that stands."""

    SITE = "site"

    def named(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        by_monument, by_site = Q(monument__in=queries.named("monument", text)), Q(site__in=queries.named("site", text))
        return rows.filter(by_monument | by_site)

    def lying(self, condition: Callable[[str, str], Q]) -> Q:
        at_monument, at_site = (self._seen(condition, path) for path in ("monument__", "site__"))
        return Q(monument__isnull=False) & at_monument | Q(monument=None) & at_site


class SiteFilter(PlaceFilter):
    designation = CodeFilter(
        choices=DesignationKind.choices, method="designated", label="It has such a designation today."
    )
    changed_since = filters.IsoDateTimeFilter(
        field_name="updated_at", lookup_expr="gte", label="Its entry was changed then or later."
    )

    class Meta:
        model = Site
        fields: list[str] = []
        form = QuestionForm

    def designated(self, sites: QuerySet[Site], name: str, kind: str) -> QuerySet[Site]:
        return sites.filter(designations__kind=kind, designations__until=None).distinct()


class Asked(ABC):
    """A question of one kind: its parameters, and who asks. What it finds is the same at every door."""

    filters: ClassVar[type[PlaceFilter]]

    def __init__(
        self, parameters: Mapping[str, Any] | QueryDict, reader: PermissionsMixin | AnonymousUser = EVERYBODY
    ) -> None:
        """Empty parameters are not asked. Raises ValidationError by parameter, also on one that does not exist."""
        asked = _asked(parameters)
        if unknown := asked.keys() - self.filters.base_filters.keys():
            message = _("There is no such parameter; known are: %(known)s.")
            known = ", ".join(sorted(self.filters.base_filters))
            raise ValidationError({name: [message % {"known": known}] for name in sorted(unknown)})
        self.reader = reader
        self._filter: Any = self.filters(asked, queryset=self.everything(reader), reader=reader)
        if not self._filter.is_valid():
            raise ValidationError({name: list(map(str, said)) for name, said in self._filter.errors.items()})
        self.parameters = {name: asked.getlist(name) for name in sorted(asked)}

    @abstractmethod
    def everything(self, reader: Any) -> QuerySet:
        """All rows that this reader may read."""

    def rows(self) -> Any:
        """Those that are asked for, in no order of their own but where one was asked for."""
        return self._filter.qs

    def lying(self, condition: Callable[[str, str], Q]) -> Q:
        """A condition on places, asked of what this reader may know of each."""
        found: Q = self._filter.lying(condition)
        return found

    def query(self, **more: str) -> str:
        """The question as it stands in an address, always in the same order; `more` is added to it."""
        return urlencode({**self.parameters, **more}, doseq=True)


class SiteQuestion(Asked):
    filters = SiteFilter

    def everything(self, reader: Any) -> QuerySet[Site]:
        return Site.objects.all()


def _asked(parameters: Mapping[str, Any] | QueryDict) -> QueryDict:
    asked = QueryDict(mutable=True)
    for name in parameters:
        values: list[Any] = parameters.getlist(name) if isinstance(parameters, QueryDict) else [parameters[name]]
        flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
        if kept := [value for value in flat if value not in ("", None)]:
            asked.setlist(name, kept)
    return asked
