from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.accounts import actions
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Makes one account per role for trying out, in an embedded portal that has no accounts yet."

    def handle(self, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("sample accounts are for the embedded portal alone; use createsuperuser.")
        if User.objects.exists():
            return
        users, password = actions.create_sample_accounts()
        self.stdout.write("Sample accounts, their password shown this once:")
        for user in users:
            self.stdout.write(f"  {user.email:<28} {password}")
