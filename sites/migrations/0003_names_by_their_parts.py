"""Find parts of names by an index of trigrams, on PostgreSQL; its extension may be made by the owner of the database."""

from django.db import migrations

INDEX = "CREATE INDEX CONCURRENTLY IF NOT EXISTS name_folded ON sites_name USING gin (folded gin_trgm_ops)"


def index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(INDEX)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS name_folded")


class Migration(migrations.Migration):
    atomic = False  # an index that locks nobody out
    replaces = [("sites", "0007_names_found")]
    dependencies = [("sites", "0002_registry")]
    operations = [migrations.RunPython(index, drop)]
