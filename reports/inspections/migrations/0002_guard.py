"""On PostgreSQL a trigger keeps everybody from changing the steps of inspections."""

from django.db import migrations

GUARD = """
CREATE FUNCTION inspections_steps_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The steps of inspections are never changed or deleted.';
END $$;
CREATE TRIGGER steps_stay BEFORE UPDATE OR DELETE ON inspections_inspectionstep
    FOR EACH ROW EXECUTE FUNCTION inspections_steps_stay();
"""
NO_GUARD = """
DROP TRIGGER steps_stay ON inspections_inspectionstep;
DROP FUNCTION inspections_steps_stay();
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD, params=None)


def remove_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_GUARD, params=None)


class Migration(migrations.Migration):
    replaces = [("inspections", "0002_steps_stay")]
    dependencies = [("inspections", "0001_inspections")]

    operations = [migrations.RunPython(guard, remove_guard)]
