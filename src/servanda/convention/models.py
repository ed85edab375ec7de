"""The calendar's rows: one a meeting."""

from django.db import models
from django.db.models import F, Q


class Meeting(models.Model):
    """A meeting of a convention; its days are local to its place."""

    convention = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    start = models.DateField()
    end = models.DateField()
    city = models.CharField(max_length=100)
    timezone = models.CharField(max_length=60)
    venue = models.CharField(max_length=200, blank=True)
    room = models.CharField(max_length=100, blank=True)
    president = models.CharField(max_length=200, blank=True)
    announced_on = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=400)
    verified = models.BooleanField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["convention", "code"], name="one_meeting_of_a_code"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="a_meeting_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.convention} {self.code}"
