from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken
from unfold.admin import ModelAdmin, StackedInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from portal.accounts.models import Contact, User
from sites import disclosures
from sites.models import Disclosure


class ContactInline(StackedInline):
    """Encrypted in the database; that it is read is logged."""

    model = Contact
    extra = 0


POWERS = ("is_superuser", "user_permissions")


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    ordering = ["email"]
    list_display = ["email", "name", "is_staff", "is_active"]
    list_filter = ["groups", "is_staff", "is_active"]
    search_fields = ["email", "name"]
    filter_horizontal = ()
    actions = None
    autocomplete_fields = ["organisation"]
    inlines = [ContactInline]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "organisation", "language"]}),
        (_("Role"), {"fields": ["groups", "is_staff", "is_active", *POWERS]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "password1", "password2", "groups", "is_staff"]})]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Nobody hands out powers beyond the roles, but a superuser."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name not in POWERS]})
            for title, options in fieldsets
        ]

    def get_formsets_with_inlines(self, request: HttpRequest, obj: User | None = None) -> Any:
        contact = Contact.objects.filter(user=obj).first() if obj else None
        if contact and request.user.has_perm("accounts.view_contact"):
            disclosures.note(Disclosure.What.CONTACT, contact.pk)
        return super().get_formsets_with_inlines(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An administrator does not take over a superuser by setting the password."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


admin.site.unregister(Group)
# Keys are made by their owners alone, in the portal.
admin.site.unregister(AuthToken)
admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class AuthenticatorAdmin(ModelAdmin):
    """To take a second factor from who lost it; what it is made of is shown to nobody."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    fields = readonly_fields = ["user", "type", "created_at", "last_used_at"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):
    """To look at: `roles.py` lays the permissions down."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        """With what the label of a permission names."""
        groups: QuerySet[Group] = super().get_queryset(request)
        return groups.prefetch_related("permissions__content_type")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False
