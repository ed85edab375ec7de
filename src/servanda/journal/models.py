"""The journal's rows: the head of each stream, its entries, and personal data beside them."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from servanda.common.refusals import Refusal


class AppendOnly(Refusal):
    """Someone tries to change or remove what the journal holds."""

    def __init__(self, entry: object) -> None:
        super().__init__(
            f"The entry {entry} cannot be changed or removed.",
            "The journal is only ever added to; its hashes would show any change.",
            "Append an entry that says what is different now.",
        )


class Stream(models.Model):
    """One stream: a convention (`apmbc`) or a meeting (`apmbc/IM2024`). Its row is the lock of its numbers."""

    name = models.CharField(max_length=100, unique=True)
    head = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One entry, exactly as hashed. Times are UTC; `by` is the id of an account or seat, never a name."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    body = models.TextField()
    by = models.CharField(max_length=60)
    at = models.CharField(max_length=32)
    key = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001 (absent keys must not be equal)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="one_entry_of_a_number"),
            models.UniqueConstraint(fields=["stream", "key"], name="one_entry_of_a_key"),
            models.CheckConstraint(condition=Q(number__gte=1), name="numbers_begin_with_one"),
        ]
        indexes = [models.Index(fields=["stream", "kind", "number"], name="entries_by_kind")]

    def __str__(self) -> str:
        return f"{self.stream_id}:{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        """Store a new entry; refuse to change one."""
        if not self._state.adding:
            raise AppendOnly(self)
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 (Django's own signature)
        """Refuse."""
        raise AppendOnly(self)


class Personal(models.Model):
    """A piece of personal data that an entry stands for by its salted digest; it can be erased."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="personal")
    field = models.CharField(max_length=60)
    salt = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    erased_at = models.CharField(max_length=32, blank=True)
    erased_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="one_text_of_a_field"),
            models.CheckConstraint(
                condition=(Q(erased_at="") & ~Q(salt="")) | (~Q(erased_at="") & Q(salt="") & Q(text="")),
                name="what_is_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}.{self.field}"
