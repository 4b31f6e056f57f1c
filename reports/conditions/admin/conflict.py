"""Two people changed one draft: both versions side by side, field by field, and nothing is lost."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, QueryDict

KEEP = "keep-"
NOT_COMPARED = {"seen"}


class Difference(NamedTuple):
    name: str
    label: str
    theirs: str
    mine: str


def differences(form_class: type[forms.ModelForm], request: HttpRequest, report: Any) -> list[Difference]:
    """The fields in which what was posted is not what is stored now."""
    stored, posted = form_class(instance=report), form_class(request.POST, instance=report)
    found = []
    for name, field in stored.fields.items():
        theirs, mine = stored[name].value(), posted[name].data
        if name in NOT_COMPARED or not field.has_changed(_initial(field, theirs), mine):
            continue
        found.append(Difference(name, str(stored[name].label), _shown(field, theirs), _shown(field, mine)))
    return found


def resent(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was posted, for the form that asks which version to keep."""
    left_out = ("csrfmiddlewaretoken", "seen")
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in left_out and not name.startswith(KEEP)
    ]


def merged(form_class: type[forms.ModelForm], request: HttpRequest, report: Any) -> QueryDict:
    """What was posted, with the stored value in every field for which that was chosen."""
    stored, post = form_class(instance=report), request.POST.copy()
    for name, field in stored.fields.items():
        if post.get(f"{KEEP}{name}") != "theirs":
            continue
        value = stored[name].value()
        if isinstance(field, forms.ModelMultipleChoiceField):
            post.setlist(name, [str(field.prepare_value(one)) for one in value or []])
        elif isinstance(field, forms.BooleanField):
            post.pop(name, None)
            post.update({name: "on"} if value else {})
        else:
            post[name] = "" if value is None else str(field.prepare_value(value))
    return post


def _initial(field: forms.Field, value: Any) -> Any:
    return field.prepare_value(value) if isinstance(field, forms.ModelMultipleChoiceField) else value


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):  # of one or of several
        several = isinstance(field, forms.ModelMultipleChoiceField)
        wanted = (value or []) if several else [value] if value else []
        chosen = (
            field.queryset.filter(pk__in=[getattr(one, "pk", one) for one in wanted])
            if field.queryset is not None
            else []
        )
        return ", ".join(str(one) for one in chosen)
    if isinstance(field, forms.BooleanField):
        return "✓" if value else "–"
    return _choice_label(field, value)


def _choice_label(field: forms.Field, value: Any) -> str:
    for code, label in getattr(field, "choices", []):
        if isinstance(label, (list, tuple)):
            for inner, text in label:
                if str(inner) == str(value):
                    return str(text)
        elif str(code) == str(value):
            return str(label)
    return "" if value is None else str(value)
