from __future__ import annotations

from typing import Any

import factory
from django.contrib.auth.models import Group

from portal.accounts import roles
from portal.accounts.models import User

PASSWORD = "a-long-password-for-tests"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with an account and no role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)

    role = ""

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> User:
        role = kwargs.pop("role")
        kwargs.setdefault("is_staff", role in roles.STAFF)
        user = super()._create(model_class, *args, **kwargs)
        if role:
            user.groups.add(Group.objects.get(name=role))
        return user


class ReporterFactory(UserFactory):
    role = roles.REPORTER


class EditorFactory(UserFactory):
    role = roles.EDITOR


class VerifierFactory(UserFactory):
    role = roles.VERIFIER


class AdministratorFactory(UserFactory):
    role = roles.ADMINISTRATOR
