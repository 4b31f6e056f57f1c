from django.db import migrations, models


def confirm(apps, schema_editor):
    """Who subscribed with an account is known."""
    subscriptions = apps.get_model("alerts", "Subscription").objects.using(schema_editor.connection.alias)
    subscriptions.filter(confirmed_at=None, user__isnull=False).update(confirmed_at=models.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("alerts", "0002_digests")]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
