from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from portal.accounts import roles

        post_migrate.connect(roles.grant_after_migrate, sender=self, dispatch_uid="grant-roles")
