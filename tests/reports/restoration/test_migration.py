"""What plans had in their columns is still there after they became rows, and can go back."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sites.ids import uuid7

pytestmark = pytest.mark.django_db(transaction=True)


def migrated(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


@pytest.fixture
def latest_afterwards():
    yield
    call_command("migrate", verbosity=0)


def test_status_cost_and_funds_become_rows_and_go_back(latest_afterwards):
    old = migrated(("restoration", "0003_priority"))
    site = old.get_model("sites", "Site").objects.create(slug="palmyra", country="SY", longitude=38.3, latitude=34.5)
    monument = old.get_model("sites", "Monument").objects.create(
        slug="arch", site=site, type="monumental_arch", longitude=38.3, latitude=34.5
    )
    source = old.get_model("sources", "Source").objects.create(name="UNESCO")
    key = uuid7()
    old.get_model("restoration", "Plan").objects.create(
        pk=key,
        monument=monument,
        title="Anastylosis",
        phase="anastylosis",
        status="funded",
        source=source,
        source_year=2023,
        certainty="high",
        cost_amount=10000,
        cost_currency="USD",
        cost_covers="sorting",
        funding_amount=5000,
        funding_currency="EUR",
        funding_approximate=True,
    )

    new = migrated(("restoration", "0006_settled"))

    plan = new.get_model("restoration", "Plan").objects.get(pk=key)
    assert (plan.site_id, plan.status_on, plan.created_at.date()) == (
        site.pk,
        datetime.date(2023, 12, 31),
        datetime.datetime.now(tz=datetime.UTC).date(),
    )
    [step], [cost], [pledge] = plan.steps.all(), plan.costs.all(), plan.pledges.all()
    assert (step.to_status, step.source_id, step.certainty) == ("funded", source.pk, "high")
    assert (cost.amount, cost.currency, cost.covers, cost.whole) == (10000, "USD", "sorting", False)
    assert (pledge.amount, pledge.currency, pledge.stage, pledge.approximate) == (5000, "EUR", "pledged", True)

    again = migrated(("restoration", "0003_priority"))

    plan = again.get_model("restoration", "Plan").objects.get(pk=key)
    assert (plan.cost_amount, plan.cost_covers, plan.funding_amount) == (Decimal(10000), "sorting", Decimal(5000))
