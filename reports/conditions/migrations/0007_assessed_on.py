from django.db import migrations, models
from django.db.models.functions import Greatest


def last_day_of_both(apps, schema_editor):
    """What was used was observed last; where it is contested, perhaps the other one was."""
    statuses = apps.get_model("conditions", "MonumentStatus").objects.using(schema_editor.connection.alias)
    reports = apps.get_model("conditions", "ConditionReport").objects.using(schema_editor.connection.alias)
    statuses.filter(rival=None).update(assessed_on=models.F("observed_on"))
    rival_seen = models.Subquery(reports.filter(pk=models.OuterRef("rival")).values("date_to"))
    statuses.exclude(rival=None).update(assessed_on=Greatest("observed_on", rival_seen))


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0006_steps"),
    ]

    operations = [
        migrations.AddField(
            model_name="monumentstatus",
            name="assessed_on",
            field=models.DateField(null=True, verbose_name="last assessed"),
        ),
        migrations.RunPython(last_day_of_both, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="monumentstatus",
            index=models.Index(
                condition=models.Q(("valid_to__isnull", True)), fields=["assessed_on", "monument"], name="status_stale"
            ),
        ),
    ]
