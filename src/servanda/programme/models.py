"""The programme's rows: one a version of a programme that was stored. Only added to; a version that is issued stays."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class Plan(models.Model):
    """One version of the programme of a meeting, as `programme.keeping` writes it.

    `on`, `known`, `register_number` and the pack say as of when it was derived. `entry` is the number in the
    meeting's stream at which it was stored, `issued_entry` that at which it was issued, where it was.
    """

    class Status(models.TextChoices):
        """Whether a version is a draft still."""

        DRAFT = "draft"
        ISSUED = "issued"

    convention = models.CharField(max_length=40)
    meeting = models.CharField(max_length=40)
    version = models.PositiveBigIntegerField()
    status = models.CharField(max_length=10, choices=Status)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    on = models.DateField()
    known = models.DateField()
    register_number = models.PositiveBigIntegerField()
    pack_version = models.CharField(max_length=100)
    pack_digest = models.CharField(max_length=64)
    entry = models.PositiveBigIntegerField()
    issued_entry = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["convention", "meeting", "version"], name="one_plan_of_a_version"),
            models.UniqueConstraint(fields=["convention", "meeting", "entry"], name="one_plan_of_an_entry"),
            models.CheckConstraint(condition=Q(version__gte=1), name="versions_begin_with_one"),
            models.CheckConstraint(condition=Exact(Length("digest"), 64), name="a_plan_has_a_digest"),
            models.CheckConstraint(
                condition=Q(status="draft", issued_entry__isnull=True) | Q(status="issued", issued_entry__isnull=False),
                name="what_is_issued_has_an_entry_that_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.convention} {self.meeting} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        """Store a new version; refuse to change one."""
        if not self._state.adding:
            raise TypeError("a version is never changed; store a new one")
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 (Django's own signature)
        """Refuse: the journal says that the version is here."""
        raise TypeError("a version is never removed; store a new one")
