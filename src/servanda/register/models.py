"""The register's rows: facts, leads and coverage. Only added to; a correction is a row of its own."""

from django.db import models
from django.db.models import Q


class Fact(models.Model):
    """What one source says about one State, and when it holds.

    A row is one version of the fact `key`, taken in at the journal number `number`. Dates that may be
    imprecise are ISO texts (2024, 2024-06, 2024-06-18). `standing` tells facts from leads, and from
    statements of how far the register is complete (coverage: `value` is the day, `unit` the obligation).
    """

    class Standing(models.TextChoices):
        """What a row is good for."""

        FACT = "fact"
        LEAD = "lead"
        COVERAGE = "coverage"

    convention = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    key = models.CharField(max_length=200)
    standing = models.CharField(max_length=10, choices=Standing)
    subject = models.CharField(max_length=10)
    predicate = models.CharField(max_length=60)
    value = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True)
    valid_from = models.CharField(max_length=10)
    valid_to = models.CharField(max_length=10)
    meeting = models.CharField(max_length=40, blank=True)
    known_on = models.CharField(max_length=10)
    known_by = models.CharField(max_length=20)
    stance = models.CharField(max_length=20, blank=True)
    rank = models.CharField(max_length=12)
    label = models.CharField(max_length=60)
    source = models.CharField(max_length=400)
    place = models.TextField(blank=True)
    also = models.JSONField(default=list)
    note = models.TextField(blank=True)
    supersedes = models.CharField(max_length=200, blank=True)
    entered_by = models.CharField(max_length=60)
    approved_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["convention", "key", "number"], name="one_version_of_a_fact_at_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="a_fact_has_a_journal_number"),
            models.CheckConstraint(condition=~Q(source=""), name="no_source_no_fact"),
            models.CheckConstraint(condition=~Q(known_on=""), name="a_fact_says_since_when_it_was_known"),
            models.CheckConstraint(condition=~Q(valid_from="") & ~Q(valid_to=""), name="a_fact_says_when_it_holds"),
        ]
        indexes = [models.Index(fields=["convention", "label", "number"], name="facts_by_label")]

    def __str__(self) -> str:
        return f"{self.key} at {self.number}"
