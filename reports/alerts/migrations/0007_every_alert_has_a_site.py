import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0006_sites_of_alerts")]

    operations = [
        migrations.AlterField(
            model_name="alert",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alerts",
                to="sites.site",
                verbose_name="site",
            ),
        ),
    ]
