from django.db import migrations, models


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
        migrations.AddIndex(
            model_name="monumentstatus",
            index=models.Index(
                condition=models.Q(("valid_to__isnull", True)), fields=["assessed_on", "monument"], name="status_stale"
            ),
        ),
    ]
