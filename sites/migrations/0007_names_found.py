"""Fold the names that there are, and find parts of them by an index."""

from django.db import migrations

from sites.folding import fold

AT_ONCE = 2_000
INDEX = "CREATE INDEX CONCURRENTLY IF NOT EXISTS name_folded ON sites_name USING gin (folded gin_trgm_ops)"


def fill(apps, schema_editor):
    name = apps.get_model("sites", "Name")
    last = None
    while some := list(_following(name.objects.filter(folded=""), last)):
        for row in some:
            row.folded = fold(row.text)
        name.objects.bulk_update(some, ["folded"], batch_size=500)
        last = some[-1].pk


def _following(names, last):
    return (names.filter(pk__gt=last) if last else names).order_by("pk")[:AT_ONCE]


def index(apps, schema_editor):
    """Trigrams, on PostgreSQL; its extension may be made by the owner of the database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(INDEX)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS name_folded")


class Migration(migrations.Migration):
    atomic = False  # batches, and an index that locks nobody out

    dependencies = [("sites", "0006_names_folded")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(index, drop),
    ]
