"""Teach PostgreSQL to work out cells, which columns of monuments are made by; SQLite calls our functions."""

from django.db import migrations

from sites import cells

ARGUMENTS = {
    "tadmor_cell": "double precision, double precision",
    "tadmor_x": "double precision",
    "tadmor_y": "double precision",
}


def teach(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(cells.POSTGRESQL_FUNCTIONS, params=None)


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, types in ARGUMENTS.items():
            schema_editor.execute(f"DROP FUNCTION {name}({types})", params=None)


class Migration(migrations.Migration):
    replaces = [("sites", "0005_cells")]
    initial = True
    dependencies = []
    operations = [migrations.RunPython(teach, forget)]
