"""What names nothing is refused with the place where names are listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django_filters.filters import ChoiceFilter, ModelChoiceFilter, ModelMultipleChoiceFilter, MultipleChoiceFilter
from rest_framework import serializers
from rest_framework.test import APIClient

from portal.api.urls import router
from portal.searching import SearchForm
from sites.references import CodeFilter, CodesFilter, Keyed, Named, NamedFilter, address_of
from tests.factories.accounts import AdministratorFactory, UserFactory
from tests.factories.sites import SiteFactory

NO_UUID = "the-arch"
UNLISTED = {"Source", "Donor", "PlanStep", "User"}
"""Of these the interface has no list; the refusal then names who can help."""


def all_below(kind: type) -> Iterator[type]:
    below: type
    for below in kind.__subclasses__():
        yield below
        yield from all_below(below)


def related_fields() -> Iterator[tuple[str, Any]]:
    for kind in set(all_below(serializers.Serializer)):
        abstract = issubclass(kind, serializers.ModelSerializer) and not hasattr(kind, "Meta")
        if kind.__module__.startswith(("portal.", "reports.", "sites.")) and not abstract:
            fields: Any = kind().fields
            for name, field in fields.items():
                inner = getattr(field, "child_relation", field)
                if isinstance(inner, serializers.RelatedField) and not inner.read_only:
                    yield f"{kind.__name__}.{name}", inner


def refused(answer: Any) -> dict[str, str]:
    assert answer.status_code == 400, answer.content
    return {error.get("parameter") or error["pointer"]: error["detail"] for error in answer.json()["errors"]}


def test_every_field_of_the_interface_that_names_something_knows_the_remedy():
    found = dict(related_fields())

    assert len(found) > 40
    assert [name for name, field in found.items() if not isinstance(field, Named | Keyed)] == []
    kinds = {field.get_queryset().model: field.listed for field in found.values()}
    assert {kind.__name__ for kind, listed in kinds.items() if not address_of(kind, listed)} == UNLISTED


def parameters() -> list[Any]:
    views = [view for _, view, _ in router.registry]
    filtersets = [found for view in views if (found := getattr(view, "filterset_class", None))]
    return [one for filterset in filtersets for one in filterset.base_filters.values()]


def test_every_parameter_that_names_something_does_too():
    found = parameters()
    naming = [one for one in found if isinstance(one, ModelChoiceFilter | ModelMultipleChoiceFilter)]

    assert len(naming) > 15
    assert all(isinstance(one, NamedFilter) for one in naming)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "parameter", "value", "attribute", "listed"),
    [
        ("alert", "site", "nowhere", "slug", "/api/v1/sites/"),
        ("cost", "site", "nowhere", "slug", "/api/v1/sites/"),
        ("pledge", "plan", NO_UUID, "id", "/api/v1/plans/"),
        ("situation-report", "site", "nowhere", "slug", "/api/v1/sites/"),
        ("monument", "parent", "nowhere", "slug", "/api/v1/monuments/"),
    ],
)
def test_a_parameter_that_names_nothing_says_where_names_are_listed(address, parameter, value, attribute, listed):
    client = APIClient()
    client.force_login(AdministratorFactory())

    said = refused(client.get(reverse(f"api:{address}-list"), {parameter: value}))[parameter]

    assert said == f"Nothing that you may see has the {attribute} “{value}”; take one that {listed} lists."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("site", "nowhere", "the slug “nowhere”; take one that /api/v1/sites/ lists."),
        ("site", {"slug": "palmyra"}, "take one that /api/v1/sites/ lists."),
        ("plan", NO_UUID, "the id “the-arch”; take one that /api/v1/plans/ lists."),
        ("webhook", "00000000-0000-0000-0000-000000000000", "take one that /api/v1/webhooks/ lists."),
        ("search", True, "take one that /api/v1/searches/ lists."),
    ],
)
def test_a_body_that_names_nothing_says_where_names_are_listed(field, value, remedy):
    client = APIClient()
    client.force_login(UserFactory())

    answer = client.post(reverse("api:subscription-list"), {field: value}, format="json")

    assert refused(answer)[f"#/{field}"].endswith(remedy)


def test_every_parameter_with_a_list_of_codes_tells_the_list():
    kinds = {type(one) for one in parameters() if isinstance(one, ChoiceFilter | MultipleChoiceFilter)}

    assert kinds == {NamedFilter, CodeFilter, CodesFilter}


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{"urgency": ["high", "soon"]}, {"feasibility": "soon"}])
@pytest.mark.parametrize("address", ["/api/v1/plans/", "/exports/restoration-plans.csv"])
def test_a_code_that_is_in_no_list_is_refused_with_the_list(client, address, asked):
    [(name, said)] = refused(client.get(address, asked)).items()

    assert name in asked
    assert said.startswith("“soon” is none of the codes of this list: ")
    assert {"urgency": "medium", "feasibility": "feasible"}[name] in said


@pytest.mark.django_db
def test_a_page_says_to_choose_from_its_list():
    SiteFactory(slug="palmyra")

    form = SearchForm({"site": "nowhere"})

    assert form.errors["site"] == ["This is not in the list, or not any more; choose one that is."]
