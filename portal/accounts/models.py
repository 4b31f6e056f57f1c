"""The user: signs in with an e-mail address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from encrypted_fields.fields import EncryptedTextField
from knox.models import AuthToken

from portal.accounts import scopes
from sites.ids import uuid7
from sites.models import Organisation


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an account. Raises ValueError without an address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language of e-mails"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("organisation")
    )
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    scopes: frozenset[str] | None = None
    """Set while this person acts through a key: then their permissions count only as far as these go."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_whatever_its_case"),
        ]
        permissions = [
            ("read_mailbox", _("Can read the e-mails that the embedded installation wrote to files")),
            ("view_as_public", _("Can see every page as the public does")),
            ("view_as_others", _("Can see every page as each role does")),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        if self.scopes is not None and not scopes.allows(self.scopes, perm):
            return False
        return super().has_perm(perm, obj)


class Key(models.Model):
    """What its owner's programs show in place of a password; only its hash is kept, in knox's token.

    Sent as `Authorization: Bearer …`. With its token it goes: when it is revoked, or used after its end.
    """

    token = models.OneToOneField(AuthToken, models.CASCADE, primary_key=True, related_name="key")
    name = models.CharField(_("name"), max_length=100, help_text=_("What it is for, such as “QGIS on my laptop”."))
    scopes = models.JSONField(pgettext_lazy("what a key may do", "may"), default=list)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")

    def __str__(self) -> str:
        return self.name

    @property
    def begins_with(self) -> str:
        """By what its owner recognises it."""
        return self.token.token_key

    @property
    def scope_labels(self) -> list[str]:
        return [str(scopes.Scope(scope).label) for scope in self.scopes]


class Contact(models.Model):
    """How to reach a person, and who it is: apart, encrypted, for administrators alone, removable on demand.

    Everywhere else a person is the name of the account, which may be a pseudonym.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(User, models.CASCADE, related_name="contact", verbose_name=_("person"))
    real_name = EncryptedTextField(_("real name"), null=True, blank=True)
    telephone = EncryptedTextField(_("telephone"), null=True, blank=True)
    how_to_reach = EncryptedTextField(
        _("how to reach"), null=True, blank=True, help_text=_("Safe hours, other people to ask, what to avoid.")
    )

    class Meta:
        verbose_name = _("contact data")
        verbose_name_plural = _("contact data")

    def __str__(self) -> str:
        return str(self.user)
