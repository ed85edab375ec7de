"""Template tags of the house: names, days, sentences, in the reader's language."""

from django.template import Library

register = Library()
