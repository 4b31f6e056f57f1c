"""How much help would matter: transparent parts, and the installation's weights."""

from __future__ import annotations

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.environment import WEIGHTS, read_weights
from reports.conditions.workflow import NotAllowed
from reports.restoration import actions
from reports.restoration.models import Weighting
from reports.restoration.queries import scores
from reports.restoration.score import ACCESS, CONDITION, FEASIBILITY, SIGNIFICANCE, Known, score
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import DesignationFactory, MonumentFactory
from tests.queries import queries_of

KNOWN = st.builds(
    Known,
    st.frozensets(st.sampled_from(list(SIGNIFICANCE))),
    st.sampled_from([*CONDITION, ""]),
    st.booleans(),
    st.frozensets(st.sampled_from(list(FEASIBILITY))),
    st.sampled_from([*ACCESS, ""]),
)


def known(**facts) -> Known:
    return Known(
        **{
            "designations": frozenset(),
            "condition": "",
            "is_threatened": False,
            "feasibilities": frozenset(),
            "access": "",
            **facts,
        }
    )


@given(KNOWN, st.dictionaries(st.sampled_from(list(WEIGHTS)), st.integers(0, 50)))
def test_a_score_lies_between_its_parts(facts, weights):
    found = score(facts, weights)

    counted = [part.value for part in found.parts if part.value is not None and part.weight]
    assert found.total is None if not counted else min(counted) <= found.total <= max(counted)


def test_what_nobody_knows_is_left_out():
    found = score(known(), WEIGHTS)

    assert [part.value for part in found.parts] == [30, None, 20, None, None]
    assert found.total == round((30 * 30 + 20 * 25) / 55)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (known(condition="very_bad"), known(condition="good")),
        (known(is_threatened=True), known()),
        (known(feasibilities=frozenset({"high", "low"})), known(feasibilities=frozenset({"low"}))),
        (known(access="safe"), known(access="mined")),
        (known(designations=frozenset({"world_heritage"})), known()),
    ],
)
def test_each_part_moves_the_score(better, worse):
    assert score(better, WEIGHTS).total > score(worse, WEIGHTS).total


@pytest.mark.parametrize("text", ["beauty=5", "condition", "condition=much", "condition=0"])
def test_weights_that_cannot_be_read_stop_the_start(monkeypatch, text):
    monkeypatch.setenv("PRIORITY_WEIGHTS", text)

    with pytest.raises(ImproperlyConfigured, match="PRIORITY_WEIGHTS"):
        read_weights(environ.Env())


def test_weights_of_the_installation(monkeypatch):
    monkeypatch.setenv("PRIORITY_WEIGHTS", "condition=3, access=1")

    assert read_weights(environ.Env()) == {"condition": 3, "access": 1}


@pytest.mark.django_db
def test_the_parts_come_from_designations_reports_and_plans(settings):
    settings.PRIORITY_WEIGHTS = {"condition": 1}
    monument = PublishedFactory(condition="very_bad", access="mined").monument
    DesignationFactory(site=monument.site, kind="national")
    PlanFactory(monument=monument, feasibility="medium")

    found = scores([monument.pk])[monument.pk]

    assert [part.value for part in found.parts] == [60, 100, 20, 60, 0]
    assert found.total == 100


@pytest.mark.django_db
def test_staff_see_the_monuments_by_their_score_and_nobody_else_does(sign_in, client):
    site = MonumentFactory(slug="sound").site
    PublishedFactory(monument=MonumentFactory(site=site, slug="zz-falling"), condition="very_bad")
    address = f"/sites/{site.slug}/priorities/"

    page = sign_in(EditorFactory()).get(address).content.decode()

    assert page.index("/monuments/zz-falling/") < page.index("/monuments/sound/")
    assert sign_in(UserFactory()).get(address).status_code == 403


@pytest.mark.django_db
def test_the_page_of_a_monument_shows_the_parts(client):
    page = client.get(PlanFactory().monument.get_absolute_url()).content.decode()

    for shown in ("Priority score", "of 100", "Significance", "weighs 30"):
        assert shown in page


@pytest.mark.django_db
def test_more_monuments_cost_no_more_queries(sign_in):
    site = MonumentFactory().site
    client, address = sign_in(EditorFactory()), f"/sites/{site.slug}/priorities/"

    def grow():
        monument = PublishedFactory(monument=MonumentFactory(site=site), access="safe").monument
        PlanFactory(monument=monument, feasibility="low")

    grow()
    few = queries_of(client, address)
    grow()
    grow()

    assert queries_of(client, address) == few


NEW = {"significance": 0, "condition": 1, "risk": 0, "feasibility": 0, "access": 0}


@pytest.mark.django_db
def test_an_administrator_sets_the_weights_in_the_admin_and_former_ones_stay(sign_in):
    monument = PublishedFactory(condition="very_bad").monument
    client = sign_in(AdministratorFactory())

    for condition, reason in ((5, "First."), (1, "Damage alone.")):
        client.post("/admin/restoration/weighting/add/", {**NEW, "condition": condition, "reason": reason})

    assert scores([monument.pk])[monument.pk].total == 100
    assert list(Weighting.objects.values_list("condition", flat=True)) == [1, 5]


@pytest.mark.django_db
@pytest.mark.parametrize("maker", [ReporterFactory, EditorFactory, VerifierFactory])
def test_nobody_else_sets_the_weights(maker):
    with pytest.raises(NotAllowed):
        actions.set_weights(Weighting(**NEW, reason="Mine."), by=maker())


@pytest.mark.django_db
def test_one_part_at_least_weighs_something():
    with pytest.raises(ValidationError):
        actions.set_weights(Weighting(**{**NEW, "condition": 0}, reason="Nothing."), by=AdministratorFactory())
