"""What plans had in their columns becomes rows: their status a first step, their cost an estimate, their funds a pledge."""

import datetime

from django.db import migrations
from django.utils import timezone

BATCH = 1000
SAID = (
    "date_from",
    "date_to",
    "date_precision",
    "date_uncertain",
    "source_id",
    "source_year",
    "source_citation",
    "source_url",
    "source_archive_url",
    "certainty",
)

GUARD = """
CREATE FUNCTION restoration_steps_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The steps of plans are never changed or deleted.';
END $$;
CREATE TRIGGER steps_stay BEFORE UPDATE OR DELETE ON restoration_planstep
    FOR EACH ROW EXECUTE FUNCTION restoration_steps_stay();
"""
NO_GUARD = """
DROP TRIGGER steps_stay ON restoration_planstep;
DROP FUNCTION restoration_steps_stay();
"""


def entered_at(key):
    """A UUIDv7 begins with the milliseconds of its making (RFC 9562); of another key nothing is known."""
    if key.version != 7:  # noqa: PLR2004
        return timezone.now()
    return datetime.datetime.fromtimestamp((key.int >> 80) / 1000, tz=datetime.UTC)


def counts_from(plan, recorded):
    meant = plan.date_to or (datetime.date(plan.source_year, 12, 31) if plan.source_year else recorded)
    return min(meant, recorded)


def fill(apps, schema_editor):
    models = {
        name: apps.get_model("restoration", name).objects.using(schema_editor.connection.alias)
        for name in ("Plan", "PlanStep", "CostEstimate", "Pledge")
    }
    waiting = []
    for plan in models["Plan"].select_related("monument").iterator(BATCH):
        waiting.append(plan)
        if len(waiting) == BATCH:
            fill_batch(models, waiting)
            waiting = []
    fill_batch(models, waiting)


def fill_batch(models, plans):
    steps, costs, pledges = [], [], []
    for plan in plans:
        said = {name: getattr(plan, name) for name in SAID}
        at = entered_at(plan.pk)
        plan.site_id, plan.created_at = plan.monument.site_id, at
        plan.status_on = plan.changed_on = counts_from(plan, at.date())
        steps.append(
            models["PlanStep"].model(plan=plan, to_status=plan.status, to_phase=plan.phase, recorded_at=at, **said)
        )
        if plan.cost_amount is not None:
            costs.append(
                models["CostEstimate"].model(
                    plan=plan,
                    amount=plan.cost_amount,
                    currency=plan.cost_currency,
                    covers=plan.cost_covers,
                    whole=not plan.cost_covers,
                    recorded_at=at,
                    **said,
                )
            )
        if plan.funding_amount is not None:
            pledges.append(
                models["Pledge"].model(
                    plan=plan,
                    stage="pledged",
                    amount=plan.funding_amount,
                    currency=plan.funding_currency,
                    approximate=plan.funding_approximate,
                    recorded_at=at,
                    **said,
                )
            )
    models["Plan"].bulk_update(plans, ["site", "created_at", "status_on", "changed_on"], batch_size=200)
    models["PlanStep"].bulk_create(steps, batch_size=200)
    models["CostEstimate"].bulk_create(costs, batch_size=200)
    models["Pledge"].bulk_create(pledges, batch_size=200)


def put_back(apps, schema_editor):
    """The columns hold one cost and one sum of funds: the first of each."""
    alias = schema_editor.connection.alias
    costs = apps.get_model("restoration", "CostEstimate").objects.using(alias)
    for cost in costs.filter(withdrawn_at=None).order_by("-id").iterator(BATCH):
        plan = cost.plan
        plan.cost_amount, plan.cost_currency, plan.cost_covers = cost.amount, cost.currency, cost.covers
        plan.save(update_fields=["cost_amount", "cost_currency", "cost_covers"])
    pledges = apps.get_model("restoration", "Pledge").objects.using(alias)
    for pledge in pledges.filter(withdrawn_at=None).order_by("-id").iterator(BATCH):
        plan = pledge.plan
        plan.funding_amount, plan.funding_currency = pledge.amount, pledge.currency
        plan.funding_approximate = pledge.approximate
        plan.save(update_fields=["funding_amount", "funding_currency", "funding_approximate"])


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD, params=None)


def remove_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_GUARD, params=None)


class Migration(migrations.Migration):
    dependencies = [("restoration", "0004_plans_in_full")]

    operations = [
        migrations.RunPython(fill, put_back),
        migrations.RunPython(guard, remove_guard),
    ]
