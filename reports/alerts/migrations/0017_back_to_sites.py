"""On the way back: alerts without a site cannot stay where every alert has one."""

from django.db import migrations


def leave_those_without_a_site(apps, schema_editor):
    apps.get_model("alerts", "Alert").objects.filter(site=None).delete()


class Migration(migrations.Migration):
    dependencies = [("alerts", "0016_weekly_of_countries_and_areas")]

    operations = [migrations.RunPython(migrations.RunPython.noop, leave_those_without_a_site)]
