"""On PostgreSQL a trigger keeps everybody from changing the steps of plans."""

from django.db import migrations

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


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD, params=None)


def remove_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_GUARD, params=None)


class Migration(migrations.Migration):
    replaces = [("restoration", "0005_fill")]
    dependencies = [("restoration", "0001_plans")]

    operations = [migrations.RunPython(guard, remove_guard)]
