"""Steps say what they were, and on PostgreSQL a trigger keeps everybody from changing them."""

from django.db import migrations

STEPS = {
    ("draft", "submitted"): "submit",
    ("submitted", "draft"): "reject",
    ("submitted", "verified"): "verify",
    ("verified", "published"): "publish",
    ("published", "retracted"): "retract",
}

GUARD = """
CREATE FUNCTION conditions_steps_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The steps of condition reports are never changed or deleted.';
END $$;
CREATE TRIGGER steps_stay BEFORE UPDATE OR DELETE ON conditions_reportstep
    FOR EACH ROW EXECUTE FUNCTION conditions_steps_stay();
"""
NO_GUARD = """
DROP TRIGGER steps_stay ON conditions_reportstep;
DROP FUNCTION conditions_steps_stay();
"""


def name_steps(apps, schema_editor):
    steps = apps.get_model("conditions", "ReportStep").objects.using(schema_editor.connection.alias)
    for (start, end), step in STEPS.items():
        steps.filter(from_state=start, to_state=end, step="").update(step=step)


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD, params=None)


def remove_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_GUARD, params=None)


class Migration(migrations.Migration):
    dependencies = [("conditions", "0007_assessed_on")]

    operations = [
        migrations.RunPython(name_steps, migrations.RunPython.noop),
        migrations.RunPython(guard, remove_guard),
    ]
