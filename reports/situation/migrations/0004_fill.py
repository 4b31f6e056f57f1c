"""What was entered before there were typed fields gets those that its kind must have.

The time of entry is in the key. Nothing is guessed that would reassure: a party that was not kept is "not
stated", a danger is "other" unless the text speaks of mines, limited access is "restricted".
"""

from __future__ import annotations

import datetime

from django.db import migrations
from django.db.models import Q

BATCH = 1000
NOT_STATED = {"english": "Not stated", "arabic": "غير مذكور", "french": "Non indiqué"}


def fill(apps, schema_editor):
    event, party = (apps.get_model("situation", name) for name in ("SituationEvent", "Party"))
    control = event.objects.filter(kind="control", to_party=None)
    if control.exists():
        not_stated, _ = party.objects.get_or_create(slug="not-stated", defaults=NOT_STATED)
        control.update(to_party=not_stated)
    event.objects.filter(kind="access", access="").update(access="restricted")
    speaks_of_mines = Q(text__icontains="mines") | Q(text__icontains="booby trap") | Q(text__contains="ألغام")
    event.objects.filter(speaks_of_mines, kind="hazard", danger="").update(danger="mines")
    event.objects.filter(kind="hazard", danger="").update(danger="other")
    _keep_times_of_entry(event)


def _keep_times_of_entry(event):
    batch = []
    for row in event.objects.only("pk").iterator(BATCH):
        row.recorded_at = datetime.datetime.fromtimestamp((row.pk.int >> 80) / 1000, tz=datetime.UTC)
        batch.append(row)
        if len(batch) == BATCH:
            event.objects.bulk_update(batch, ["recorded_at"])
            batch = []
    event.objects.bulk_update(batch, ["recorded_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("situation", "0003_typed"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
