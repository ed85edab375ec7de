"""Addresses: the screens and the API, each by its own room's table."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
