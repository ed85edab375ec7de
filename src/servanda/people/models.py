"""The people's rows: one account a person who signs in. Not a participant, and never part of the register."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q


class Accounts(BaseUserManager["Account"]):
    """How accounts are found by Django's sign-in: by their id, exactly."""


class Account(AbstractBaseUser):
    """Someone who may sign in: an id that the journal may hold for good, and a seat.

    `name` is a word such as `desk-2`, never a person's name; `display_name` may be one, and can be erased.
    `scope` narrows the seat: for the secretariat, to one convention.
    """

    class SeatKind(models.TextChoices):
        """The seats that can sign in so far; the others of `permissions.Kind` will stand here too."""

        SECRETARIAT = "secretariat"
        ADMINISTRATOR = "administrator"

    name = models.CharField(max_length=40, unique=True, validators=[RegexValidator(r"^[a-z][a-z0-9-]*\Z")])
    display_name = models.CharField(max_length=100, blank=True)
    seat_kind = models.CharField(max_length=20, choices=SeatKind)
    scope = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS = ["seat_kind"]

    objects = Accounts()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="an_account_has_an_id")]

    def __str__(self) -> str:
        return self.name

    def delete(self, *_args: Any, **_kwargs: Any) -> Any:  # noqa: ANN401 (Django's own signature)
        """Refuse: the journal names the id for good. Deactivate the account and erase its display name."""
        raise TypeError("an account is deactivated, never removed")
