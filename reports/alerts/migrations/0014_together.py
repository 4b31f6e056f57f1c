from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0013_paused")]

    operations = [
        migrations.AddField(
            "alert",
            "together",
            models.BooleanField("published together with others", default=False),
        ),
        migrations.AlterField(
            "delivery",
            "cadence",
            models.CharField(
                "how often",
                choices=[
                    ("immediate", "At once"),
                    ("hourly", "Every hour"),
                    ("daily", "Every morning"),
                    ("weekly", "Every Monday morning"),
                    ("together", "Published together"),
                ],
                default="immediate",
                max_length=10,
            ),
        ),
    ]
