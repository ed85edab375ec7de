"""Documents: one row a source, named by its symbol or address."""

from django.db import models


class Document(models.Model):
    """A document or page that facts of a convention cite."""

    convention = models.CharField(max_length=40)
    key = models.CharField(max_length=400)
    kind = models.CharField(max_length=20)
    symbol = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=400, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    note = models.TextField(blank=True)
    programme_of = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["convention", "key"], name="one_document_of_a_key"),
        ]

    def __str__(self) -> str:
        return self.key
