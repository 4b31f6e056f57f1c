"""Every alert knows its site; who wanted to hear of everything hears of what is new, too."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

A_BATCH = 5_000
ALL_BEFORE = 15
ALL_NOW = 31


def name_the_sites(apps, schema_editor):
    Alert = apps.get_model("alerts", "Alert")
    Monument = apps.get_model("sites", "Monument")
    site = Subquery(Monument.objects.filter(pk=OuterRef("monument")).values("site")[:1])
    while keys := list(Alert.objects.filter(site=None).order_by().values_list("pk", flat=True)[:A_BATCH]):
        Alert.objects.filter(pk__in=keys).update(site=site)


def want_all(apps, schema_editor):
    apps.get_model("alerts", "Subscription").objects.filter(kinds=ALL_BEFORE).update(kinds=ALL_NOW)


def want_all_of_before(apps, schema_editor):
    Subscription = apps.get_model("alerts", "Subscription")
    Subscription.objects.filter(kinds=ALL_NOW).update(kinds=ALL_BEFORE)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("alerts", "0005_more_reasons_and_ways")]

    operations = [
        migrations.RunPython(name_the_sites, migrations.RunPython.noop),
        migrations.RunPython(want_all, want_all_of_before),
    ]
