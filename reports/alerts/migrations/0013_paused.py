from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0012_channels_are_files")]

    operations = [
        migrations.AddField(
            "subscription",
            "paused_at",
            models.DateTimeField("paused", blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            "subscription",
            models.Index(fields=["address"], name="subscription_of_address", condition=models.Q(user__isnull=True)),
        ),
    ]
