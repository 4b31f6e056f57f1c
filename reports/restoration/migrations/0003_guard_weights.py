"""On PostgreSQL a trigger keeps everybody from changing the weights that held once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION restoration_weights_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The weights of the score are never changed or deleted; new ones follow them.';
END $$;
CREATE TRIGGER weights_stay BEFORE UPDATE OR DELETE ON restoration_weighting
    FOR EACH ROW EXECUTE FUNCTION restoration_weights_stay();
"""
NO_GUARD = """
DROP TRIGGER weights_stay ON restoration_weighting;
DROP FUNCTION restoration_weights_stay();
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD, params=None)


def remove_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_GUARD, params=None)


class Migration(migrations.Migration):
    replaces = [("restoration", "0008_weights_stay")]
    dependencies = [("restoration", "0002_guard_steps")]

    operations = [migrations.RunPython(guard, remove_guard)]
