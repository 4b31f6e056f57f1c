"""On PostgreSQL a trigger keeps everybody from changing the steps of condition reports."""

from django.db import migrations

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


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD, params=None)


def remove_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_GUARD, params=None)


class Migration(migrations.Migration):
    replaces = [("conditions", "0008_steps_cannot_change")]
    dependencies = [("conditions", "0001_reports")]

    operations = [migrations.RunPython(guard, remove_guard)]
