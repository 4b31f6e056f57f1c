"""Run in the shell of an installation: a person of each role with a key, a second editor, and rows of every kind.

Writes the keys as JSON.
"""

import datetime
import json
import sys

from django.contrib.auth.models import Group

from portal.accounts import keys
from portal.accounts.models import User
from portal.accounts.scopes import Scope
from reports.alerts import actions as alerts
from reports.conditions import actions as conditions
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import VerificationMethod
from reports.sources.models import Source
from sites.models import Monument, Site

made = {}
people = {}
for role in ("Administrator", "Reporter", "Editor", "Verifier"):
    user = User.objects.create_user(f"{role.lower()}@example.org", is_staff=role != "Reporter")
    user.groups.add(Group.objects.get(name=role))
    people[role] = user
    made[role] = keys.make(user, name="A program", scopes=Scope.values, days=1)[1]

monument = Monument.objects.get(slug="palmyra-temple-of-bel")
day = datetime.date(2026, 1, 2)
fell = ConditionReport(
    monument=monument,
    kind="damage",
    damage_grade="destroyed",
    date_from=day,
    date_to=day,
    date_precision="day",
    certainty="high",
    narrative="The last columns fell.",
    source=Source.objects.first(),
)
alerts.subscribe(user=people["Administrator"], language="en", site=Site.objects.get(slug="palmyra"))
conditions.save_draft(fell, by=people["Editor"])
conditions.submit(fell, by=people["Editor"])
conditions.verify(fell, by=people["Verifier"], method=VerificationMethod.SITE_VISIT)
conditions.publish(fell, by=people["Verifier"])
sys.stdout.write(json.dumps(made))
