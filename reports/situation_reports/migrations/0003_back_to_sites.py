"""On the way back: reports on areas stay, as they are cited, but are none of the weekly ones."""

from django.db import migrations


def are_not_weekly(apps, schema_editor):
    apps.get_model("situation_reports", "SituationReport").objects.filter(area__isnull=False).update(weekly=False)


class Migration(migrations.Migration):
    dependencies = [("situation_reports", "0002_weekly_of_areas")]

    operations = [migrations.RunPython(migrations.RunPython.noop, are_not_weekly)]
