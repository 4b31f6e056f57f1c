"""What is sent as a name or a code and is none: the refusal says where such names are listed, or lists the codes.

One rule for bodies, for parameters of addresses and for pages, in place of "not one of the available choices".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

import django_filters.fields
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import rest_framework as filters
from rest_framework import serializers

NOT_IN_THE_LIST = {"invalid_choice": gettext_lazy("This is not in the list, or not any more; choose one that is.")}
LONGEST = 100
"""Characters of what was sent that a refusal repeats."""
UNSUITED = {"does_not_exist", "incorrect_type", "invalid"}


def nothing_of(model: type[Model], attribute: str, value: Any, listed: str = "") -> str:
    """The refusal in words. `listed`: the name of the list in the interface, where it is not the model's."""
    asked = {"attribute": "id" if attribute == "pk" else attribute, "value": str(value)[:LONGEST]}
    if address := address_of(model, listed):
        said = _("Nothing that you may see has the %(attribute)s “%(value)s”; take one that %(address)s lists.")
        return said % {**asked, "address": address}
    said = _(
        "Nothing that you may see has the %(attribute)s “%(value)s”; write one as an answer of this interface tells"
        " it, or ask an editor to enter it."
    )
    return said % asked


def address_of(model: type[Model], listed: str = "") -> str:
    """Of the list of such rows over REST; empty where there is none."""
    try:
        return reverse(f"api:{listed or re.sub(r'(?<!^)(?=[A-Z])', '-', model.__name__).lower()}-list")
    except NoReverseMatch:
        return ""


class _Reference:
    """For related fields of serializers, before their base."""

    attribute: str

    def __init__(self, *, listed: str = "", **kwargs: Any) -> None:
        self.listed = listed
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Also what cannot even be a key, such as a word for a UUID, is named here. Raises ValidationError."""
        try:
            return super().to_internal_value(data)  # type: ignore[misc]
        except ValidationError:
            return self.fail("invalid", value=data)

    def fail(self, key: str, **kwargs: Any) -> NoReturn:
        if key not in UNSUITED:
            super().fail(key, **kwargs)  # type: ignore[misc]
        field: Any = self
        sent = kwargs.get("value", kwargs.get("pk_value", kwargs.get("data_type", "")))
        said = nothing_of(field.get_queryset().model, self.attribute, sent, self.listed)
        raise serializers.ValidationError(said, code=key)


class Named(_Reference, serializers.SlugRelatedField):
    """By its slug, or another text that is its own."""

    @property
    def attribute(self) -> str:  # type: ignore[override]
        return str(self.slug_field)


class Keyed(_Reference, serializers.PrimaryKeyRelatedField):
    """By its key."""

    attribute = "id"


class Choice(forms.ModelChoiceField):
    """On a page, where the list is in sight."""

    default_error_messages: ClassVar[dict[str, Any]] = NOT_IN_THE_LIST


class _Parameter(django_filters.fields.ModelChoiceField):
    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            said = nothing_of(self.queryset.model, self.to_field_name or "id", value)
            raise ValidationError(said, code=error.code) from error


def unknown_code(value: Any, known: Iterable[Any]) -> str:
    """The refusal of what is not in a list of codes: the list itself."""
    said = _("“%(value)s” is none of the codes of this list: %(known)s.")
    return said % {"value": str(value)[:LONGEST], "known": ", ".join(str(code) for code in known if code)}


class _OfCodes:
    """For fields with a list of codes, before their base."""

    choices: Any

    def validate(self, value: Any) -> None:
        try:
            super().validate(value)  # type: ignore[misc]
        except ValidationError as error:
            if error.code != "invalid_choice":
                raise
            said = unknown_code((error.params or {}).get("value"), dict(self.choices))
            raise ValidationError(said, code=error.code) from error


class _Code(_OfCodes, django_filters.fields.ChoiceField):
    pass


class _Codes(_OfCodes, django_filters.fields.MultipleChoiceField):
    pass


class CodeFilter(filters.ChoiceFilter):
    """By one code of a list, as a parameter."""

    field_class = _Code


class CodesFilter(filters.MultipleChoiceFilter):
    """By any of several codes of a list, as a parameter that may be repeated."""

    field_class = _Codes


class Parameters(filters.FilterSet):
    """A filter set of which those that are made of a model's fields keep to the rule, too."""

    @classmethod
    def filter_for_lookup(cls, field: Any, lookup_type: str) -> Any:
        kind, facts = super().filter_for_lookup(field, lookup_type)
        return (CodeFilter if kind is filters.ChoiceFilter else kind), facts


class NamedFilter(filters.ModelChoiceFilter):
    """By a slug or a key, as a parameter."""

    field_class = _Parameter
