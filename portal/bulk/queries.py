from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from portal.bulk.models import Job, State

LATELY = datetime.timedelta(days=3)


def lately(user: Any) -> list[Job]:
    """What this person confirmed in the last days, the latest first."""
    confirmed = Job.objects.filter(asked_by=user.pk, asked_at__gte=timezone.now() - LATELY).exclude(state=State.ASKED)
    return list(confirmed.order_by("-asked_at").defer("keys", "answers")[:5])
